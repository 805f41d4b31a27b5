using System.Globalization;
using Cvm.Engine;

namespace Cvm.Web;

/// <summary>Measures as people write them.</summary>
/// <param name="Currency">The shop's.</param>
public sealed record MeasureWords(string Currency)
{
    // From here on a percentage says less than how many times it is.
    const double MostPercent = 1_000;

    static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>A value in full, such as 1,204.50 EUR, 41% or 9.5 h; a dash for none.</summary>
    public string Value(Measure measure, double value) => double.IsNaN(value) ? "–" : measure.Unit switch
    {
        MeasureUnit.Money => $"{(Math.Abs(value) >= 10_000 ? Words.Count((long)Math.Round(value)) : Words.Money((decimal)value))} {Currency}".Replace('-', '−'),
        MeasureUnit.Share => Words.Share(value),
        MeasureUnit.Hours => Hours(value),
        MeasureUnit.Score => value.ToString("0.#", English).Replace('-', '−'),
        _ => Words.Count((long)Math.Round(value)).Replace('-', '−'),
    };

    /// <summary>The same where there is little room.</summary>
    public static string Tick(Measure measure, double value) => measure.Unit switch
    {
        MeasureUnit.Share => Words.Share(value),
        MeasureUnit.Hours => $"{value.ToString("0.#", English)} h",
        MeasureUnit.Score => value.ToString("0.#", English),
        _ => Math.Abs(value) is > 0 and < 10 ? value.ToString("0.##", English) : Words.Roughly(value),
    };

    static string Hours(double hours) => hours switch
    {
        < 1 => $"{Math.Round(hours * 60)} min",
        < 72 => $"{hours.ToString("0.#", English)} h",
        _ => $"{(hours / 24).ToString("0.#", English)} d",
    };

    /// <summary>How a value stands beside an earlier one: shares in points, others in percent; null where there is nothing to compare.</summary>
    public static string? Change(Measure measure, double now, double before)
    {
        if (double.IsNaN(now) || double.IsNaN(before)) return null;
        var change = measure.Unit is MeasureUnit.Share ? 100 * (now - before) : measure.Unit is MeasureUnit.Score ? now - before : before <= 0 ? double.NaN : 100 * (now - before) / before;
        if (double.IsNaN(change)) return null;
        if (measure.Unit is not (MeasureUnit.Share or MeasureUnit.Score) && change >= MostPercent) return "×" + Words.Count((long)Math.Round(now / before));

        var size = Math.Abs(change) switch { < 0.05 => "0", < 9.95 => Math.Abs(change).ToString("0.#", English), _ => Words.Count((long)Math.Round(Math.Abs(change))) };
        return $"{(size == "0" ? "±" : change < 0 ? "−" : "+")}{size}{(measure.Unit is MeasureUnit.Share or MeasureUnit.Score ? " pt" : "%")}";
    }

    /// <summary>A span of a window, short below the axis and long where it is said.</summary>
    public static ChartPlace Place(string window, (DateOnly From, DateOnly Until) span) => window switch
    {
        "months" => new(span.From.ToString(span.From.Month == 1 ? "MMM yyyy" : "MMM", English), Words.Month(span.From)),
        "weeks" => new(span.From.ToString("d MMM", English), $"{span.From.ToString("d MMM", English)} – {Words.Day(span.Until)}"),
        _ => new(span.From.ToString("d MMM", English), Words.Day(span.From)),
    };
}
