using System.Collections.Immutable;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

static class SegmentPages
{
    public static async Task<IResult> Show(IMemo memo, IRecords records, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var standing = await records.Tallies([Tallies.Now], stop);
        var book = playbook().Playbook;
        return Site.Show<SegmentsPage>(new SegmentsView
        {
            Summary = await Sweep.Summary(memo, stop),
            Model = await Sweep.Model(memo, stop),
            Map = book.Scores.Segments,
            Currency = book.Policies.Currency,
            SweepAt = book.Scores.At,
            Customers = standing.Where(tally => tally.Tally.Detail == "customers").Sum(tally => tally.Count),
        });
    }
}

/// <summary>Who is where, as the last sweep found it.</summary>
public sealed record SegmentsView
{
    /// <summary>Null before the first sweep has ended.</summary>
    public required ScoreSummary? Summary { get; init; }

    public required ScoreModel? Model { get; init; }
    public required RfmMap Map { get; init; }
    public required string Currency { get; init; }

    /// <summary>When the nightly sweep begins.</summary>
    public required TimeOnly SweepAt { get; init; }

    /// <summary>All, whether or not they have ordered.</summary>
    public required long Customers { get; init; }

    public ImmutableArray<GroupRow> Segments =>
        [.. Summary!.Segments(Map).Select(one => new GroupRow(Words.Capital(one.Segment.Label), Words.ScoredAddress("segment", one.Segment.Name), one.Group))];

    // Prospects have not ordered, and who has not ordered is not scored.
    public ImmutableArray<GroupRow> Stages => Rows<Stage>("stage", Summary!.Stages, ScoreWords.Of).RemoveAt((int)Stage.Prospect);

    public ImmutableArray<GroupRow> Values => [.. Rows<Band>("value", Summary!.Values, ScoreWords.Of).Reverse()];
    public ImmutableArray<GroupRow> Potentials => [.. Rows<Band>("potential", Summary!.Potentials, ScoreWords.Of).Reverse()];
    public ImmutableArray<GroupRow> Relationships => [.. Rows<Relationship>("relationship", Summary!.Relationships, ScoreWords.Of).Reverse()];
    public ImmutableArray<GroupRow> Needs => Rows<Need>("need", Summary!.Needs, ScoreWords.Of);

    static ImmutableArray<GroupRow> Rows<T>(string kind, ScoreGroup[] groups, Func<T, string> word) where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select((value, i) => new GroupRow(Words.Capital(Words.Scored(word(value))), Words.ScoredAddress(kind, word(value)), groups[i]))];
}

/// <summary>Customers who have something in common, and where to find them.</summary>
public sealed record GroupRow(string Name, string Address, ScoreGroup Group);
