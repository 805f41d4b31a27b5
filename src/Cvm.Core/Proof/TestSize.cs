namespace Cvm;

/// <summary>How many people it takes to see an effect, before anybody is in it: so that with <see cref="Power"/> the interval of <see cref="Lift"/> has left zero out by then.</summary>
public static class TestSize
{
    /// <summary>In four of five comparisons in which the effect is there, it is seen.</summary>
    public const double Power = 0.8;

    /// <summary>More than this is never.</summary>
    public const long Most = 1_000_000_000;

    // The normal quantile of 80 percent.
    const double ZOfPower = 0.8416212335729143;

    /// <summary>People of both groups together for a change of a rate; <see cref="Most"/> where more would be needed.</summary>
    /// <param name="rate">Of those held out, in [0, 1].</param>
    /// <param name="effect">Members' rate less that; not 0.</param>
    /// <param name="heldOut">Their share, in (0, 1).</param>
    public static long OfRate(double rate, double effect, double heldOut)
    {
        var other = Math.Clamp(rate + effect, 0, 1);
        return Of(effect, other * (1 - other), rate * (1 - rate), heldOut);
    }

    /// <summary>People of both groups together for a difference of means.</summary>
    /// <param name="variance">Of single members, and <paramref name="otherVariance"/> of those held out.</param>
    public static long Of(double effect, double variance, double otherVariance, double heldOut)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(effect, 0);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(heldOut, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(heldOut, 1);

        // The error shrinks with people, and so does the reach of the interval beside it, so one crossing is all.
        var spread = variance / (1 - heldOut) + otherVariance / heldOut;
        var (few, many) = ((long)Math.Ceiling(Lift.Fewest / Math.Min(heldOut, 1 - heldOut)), Most);
        if (Seen(few)) return few;
        while (many - few > 1)
        {
            var half = few + (many - few) / 2;
            if (Seen(half)) many = half;
            else few = half;
        }

        return many;

        bool Seen(long people) => Math.Abs(effect) >= Math.Sqrt(spread / people) * (Lift.Reach(people) + ZOfPower);
    }

    /// <summary>Weeks until so many have entered and been measured.</summary>
    /// <param name="perWeek">People of both groups who enter in a week, above 0.</param>
    /// <param name="within">How long each is measured.</param>
    public static double Weeks(long people, double perWeek, TimeSpan within) => people / perWeek + within.TotalDays / 7;
}
