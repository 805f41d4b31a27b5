namespace Cvm.Engine;

/// <summary>How a measure is reckoned from what is counted. Over a time it takes the sums of that time, or what was last known of what stands; it is NaN where
/// there is nothing to reckon with, such as orders to divide by.</summary>
public abstract record Formula
{
    Formula() { }

    /// <summary>A plain number.</summary>
    public sealed record Number(double Value) : Formula;

    /// <summary>A name of <see cref="BaseSeries"/>; of the time before where <paramref name="Before"/>.</summary>
    public sealed record Counted(string Name, bool Before = false) : Formula;

    /// <summary>A name of <see cref="Prices"/>.</summary>
    public sealed record Price(string Name) : Formula;

    /// <summary>The middle one of spans of time, in hours.</summary>
    public sealed record Median(string Name) : Formula;

    /// <summary>The usual figure of all surveys of a kind, or of one: a share for csat, a score for nps and ces.</summary>
    public sealed record Satisfaction(SurveyKind Kind, string? Survey) : Formula;

    /// <summary>Two parts joined by one of + - * /.</summary>
    public sealed record Joined(char Sign, Formula Left, Formula Right) : Formula;

    /// <summary>What is counted for it.</summary>
    public IEnumerable<(string Name, bool Before)> Series => this switch
    {
        Counted counted => [(counted.Name, counted.Before)],
        Median median => [(median.Name, false)],
        Joined joined => joined.Left.Series.Concat(joined.Right.Series),
        _ => [],
    };

    /// <summary>Whether it reads answers to surveys.</summary>
    public bool Asks => this is Satisfaction || (this is Joined joined && (joined.Left.Asks || joined.Right.Asks));

    /// <summary>What formulas may call by name instead of writing a number: the costs of scores.yaml.</summary>
    public static ImmutableArray<(string Name, MeasureUnit Unit, string About, Func<CostRules, decimal> Of)> Prices { get; } =
    [
        ("margin", MeasureUnit.Share, "share of the price that is left after the goods are paid", costs => costs.Margin),
        ("point-cost", MeasureUnit.Money, "cost of a point", costs => costs.Point),
        ("case-cost", MeasureUnit.Money, "cost of a case", costs => costs.Case),
        ("task-cost", MeasureUnit.Money, "cost of a task", costs => costs.Task),
        ("email-cost", MeasureUnit.Money, "cost of an e-mail", costs => costs.Email),
        ("sms-cost", MeasureUnit.Money, "cost of a segment of an SMS", costs => costs.Sms),
    ];

    /// <summary>What it comes to between two days, both counted.</summary>
    public double Over(MeasureBooks books, DateOnly from, DateOnly until) => this switch
    {
        Number number => number.Value,
        Price price => (double)Prices.First(one => one.Name == price.Name).Of(books.Costs),
        Counted { Before: true } counted => books.Sum(counted.Name, Earlier(from, until), from.AddDays(-1)),
        Counted counted => books.Sum(counted.Name, from, until),
        Median median => Durations.Quantile(books.Classes(median.Name, from, until), 0.5),
        Satisfaction asked => books.Asked(asked.Kind, asked.Survey, from, until),
        Joined joined => Join(joined.Sign, joined.Left.Over(books, from, until), joined.Right.Over(books, from, until)),
        _ => double.NaN,
    };

    static double Join(char sign, double left, double right) => sign switch
    {
        '+' => left + right,
        '-' => left - right,
        '*' => left * right,
        _ => right == 0 ? double.NaN : left / right,
    };

    // Whole months have whole months before them.
    static DateOnly Earlier(DateOnly from, DateOnly until) =>
        from.Day == 1 && until.AddDays(1).Day == 1 ? from.AddMonths(-(12 * (until.Year - from.Year) + until.Month - from.Month + 1)) : from.AddDays(-(until.DayNumber - from.DayNumber + 1));
}
