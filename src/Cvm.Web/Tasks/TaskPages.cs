using System.Globalization;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Cvm.Web;

static class TaskPages
{
    const int MostLookedThrough = 2_000, MostShown = 50;

    public static async Task<IResult> List(
        HttpContext http, string? role, string? person, string? wrong, IRecords records, IStore store, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var all = await records.OpenTasks(MostLookedThrough, stop);
        var (wantedRole, wantedPerson) = (Given(role), Given(person));
        var wanted = all.Where(one => (wantedRole is null || one.Task.For == wantedRole) && (wantedPerson is null || (one.Task.Assignee ?? TasksView.Nobody) == wantedPerson)).ToList();
        var shown = new List<TaskRow>();
        foreach (var (customer, task) in wanted.Take(MostShown)) shown.Add(new(customer, (await store.Load(customer, "", stop)).Dossier.Profile.Name, task));

        var policies = playbook().Playbook.Policies;
        return Site.Show<TasksPage>(new TasksView
        {
            Rows = [.. shown],
            Hidden = wanted.Count - shown.Count,
            More = all.Count == MostLookedThrough,
            Roles = [.. policies.Staff.Keys.Concat(all.Select(one => one.Task.For)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            People = [.. all.Select(one => one.Task.Assignee).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Role = wantedRole,
            Person = wantedPerson,
            Wrong = TaskView.Wrong(wrong),
            Zone = policies.Hours.Zone,
            Now = clock.GetUtcNow(),
            Name = Acting.Name(http),
        });
    }

    /// <summary>A person does something with a task: does it, puts it off, gives it to somebody, or cancels it.</summary>
    public static async Task<IResult> Work(HttpContext http, IStore store, [FromServices] AtOnce atOnce, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var form = await Acting.Form(http.Request);
        var (customer, id, now) = (form["customer"].ToString(), form["task"].ToString(), clock.GetUtcNow());
        var back = TaskView.Back(form["back"], customer);

        // Somebody else may have been first; then there is nothing to do any more, and who comes second is told.
        var task = (await store.Load(customer, "", stop)).Dossier.Tasks.FirstOrDefault(task => task.Id == id && task.Open);
        if (task is null) return Wrong("late");

        var (by, note, unique) = (Acting.By(http, form["by"]), Given(form["note"]), $"task:{Guid.NewGuid():N}");
        Signal? signal = form["work"].ToString() switch
        {
            "done" => new Signal.TaskDone(unique, now, id, by, Given(form["outcome"]), note),
            "assign" => new Signal.TaskWorked(unique, now, id, TaskWork.Assign, by, Given(form["to"])),
            "put-off" when Moment(form["until"], playbook().Playbook.Policies.Hours.Zone) is { } until && until > now => new Signal.TaskWorked(unique, now, id, TaskWork.PutOff, by, Until: until, Note: note),
            "cancel" => new Signal.TaskWorked(unique, now, id, TaskWork.Cancel, by, Note: note),
            _ => null,
        };

        if (signal is null) return Wrong(form["work"] == "put-off" ? "until" : "act");
        await atOnce.Take([(customer, signal)], CancellationToken.None);
        return new SeeOther(back);

        SeeOther Wrong(string name) => new($"{back}{(back.Contains('?', StringComparison.Ordinal) ? "&" : "?")}wrong={name}");
    }

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    // What a browser's field for day and time writes, by the team's clock.
    static DateTimeOffset? Moment(string? text, string zone) =>
        DateTime.TryParseExact(text, ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall) && wall.Year is > 1 and < 9999
            ? LocalTimes.At(zone, DateOnly.FromDateTime(wall), TimeOnly.FromDateTime(wall)) : null;
}
