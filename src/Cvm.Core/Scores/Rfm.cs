namespace Cvm;

/// <summary>Recency, frequency and money of a customer among all customers: quintiles from 1 to 5, 5 the best (Hughes, Strategic Database Marketing, 1994).</summary>
public readonly record struct Rfm(byte Recency, byte Frequency, byte Monetary)
{
    /// <summary>As the field writes it, such as 543.</summary>
    public override string ToString() => $"{Recency}{Frequency}{Monetary}";
}

/// <summary>The standing quintiles of all customers: bounds that are found once and then place any customer in no time.</summary>
/// <remarks>Customers whose last orders lie on the same day share the best quintile among them, so that nobody more recent than all others misses 5.
/// Customers with as many days, or as much money, share the lowest, so that buyers of the first time are 1 however many there are.</remarks>
public sealed record RfmCuts(Cuts Recency, Cuts Frequency, Cuts Monetary)
{
    /// <summary>Finds the bounds; one place of each list per customer.</summary>
    /// <param name="lastDays">Day of the last order.</param>
    /// <param name="days">Different days with an order.</param>
    /// <param name="money">Spent less refunded.</param>
    public static RfmCuts Of(ReadOnlySpan<int> lastDays, ReadOnlySpan<int> days, ReadOnlySpan<double> money) =>
        new(Cuts.Of(lastDays, Ties.Best), Cuts.Of(days, Ties.Lowest), Cuts.Of(money, Ties.Lowest));

    public Rfm Of(int lastDay, int days, double money) => new((byte)Recency.Of(lastDay), (byte)Frequency.Of(days), (byte)Monetary.Of(money));

    /// <summary>Places many customers at once.</summary>
    public void Of(ReadOnlySpan<int> lastDays, ReadOnlySpan<int> days, ReadOnlySpan<double> money, Span<Rfm> to)
    {
        for (var i = 0; i < to.Length; i++) to[i] = Of(lastDays[i], days[i], money[i]);
    }
}

/// <summary>Which quintile equal customers share. Lowest: counted from below, 1 + floor(5 x customers with less / all).
/// Best: counted from above, 5 - floor(5 x customers with more / all).</summary>
public enum Ties { Lowest, Best }

/// <summary>Four bounds between five quintiles.</summary>
/// <param name="Ties">Lowest: a value above a bound is in the quintile behind it. Best: the bound itself is, too.</param>
/// <remarks>With fewer than five customers some quintiles are empty; without any, all bounds are 0.</remarks>
public readonly record struct Cuts(double First, double Second, double Third, double Fourth, Ties Ties)
{
    /// <summary>The quintile of the value, from 1 to 5.</summary>
    public int Of(double value) => Ties == Ties.Lowest
        ? 1 + (value > First ? 1 : 0) + (value > Second ? 1 : 0) + (value > Third ? 1 : 0) + (value > Fourth ? 1 : 0)
        : 1 + (value >= First ? 1 : 0) + (value >= Second ? 1 : 0) + (value >= Third ? 1 : 0) + (value >= Fourth ? 1 : 0);

    /// <summary>Finds the bounds of the values in time linear in their number; what is not a number counts as the lowest.</summary>
    public static Cuts Of(ReadOnlySpan<double> values, Ties ties)
    {
        if (values.IsEmpty) return new(0, 0, 0, 0, ties);

        Span<double> bounds = stackalloc double[4];
        OrderStatistics.Select(values, Places(values.Length, ties), bounds);
        return new(bounds[0], bounds[1], bounds[2], bounds[3], ties);
    }

    /// <summary>Finds the bounds of the values in time linear in their number and, up to a limit, their range.</summary>
    public static Cuts Of(ReadOnlySpan<int> values, Ties ties)
    {
        if (values.IsEmpty) return new(0, 0, 0, 0, ties);

        Span<double> bounds = stackalloc double[4];
        OrderStatistics.Select(values, Places(values.Length, ties), bounds);
        return new(bounds[0], bounds[1], bounds[2], bounds[3], ties);
    }

    // With less than a value are ceil(qn / 5) or more exactly where the last of that many is less; with more, alike from the other end.
    static int[] Places(int of, Ties ties) =>
        [.. Enumerable.Range(1, 4).Select(q => ties == Ties.Lowest ? Fifths(q, of) - 1 : of - Fifths(5 - q, of))];

    static int Fifths(int fifths, int of) => (int)(((long)fifths * of + 4) / 5);
}
