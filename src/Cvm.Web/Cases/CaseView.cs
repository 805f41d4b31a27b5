using System.Collections.Immutable;
using Cvm.Engine;

namespace Cvm.Web;

/// <param name="With">Whose cases are shown; everybody's where null.</param>
/// <param name="By">What the reader calls themselves.</param>
/// <param name="Level">The one level that is shown in full; null for the first of each.</param>
public sealed record CasesView(CaseBoard Board, string? With, string? Level, string? By, Playbook Playbook, DateTimeOffset Now)
{
    /// <summary>Cases of a level that are shown at first.</summary>
    public const int MostOfLevel = 25;

    /// <summary>The levels that are shown, with as many of their cases.</summary>
    public IEnumerable<(string Level, int All, ImmutableArray<BoardCase> Cases)> Levels => Board.Levels
        .Where(one => Level is null || one.Level == Level).Select(one => (one.Level, one.Cases.Length, Level is null && one.Cases.Length > MostOfLevel ? one.Cases[..MostOfLevel] : one.Cases));

    /// <summary>The address of all cases of a level.</summary>
    public string AddressOf(string level) => $"/cases?level={Uri.EscapeDataString(level)}{(With is null ? "" : $"&with={Uri.EscapeDataString(With)}")}";
}

/// <summary>One case, and everything about its customer, by the team's clock.</summary>
public sealed record CaseView
{
    public required Dossier Dossier { get; init; }
    public required BoardCase Shown { get; init; }
    public required Playbook Playbook { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>Newest first.</summary>
    public required ImmutableArray<Line> Lines { get; init; }

    /// <summary>Whether older lines may follow.</summary>
    public required bool More { get; init; }

    public required string? By { get; init; }
    public required bool KnownByLogin { get; init; }

    /// <summary>What stands in the box for messages and notes.</summary>
    public required string Words { get; init; }

    /// <summary>What came of the last act; null for nothing.</summary>
    public required string? Told { get; init; }

    public required bool Wrong { get; init; }

    /// <summary>The message as it would go out.</summary>
    public required Trial? Preview { get; init; }

    public required CaseWork? Previewed { get; init; }
    public required ImmutableArray<Issue> Issues { get; init; }

    /// <summary>Of the forms as they stand here, each of which is done once.</summary>
    public string Once { get; } = Guid.NewGuid().ToString("N");

    public Case Case => Shown.Case;

    public string Here => Web.Words.CaseAddress(Case.Id);

    public string Name => string.IsNullOrWhiteSpace(Dossier.Profile.Name) ? Dossier.Customer : Dossier.Profile.Name;

    public string Zone => Shown.Team.Hours.Zone;

    public IEnumerable<Case> Others => Dossier.Cases.Where(other => other.Id != Case.Id).Reverse();

    public string Moment(DateTimeOffset at) => Web.Words.Moment(at, Zone, Now);

    /// <summary>The first response: how long is left, or how it went.</summary>
    public ClockText Response => Case.RespondBy is not { } by
        ? new(T("First response"), Case.FirstResponseAt is { } at ? T("given {0}", Moment(at)) : T("no time was promised"), false)
        : Case.FirstResponseAt is { } given ? new(T("First response"), given <= by ? T("in time, {0}", Moment(given)) : T("{0} late, {1}", Web.Words.Work(Shown.Team.Hours.Between(by, given)), Moment(given)), given > by)
        : Running(T("First response"), by);

    public ClockText Resolution => Case.ResolvedAt is { } resolved
        ? new(T("Resolution"), Case.ResolveBy is { } by && resolved > by ? T("{0} late, {1}", Web.Words.Work(Shown.Team.Hours.Between(by, resolved)), Moment(resolved)) : Case.ResolveBy is null ? Moment(resolved) : T("in time, {0}", Moment(resolved)), Case.ResolveBy < resolved)
        : Running(T("Resolution"), Case.ResolveBy ?? Case.DueAt);

    /// <summary>When it goes up by itself, and to whom.</summary>
    public ClockText? Ladder => !Case.Open || Case.AlarmAt is not { } alarm || Shown.Team.Above(Case.Level) is not { } above ? null
        : new(T("Goes up to {0}", above), T("in {0}, {1}", Web.Words.Work(SlaClock.Left(alarm, Now, null, Shown.Team.Hours)), Moment(alarm)), false);

    ClockText Running(string name, DateTimeOffset due)
    {
        var left = SlaClock.Left(due, Now, Case.WaitingSince, Shown.Team.Hours);
        if (Case.WaitingSince is not null) return new(name, left < TimeSpan.Zero ? T("stands with {0} over", Web.Words.Work(left)) : T("stands with {0} left", Web.Words.Work(left)), false);
        return due < Now ? new(name, T("{0} overdue since {1}", Web.Words.Work(left), Moment(due)), true) : new(name, T("{0} left, {1}", Web.Words.Work(left), Moment(due)), false);
    }

    public IEnumerable<(DateOnly Day, IEnumerable<Line> Lines)> ByDay =>
        from line in Lines
        where line.What is not (Happening.Queued or Happening.Scored or Happening.Took or Happening.Waited or Happening.Shifted or Happening.NotEntered)
        group line by LocalTimes.Day(Zone, line.At) into day
        select (day.Key, day.AsEnumerable());

    public DateOnly Today => LocalTimes.Day(Zone, Now);

    public string Sentence(Line line) => Telling.Of(Spoken(line) is null ? line : line with { Because = line.By }, Zone);

    /// <summary>What was written or said, whole, where the line is about that.</summary>
    public static string? Spoken(Line line) => line.What is Happening.CaseAnswered or Happening.CaseAsked or Happening.CaseReplied or Happening.CaseNoted or Happening.CaseCalled ? line.Wording : null;
}

/// <param name="Late">Whether the promise is broken.</param>
public sealed record ClockText(string Name, string Text, bool Late);
