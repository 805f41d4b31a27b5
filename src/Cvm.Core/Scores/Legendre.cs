namespace Cvm;

/// <summary>Gauss-Legendre quadrature: where to look in (0, 1), and how much each look counts.</summary>
static class Legendre
{
    public static (double[] At, double[] Weight) Sixteen { get; } = Nodes(16);

    public static (double[] At, double[] Weight) Eight { get; } = Nodes(8);

    static (double[] At, double[] Weight) Nodes(int n)
    {
        var (at, weight) = (new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            var x = Math.Cos(Math.PI * (n - i - 0.25) / (n + 0.5));
            var slope = 0.0;

            for (var round = 0; round < 100; round++)
            {
                (var value, slope) = Polynomial(n, x);
                x -= value / slope;
                if (Math.Abs(value / slope) < 1e-16) break;
            }

            at[i] = (1 + x) / 2;
            weight[i] = 1 / ((1 - x * x) * slope * slope);
        }

        return (at, weight);
    }

    static (double Value, double Slope) Polynomial(int n, double x)
    {
        var (before, value) = (1.0, x);
        for (var k = 2; k <= n; k++) (before, value) = (value, ((2 * k - 1) * x * value - (k - 1) * before) / k);
        return (value, n * (x * value - before) / (x * x - 1));
    }
}
