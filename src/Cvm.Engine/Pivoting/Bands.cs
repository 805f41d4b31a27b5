using System.Globalization;

namespace Cvm.Engine;

/// <summary>Round bands of a number: each from its own bound up to the next one's, with none last for what is not known.</summary>
/// <param name="Values">One for each bound, and none.</param>
sealed record Bands(ImmutableArray<double> From, ImmutableArray<PivotValue> Values)
{
    /// <summary>The band's place; -1 for what is not known, or lies below all of them.</summary>
    public int Of(double number)
    {
        var at = From.BinarySearch(number);
        return double.IsNaN(number) ? -1 : at >= 0 ? at : ~at - 1;
    }

    /// <summary>Bands of whole numbers: 0, 1, 2-3, 4-6, and so on, the last one open.</summary>
    public static Bands Whole(string noneLabel, params int[] from) => new(
        [.. from.Select(bound => (double)bound)],
        [.. from.Select((bound, i) => i == from.Length - 1 ? Open(bound) : from[i + 1] == bound + 1 ? Named($"{bound}", $"{bound}") : Named($"{bound}-{from[i + 1] - 1}", $"{bound:#,0}–{from[i + 1] - 1:#,0}")), new(PivotValue.None, noneLabel)]);

    /// <summary>Bands of money in steps of 1, 2 and 5, whatever the currency: below 0, 0, up to 10, up to 20, up to 50, up to 100, and so on to ten million.</summary>
    public static Bands Money(string noneLabel)
    {
        double[] steps = [.. Enumerable.Range(1, 6).SelectMany(digits => new[] { 1, 2, 5 }.Select(step => step * Math.Pow(10, digits))), 10_000_000];
        return new(
            [double.NegativeInfinity, 0, double.Epsilon, .. steps],
            [new("below-0", "Below 0"), new("0", "0"), Named($"0-{steps[0]}", $"Up to {steps[0]}"), .. steps.Select((from, i) => i == steps.Length - 1 ? Open(from) : Named($"{from}-{steps[i + 1]}", $"{from:#,0}–{steps[i + 1]:#,0}")), new(PivotValue.None, noneLabel)]);
    }

    /// <summary>Chances in five steps of 20 percent.</summary>
    public static Bands Chance(string noneLabel) => new(
        [0, 0.2, 0.4, 0.6, 0.8],
        [.. Enumerable.Range(0, 5).Select(i => Named($"{i * 20}-{i * 20 + 20}", $"{i * 20}–{i * 20 + 20}%")), new(PivotValue.None, noneLabel)]);

    static PivotValue Open(double from) => Named($"{from}-up", $"{from:#,0}+");

    static PivotValue Named(FormattableString name, FormattableString label) => new(name.ToString(CultureInfo.InvariantCulture), label.ToString(CultureInfo.InvariantCulture));
}
