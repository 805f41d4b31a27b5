namespace Cvm;

/// <summary>Sums and products of what values may be. Rounding of doubles keeps order, so the ends of the result are those of its corners; strictness
/// is lost, because two different numbers may round to one.</summary>
static class Reckoning
{
    public static Possible Of(char sign, Possible left, Possible right)
    {
        if (!left.Known || !right.Known) return new() { Unknown = left.Unknown || right.Unknown, Least = 1, Most = 0 };
        if (sign == '/' && right.Least <= 0 && right.Most >= 0) return Possible.AnyNumber;

        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var a in new[] { left.Least, left.Most })
        {
            foreach (var b in new[] { right.Least, right.Most })
            {
                var corner = Corner(sign, a, b);
                if (double.IsNaN(corner)) return Possible.AnyNumber;
                (least, most) = (Math.Min(least, corner), Math.Max(most, corner));
            }
        }

        // Where numbers have no bound they may be infinite, and what comes of that unknown.
        var bounded = double.IsFinite(left.Least) && double.IsFinite(left.Most) && double.IsFinite(right.Least) && double.IsFinite(right.Most);
        return new() { Unknown = left.Unknown || right.Unknown || !bounded, Least = least, Most = most };
    }

    static double Corner(char sign, double a, double b) => sign switch
    {
        '+' => a + b,
        '-' => a - b,
        '*' => a == 0 || b == 0 ? 0 : a * b,
        _ => a / b,
    };
}
