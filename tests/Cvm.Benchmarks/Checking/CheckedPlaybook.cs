using System.Diagnostics;
using Cvm.Engine;

namespace Cvm.Benchmarks.Checking;

/// <summary>Everything that is proven of the shipped playbook, beside reading it alone.</summary>
static class CheckedPlaybook
{
    const int Rounds = 15;

    public static Row Run()
    {
        var (folder, now) = (PlaybookLoader.DefaultFolder(), new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));

        Measure.ForgetPeak();
        var (figures, floors) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var floor = Seconds(() => PlaybookLoader.Load(folder));
            var figure = Seconds(() => PlaybookCheck.Of(folder, now));
            if (round == 0) continue; // warming up
            floors.Add(floor);
            figures.Add(figure);
        }

        var (took, read) = (Measure.Median(figures), Measure.Median(floors));
        return new("cvm check of the shipped playbook, with every proof and the pressure bound: milliseconds", $"{1_000 * took:N0}")
        {
            Floor = $"{1_000 * read:N0}, reading it",
            Ratio = $"{took / read:N1}",
            Peak = Measure.Peak(),
        };
    }

    static double Seconds(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    }
}
