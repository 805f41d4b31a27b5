using Cvm.Engine;

namespace Cvm.Local.Tests.Pages;

// What groups came to: a journey that earns, one whose groups do not match, ways that differ, and a quarter of the programme.
sealed partial class SampleRecords
{
    void AddMeasured()
    {
        Measure("win-back", 3, Measured.Member, 1_260, 1_204, 300, 62);
        Measure("win-back", 3, Measured.HeldOut, 141, 135, 18, 60);
        Measure("win-back", 3, Measured.ArmOf("split", "coupon"), 630, 560, 170, 62);
        Measure("win-back", 3, Measured.ArmOf("split", "points"), 610, 540, 90, 60);
        Measure("win-back", 2, Measured.Member, 400, 400, 60, 60);
        Measure("birthday-care", 1, Measured.Member, 90, 12, 3, 40);
        Measure("", 20264, Measured.Member, 2_300, 2_300, 900, 55);
        Measure("", 20264, Measured.HeldOut, 120, 120, 41, 55);
        Measure("", 20271, Measured.Member, 2_350, 0, 0, 0);
        Measure("", 20271, Measured.HeldOut, 119, 0, 0, 0);
    }

    void Measure(string journey, int version, string group, int joined, int ended, int bought, decimal each)
    {
        for (var i = 0; i < joined; i++) Add(new(version, group));
        for (var i = 0; i < ended; i++) Add(new(version, group, i < bought ? new(true, 1, each + i % 40, (each + i % 40) * 0.4m, i % 3, 0.6m, 0, 0.07m) : new(false, 0, 0, 0, 0, 0, 0, 0.07m)));

        void Add(Measured measured) => MeasuredTallies.Add(journey, measured, (tally, by) => tallies[tally] = tallies.GetValueOrDefault(tally) + by);
    }
}
