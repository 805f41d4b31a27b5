using System.Globalization;

namespace Cvm.Engine;

/// <summary>Spans of time as counts of classes, each a fourth of a doubling wide, so that a median is known within 9 percent whatever the number of spans.</summary>
public static class Durations
{
    const int ToADoubling = 4;

    // Ten years.
    const int Most = 90;

    /// <summary>The class of a span, as a tally's detail: its upper end is 2^(n/4) minutes. What took no minute is in the first.</summary>
    public static string ClassOf(TimeSpan span) => ((int)Math.Clamp(Math.Ceiling(ToADoubling * Math.Log2(Math.Max(1, span.TotalMinutes)) - 1e-9), 0, Most)).ToString(CultureInfo.InvariantCulture);

    /// <summary>The span in hours that a part of all does not exceed; NaN for none.</summary>
    /// <param name="counts">How many are in each class, by its number.</param>
    /// <param name="part">0.5 for the median.</param>
    public static double Quantile(IEnumerable<(int Class, double Count)> counts, double part)
    {
        var classes = counts.Where(one => one.Count > 0).OrderBy(one => one.Class).ToList();
        var rank = part * classes.Sum(one => one.Count);
        var below = 0.0;
        foreach (var (at, count) in classes)
        {
            if (below + count >= rank) return Math.Pow(2, (at - 1 + (rank - below) / count) / ToADoubling) / 60;
            below += count;
        }

        return double.NaN;
    }
}
