using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>Sixty days of a random world on the real engine, with a store that crashes and a provider that fails.
/// A failure names its seed; run it again to see the same story.</summary>
public sealed class SimulationTests
{
    const int SeedsPerTest = 16;

    public static TheoryData<int> Batches => [.. Enumerable.Range(0, 16)];

    [Theory, MemberData(nameof(Batches))]
    public async Task Nobody_is_forgotten_nothing_is_done_twice_and_no_rule_is_broken(int batch)
    {
        for (var seed = batch * SeedsPerTest; seed < (batch + 1) * SeedsPerTest; seed++)
        {
            var run = new SimulatedRun(seed, crashes: 0.03, moods: 0.4, wild: true);

            await run.ToTheEnd();

            run.CheckLaws();
        }
    }

    [Theory, MemberData(nameof(Batches))]
    public async Task Crashes_change_no_total(int batch)
    {
        for (var seed = batch * SeedsPerTest; seed < (batch + 1) * SeedsPerTest; seed++)
        {
            var calm = new SimulatedRun(seed, crashes: 0, moods: 0.001, wild: false);
            var rough = new SimulatedRun(seed, crashes: 0.05, moods: 0.001, wild: false);

            await calm.ToTheEnd();
            await rough.ToTheEnd();

            Assert.True(calm.Facts() == rough.Facts(), $"seed {seed}: {calm.Facts()} is not {rough.Facts()}");
        }
    }
}
