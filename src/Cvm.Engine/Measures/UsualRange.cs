namespace Cvm.Engine;

/// <summary>When a measure is out of its usual range.</summary>
/// <param name="Weeks">How many weeks of its own past are looked at.</param>
/// <param name="Width">How many robust standard deviations of them are still usual.</param>
public sealed record UsualRule(int Weeks = 13, double Width = 4)
{
    /// <summary>With fewer weeks than this nothing is said.</summary>
    public const int LeastWeeks = 8;
}

/// <summary>Where a measure's week usually lies, by its own last weeks: their median, and so many robust standard deviations to either side.</summary>
/// <remarks>The deviation is 1.4826 times the median of the distances from the median, which a few odd weeks do not move: the identifier of Hampel (Davies and Gather,
/// The identification of multiple outliers, JASA 1993); Iglewicz and Hoaglin (How to Detect and Handle Outliers, 1993) call 3.5 of them an outlier for any sample. With some
/// ten weeks the estimate itself is shaky, so 4 are allowed, and never less than chance alone makes of a count (its square root, as Poisson has it) or 2 percent of the median.
/// Weeks are looked at whole, so that a quiet Sunday is no news.</remarks>
public readonly record struct UsualRange(double Median, double Low, double High)
{
    const double ToDeviation = 1.4826, LeastShare = 0.02;

    /// <summary>The range of the weeks before; null where too few of them have a value.</summary>
    /// <param name="weeks">One value for each week; NaN for none.</param>
    /// <param name="counted">Whether the values are numbers of things that come by chance.</param>
    public static UsualRange? Of(IEnumerable<double> weeks, bool counted, UsualRule rule)
    {
        double[] known = [.. weeks.Where(double.IsFinite).Order()];
        if (known.Length < UsualRule.LeastWeeks) return null;

        var median = Middle(known);
        var deviation = ToDeviation * Middle([.. known.Select(value => Math.Abs(value - median)).Order()]);
        var chance = counted ? Math.Sqrt(Math.Max(1, median)) : 0;
        var half = rule.Width * Math.Max(deviation, Math.Max(chance, LeastShare * Math.Abs(median)));
        return new(median, counted ? Math.Max(0, median - half) : median - half, median + half);
    }

    /// <summary>1 above the range, -1 below it, 0 within, or where there is no value.</summary>
    public int Side(double value) => value > High ? 1 : value < Low ? -1 : 0;

    static double Middle(double[] sorted) => sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
}

/// <summary>A measure's last seven whole days beside its usual range.</summary>
/// <param name="Week">What the days came to; NaN for nothing.</param>
/// <param name="Usual">Null where the shop has not been open for long enough.</param>
public sealed record MeasureWeek(Measure Measure, DateOnly From, DateOnly Until, double Week, UsualRange? Usual)
{
    /// <summary>1 above its range, -1 below it, 0 for no alert.</summary>
    public int Side => double.IsNaN(Week) ? 0 : Usual?.Side(Week) ?? 0;

    /// <summary>Whether it left its range for the worse.</summary>
    public bool Worse => Side * Measure.Better < 0;

    /// <summary>How far back the books must reach for it.</summary>
    public static DateOnly Begin(IEnumerable<Measure> measures, DateOnly until) => until.AddDays(1 - 7 * (1 + measures.Select(measure => measure.Alert?.Weeks ?? 0).DefaultIfEmpty(0).Max()));

    /// <summary>Every measure that has an alert, with its week up to a day, that one counted.</summary>
    public static ImmutableArray<MeasureWeek> Of(IEnumerable<Measure> measures, MeasureBooks books, DateOnly until) =>
        [.. measures.Where(measure => measure is { Alert: not null, Monthly: false }).Select(measure => Of(measure, measure.Alert!, books, until))];

    static MeasureWeek Of(Measure measure, UsualRule rule, MeasureBooks books, DateOnly until)
    {
        var from = until.AddDays(-6);
        var before = Enumerable.Range(1, rule.Weeks).Where(week => books.First <= from.AddDays(-7 * week))
            .Select(week => measure.Formula.Over(books, from.AddDays(-7 * week), until.AddDays(-7 * week)));
        return new(measure, from, until, measure.Formula.Over(books, from, until), UsualRange.Of(before, measure.Unit == MeasureUnit.Count, rule));
    }
}
