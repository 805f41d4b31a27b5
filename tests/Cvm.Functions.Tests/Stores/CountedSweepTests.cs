using Cvm.Engine;
using Xunit.Abstractions;

namespace Cvm.Functions.Tests;

/// <summary>What a sweep asks of storage. Packs are what keeps it from reading everybody.</summary>
public sealed class CountedSweepTests(ITestOutputHelper output)
{
    const int Customers = 2_000;
    static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly LoadedPlaybook Shipped = PlaybookLoader.Load(Path.Combine(AppContext.BaseDirectory, "Playbook"));
    static readonly LoadedPlaybook Quiet = Shipped with { Playbook = Shipped.Playbook with { Journeys = [] } };

    readonly VirtualTime clock = new(Noon);

    [NeedsAzuriteFact]
    public async Task A_sweep_reads_packs_and_not_customers()
    {
        await using var opened = await Opened.New();
        await using var stage = await DurableStage.Open(opened.Store, Quiet, clock, new Dictionary<OutboxKind, ISender>());
        await stage.Desk.OpenSweep().Sweep.Next(default);
        foreach (var some in Enumerable.Range(0, Customers).Chunk(500)) await stage.Desk.Open().Engine.Take([.. some.Select(i => ($"c{i:D4}", (Signal)Order(i)))], default);

        var first = await Count($"{Customers} customers who are new fold", opened, () => opened.Store.FoldStandings(default));
        await Count("and nothing more", opened, () => opened.Store.FoldStandings(default));
        await Count("an order of somebody known lands", opened, () => stage.Desk.Open().Engine.Take("c0007", Order(0) with { Id = "again" }, default));
        await Count("and folds", opened, () => opened.Store.FoldStandings(default));

        clock.To(Noon.AddDays(1));
        await Count("a first sweep, in which everybody moves", opened, () => stage.Sweeping());
        await opened.Store.Fold(default);

        // The same day again: nobody moves, so that what is left is the sweep itself.
        var sweeps = new SweepOrchestration(stage.Desk, opened.Store);
        await opened.Store.Keep("scores/sweep", (await opened.Store.Kept("scores/sweep", default))!.Replace("2027-03-02", "2027-03-01", StringComparison.Ordinal), default);
        var quiet = await Count("a sweep in which nobody moves", opened, async () =>
        {
            var plan = (await sweeps.PlanSweep(null, default))!;
            foreach (var part in plan.Parts) Assert.Equal(new(Customers, 0), await sweeps.ScorePart(part, stage.Client, default));
            await sweeps.FinishSweep(null, default);
        });

        Assert.InRange(first, Customers, (int)(Customers * 1.1));
        Assert.InRange(quiet, 16, 100);
    }

    async Task<int> Count(string what, Opened opened, Func<Task> act)
    {
        opened.Counting.Reset();
        await act();
        output.WriteLine($"{what}: {opened.Counting}");
        return opened.Counting.All;
    }

    static Signal.Ordered Order(int number) => new($"o{number}", Noon.AddDays(-number % 700), $"o{number}", 10 + (number % 90));
}
