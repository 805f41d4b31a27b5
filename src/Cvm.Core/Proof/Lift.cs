namespace Cvm;

/// <summary>By how much one group does better than another, on average and per person, with an interval that is right however often one looks:
/// in 95 of 100 comparisons it holds the truth at every look, from the first to the last, so that whoever stops when it pleases him is not fooled.</summary>
/// <remarks>
/// Robbins' normal mixture (Annals of Mathematical Statistics 1970), as Johari, Pekelis and Walsh use it for experiments that people watch (Always valid inference, Operations
/// Research 2022), carried to any distribution of finite variance by Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (Time-uniform central limit theory and asymptotic confidence
/// sequences, Annals of Statistics 2024); see also Howard, Ramdas, McAuliffe and Sekhon (Time-uniform, nonparametric, nonasymptotic confidence sequences, Annals of Statistics 2021).
/// With r the people measured so far as a part of <see cref="Planned"/>, and c = -2 ln a + ln(1 - 2 ln a), the interval reaches
/// sqrt(v (1 + c r) / (c r) (ln(1 + c r) - 2 ln a)) to either side, where v is the variance of the difference: 1.55 times as far as a single look's at r = 1. Being asymptotic, it
/// needs <see cref="Fewest"/> people in each group before there is one at all.
/// </remarks>
/// <param name="Value">The difference of the means; NaN where a group is empty.</param>
/// <param name="Low">Minus infinity, and <paramref name="High"/> infinity, while it is too early.</param>
public readonly record struct Lift(double Value, double Low, double High)
{
    /// <summary>Where the interval is tightest, in people of both groups: what a small shop measures in a season. At a quarter or at four times as many it is
    /// about a tenth wider than one made for that number (the mixture's only choice).</summary>
    public const int Planned = 2_000;

    /// <summary>People that each group needs.</summary>
    public const int Fewest = 50;

    /// <summary>People with an order that each group needs before money is compared: with fewer, one large order is all the difference.</summary>
    public const int FewestBuyers = 10;

    /// <summary>How often an interval may miss the truth, over all looks together.</summary>
    public const double Miss = 0.05;

    /// <summary>Whether there is an interval.</summary>
    public bool Known => double.IsFinite(Low) && double.IsFinite(High);

    /// <summary>Whether the interval lies on one side of zero.</summary>
    public bool Certain => Known && (Low > 0 || High < 0);

    /// <summary>How much better the first group does than the other.</summary>
    /// <param name="miss">In (0, 1).</param>
    public static Lift Between(in Sample group, in Sample other, double miss = Miss)
    {
        var value = group.Mean - other.Mean;
        if (Math.Min(group.Count, other.Count) < Fewest) return TooEarly(value);

        var reach = Math.Sqrt(Spread(group, other)) * Reach(group.Count + other.Count, miss);
        return new(value, value - reach, value + reach);
    }

    /// <summary>The same for money, which waits until so many in each group have bought something.</summary>
    public static Lift OfMoney(in Sample group, long buyers, in Sample other, long otherBuyers, double miss = Miss) =>
        Math.Min(buyers, otherBuyers) < FewestBuyers ? TooEarly(group.Mean - other.Mean) : Between(group, other, miss);

    static Lift TooEarly(double value) => new(value, double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>The same with the interval of a single look (normal): right only for who fixes beforehand when to look, and looks once.</summary>
    public static Lift AtOneLook(in Sample group, in Sample other)
    {
        var (value, reach) = (group.Mean - other.Mean, SurveyFigures.Z * Math.Sqrt(Spread(group, other)));
        return new(value, value - reach, value + reach);
    }

    /// <summary>How many standard errors the interval reaches with so many people measured, both groups together.</summary>
    /// <param name="people">At least 1.</param>
    public static double Reach(double people, double miss = Miss)
    {
        var twice = -2 * Math.Log(miss);
        var seen = (twice + Math.Log(1 + twice)) * people / Planned;
        return Math.Sqrt((1 + seen) / seen * (Math.Log(1 + seen) + twice));
    }

    static double Spread(in Sample group, in Sample other) => group.Variance / group.Count + other.Variance / other.Count;
}
