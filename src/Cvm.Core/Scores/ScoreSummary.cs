namespace Cvm;

/// <summary>What some customers come to together.</summary>
/// <param name="Net">Spent less refunded.</param>
/// <param name="Expected">Margin to be expected within a year, discounted.</param>
/// <param name="Staying">Sum of their chances of staying: how many of them are still customers, by the model.</param>
/// <param name="Contributed">What they have contributed so far.</param>
public readonly record struct ScoreGroup(long Customers, double Net, double Expected, double Staying, double Contributed = 0)
{
    public static ScoreGroup operator +(ScoreGroup a, ScoreGroup b) => new(a.Customers + b.Customers, a.Net + b.Net, a.Expected + b.Expected, a.Staying + b.Staying, a.Contributed + b.Contributed);
}

/// <summary>What a sweep found of everybody who has ordered, whether or not they moved: small, whatever the number of customers, and the sum of its
/// parts where several made it side by side.</summary>
public sealed class ScoreSummary
{
    const int Side = 5;

    public DateOnly AsOf { get; init; }

    /// <summary>As <see cref="ScoreModel.Name"/>.</summary>
    public string Model { get; init; } = "";

    /// <summary>What sets customers apart; only a sweep as a whole has it, not its parts.</summary>
    public CrowdPortrait? Portrait { get; init; }

    /// <summary>The cells of recency and frequency: 11, 12, ... 55.</summary>
    public ScoreGroup[] Cells { get; init; } = new ScoreGroup[Side * Side];

    /// <summary>By the order of <see cref="Stage"/>, and so on.</summary>
    public ScoreGroup[] Stages { get; init; } = new ScoreGroup[Enum.GetValues<Stage>().Length];
    public ScoreGroup[] Values { get; init; } = new ScoreGroup[Enum.GetValues<Band>().Length];
    public ScoreGroup[] Potentials { get; init; } = new ScoreGroup[Enum.GetValues<Band>().Length];
    public ScoreGroup[] Relationships { get; init; } = new ScoreGroup[Enum.GetValues<Relationship>().Length];
    public ScoreGroup[] Needs { get; init; } = new ScoreGroup[Enum.GetValues<Need>().Length];

    /// <summary>An empty one of a sweep by this model.</summary>
    public static ScoreSummary For(ScoreModel model, CrowdPortrait? portrait = null) => new() { AsOf = model.AsOf, Model = model.Name, Portrait = portrait };

    /// <summary>Everybody.</summary>
    public ScoreGroup All => Stages.Aggregate(default(ScoreGroup), (sum, group) => sum + group);

    /// <summary>The cell of recency and frequency, each from 1 to 5.</summary>
    public ScoreGroup this[int recency, int frequency] => Cells[(recency - 1) * Side + frequency - 1];

    /// <summary>Takes in a customer, once each.</summary>
    public void Add(Rfm rfm, double net, Scores scores)
    {
        var one = new ScoreGroup(1, net, scores.Value365, scores.Alive, (double)scores.Contribution);
        Cells[(rfm.Recency - 1) * Side + rfm.Frequency - 1] += one;
        Stages[(int)scores.Stage] += one;
        Values[(int)scores.Value] += one;
        Potentials[(int)scores.Potential] += one;
        Relationships[(int)scores.Relationship] += one;
        Needs[(int)scores.Need] += one;
    }

    /// <summary>The two together: this one, and another part of the same sweep. Neither changes.</summary>
    public ScoreSummary Plus(ScoreSummary part) => new()
    {
        AsOf = AsOf,
        Model = Model,
        Portrait = Portrait,
        Cells = Sum(Cells, part.Cells),
        Stages = Sum(Stages, part.Stages),
        Values = Sum(Values, part.Values),
        Potentials = Sum(Potentials, part.Potentials),
        Relationships = Sum(Relationships, part.Relationships),
        Needs = Sum(Needs, part.Needs),
    };

    static ScoreGroup[] Sum(ScoreGroup[] a, ScoreGroup[] b) => [.. a.Zip(b, (one, other) => one + other)];

    /// <summary>The named segments with all customers in their cells, in the map's order.</summary>
    public ImmutableArray<(RfmSegment Segment, ScoreGroup Group)> Segments(RfmMap map)
    {
        var groups = new ScoreGroup[map.Segments.Length];
        for (var recency = 1; recency <= Side; recency++)
            for (var frequency = 1; frequency <= Side; frequency++) groups[map.IndexOf(recency, frequency)] += this[recency, frequency];
        return [.. map.Segments.Select((segment, i) => (segment, groups[i]))];
    }
}
