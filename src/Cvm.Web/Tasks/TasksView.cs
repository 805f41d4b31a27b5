using System.Collections.Immutable;
using System.Globalization;

namespace Cvm.Web;

/// <summary>An open task and whose it is.</summary>
public sealed record TaskRow(string Customer, string? Name, StaffTask Task);

/// <summary>The team's open tasks, by when they are due on the team's clock.</summary>
public sealed record TasksView
{
    /// <summary>As a person to look for: tasks that nobody has taken.</summary>
    public const string Nobody = "-";

    /// <summary>Due first.</summary>
    public required ImmutableArray<TaskRow> Rows { get; init; }

    /// <summary>How many there are besides.</summary>
    public required int Hidden { get; init; }

    /// <summary>Whether even more lie behind those looked through.</summary>
    public required bool More { get; init; }

    public required ImmutableArray<string> Roles { get; init; }

    /// <summary>Who has a task now.</summary>
    public required ImmutableArray<string> People { get; init; }

    public required string? Role { get; init; }
    public required string? Person { get; init; }

    /// <summary>What was wrong with what was just posted.</summary>
    public required string? Wrong { get; init; }

    public required string Zone { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>Who is logged in; null where nobody is.</summary>
    public required string? Name { get; init; }

    public bool Filtered => Role is not null || Person is not null;

    /// <summary>Where a form leads back to.</summary>
    public string Here => string.Join('&', new[] { Role is null ? null : $"role={Uri.EscapeDataString(Role)}", Person is null ? null : $"person={Uri.EscapeDataString(Person)}" }.OfType<string>()) is { Length: > 0 } query ? $"/tasks?{query}" : "/tasks";

    /// <summary>Groups with something in them, in order.</summary>
    public IEnumerable<(string Id, string Heading, ImmutableArray<TaskRow> Rows)> Groups =>
        from row in Rows
        group row by GroupOf(row.Task) into rows
        orderby rows.Key
        select (Ids[rows.Key], Heading(rows.Key), rows.ToImmutableArray());

    static readonly string[] Ids = ["overdue", "today", "week", "later", "any-time"];

    static string Heading(int group) => group switch { 0 => T("Overdue"), 1 => T("Today"), 2 => T("This week"), 3 => T("Later"), _ => T("Any time") };

    int GroupOf(StaffTask task)
    {
        if (task.DueAt is not { } due) return 4;
        if (due <= Now) return 0;

        var (day, today) = (LocalTimes.Day(Zone, due), LocalTimes.Day(Zone, Now));
        var sunday = today.AddDays((7 - (int)today.DayOfWeek) % 7);
        return day == today ? 1 : day <= sunday ? 2 : 3;
    }
}

/// <summary>One task with its forms, on whatever page.</summary>
/// <param name="Zone">The team's.</param>
/// <param name="Name">Who is logged in; null where nobody is.</param>
/// <param name="Here">Where its forms lead back to.</param>
public sealed record TaskView(string Customer, StaffTask Task, string Zone, DateTimeOffset Now, string? Name, string Here)
{
    /// <summary>What was wrong with what was posted, by the name in the address; null for nothing.</summary>
    public static string? Wrong(string? name) => name switch
    {
        "until" => T("A task can only be put off to a day and time that are still to come."),
        "act" => T("This page has no such button. Nothing was done."),
        "late" => T("The task is not open any more: somebody was first. Nothing was done."),
        _ => null,
    };

    public bool Late => Task.Open && Task.DueAt <= Now;

    /// <summary>What kind of thing it is, for whom.</summary>
    public string Whose => (Task.Kind switch
    {
        TaskKind.Call => T("Call for {0}", Task.For),
        TaskKind.Gift => T("Gift for {0}", Task.For),
        TaskKind.Visit => T("Visit for {0}", Task.For),
        _ => T("For {0}", Task.For),
    }) + (Task.Assignee is { } person ? T(", with {0}", person) : "");

    /// <summary>When it is due, and how often that was moved.</summary>
    public string When => (Task.DueAt is not { } due ? T("no time") : Late ? T("due since {0}", Words.Moment(due, Zone, Now)) : T("due {0}", Words.Moment(due, Zone, Now)))
        + (Task.PutOff > 0 ? T(", put off {0}", Words.Count(Task.PutOff, "time")) : "");

    /// <summary>How it ended.</summary>
    public string Ended => Task.CancelledAt is { } cancelled
        ? T("cancelled {0}", Words.Moment(cancelled, Zone, Now)) + By(Task.CancelledBy) + (Task.Note is { } why ? $": {why}" : "")
        : Task.DoneAt is { } done ? T("done {0}", Words.Moment(done, Zone, Now)) + By(Task.DoneBy) + (Task.Outcome is { } outcome ? $", {outcome}" : "") + (Task.Note is { } note ? $": {note}" : "") : "";

    /// <summary>The next working hour of tomorrow, as a form's field begins with it.</summary>
    public string Tomorrow => LocalTimes.In(Zone, Now).Date.AddDays(1).AddHours(17).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);

    static string By(string? who) => who is null ? "" : T(" by {0}", who);

    /// <summary>An address of ours to go back to: the customer's page, or the list as it was; nothing else whatever was posted.</summary>
    public static string Back(string? posted, string customer) => posted switch
    {
        "customer" => Words.CustomerAddress(customer),
        not null when posted.StartsWith("/tasks?", StringComparison.Ordinal) && posted.Length < 400 && posted.All(letter => letter is > ' ' and <= '~' && letter != '\\') => posted,
        _ => "/tasks",
    };
}
