namespace Cvm.Engine;

/// <summary>The customers of one segment, or of one cell.</summary>
/// <param name="Share">Of all customers, from 0 to 1.</param>
/// <param name="Revenue">Spent less refunded; may be negative.</param>
/// <param name="RevenueShare">Of all revenue; 0 where there is none in all.</param>
/// <param name="SilenceDays">Mean days since the last order; 0 where nobody is in it.</param>
/// <param name="OrderDays">Mean of different days with an order; 0 where nobody is in it.</param>
public sealed record RfmGroup(int Customers, double Share, double Revenue, double RevenueShare, double SilenceDays, double OrderDays);

/// <summary>Quintiles and segments of everybody in a file of orders.</summary>
/// <param name="Scores">One place per customer, as in the history.</param>
public sealed record RfmScores(OrderHistory History, RfmMap Map, Rfm[] Scores)
{
    public static RfmScores Of(OrderHistory history, RfmMap map)
    {
        var (money, scores) = (new double[history.Customers.Length], new Rfm[history.Customers.Length]);
        for (var i = 0; i < money.Length; i++) money[i] = history.Net(i);

        RfmCuts.Of(history.LastDay, history.Days, money).Of(history.LastDay, history.Days, money, scores);
        return new(history, map, scores);
    }

    /// <summary>Each segment of the map with its customers, in the map's order.</summary>
    public IReadOnlyList<(RfmSegment Segment, RfmGroup Group)> Segments()
    {
        var groups = Groups(Map.Segments.Length, rfm => Map.IndexOf(rfm.Recency, rfm.Frequency));
        return [.. Map.Segments.Zip(groups)];
    }

    /// <summary>Each of the 25 cells with its customers, recency 1 first.</summary>
    public IReadOnlyList<(int Recency, int Frequency, RfmGroup Group)> Cells()
    {
        var groups = Groups(25, rfm => (rfm.Recency - 1) * 5 + rfm.Frequency - 1);
        return [.. groups.Select((group, cell) => (cell / 5 + 1, cell % 5 + 1, group))];
    }

    RfmGroup[] Groups(int count, Func<Rfm, int> of)
    {
        var sums = new (int Customers, double Revenue, long Silence, long Days)[count];
        for (var i = 0; i < Scores.Length; i++)
        {
            ref var sum = ref sums[of(Scores[i])];
            sum = (sum.Customers + 1, sum.Revenue + History.Net(i), sum.Silence + History.CalibrationEnd - History.LastDay[i], sum.Days + History.Days[i]);
        }

        var revenue = sums.Sum(sum => sum.Revenue);
        return [.. sums.Select(sum => new RfmGroup(
            sum.Customers,
            (double)sum.Customers / Math.Max(1, Scores.Length),
            Math.Round(sum.Revenue, 2),
            revenue > 0 ? sum.Revenue / revenue : 0,
            (double)sum.Silence / Math.Max(1, sum.Customers),
            (double)sum.Days / Math.Max(1, sum.Customers)))];
    }
}
