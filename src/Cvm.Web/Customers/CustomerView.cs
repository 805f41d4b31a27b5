using System.Collections.Immutable;
using Cvm.Engine;

namespace Cvm.Web;

/// <param name="Which">The score that all of them have; null for everybody.</param>
/// <param name="Next">After which customer the next page begins; null on the last.</param>
public sealed record CustomersView(string Text, ScoreQuery? Which, string After, ImmutableArray<CustomerRow> Rows, string? Next, Policies Policies, DateTimeOffset Now);

/// <summary>One customer as the page shows them, with every moment in the customer's own zone.</summary>
public sealed record CustomerView
{
    public required Dossier Dossier { get; init; }
    public required Playbook Playbook { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>Newest first, each with its number.</summary>
    public required ImmutableArray<(long Number, Line Line)> Lines { get; init; }

    /// <summary>Number of the last line shown, where older ones follow.</summary>
    public required long? Older { get; init; }

    /// <summary>Whether this is the newest part of the timeline.</summary>
    public required bool Newest { get; init; }

    /// <summary>The model of the last sweep; null before the first.</summary>
    public required ScoreModel? Model { get; init; }

    /// <summary>What sweeps recorded, newest first.</summary>
    public required ImmutableArray<Line> ScoreLines { get; init; }

    /// <summary>Whether these are all; otherwise older ones may follow.</summary>
    public required bool AllScoreLines { get; init; }

    /// <summary>What they said of being written to, newest first, as far back as the page looked.</summary>
    public required ImmutableArray<Line> Said { get; init; }

    /// <summary>Who is logged in; null where nobody is.</summary>
    public required string? Acting { get; init; }

    /// <summary>What stands in the form for points.</summary>
    public required PointsDraft Draft { get; init; }

    public TierProgress Tier => TierProgress.Of(Playbook.Loyalty, Dossier.Ledger, Now);

    /// <summary>What was wrong with what was just posted about a task.</summary>
    public string? WrongTask { get; init; }

    /// <summary>What may go out to them at this moment.</summary>
    public ImmutableArray<PermissionRow> Permissions => PermissionRow.Of(Playbook, Dossier, Now, Moment);

    public ScoreExplanation Explanation => field ??= ScoreExplanation.Of(Dossier, Model, Playbook, LocalTimes.Day(Playbook.Policies.Zone, Now));

    public StayingCurve? Curve => Model is null ? null : StayingCurve.Of(Dossier, Model, Today);

    public ImmutableArray<(DateOnly Day, decimal Chance)> Recorded =>
        [.. ScoreLines.Where(line => line.Figure is not null).Select(line => (LocalTimes.Day(Zone, line.At), line.Figure!.Value))];

    public string SegmentLabel => Playbook.Scores.Segments.Segments.FirstOrDefault(segment => segment.Name == Dossier.Scores.Segment)?.Label ?? Dossier.Scores.Segment ?? "–";

    /// <summary>The contribution's sum, written out.</summary>
    public string Contribution => Cvm.Standing.Of(Dossier) is { } standing ? Cvm.Contribution.Of(standing.Dealings, Playbook.Scores.Costs).ToString() : "";

    public string Zone => Playbook.ZoneOf(Dossier);

    public string Name => string.IsNullOrWhiteSpace(Dossier.Profile.Name) ? Dossier.Customer : Dossier.Profile.Name;

    public string Currency => Playbook.Policies.Currency;

    public string Moment(DateTimeOffset at) => Words.Moment(at, Zone, Now);

    /// <summary>How often and how lately the customer buys, in a sentence.</summary>
    public string Buying
    {
        get
        {
            var bought = Dossier.Purchases;
            if (bought.Last is not { } last) return T("Has not ordered yet.");

            var silent = bought.SilenceDays(Now);
            var rhythm = bought.RhythmDays;
            if (bought.Orders < 2) return T("Last order {0}; one order says little about the rhythm.", Words.Ago(last, Now));
            var verdict = silent > 2 * rhythm ? T("much longer than usual") : silent > rhythm ? T("longer than usual") : T("as usual");
            return T("Last order {0}. Usually orders about every {1}, so this silence is {2}.", Words.Ago(last, Now), Words.Days(Math.Max(1, rhythm)), verdict);
        }
    }

    /// <summary>The timeline by the customer's own days.</summary>
    public IEnumerable<(DateOnly Day, IEnumerable<(long Number, Line Line)> Lines)> ByDay =>
        from line in Lines
        group line by LocalTimes.Day(Zone, line.Line.At) into day
        select (day.Key, day.AsEnumerable());

    public DateOnly Today => LocalTimes.Day(Zone, Now);
}
