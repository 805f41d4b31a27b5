using System.Collections.Frozen;

namespace Cvm;

/// <summary>What each fact may be in one playbook, whoever the customer is.</summary>
public sealed class FactRanges
{
    const double Endless = double.PositiveInfinity;

    static readonly string[] Bands = ["high", "low", "middle"];
    static readonly string[] StageNames = [.. Enum.GetValues<Stage>().Select(ScoreWords.Of)];
    static readonly Possible Quintile = Possible.Between(1, 5, unknown: true, whole: true);
    static readonly Possible Count = Possible.Between(0, Endless, whole: true);
    static readonly Possible Length = Possible.Between(0, Endless, unknown: true);
    static readonly Possible Score = Possible.Between(0, 10, unknown: true, whole: true);

    // What every playbook has in common; facts that are not here may be anything of their type.
    static readonly ImmutableDictionary<string, Possible> Fixed = new Dictionary<string, Possible>(StringComparer.Ordinal)
    {
        ["days-to-birthday"] = Possible.Between(0, 31, unknown: true, whole: true),
        ["orders"] = Count,
        ["refunds"] = Count,
        ["complaints"] = Count,
        ["open-tasks"] = Count,
        ["friends"] = Count,
        ["spent"] = Possible.AnyNumber.OnlyKnown,
        ["points"] = Possible.AnyNumber.OnlyKnown with { Whole = true },
        ["pending-points"] = Possible.AnyNumber.OnlyKnown with { Whole = true },
        ["silence"] = Length,
        ["rhythm"] = Length,
        ["last-contact"] = Length,
        ["alive"] = Possible.Between(0, 1, unknown: true),
        ["alive-before"] = Possible.Between(0, 1, unknown: true),
        ["expected-orders"] = Length,
        ["recency-score"] = Quintile,
        ["frequency-score"] = Quintile,
        ["monetary-score"] = Quintile,
        ["last-score"] = Score,
        ["answer"] = Score,
        ["value"] = Possible.OneOf(Bands),
        ["value-before"] = Possible.OneOf(Bands, unknown: true),
        ["potential"] = Possible.OneOf(Bands, unknown: true),
        ["stage"] = Possible.OneOf(StageNames, unknown: true),
        ["stage-before"] = Possible.OneOf(StageNames, unknown: true),
        ["relationship"] = Possible.OneOf(Enum.GetValues<Relationship>().Select(ScoreWords.Of), unknown: true),
        ["need"] = Possible.OneOf(Enum.GetValues<Need>().Select(ScoreWords.Of), unknown: true),
        ["severity"] = Possible.OneOf(CaseActs.Severities, unknown: true),
        ["task-kind"] = Possible.OneOf(Enum.GetNames<TaskKind>().Select(name => name.ToLowerInvariant()), unknown: true),
        ["event"] = Possible.OneOf(Events.All.Select(kind => kind.Name), unknown: true),
    }.ToImmutableDictionary(StringComparer.Ordinal);

    readonly FrozenDictionary<string, Possible> ranges;

    /// <summary>A name that the playbook has given up, and somebody may still carry until the next night, counts as none of it: to ask for it
    /// is a mistake all the same.</summary>
    public FactRanges(Playbook playbook)
    {
        var levels = playbook.Policies.Staff.Keys.Concat(Sla.Teams(playbook).SelectMany(team => team.Ladder));
        ranges = Fixed
            .SetItem("tier", Possible.OneOf(playbook.Loyalty.Tiers.Select(tier => tier.Name), unknown: true))
            .SetItem("rfm-segment", Possible.OneOf(playbook.Scores.Segments.Segments.Select(segment => segment.Name), unknown: true))
            .SetItem("survey", Possible.OneOf(playbook.Surveys.Keys, unknown: true))
            .SetItem("case-level", Possible.OneOf(levels, unknown: true))
            .ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>What the fact may be.</summary>
    public Possible Of(Fact fact) => ranges.TryGetValue(fact.Name, out var possible) ? possible : Possible.Any(fact.Type);

    /// <summary>What the question may be answered with, whatever its argument.</summary>
    public static Possible Of(Question question) => question.Name == "times-in" ? Count : Possible.Any(question.Type);
}
