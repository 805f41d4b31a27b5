namespace Cvm;

/// <summary>How scores are reckoned, as far as marketers decide it: scores.yaml.</summary>
public sealed record ScoreRules
{
    public static ScoreRules Usual { get; } = new();

    /// <summary>When the nightly sweep begins, in the shop's zone.</summary>
    public TimeOnly At { get; init; } = new(3, 0);

    /// <summary>The model of repeat buying: bg-nbd, mbg-nbd or pareto-nbd.</summary>
    /// <remarks>MBG/NBD unless told otherwise: with BG/NBD nobody leaves before the second order, so one-time buyers never seem to leave.</remarks>
    public string Model { get; init; } = "mbg-nbd";

    /// <summary>The named segments of recency and frequency.</summary>
    public RfmMap Segments { get; init; } = RfmMap.Usual;

    public StageRules Stages { get; init; } = new();

    /// <summary>How far below its bound a value band is kept, as a share; the bounds are <see cref="Policies.ValueFrom"/>.</summary>
    public double ValueSlack { get; init; } = 0.1;

    public PotentialRules Potential { get; init; } = new();
    public RelationshipRules Relationship { get; init; } = new();
    public NeedRules Needs { get; init; } = new();
    public CostRules Costs { get; init; } = new();

    /// <summary>How many clusters of behaviour are looked for.</summary>
    public int Clusters { get; init; } = 5;

    public TreeRules Tree { get; init; } = new();
}
