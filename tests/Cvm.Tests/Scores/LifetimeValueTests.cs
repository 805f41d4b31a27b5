using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace Cvm.Tests;

public sealed class LifetimeValueTests(ITestOutputHelper output)
{
    static readonly LifetimeValue Cdnow = new(
        Fit<RepeatModel>(new BgNbd(0.2426, 4.4136, 0.7929, 2.4259), ("r", 0.2426), ("alpha", 4.4136)),
        Fit(new GammaGamma(6.25, 3.74, 15.44), ("p", 6.25)), 7);

    static Fit<T> Fit<T>(T model, params (string Name, double Value)[] parameters) => new(model, [.. parameters.Select(one => new Parameter(one.Name, one.Value, 0.1))], 0, true, 0, null);

    [Fact]
    public void An_order_is_worth_what_fader_and_hardie_say()
    {
        // Their first customer: 2 repeat orders of 22.35 on average.
        Assert.Equal(24.66, Cdnow.PerOrder(new(2, 213, 272, 44.70)), 0.05);
        Assert.Equal(6.25 * 15.44 / 2.74, Cdnow.PerOrder(new(0, 0, 272, 0)), 1e-9);
        Assert.Equal(Cdnow.Spending.Model.Mean, Cdnow.Spending.Model.Expected(0, 0), 1e-12);
    }

    [Fact]
    public void Value_is_orders_times_margin_and_less_the_later_it_comes()
    {
        var past = new Past(2, 213, 272, 44.70);

        var (plain, half) = (Cdnow with { YearlyDiscount = 0 }, Cdnow with { YearlyDiscount = 0, Margin = 0.5 });
        var (year, halved, later) = (plain.Over(365, past), half.Over(365, past), Cdnow.Over(365, past));

        Assert.Equal(year.Orders * plain.PerOrder(past), year.Value, 1e-9);
        Assert.Equal(year.Value / 2, halved.Value, 1e-9);
        Assert.Equal(year.High / 2, halved.High, 1e-9);
        Assert.InRange(later.Value / year.Value, 1 / 1.15, 1);
        Assert.Equal(1 / 1.15, Math.Exp(-365 * Forecast.RatePerDay(0.15)), 1e-12);
        Assert.InRange(Cdnow.Over(90, past).Value, 0, later.Value);
    }

    [Fact]
    public void Whoever_spends_more_is_never_worth_less()
    {
        Prop.ForAll(Gen.Choose(0, 40).Four().ToArbitrary(), draw =>
        {
            var (repeats, quiet, days, cents) = draw;
            var last = repeats == 0 ? 0 : repeats + days * 5;
            var past = new Past(repeats, last, last + quiet * 9, cents * 17);
            var more = past with { RepeatSpent = past.RepeatSpent + 1 + quiet };

            var (less, rich) = (Cdnow.Over(365, past), Cdnow.Over(365, more));

            Assert.True(rich.Value >= less.Value && rich.High >= less.High * 0.9998 && rich.Low >= less.Low * 0.9998, $"{past}: {less}, {rich}");
            Assert.True(less.Low <= less.High && less.Orders >= 0 && double.IsFinite(less.High), $"{past}: {less}");
        }).Check(Config.QuickThrowOnFailure.WithReplay(1, 3));
    }

    [Fact]
    public void Eight_of_ten_spend_what_the_interval_says()
    {
        // A crowd that is just as the model says, cut in two: what is known by day 300, and what 10,000 of them spend in the year after it.
        var (past, future) = Futures(10_000);
        var value = Cdnow with { YearlyDiscount = 0 };

        var (inside, above) = (0, 0);
        for (var i = 0; i < past.Length; i++)
        {
            var worth = value.Over(365, past[i]);
            if (future[i] >= worth.Low * 0.9999 && future[i] <= worth.High * 1.0001) inside++;
            if (future[i] > worth.High * 1.0001) above++;
        }

        output.WriteLine($"{inside} inside, {above} above");
        Assert.InRange(above / (double)past.Length, 0.07, 0.105);
        Assert.True(inside > 0.8 * past.Length);
    }

    // Every order of everybody, by replaying the same seed for a shorter and a longer time.
    static (Past[] Past, double[] Future) Futures(int customers)
    {
        var random = new Random(11);
        var (past, future) = (new Past[customers], new double[customers]);
        for (var i = 0; i < customers; i++)
        {
            var seed = random.Next();
            var early = new Crowd(Cdnow.Buying.Model, 1, 1, 300_000, 7_000, seed);
            var late = new Crowd(Cdnow.Buying.Model, 1, 1, 665_000, 7_000, seed);
            past[i] = new(early.Repeats[0], early.Last[0] / 1_000, 300, early.Spent[0] * 15.44 / 15);
            future[i] = (late.Spent[0] - early.Spent[0]) * 15.44 / 15;
        }

        return (past, future);
    }

    [Fact]
    public void Evidence_adds_up_and_grades_what_is_known()
    {
        var prior = Cdnow with { Buying = Cdnow.Buying with { PriorShare = 0.9 }, Spending = Cdnow.Spending with { PriorShare = 0.8 } };
        var (newcomer, regular) = (new Past(0, 0, 3, 0), new Past(30, 400, 420, 900));

        foreach (var value in (LifetimeValue[])[Cdnow, prior])
            foreach (var past in (Past[])[newcomer, regular])
            {
                var evidence = value.Evidence(past);
                Assert.Equal(1, evidence.Own + evidence.Shop + evidence.Prior, 1e-12);
                Assert.Equal((1 - evidence.Own) * (value.Buying.PriorShare + value.Spending.PriorShare) / 2, evidence.Prior, 1e-12);
            }

        Assert.Equal('B', Cdnow.Evidence(newcomer).Grade);
        Assert.Equal('A', Cdnow.Evidence(regular).Grade);
        Assert.Equal('D', prior.Evidence(newcomer).Grade);
        Assert.Equal('C', new Evidence(0.3, 0.4, 0.3).Grade);
    }

    [Fact]
    public void Twenty_customers_with_one_order_each_have_a_value()
    {
        int[] ages = [.. Enumerable.Range(0, 20).Select(i => 1 + i * 11)];
        var shop = new LifetimeValue(Fitting.BgNbd(Histories.Of(new int[20], new int[20], ages)), Fitting.GammaGamma(new(new int[20], new double[20]), 40), 7);

        var (fresh, old) = (shop.Over(365, new(0, 0, ages[0], 0)), shop.Over(365, new(0, 0, ages[^1], 0)));

        output.WriteLine($"{fresh} {old} {shop.Evidence(new(0, 0, ages[0], 0))}");
        Assert.Equal(40, shop.PerOrder(new(0, 0, 1, 0)), 4.0);
        Assert.InRange(fresh.Value, old.Value, 100);
        Assert.True(old.Value > 0 && fresh.High > fresh.Value);
        Assert.True(shop.Evidence(new(0, 0, ages[0], 0)).Grade is 'C' or 'D');
    }

    [Theory]
    [InlineData("bg-nbd"), InlineData("mbg-nbd"), InlineData("pareto-nbd")]
    public void Many_at_once_are_forecast_as_one_by_one(string name)
    {
        RepeatModel model = name switch { "bg-nbd" => new BgNbd(0.25, 4.4, 0.8, 2.4), "mbg-nbd" => new MbgNbd(0.5, 6, 0.9, 1.6), _ => new ParetoNbd(0.55, 10.6, 0.6, 1.2) };
        var crowd = new Crowd(model, 20_000, 900, 1_000, 7, 6);
        (crowd.Repeats[0], crowd.Last[0], crowd.Age[0]) = (10_000, 10_020, 10_050);

        var forecast = Forecast.Of(model, crowd.Repeats, crowd.Last, crowd.Age, 7, 0.15, 90, 365);

        for (var i = 0; i < 500; i++)
        {
            var (last, age) = (crowd.Last[i] / 7.0, crowd.Age[i] / 7.0);
            var outlook = model.After(crowd.Repeats[i], age).Outlook(365 / 7.0, Forecast.RatePerDay(0.15) * 7);
            Assert.Equal(model.Alive(crowd.Repeats[i], last, age), forecast.Alive[i], 1e-12);
            Assert.Equal(1, model.Expected(crowd.Repeats[i], last, age, 90 / 7.0) / forecast.Orders[0][i], 1e-9);
            Assert.Equal(1, forecast.Alive[i] * outlook.Discounted / forecast.Discounted[1][i], 1e-9);
        }
    }

    [Fact]
    public void A_check_compares_customer_by_customer()
    {
        var check = HoldoutCheck.Of([1, 2, 3, 4], [2, 2, 3, 9]);

        Assert.Equal((10, 16, 1.5), (check.Forecast, check.Actual, check.MeanError));
        Assert.Equal(Math.Sqrt(26 / 4.0), check.RootMeanSquare, 1e-12);
        Assert.Equal(0.8437, check.Correlation, 1e-4);
        Assert.Equal(0, HoldoutCheck.Of([1, 1], [0, 3]).Correlation);
        Assert.Equal<CheckedGroup>([new(0, 2, 1.5, 2), new(2, 2, 3.5, 6)], HoldoutCheck.Grouped([1, 2, 3, 4], [2, 2, 3, 9], i => i < 2 ? 0 : 2, 3));
    }
}
