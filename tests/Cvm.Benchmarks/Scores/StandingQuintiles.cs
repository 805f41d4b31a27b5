using System.Diagnostics;

namespace Cvm.Benchmarks.Scores;

/// <summary>The quintiles of a million customers, found and given to each, beside one loop that only reads the same arrays and writes as much.</summary>
static class StandingQuintiles
{
    const int Customers = 1_000_000, Rounds = 9;

    public static Row Run()
    {
        var (lastDays, days, money, scores) = (new int[Customers], new int[Customers], new double[Customers], new Rfm[Customers]);
        var random = new Random(1);
        for (var i = 0; i < Customers; i++)
        {
            lastDays[i] = 740_000 - (int)(1_000 * Math.Pow(random.NextDouble(), 2));
            days[i] = 1 + (int)(-8 * Math.Log(1 - random.NextDouble()));
            money[i] = Math.Round(days[i] * 60 * random.NextDouble(), 2);
        }

        Measure.ForgetPeak();
        var (figures, floors) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var floor = Seconds(() => Touch(lastDays, days, money, scores));
            var figure = Seconds(() => RfmCuts.Of(lastDays, days, money).Of(lastDays, days, money, scores));
            if (round == 0) continue; // warming up
            floors.Add(floor);
            figures.Add(figure);
        }

        var (took, touch) = (Measure.Median(figures), Measure.Median(floors));
        return new($"standing quintiles of {Customers:N0} customers, one core: milliseconds", $"{1_000 * took:N1}")
        {
            Floor = $"{1_000 * touch:N1}, a loop that reads and writes the same arrays",
            Ratio = $"{took / touch:N1}",
            Promise = "under 100 ms",
            Peak = Measure.Peak(),
        };
    }

    static void Touch(int[] lastDays, int[] days, double[] money, Rfm[] scores)
    {
        for (var i = 0; i < scores.Length; i++) scores[i] = new((byte)lastDays[i], (byte)days[i], (byte)money[i]);
    }

    static double Seconds(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    }
}
