using System.Collections.Immutable;
using System.Globalization;

namespace Cvm.Web;

/// <summary>An axis with round numbers: steps of 1, 2 or 5 times a power of ten, from a multiple of the step to another that between them hold every value.</summary>
public readonly record struct ChartScale(double Least, double Most, double Step)
{
    /// <summary>Steps at most; there are at least half as many where the values differ.</summary>
    public const int MostSteps = 5;

    /// <summary>The axis that holds all values that are numbers, and zero.</summary>
    /// <param name="whole">Whether what is counted comes in whole pieces, so that no step is below 1.</param>
    public static ChartScale For(IEnumerable<double> values, bool whole = false)
    {
        var (least, most) = (0.0, 0.0);
        foreach (var value in values)
            if (double.IsFinite(value)) (least, most) = (Math.Min(least, value), Math.Max(most, value));
        return Between(least, most, whole);
    }

    static ChartScale Between(double least, double most, bool whole)
    {
        if (most - least <= 0) return new(0, 1, 1);

        var step = StepFor((most - least) / MostSteps, whole);
        while (Math.Ceiling(Near(most / step)) - Math.Floor(Near(least / step)) > MostSteps) step = StepFor(step * 1.01, whole);
        return new(Math.Floor(Near(least / step)) * step, Math.Ceiling(Near(most / step)) * step, step);
    }

    static double StepFor(double least, bool whole)
    {
        if (whole && least <= 1) return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        foreach (var times in (ReadOnlySpan<int>)[1, 2, 5])
            if (times * power >= least * (1 - 1e-9)) return times * power;
        return 10 * power;
    }

    // 0.3 / 0.1 is a little less than 3.
    static double Near(double steps) => Math.Abs(steps - Math.Round(steps)) < 1e-6 ? Math.Round(steps) : steps;

    /// <summary>The round numbers, from the lowest.</summary>
    public ImmutableArray<double> Ticks
    {
        get
        {
            var (least, step) = (Least, Step);
            return [.. Enumerable.Range(0, (int)Math.Round((Most - Least) / Step) + 1).Select(i => Math.Abs(least + i * step) < step / 1e6 ? 0 : least + i * step)];
        }
    }

    /// <summary>Where a value lies: 0 at the top of the chart, 1 at its foot.</summary>
    public double Down(double value) => (Most - value) / (Most - Least);

    /// <summary>A place or width in percent, as SVG writes it.</summary>
    internal static string Percent(double value) => value.ToString("0.###", CultureInfo.InvariantCulture) + "%";
}
