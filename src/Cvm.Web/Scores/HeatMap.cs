using System.Collections.Immutable;

namespace Cvm.Web;

/// <summary>The 25 cells of recency and frequency as they are drawn: rows from the highest frequency down, columns from the lowest recency on.</summary>
public sealed record HeatMap(ImmutableArray<ImmutableArray<HeatCell>> Rows)
{
    const int Side = 5;

    /// <summary>Shades besides none.</summary>
    const int Shades = 7;

    public static HeatMap Of(ScoreSummary summary, RfmMap map)
    {
        var most = summary.Cells.Max(cell => cell.Customers);
        var named = new HashSet<(int, int)>();
        foreach (var (recency, frequency) in Order) if (Region(map, recency, frequency).First() == (recency, frequency)) named.Add((recency, frequency));

        return new([.. Enumerable.Range(1, Side).Reverse().Select(frequency => Enumerable.Range(1, Side).Select(recency => Cell(recency, frequency)).ToImmutableArray())]);

        HeatCell Cell(int recency, int frequency) => new(
            recency, frequency, map[recency, frequency], summary[recency, frequency],
            // By the square root, so that the largest cell does not bleach all others.
            most == 0 || summary[recency, frequency].Customers == 0 ? 0 : 1 + (int)((Shades - 1) * Math.Sqrt((double)summary[recency, frequency].Customers / most)),
            Named: named.Contains((recency, frequency)),
            Wide: recency < Side && Same(map, recency, frequency, recency + 1, frequency),
            Above: !Same(map, recency, frequency, recency, frequency + 1),
            Right: !Same(map, recency, frequency, recency + 1, frequency));
    }

    static IEnumerable<(int Recency, int Frequency)> Order =>
        from frequency in Enumerable.Range(1, Side).Reverse() from recency in Enumerable.Range(1, Side) select (recency, frequency);

    // All cells that hang together in one segment, in the order in which they are drawn.
    static IEnumerable<(int, int)> Region(RfmMap map, int recency, int frequency)
    {
        var (region, edge) = (new HashSet<(int, int)> { (recency, frequency) }, new Queue<(int Recency, int Frequency)>([(recency, frequency)]));
        while (edge.TryDequeue(out var at))
            foreach (var (r, f) in new[] { (at.Recency + 1, at.Frequency), (at.Recency - 1, at.Frequency), (at.Recency, at.Frequency + 1), (at.Recency, at.Frequency - 1) })
                if (Same(map, at.Recency, at.Frequency, r, f) && region.Add((r, f))) edge.Enqueue((r, f));
        return Order.Where(region.Contains);
    }

    static bool Same(RfmMap map, int recency, int frequency, int otherRecency, int otherFrequency) =>
        otherRecency is >= 1 and <= Side && otherFrequency is >= 1 and <= Side && map.IndexOf(recency, frequency) == map.IndexOf(otherRecency, otherFrequency);
}

/// <param name="Shade">0 for nobody, up to 7 for the most.</param>
/// <param name="Named">Whether it carries the name of its region.</param>
/// <param name="Wide">Whether the name may run on into the next cell.</param>
/// <param name="Above">Whether the region ends above it.</param>
/// <param name="Right">Whether the region ends to the right of it.</param>
public sealed record HeatCell(int Recency, int Frequency, RfmSegment Segment, ScoreGroup Group, int Shade, bool Named, bool Wide, bool Above, bool Right)
{
    /// <summary>As addresses call it.</summary>
    public string Name => $"{Recency}{Frequency}";
}
