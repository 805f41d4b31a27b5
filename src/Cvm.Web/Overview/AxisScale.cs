namespace Cvm.Web;

/// <summary>Round steps for an axis that starts at 0 and holds the greatest amount.</summary>
public readonly record struct AxisScale(long Step, long Most)
{
    /// <summary>Two to five steps of 1, 2 or 5 times a power of ten.</summary>
    public static AxisScale For(long greatest)
    {
        var step = 1L;
        while (step * 4 < greatest)
        {
            step = (step / Power(step)) switch { 1 => step * 2, 2 => step / 2 * 5, _ => step * 2 };
        }

        return new(step, Math.Max(1, (greatest + step - 1) / step) * step);
    }

    static long Power(long number)
    {
        var power = 1L;
        while (power * 10 <= number) power *= 10;
        return power;
    }
}
