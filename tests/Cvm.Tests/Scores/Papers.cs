namespace Cvm.Tests;

/// <summary>The formulas as the papers print them, with their hypergeometric functions. They are good where nothing overflows or is singular.</summary>
static class Papers
{
    public static double Hypergeometric(double a, double b, double c, double z)
    {
        var (term, sum) = (1.0, 1.0);
        for (var n = 0; n < 200_000 && Math.Abs(term) > 1e-17 * Math.Abs(sum); n++) sum += term *= (a + n) * (b + n) / ((c + n) * (n + 1)) * z;
        return sum;
    }

    /// <summary>Fader, Hardie and Lee 2005, formula 9.</summary>
    public static double Expected(BgNbd m, double t) =>
        (m.A + m.B - 1) / (m.A - 1) * (1 - Math.Pow(m.Alpha / (m.Alpha + t), m.R) * Hypergeometric(m.R, m.B, m.A + m.B - 1, t / (m.Alpha + t)));

    /// <summary>Fader, Hardie and Lee 2005, formula 10.</summary>
    public static double Expected(BgNbd m, int x, double last, double age, double t)
    {
        var series = Hypergeometric(m.R + x, m.B + x, m.A + m.B + x - 1, t / (m.Alpha + age + t));
        var above = (m.A + m.B + x - 1) / (m.A - 1) * (1 - Math.Pow((m.Alpha + age) / (m.Alpha + age + t), m.R + x) * series);
        return above / (1 + (x == 0 ? 0 : m.A / (m.B + x - 1) * Math.Pow((m.Alpha + age) / (m.Alpha + last), m.R + x)));
    }

    /// <summary>Fader and Hardie 2005, "A note on deriving the Pareto/NBD model": the likelihood of one customer, for either order of alpha and beta.</summary>
    public static double Likelihood(ParetoNbd m, int x, double last, double age)
    {
        var (most, second) = m.Alpha >= m.Beta ? (m.Alpha, m.S + 1) : (m.Beta, m.R + x);
        var k = m.R + m.S + x;
        double F(double time) => Hypergeometric(k, second, k + 1, Math.Abs(m.Alpha - m.Beta) / (most + time)) / Math.Pow(most + time, k);
        var stays = 1 / (Math.Pow(m.Alpha + age, m.R + x) * Math.Pow(m.Beta + age, m.S));
        return Math.Exp(Gammas.Log(m.R + x) - Gammas.Log(m.R)) * Math.Pow(m.Alpha, m.R) * Math.Pow(m.Beta, m.S) * (stays + m.S / k * (F(last) - F(age)));
    }
}
