using Xunit.Abstractions;

namespace Cvm.Tests;

public sealed class FittingTests(ITestOutputHelper output)
{
    static readonly Dictionary<string, Func<Histories, PriorUse, Fit<RepeatModel>>> Fits = new()
    {
        ["bg-nbd"] = Fitting.BgNbd,
        ["mbg-nbd"] = Fitting.MbgNbd,
        ["pareto-nbd"] = Fitting.ParetoNbd,
    };

    public static TheoryData<string> Models => [.. Fits.Keys];

    public static TheoryData<string, string> Hostile
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var model in Fits.Keys) foreach (var shop in Shops.Keys) cases.Add(model, shop);
            return cases;
        }
    }

    // Ticks of a 200th of a unit: so fine that hardly ever two orders fall on one.
    [Theory]
    [InlineData("bg-nbd", 0.5, 6, 0.8, 2.5)]
    [InlineData("mbg-nbd", 0.7, 6, 0.7, 1.6)]
    [InlineData("pareto-nbd", 0.6, 10, 0.7, 12)]
    public void What_a_crowd_was_made_from_is_found_again(string name, double first, double second, double third, double fourth)
    {
        double[] truth = [first, second, third, fourth];
        var model = Make(name, truth);

        for (var seed = 1; seed <= 3; seed++)
        {
            var fit = Fits[name](new Crowd(model, 4_000, 2_400, 12_000, 200, seed).Histories(), PriorUse.WhereNeeded);

            output.WriteLine(string.Join(", ", fit.Parameters));
            Assert.True(fit is { Converged: true, PriorShare: 0, Trouble: null });
            Assert.All(fit.Parameters.Zip(truth), pair => Assert.InRange((pair.First.Value - pair.Second) / pair.First.StandardError, -3.5, 3.5));
        }
    }

    [Fact]
    public void Standard_errors_are_the_spread_of_estimates()
    {
        double[] truth = [0.8, 6, 0.8, 2.5];
        var fits = Enumerable.Range(1, 60).Select(seed => Fitting.BgNbd(new Crowd(Make("bg-nbd", truth), 1_500, 2_400, 12_000, 200, seed).Histories())).ToList();

        for (var i = 0; i < 4; i++)
        {
            var scores = fits.Select(fit => (fit.Parameters[i].Value - truth[i]) / fit.Parameters[i].StandardError).ToList();
            Assert.InRange(Math.Sqrt(scores.Average(score => score * score)), 0.75, 1.3);
        }
    }

    [Fact]
    public void What_spending_was_made_from_is_found_again()
    {
        var crowd = new Crowd(new BgNbd(1, 6, 0.5, 2.5), 8_000, 2_400, 12_000, 200, 5);

        var fit = Fitting.GammaGamma(new(crowd.Repeats, crowd.Spent), 30);

        Assert.True(fit.Converged);
        Assert.All(fit.Parameters.Zip((double[])[6, 4, 15]), pair => Assert.InRange((pair.First.Value - pair.Second) / pair.First.StandardError, -3.5, 3.5));
        Assert.Equal(30, fit.Model.Mean, 1.0);
    }

    [Theory, MemberData(nameof(Models))]
    public void Another_unit_of_time_is_another_scale_and_nothing_else(string name)
    {
        var crowd = new Crowd(Make(name, [0.6, 6, 0.7, 3]), 3_000, 80, 300, 7, 2);

        var weekly = Fits[name](Histories.Of(crowd.Repeats, crowd.Last, crowd.Age, 7), PriorUse.WhereNeeded);
        var daily = Fits[name](Histories.Of(crowd.Repeats, crowd.Last, crowd.Age, 1), PriorUse.WhereNeeded);
        var rescaled = ((RepeatModel)daily.Model).InUnitsOf(7);

        Assert.All(weekly.Model.Parameters.Zip(rescaled.Parameters), pair => Assert.Equal(1, pair.First.Value / pair.Second.Value, 1e-5));
        Assert.Equal(weekly.LogLikelihood, daily.LogLikelihood + crowd.Repeats.Sum() * Math.Log(7), 1e-4);
        Assert.All(weekly.Parameters.Zip(daily.Parameters), pair => Assert.Equal(pair.First.StandardError / pair.First.Value, pair.Second.StandardError / pair.Second.Value, 1e-4));
    }

    [Fact]
    public void A_big_crowd_is_fitted_where_all_of_its_customers_are()
    {
        var crowd = new Crowd(Make("bg-nbd", [0.4, 6, 0.8, 2.5]), 120_000, 80, 300, 7, 4);
        var all = crowd.Histories();

        var fit = Fitting.BgNbd(all);

        var (slope, at) = (new double[4], fit.Parameters.Select(one => Math.Log(one.Value)).ToArray());
        new DepartureLikelihood(all, 0).At(at, slope);
        Assert.True(fit.Converged);
        Assert.All(slope, one => Assert.InRange(one, -0.05, 0.05)); // of a likelihood of some hundred thousands
        Assert.All(fit.Parameters, one => Assert.InRange(one.StandardError / one.Value, 1e-4, 0.1));
    }

    static readonly Dictionary<string, Histories> Shops = new()
    {
        ["nobody"] = Histories.Of([], [], []),
        ["one customer of today"] = Histories.Of([0], [0], [0]),
        ["one faithful customer"] = Histories.Of([12], [350], [360]),
        ["one of 10,000 orders"] = Histories.Of([10_000], [10_010], [10_015]),
        ["twenty with one order each"] = Histories.Of(new int[20], new int[20], [.. Enumerable.Range(0, 20).Select(i => i * 9)]),
        ["a thousand, none of whom came back"] = Histories.Of(new int[1_000], new int[1_000], [.. Enumerable.Range(0, 1_000).Select(i => i % 300)]),
        ["a hundred who are all equal"] = Histories.Of([.. Enumerable.Repeat(3, 100)], [.. Enumerable.Repeat(80, 100)], [.. Enumerable.Repeat(100, 100)]),
        ["a hundred who bought every day until today"] = Histories.Of([.. Enumerable.Repeat(100, 100)], [.. Enumerable.Repeat(100, 100)], [.. Enumerable.Repeat(100, 100)]),
        ["some, and one of 10,000 orders"] = Histories.Of([.. Enumerable.Range(0, 90).Select(i => i % 3), 10_000], [.. Enumerable.Range(0, 90).Select(i => i % 3 * 30), 10_010], [.. Enumerable.Repeat(200, 90), 10_015]),
    };

    [Theory, MemberData(nameof(Hostile))]
    public void The_strangest_shop_gets_a_clear_answer(string name, string shop)
    {
        var histories = Shops[shop];

        foreach (var prior in Enum.GetValues<PriorUse>())
        {
            var fit = Fits[name](histories, prior);

            output.WriteLine($"{prior}: {fit.Converged} {fit.PriorShare:N2} {fit.Trouble} {string.Join(", ", fit.Parameters.Select(one => $"{one.Value:G4} +- {one.StandardError:G3}"))}");
            Assert.All(fit.Parameters, one => Assert.True(one.Value is > 0 and < double.PositiveInfinity && one.StandardError > 0, $"{one}"));
            Assert.True(double.IsFinite(fit.LogLikelihood) && fit.PriorShare is >= 0 and <= 1);
            Assert.InRange(fit.Model.Alive(3, 50 / 7.0, 100 / 7.0), 0, 1);
            Assert.InRange(fit.Model.Expected(52), 0, 1e6);
            if (prior != PriorUse.Never) Assert.True(fit.Converged);
            if (histories.Repeaters < Fitting.FewRepeaters) Assert.NotNull(fit.Trouble);
        }
    }

    [Theory, MemberData(nameof(Models))]
    public void Without_repeat_orders_plain_likelihood_says_that_it_found_nothing(string name)
    {
        var fit = Fits[name](Shops["a thousand, none of whom came back"], PriorUse.Never);

        Assert.False(fit.Converged);
        Assert.Equal("Nobody came back, so the likelihood has no maximum.", fit.Trouble);
    }

    [Theory, MemberData(nameof(Models))]
    public void The_prior_is_the_same_in_every_unit_of_time(string name)
    {
        int[] ages = [.. Enumerable.Range(1, 25).Select(i => i * 9)];

        var weekly = Fits[name](Histories.Of(new int[25], new int[25], ages, 7), PriorUse.WhereNeeded);
        var daily = Fits[name](Histories.Of(new int[25], new int[25], ages, 1), PriorUse.WhereNeeded);

        Assert.All(weekly.Model.Parameters.Zip(daily.Model.InUnitsOf(7).Parameters), pair => Assert.Equal(1, pair.First.Value / pair.Second.Value, 1e-5));
    }

    [Theory, MemberData(nameof(Models))]
    public void The_prior_fades_as_customers_come_in(string name)
    {
        var truth = Make(name, [0.6, 6, 0.7, 3]);

        double[] shares = [.. ((int[])[20, 200, 2_000]).Select(customers => Fits[name](new Crowd(truth, customers, 80, 300, 7, 8).Histories(), PriorUse.Always).PriorShare)];

        output.WriteLine(string.Join(' ', shares));
        Assert.All(shares.Zip(shares.Skip(1)), pair => Assert.True(pair.Second < pair.First));
        Assert.True(shares[0] > 0.1 && shares[^1] < 0.1);
    }

    [Theory]
    [InlineData(new int[0], new double[0])]
    [InlineData(new[] { 0, 0, 0 }, new[] { 0.0, 0, 0 })]
    [InlineData(new[] { 1, 5, 2 }, new[] { 0.0, 0, 0 })]
    [InlineData(new[] { 1 }, new[] { 1e-9 })]
    [InlineData(new[] { 10_000 }, new[] { 1e12 })]
    [InlineData(new[] { 3, 3, 3, 3 }, new[] { 30.0, 30, 30, 30 })]
    [InlineData(new[] { 3, 3 }, new[] { -30.0, 30 })]
    public void The_strangest_spending_gets_a_clear_answer(int[] repeats, double[] spent)
    {
        foreach (var prior in Enum.GetValues<PriorUse>())
        {
            var fit = Fitting.GammaGamma(new(repeats, spent), 25, prior);

            Assert.NotNull(fit.Trouble);
            Assert.All(fit.Parameters, one => Assert.True(one.Value is > 0 and < double.PositiveInfinity && one.StandardError > 0, $"{one}"));
            Assert.InRange(fit.Model.Expected(0, 0), 0, 1e15);
            if (prior != PriorUse.Never) Assert.True(fit.Converged);
        }
    }

    static RepeatModel Make(string name, double[] p) => name switch
    {
        "bg-nbd" => new BgNbd(p[0], p[1], p[2], p[3]),
        "mbg-nbd" => new MbgNbd(p[0], p[1], p[2], p[3]),
        _ => new ParetoNbd(p[0], p[1], p[2], p[3]),
    };
}
