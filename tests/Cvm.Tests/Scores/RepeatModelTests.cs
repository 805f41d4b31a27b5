namespace Cvm.Tests;

public sealed class RepeatModelTests
{
    static readonly RepeatModel[] Models =
    [
        new BgNbd(0.243, 4.414, 0.793, 2.426), new BgNbd(2, 10, 1, 1), new BgNbd(0.1, 0.5, 0.2, 0.3),
        new MbgNbd(0.525, 6.183, 0.891, 1.614), new MbgNbd(3, 1, 2, 0.5),
        new ParetoNbd(0.553, 10.578, 0.606, 11.669), new ParetoNbd(1.5, 20, 1, 3), new ParetoNbd(0.4, 2, 3, 60),
    ];

    public static TheoryData<int> All => [.. Enumerable.Range(0, Models.Length)];

    [Theory]
    [InlineData(0.243, 4.414, 0.793, 2.426), InlineData(1.7, 12, 2.5, 0.8), InlineData(0.6, 30, 0.3, 5)]
    public void Bg_nbd_expects_what_the_paper_prints(double r, double alpha, double a, double b)
    {
        var model = new BgNbd(r, alpha, a, b);

        foreach (var t in (double[])[0.1, 1, 39, 200]) Assert.Equal(1, model.Expected(t) / Papers.Expected(model, t), 1e-9);
        foreach (var (x, last, age) in ((int, double, double)[])[(0, 0, 30), (2, 30.43, 38.86), (26, 30.86, 31), (7, 3, 90)])
            Assert.Equal(1, model.Expected(x, last, age, 39) / Papers.Expected(model, x, last, age, 39), 1e-9);
    }

    [Theory]
    [InlineData(0.553, 10.578, 0.606, 11.669), InlineData(1.5, 20, 1, 3), InlineData(0.4, 2, 3, 60), InlineData(1, 7, 2, 7)]
    public void Pareto_nbd_is_as_likely_as_the_paper_says(double r, double alpha, double s, double beta)
    {
        var model = new ParetoNbd(r, alpha, s, beta);

        foreach (var (x, last, age) in ((int, double, double)[])[(0, 0, 39), (2, 30.43, 38.86), (26, 30.86, 31), (7, 3, 90), (3, 20, 20)])
            Assert.Equal(Math.Log(Papers.Likelihood(model, x, last, age)), model.LogLikelihood(x, last, age), 1e-9);
    }

    [Theory, MemberData(nameof(All))]
    public void Probabilities_of_counts_add_up_and_have_the_expected_mean(int which)
    {
        var model = Models[which];

        foreach (var t in (double[])[0.5, 20])
        {
            var chances = model.Probabilities(3_000, t);
            Assert.Equal(1, chances.Sum(), 1e-9);
            Assert.Equal(model.Expected(t), chances.Select((chance, n) => n * chance).Sum(), 1e-7);
            Assert.All(chances, chance => Assert.InRange(chance, 0, 1));
            Assert.Equal(chances[4], model.Probability(4, t), 1e-12);
        }
    }

    // P(X(t) = n) of a new customer is the same whether one looks at once, or first at what happens up to half the time.
    [Theory, MemberData(nameof(All))]
    public void A_forecast_from_half_way_on_is_the_forecast_from_the_start(int which)
    {
        var model = Models[which];
        const double age = 6, more = 5;

        var expected = 0.0;
        for (var x = 0; x < 400; x++) expected += StillThere(model, x, age) * model.After(x, age).Expected(more);

        Assert.Equal(model.Expected(age + more) - model.Expected(age), expected, 1e-6);
    }

    // Probability of x orders by then, and of being there still.
    static double StillThere(RepeatModel model, int x, double age) => model switch
    {
        ParetoNbd pareto => Count(pareto.R, pareto.Alpha, x, age) * Math.Pow(pareto.Beta / (pareto.Beta + age), pareto.S),
        BgNbd bg => Count(bg.R, bg.Alpha, x, age) * Stays(bg.A, bg.B, x),
        MbgNbd mbg => Count(mbg.R, mbg.Alpha, x, age) * Stays(mbg.A, mbg.B, x + 1),
        _ => throw new ArgumentException(model.Name),
    };

    static double Count(double r, double alpha, int x, double t) =>
        Math.Exp(Gammas.Log(r + x) - Gammas.Log(r) - Gammas.Log(x + 1) + r * Math.Log(alpha / (alpha + t)) + x * Math.Log(t / (alpha + t)));

    static double Stays(double a, double b, int turns) => Math.Exp(Gammas.LogBeta(a, b + turns) - Gammas.LogBeta(a, b));

    [Theory, MemberData(nameof(All))]
    public void Silence_makes_it_less_likely_that_somebody_is_still_there(int which)
    {
        var model = Models[which];

        foreach (var x in (int[])[1, 5, 60])
        {
            double[] alive = [.. Enumerable.Range(0, 60).Select(week => model.Alive(x, 20, 20 + week))];
            Assert.All(alive.Zip(alive.Skip(1)), pair => Assert.True(pair.Second < pair.First || pair.Second == 0));
            Assert.All(alive, one => Assert.InRange(one, 0, 1));
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Another_unit_of_time_changes_no_forecast(int which)
    {
        var weekly = Models[which];
        var daily = weekly.InUnitsOf(1 / 7.0);

        Assert.Equal(weekly.Expected(52), daily.Expected(364), 1e-10);
        Assert.Equal(weekly.Alive(3, 10, 30), daily.Alive(3, 70, 210), 1e-12);
        Assert.Equal(weekly.Expected(3, 10, 30, 13), daily.Expected(3, 70, 210, 91), 1e-10);
        Assert.Equal(weekly.LogLikelihood(3, 10, 30), daily.LogLikelihood(3, 70, 210) + 3 * Math.Log(7), 1e-9);
    }

    [Theory, MemberData(nameof(All))]
    public void Ten_thousand_orders_are_a_customer_like_any_other(int which)
    {
        var model = Models[which];

        Assert.InRange(model.Alive(10_000, 1_430, 1_430), 0.9, 1);
        Assert.InRange(model.Alive(10_000, 30, 1_430), 0, 1e-9);
        Assert.InRange(model.Expected(10_000, 1_430, 1_430, 52), 100, 10_000 * 52 / 1_430.0 * 1.01);
        Assert.True(double.IsFinite(model.LogLikelihood(10_000, 30, 1_430)));
        Assert.InRange(model.Probability(360, 10_000, 1_430, 1_430, 52), 1e-12, 1);
    }

    [Theory, MemberData(nameof(All))]
    public void Discounting_takes_from_late_orders_only(int which)
    {
        var model = Models[which];
        const double rate = 0.003;

        var fine = Enumerable.Range(0, 5_200).Sum(i => Math.Exp(-rate * (i + 0.5) / 100) * (model.Expected((i + 1) / 100.0) - model.Expected(i / 100.0)));

        Assert.Equal(1, model.Outlook(52, rate).Discounted / fine, 2e-5);
        Assert.Equal(model.Expected(52), model.Outlook(52, 0).Discounted);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BgNbd(0, 1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParetoNbd(1, double.NaN, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GammaGamma(1, 1, 1));
        Assert.Throws<ArgumentException>(() => Models[0].Alive(1, 5, 4));
        Assert.Throws<ArgumentException>(() => Models[0].Alive(-1, 0, 4));
        Assert.Throws<ArgumentException>(() => Histories.Of([1], [5], [4]));
        Assert.Throws<ArgumentException>(() => Histories.Of([0], [5], [9]));
        Assert.Throws<ArgumentException>(() => Histories.Of([1, 2], [5], [9]));
    }
}
