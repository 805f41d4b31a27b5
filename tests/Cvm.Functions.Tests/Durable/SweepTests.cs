using Cvm.Engine;

namespace Cvm.Functions.Tests;

/// <summary>The nightly sweep in parts, through orchestrations, comes to what one process comes to.</summary>
public sealed class SweepTests
{
    const int Customers = 120, PartSize = 25;
    static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly LoadedPlaybook Shipped = PlaybookLoader.Load(Path.Combine(AppContext.BaseDirectory, "Playbook"));
    static readonly LoadedPlaybook Quiet = Shipped with { Playbook = Shipped.Playbook with { Journeys = [] } };

    readonly VirtualTime clock = new(Noon);

    [NeedsAzuriteFact]
    public async Task Orchestrations_score_as_one_process_does()
    {
        var memory = new MemoryStore();
        var alone = new Sweep(memory, memory, () => Quiet, EngineOf(memory), clock);
        await using var opened = await Opened.New();
        await using var stage = await Stage(opened);
        await EngineOf(memory).Take(Orders(), default);
        await stage.Desk.Open().Engine.Take(Orders(), default);

        for (var night = 1; night <= 2; night++)
        {
            await alone.Next(default);
            await stage.Desk.OpenSweep().Sweep.Next(default);
            clock.To(Noon.AddDays(20 * night));

            var expected = (await alone.Make(default))!;
            var status = (await stage.Sweeping()).ReadCustomStatusAs<SweepOrchestration.Progress>()!;

            Assert.Equal((expected.Model.AsOf, expected.Model.Name, Customers, Customers, expected.Moved), (status.AsOf, status.Model, status.Customers, status.Scored, status.Moved));
            Assert.Equal(((Customers + PartSize - 1) / PartSize, status.Parts), (status.Parts, status.Done));
            foreach (var standing in await memory.Standings("", Customers, default))
                Assert.Equal((await memory.Load(standing.Customer, "", default)).Dossier.Scores, (await opened.Store.Load(standing.Customer, "", default)).Dossier.Scores);
        }

        Assert.True(await stage.Desk.OpenSweep().Sweep.Next(default) > clock.GetUtcNow());
    }

    [NeedsAzuriteFact]
    public async Task A_sweep_that_was_cut_off_goes_on_with_its_model_and_scores_nobody_twice()
    {
        await using var opened = await Opened.New();
        await using var stage = await Stage(opened);
        await stage.Desk.Open().Engine.Take(Orders(), default);
        await stage.Desk.OpenSweep().Sweep.Next(default);
        clock.To(Noon.AddDays(1));
        var sweeps = new SweepOrchestration(stage.Desk, opened.Store, PartSize);

        var plan = (await sweeps.PlanSweep(null, default))!;
        await sweeps.ScorePart(plan.Parts[1], stage.Client, default);
        clock.To(Noon.AddDays(2));
        await stage.Desk.Open().Engine.Take("later", new Signal.Ordered("later", clock.GetUtcNow(), "later", 500), default);
        await stage.Restart();
        var status = (await stage.Sweeping()).ReadCustomStatusAs<SweepOrchestration.Progress>()!;

        Assert.Equal((plan.AsOf, plan.Model), (status.AsOf, status.Model));
        Assert.Equal(Customers + 1 - PartSize, status.Moved);
        foreach (var standing in await opened.Store.Standings("", 1_000, default))
        {
            var lines = await opened.Store.Timeline(standing.Customer, long.MaxValue, 100, default);
            Assert.Single(lines, line => line.Line.What == Happening.Scored);
        }
    }

    [Fact]
    public async Task A_part_ends_where_it_was_cut_whoever_joins()
    {
        var store = new MemoryStore();
        var desk = new Desk(store, store, store, () => Quiet, new Dictionary<OutboxKind, ISender>(), clock);
        await desk.Open().Engine.Take(Orders(), default);
        await desk.OpenSweep().Sweep.Next(default);
        clock.To(Noon.AddDays(1));
        var sweeps = new SweepOrchestration(desk, partSize: PartSize);

        var plan = (await sweeps.PlanSweep(null, default))!;
        await desk.Open().Engine.Take(plan.Parts[1].Last + "0", new Signal.Ordered("x", clock.GetUtcNow(), "x", 5), default);
        await desk.Open().Engine.Take(plan.Parts[0].Last + "0", new Signal.Ordered("x", clock.GetUtcNow(), "x", 5), default);
        var scored = await sweeps.ScorePart(plan.Parts[1], null!, default);

        Assert.Equal([25, 25, 25, 25, 20], plan.Parts.Select(part => part.Customers));
        Assert.Equal(new(PartSize + 1, PartSize + 1), scored);
    }

    async Task<DurableStage> Stage(Opened opened)
    {
        var stage = await DurableStage.Open(opened.Store, Quiet, clock, new Dictionary<OutboxKind, ISender>());
        stage.PartSize = PartSize;
        await stage.Restart();
        return stage;
    }

    /// <summary>A shop of three years: some come every few weeks, some never came back.</summary>
    internal static List<(string, Signal)> Orders()
    {
        var random = new Random(11);
        var orders = new List<(string, Signal)>();
        for (var i = 0; i < Customers; i++)
        {
            var at = Noon.AddDays(-random.Next(30, 900));
            for (var rhythm = random.Next(20, 120); at < Noon && random.Next(6) > 0; at = at.AddDays(1 + random.Next(2 * rhythm)))
                orders.Add(($"c{i:D3}", new Signal.Ordered($"o{orders.Count}", at, $"o{orders.Count}", random.Next(5, 200))));
            orders.Add(($"c{i:D3}", new Signal.Ordered($"p{orders.Count}", Noon.AddDays(-random.Next(1, 400)), $"p{orders.Count}", random.Next(5, 200))));
        }

        return orders;
    }

    CustomerEngine EngineOf(IStore store) => new(store, () => Quiet, new Dictionary<OutboxKind, ISender>(), clock);
}
