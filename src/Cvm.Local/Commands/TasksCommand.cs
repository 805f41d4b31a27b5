using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace Cvm.Local;

static class TasksCommand
{
    const int Most = 10_000;

    public static Command Make()
    {
        var role = new Option<string?>("--for") { Description = "Only tasks for this role of policies.yaml.", HelpName = "role" };
        var (data, playbook, json) = (Options.Data(), Options.Playbook(), Options.Json());
        var command = new Command("tasks", "List what the team is asked to do: open calls, gifts and visits of all customers, the one due first at the head. The same as the page /tasks.") { role, data, playbook, json };

        command.SetAction(async (parsed, stop) =>
        {
            await using var reading = await ReadOnlyWorkplace.Open(parsed.GetValue(data)!, parsed.GetValue(playbook)!, TimeProvider.System);
            var policies = reading.Playbook.Playbook.Policies;
            var all = await reading.Store.OpenTasks(Most, stop);
            var wanted = parsed.GetValue(role);
            if (wanted is not null && !policies.Staff.ContainsKey(wanted) && !all.Any(one => one.Task.For == wanted))
                throw new UserError($"Nobody of the team is '{wanted}'. {Nearest.Hint(wanted, [.. policies.Staff.Keys])}");

            var tasks = all.Where(one => wanted is null || one.Task.For == wanted).ToList();
            if (parsed.GetValue(json)) Screen.PrintJson(tasks.Select(one => Row(one.Customer, one.Task)));
            else Print(tasks, policies.Hours.Zone, reading.Clock.GetUtcNow());
            return Cli.Done;
        });
        return command;
    }

    static void Print(List<(string Customer, StaffTask Task)> tasks, string zone, DateTimeOffset now)
    {
        if (tasks.Count == 0)
        {
            Screen.Print("Nothing to do.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("Due", "For", "Task", "Customer", "From");
        foreach (var (customer, task) in tasks)
        {
            var due = task.DueAt is { } at ? LocalTimes.In(zone, at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + (at <= now ? " late" : "") : "";
            table.AddRow(Markup.Escape(due), Markup.Escape(task.Assignee ?? task.For), Markup.Escape(task.Do), Markup.Escape(customer), Markup.Escape(task.Journey ?? task.Plan ?? ""));
        }

        Screen.Results.Write(table);
        Screen.Print($"{Cli.Count(tasks.Count, "task")}, {tasks.Count(one => one.Task.DueAt <= now):N0} overdue.");
    }

    static object Row(string customer, StaffTask task) => new
    {
        customer,
        id = task.Id,
        kind = task.Kind,
        @for = task.For,
        assignee = task.Assignee,
        @do = task.Do,
        at = task.At,
        due = task.DueAt,
        outcomes = task.Outcomes.IsEmpty ? null : task.Outcomes.AsEnumerable(),
        journey = task.Journey,
        plan = task.Plan,
        putOff = task.PutOff,
    };
}
