using System.Diagnostics;

namespace Cvm.Benchmarks.Scores;

static class LifetimeValues
{
    public static Task<IReadOnlyList<Row>> Run()
    {
        var crowd = new Crowd(1_000_000, 84, 273, new(0.243, 4.414, 0.793, 2.426), 1);
        var crowd2 = new Crowd(1_000_000, 365, 730, new(0.243, 4.414, 0.793, 2.426), 1);
        foreach (var c in new[] { crowd, crowd2 })
            for (var i = 0; i < 6; i++)
            {
                var w = Stopwatch.StartNew();
                var h = Histories.Of(c.Repeats, c.Last, c.Age);
                var t1 = w.Elapsed.TotalSeconds;
                var f = Fitting.BgNbd(h);
                var t2 = w.Elapsed.TotalSeconds;
                var o = Forecast.Of(f.Model, c.Repeats, c.Last, c.Age, 7, 0.15, 90, 365);
                var t3 = w.Elapsed.TotalSeconds;
                var g = Fitting.GammaGamma(new Spendings(c.Repeats, c.Spent), 20);
                var t4 = w.Elapsed.TotalSeconds;
                var clv = new LifetimeValue(f, g, 7);
                var sum = 0.0;
                for (var j = 0; j < 1000; j++) sum += clv.Over(365, new(c.Repeats[j], c.Last[j], c.Age[j], c.Spent[j]), o.Alive[j], o.Orders[1][j], o.Discounted[1][j]).High;
                var t5 = w.Elapsed.TotalSeconds;
                var most = 0.0;
                for (var j = 0; j < 5000; j++) most = Math.Max(most, Math.Abs(o.Orders[1][j] / f.Model.Expected(c.Repeats[j], c.Last[j] / 7.0, c.Age[j] / 7.0, 365 / 7.0) - 1));
                if (i == 5) f = Fitting.ParetoNbd(h);
                var t6 = w.Elapsed.TotalSeconds;
                Console.Error.WriteLine($"group {t1:F3} fit {t2 - t1:F3} score {t3 - t2:F3} gg {t4 - t3:F3} interval 1000: {t5 - t4:F3} pareto {t6-t5:F3} {f.Converged} {g.Converged} error {most:E2}  groups {h.Groups} runs  {f.Converged} {string.Join(' ', g.Parameters)}");
            }
        return Task.FromResult<IReadOnlyList<Row>>([]);
    }
}
