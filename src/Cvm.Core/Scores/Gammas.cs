namespace Cvm;

/// <summary>The gamma function and its kin, to about 15 digits, for positive arguments.</summary>
public static class Gammas
{
    // From here on Stirling's series with the terms below is exact to the last digit.
    const double Far = 10;
    const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>The logarithm of the gamma function.</summary>
    public static double Log(double x)
    {
        var product = 1.0;
        while (x < Far) product *= x++;

        var y = 1 / (x * x);
        var series = (1.0 / 12 - y * (1.0 / 360 - y * (1.0 / 1260 - y * (1.0 / 1680 - y * (1.0 / 1188 - y * (691.0 / 360360 - y * (1.0 / 156 - y * 3617.0 / 122400))))))) / x;
        return (x - 0.5) * Math.Log(x) - x + HalfLogTwoPi + series - Math.Log(product);
    }

    /// <summary>The derivative of <see cref="Log"/>: digamma.</summary>
    public static double Slope(double x)
    {
        var sum = 0.0;
        while (x < Far) sum += 1 / x++;

        var y = 1 / (x * x);
        var series = y * (1.0 / 12 - y * (1.0 / 120 - y * (1.0 / 252 - y * (1.0 / 240 - y * (1.0 / 132 - y * (691.0 / 32760 - y * (1.0 / 12 - y * 3617.0 / 8160)))))));
        return Math.Log(x) - 0.5 / x - series - sum;
    }

    /// <summary>The logarithm of the beta function.</summary>
    public static double LogBeta(double a, double b) => Log(a) + Log(b) - Log(a + b);

    /// <summary>ln(1 + x), exact for small x too, which the framework's is not.</summary>
    public static double LogOnePlus(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : Math.Log(u) * x / (u - 1);
    }

    /// <summary>e^x - 1, exact for small x too, which the framework's is not.</summary>
    public static double ExpLessOne(double x)
    {
        if (Math.Abs(x) > 0.5) return Math.Exp(x) - 1;
        var u = Math.Exp(x);
        return u == 1 ? x : (u - 1) * x / Math.Log(u);
    }

    /// <summary>ln(e^x + e^y) without overflow; either may be minus infinity.</summary>
    public static double LogOfSum(double x, double y)
    {
        var most = Math.Max(x, y);
        return double.IsNegativeInfinity(most) ? most : most + LogOnePlus(Math.Exp(Math.Min(x, y) - most));
    }

    /// <summary>The share of a beta distribution below <paramref name="x"/>: the regularised incomplete beta function.</summary>
    public static double BetaBelow(double x, double a, double b)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;

        var front = Math.Exp(a * Math.Log(x) + b * LogOnePlus(-x) - LogBeta(a, b));
        return x < (a + 1) / (a + b + 2) ? front * Fraction(x, a, b) / a : 1 - front * Fraction(1 - x, b, a) / b;
    }

    // Lentz's method on the continued fraction; it needs about sqrt(max(a, b)) terms.
    static double Fraction(double x, double a, double b)
    {
        const double tiny = 1e-300;
        var (c, d) = (1.0, 1 / Away(1 - (a + b) * x / (a + 1)));
        var value = d;

        for (var m = 1; m < 10_000; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / Away(1 + even * d);
            c = Away(1 + even / c);
            value *= d * c;

            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / Away(1 + odd * d);
            c = Away(1 + odd / c);
            value *= d * c;
            if (Math.Abs(d * c - 1) < 1e-14) break;
        }

        return value;

        static double Away(double v) => Math.Abs(v) < tiny ? tiny : v;
    }
}
