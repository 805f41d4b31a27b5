namespace Cvm.Engine;

/// <summary>How a case stands by its clock.</summary>
public enum CaseStanding { Overdue, DueToday, OnTime, Waiting }

/// <summary>An open case as the board shows it.</summary>
/// <param name="Due">The clock that runs out next.</param>
/// <param name="Left">Working time left on it; negative by what it is overdue.</param>
/// <param name="Wrote">The customer wrote last, and nobody has answered since.</param>
public sealed record BoardCase(string Customer, Case Case, ServiceTeam Team, DateTimeOffset Due, TimeSpan Left, CaseStanding Standing, bool Wrote);

/// <summary>Every open case by whom it lies with, the one with the least time left first.</summary>
public sealed record CaseBoard(ImmutableArray<(string Level, ImmutableArray<BoardCase> Cases)> Levels, ImmutableArray<(string Name, int Cases)> Assignees, int All)
{
    /// <summary>Open cases that are looked through.</summary>
    public const int Most = 1_000;

    /// <summary>Stands for the cases that nobody has taken on.</summary>
    public const string Nobody = "-";

    /// <summary>The board as of now.</summary>
    /// <param name="assignee">Whose cases alone, <see cref="Nobody"/> for those of nobody; everybody's where null.</param>
    public static async Task<CaseBoard> Of(IRecords records, Playbook playbook, string? assignee, DateTimeOffset now, CancellationToken stop)
    {
        var open = await records.OpenCases(Most, stop);
        var all = open.Select(one => Shown(playbook, one.Customer, one.Case, now)).ToList();
        var mine = all.Where(one => assignee is null || (one.Case.Assignee ?? Nobody) == assignee);
        var order = Sla.Teams(playbook).SelectMany(team => team.Ladder).Distinct(StringComparer.Ordinal).ToList();

        return new(
            [
                .. mine.GroupBy(one => one.Case.Level, StringComparer.Ordinal)
                    .OrderByDescending(level => order.IndexOf(level.Key)).ThenBy(level => level.Key, StringComparer.Ordinal)
                    .Select(level => (level.Key, level.OrderBy(one => one.Standing == CaseStanding.Waiting).ThenBy(one => one.Left).ThenBy(one => one.Case.Id, StringComparer.Ordinal).ToImmutableArray())),
            ],
            [.. all.GroupBy(one => one.Case.Assignee ?? Nobody, StringComparer.Ordinal).OrderBy(group => group.Key == Nobody).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, group.Count()))],
            all.Count);
    }

    /// <summary>One case as it stands now.</summary>
    public static BoardCase Shown(Playbook playbook, string customer, Case work, DateTimeOffset now)
    {
        var team = Sla.Team(playbook, work.Team);
        var due = SlaClock.Next(work);
        var left = SlaClock.Left(due, now, work.WaitingSince, team.Hours);
        var standing = work.WaitingSince is not null ? CaseStanding.Waiting
            : due < now ? CaseStanding.Overdue
            : LocalTimes.SameDay(team.Hours.Zone, due, now) ? CaseStanding.DueToday : CaseStanding.OnTime;
        var last = work.History.LastOrDefault(entry => entry.Theirs || entry.Work == CaseWork.Call);
        return new(customer, work, team, due, left, standing, last?.Work == CaseWork.CustomerReplied);
    }
}
