namespace Cvm;

/// <summary>What sets a shop's customers apart, in words.</summary>
/// <param name="Sampled">How many customers it was worked out from: all, or a sample where there are many.</param>
/// <param name="Groups">Customers who behave alike, the largest group first: its share of all, and what sets it apart.</param>
/// <param name="Leaving">What tells those who left from those who stayed, a sentence each; see <see cref="TreeSentences"/>.</param>
public sealed record CrowdPortrait(int Sampled, ImmutableArray<AlikeGroup> Groups, ImmutableArray<string> Leaving)
{
    /// <summary>More would be no clearer.</summary>
    public const int MostSampled = 50_000;

    const ulong Seed = 20;

    static readonly Sign Days = new(new("order days", "order often", "order seldom"), (s, _) => s.Days);
    static readonly Sign Silence = new(new("days of silence", "silent for long", "ordered lately"), (s, today) => Math.Max(0, today - s.Last));
    static readonly Sign Basket = new(new("average order", "large orders", "small orders"), (s, _) => Math.Round(s.Net / Math.Max(1, s.Orders), 2));
    static readonly Sign Coupons = new(new("coupon share in %", "buy with coupons", "buy without coupons"), (s, _) => Math.Round(100.0 * s.Coupons / Math.Max(1, s.Orders)));
    static readonly Sign Troubles = new(new("complaints and unhappy answers", "often in trouble", "seldom in trouble"), (s, _) => s.Troubles);
    static readonly Sign FirstDay = new(new("first day's spending", "a large first order", "a small first order"), (s, _) => Math.Round(s.FirstSpent, 2));
    static readonly Sign Returned = new(new("refunds in %", "give much back", "give little back"), (s, _) => s.Spent > 0 ? Math.Round(100 * s.Refunded / s.Spent) : 0);

    static readonly Sign[] Behaviour = [Days, Silence, Basket, Coupons, Troubles];

    // Silence and rhythm are left out: having left is nothing else than a silence that is long for the rhythm.
    static readonly Sign[] Signs = [Days, FirstDay, Basket, Coupons, Troubles, Returned];

    /// <summary>Finds groups, and what tells leavers (stage <see cref="Stage.Lapsed"/>) from stayers among those who came back at
    /// least once and have been customers long enough to have left: of the others it is known beforehand.</summary>
    public static CrowdPortrait Of(IReadOnlyList<Standing> sample, DateOnly asOf, ScoreRules rules)
    {
        var today = asOf.DayNumber;
        var clusters = Clusters.Find(Capped(ValuesOf(Behaviour, sample, today), Behaviour.Length), [.. Behaviour.Select(sign => sign.Feature)], rules.Clusters, Seed);

        var longest = rules.Stages.LapsedAfter * Purchases.PriorRhythmDays;
        Standing[] settled = [.. sample.Where(standing => standing.Days > 1 && today - standing.First > longest)];
        bool[] left = [.. settled.Select(standing => Stages.Of(standing.Days, today - standing.First, today - standing.Last, rules.Stages) == Stage.Lapsed)];
        var tree = DecisionTree.Grow(ValuesOf(Signs, settled, today), Signs.Length, left, rules.Tree);

        return new(
            sample.Count,
            [.. clusters.All.Select(cluster => new AlikeGroup((double)cluster.Size / sample.Count, cluster.About))],
            TreeSentences.Of(tree, [.. Signs.Select(sign => sign.Feature)]));
    }

    static double[] ValuesOf(Sign[] signs, IReadOnlyList<Standing> customers, int today) =>
        [.. customers.SelectMany(customer => signs.Select(sign => sign.Value(customer, today)))];

    // The few who order a hundred times what others do would be a group of their own each.
    static double[] Capped(double[] values, int width)
    {
        var column = new double[values.Length / width];
        for (var f = 0; f < width && column.Length > 0; f++)
        {
            for (var i = 0; i < column.Length; i++) column[i] = values[i * width + f];
            Array.Sort(column);
            var most = column[(int)((column.Length - 1) * 0.99)];
            for (var i = 0; i < column.Length; i++) values[i * width + f] = Math.Min(values[i * width + f], most);
        }

        return values;
    }

    sealed record Sign(Feature Feature, Func<Standing, int, double> Value);
}

/// <summary>Customers who behave alike.</summary>
/// <param name="Share">Of all customers, from 0 to 1.</param>
public sealed record AlikeGroup(double Share, string About);
