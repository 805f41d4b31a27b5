namespace Cvm.Tests.Checking;

/// <summary>Random journeys on the real engine, with providers that fail, hosts that die and customers that do anything: nobody gets more than the bound.</summary>
public sealed class PressureSimulationTests
{
    const int SeedsPerTest = 8;

    public static TheoryData<int> Batches => [.. Enumerable.Range(0, 8)];

    [Theory, MemberData(nameof(Batches))]
    public async Task Nobody_gets_more_than_the_bound_in_any_seven_days(int batch)
    {
        for (var seed = batch * SeedsPerTest; seed < (batch + 1) * SeedsPerTest; seed++) await Reached(seed);
    }

    [Fact]
    public async Task Some_come_up_to_it()
    {
        var reached = 0;
        for (var seed = 0; seed < SeedsPerTest; seed++) reached += await Reached(seed);

        Assert.True(reached > 0, "nobody came up to the bound in any world, so it says too little");
    }

    static async Task<int> Reached(int seed)
    {
        var run = new SimulatedRun(50_000 + seed, crashes: 0.02, moods: seed % 2 == 0 ? 0.001 : 0.3, wild: seed % 2 == 1, steady: true);
        await run.ToTheEnd();
        return run.CheckPressure();
    }
}
