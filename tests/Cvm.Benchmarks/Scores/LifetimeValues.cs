using System.Diagnostics;
using Cvm.Tests;

namespace Cvm.Benchmarks.Scores;

/// <summary>BG/NBD on a million customers who were watched by the day for one or two years: fitted and scored.</summary>
static class LifetimeValues
{
    const int Customers = 1_000_000, Rounds = 9;
    static readonly BgNbd Truth = new(0.243, 4.414, 0.793, 2.426);

    public static Task<IReadOnlyList<Row>> Run()
    {
        var rows = new List<Row>();
        foreach (var (name, firstDays, days) in (IEnumerable<(string, int, int)>)[("39 weeks", 84, 273), ("2 years", 365, 730)])
        {
            var crowd = new Crowd(Truth, Customers, firstDays, days, 7, 1);
            rows.AddRange(Fit(name, crowd));
            rows.AddRange(Score(name, crowd));
        }

        return Task.FromResult<IReadOnlyList<Row>>(rows);
    }

    static IEnumerable<Row> Fit(string name, Crowd crowd)
    {
        var fit = Fitting.BgNbd(crowd.Histories());
        double[] p = [.. fit.Parameters.Select(one => one.Value)];
        var plain = PlainLoops.Likelihood(crowd, p[0], p[1], p[2], p[3], new double[4]);
        if (!fit.Converged || Math.Abs(plain / fit.LogLikelihood - 1) > 1e-10) throw new InvalidOperationException("The fit and the plain loop do not mean the same.");

        // As many looks at the slope as the fit itself takes at the whole crowd, about: a search, and two per parameter for the standard errors.
        const int looks = 14;
        Measure.ForgetPeak();
        var took = Seconds(() => Fitting.BgNbd(crowd.Histories()));
        var peak = Measure.Peak();
        var grouping = Seconds(() => crowd.Histories());
        var floor = Seconds(() => PlainLoops.Likelihood(crowd, p[0], p[1], p[2], p[3], new double[4])) * looks;

        yield return new($"BG/NBD fit, {Customers:N0} customers, {name}", $"{took:F3} s, {grouping:F3} s of it grouping")
        {
            Floor = $"{floor:F3} s, {looks} plain loops",
            Ratio = $"{took / floor:F2}",
            Promise = "under .25 s",
            Peak = peak,
        };

        var pareto = Stopwatch.StartNew();
        if (!Fitting.ParetoNbd(crowd.Histories()).Converged) throw new InvalidOperationException("Pareto/NBD did not converge.");
        yield return new($"Pareto/NBD fit, {Customers:N0} customers, {name}", $"{pareto.Elapsed.TotalSeconds:F1} s") { Peak = Measure.Peak() };
    }

    static IEnumerable<Row> Score(string name, Crowd crowd)
    {
        Measure.ForgetPeak();
        var one = Seconds(() => Forecast.Of(Truth, crowd.Repeats, crowd.Last, crowd.Age, 7, 0, 365));
        var two = Seconds(() => Forecast.Of(Truth, crowd.Repeats, crowd.Last, crowd.Age, 7, 0.15, 90, 365));
        var peak = Measure.Peak();
        var floor = Seconds(() => PlainLoops.Forecast(crowd, Truth, 2, new double[Customers], new double[Customers]));

        yield return new($"BG/NBD scoring, {Customers:N0} customers, {name}", $"{one:F3} s; {two:F3} s over 90 and 365 days, discounted")
        {
            Floor = $"{floor:F3} s, a plain loop over P(alive) only",
            Ratio = $"{one / floor:F2}",
            Promise = "under .05 s",
            Peak = peak,
        };

        var value = new LifetimeValue(Fitting.BgNbd(crowd.Histories()), Fitting.GammaGamma(new(crowd.Repeats, crowd.Spent), 30), 7);
        const int few = 20_000;
        var intervals = Seconds(() =>
        {
            for (var i = 0; i < few; i++) value.Over(365, new(crowd.Repeats[i], crowd.Last[i], crowd.Age[i], crowd.Spent[i]));
        });
        yield return new($"lifetime value with its interval, one by one, {name}", $"{intervals / few * 1e6:N1} us a customer");
    }

    static double Seconds(Action work)
    {
        work();
        return Measure.Median(Enumerable.Range(0, Rounds).Select(_ =>
        {
            var watch = Stopwatch.StartNew();
            work();
            return watch.Elapsed.TotalSeconds;
        }));
    }
}
