using System.Runtime.Intrinsics;

namespace Cvm.Tests;

public sealed class GammasTests
{
    [Fact]
    public void The_gamma_function_has_its_known_values()
    {
        Assert.Equal(Math.Log(Math.Sqrt(Math.PI)), Gammas.Log(0.5), 14);
        Assert.Equal(Math.Log(3_628_800), Gammas.Log(11), 13);
        Assert.Equal(0, Gammas.Log(1), 14);
        Assert.Equal(0, Gammas.Log(2), 14);
        Assert.Equal(-0.57721566490153286, Gammas.Slope(1), 14);
        Assert.Equal(-0.57721566490153286 - 2 * Math.Log(2), Gammas.Slope(0.5), 14);
        Assert.Equal(359.1342053695754, Gammas.Log(100), 12);
    }

    [Theory]
    [InlineData(1e-8), InlineData(0.03), InlineData(0.9), InlineData(3.3), InlineData(9.99), InlineData(10), InlineData(250), InlineData(1e6)]
    public void The_gamma_function_climbs_by_its_argument(double x)
    {
        Assert.Equal(Math.Log(x), Gammas.Log(x + 1) - Gammas.Log(x), 1e-9 * (1 + x * 1e-5));
        Assert.Equal(1, (Gammas.Slope(x + 1) - Gammas.Slope(x)) * x, 1e-8);
        Assert.Equal(1, (Gammas.Log(x * 1.00001) - Gammas.Log(x * 0.99999)) / (2e-5 * x) / Gammas.Slope(x), 1e-4);
    }

    // Sum over k from a of C(n, k) x^k (1-x)^(n-k) is the beta share with a and n - a + 1.
    [Theory]
    [InlineData(0.3, 4, 10), InlineData(0.01, 1, 50), InlineData(0.97, 45, 50), InlineData(0.5, 150, 300)]
    public void Beta_shares_are_tails_of_the_binomial(double x, int a, int n)
    {
        var tail = 0.0;
        for (var k = a; k <= n; k++) tail += Math.Exp(Gammas.Log(n + 1) - Gammas.Log(k + 1) - Gammas.Log(n - k + 1) + k * Math.Log(x) + (n - k) * Math.Log(1 - x));

        Assert.Equal(tail, Gammas.BetaBelow(x, a, n - a + 1), 1e-11);
        Assert.Equal(1 - tail, Gammas.BetaBelow(1 - x, n - a + 1, a), 1e-11);
    }

    [Theory]
    [InlineData(1e-20), InlineData(-1e-12), InlineData(1e-7), InlineData(0.3), InlineData(-0.4), InlineData(5)]
    public void Small_differences_from_one_are_kept(double x)
    {
        var (more, log) = (x + x * x / 2 + x * x * x / 6, x - x * x / 2 + x * x * x / 3);

        Assert.Equal(1, Gammas.ExpLessOne(x) / (Math.Abs(x) < 1e-3 ? more : Math.Exp(x) - 1), 1e-14);
        Assert.Equal(1, Gammas.LogOnePlus(x) / (Math.Abs(x) < 1e-3 ? log : Math.Log(1 + x)), 1e-14);
    }
}

public sealed class LanesTests
{
    [Fact]
    public void Four_at_once_are_as_exact_as_one_by_one()
    {
        for (var i = 0; i < 40_000; i++)
        {
            var (x, share) = (-705 + i * 0.03511, i / 40_000.0);
            Assert.Equal(1, Lanes.Exp(Vector256.Create(x))[i % 4] / Math.Exp(x), 3e-15);
            Assert.Equal(Gammas.LogOnePlus(share), Lanes.LogOnePlus(Vector256.Create(share))[i % 4], 3e-16);
        }
    }

    [Fact]
    public void What_is_too_small_or_too_large_stays_in_bounds()
    {
        Assert.Equal(Vector256.Create(0.0, 1, 0, Math.Exp(709)), Lanes.Exp(Vector256.Create(double.NegativeInfinity, 0, -1e6, 1e9)) is var exp && Math.Abs(exp[3] / Math.Exp(709) - 1) < 1e-14 ? exp.WithElement(3, Math.Exp(709)) : exp);
        Assert.Equal(1e-20, Lanes.LogOnePlus(Vector256.Create(1e-20))[0], 1e-34);
    }
}
