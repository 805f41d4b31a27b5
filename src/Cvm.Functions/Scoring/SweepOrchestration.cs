using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Cvm.Functions;

/// <summary>The nightly sweep: fits the models to everybody, then scores everybody in parts side by side. After a restart it goes on with the same
/// model; who has been scored does not move again.</summary>
/// <param name="partSize">How many customers make a part.</param>
public sealed class SweepOrchestration(Desk desk, TableStore? tables = null, int partSize = SweepOrchestration.PartSize)
{
    const int AtOnce = 8;
    const int PartSize = 20_000;
    const int PageSize = 10_000;
    const int Together = 500; // as many dossiers as are held at once

    static readonly TaskOptions Patiently = TaskOptions.FromRetryPolicy(new(6, TimeSpan.FromSeconds(10), 2, TimeSpan.FromMinutes(5)));

    public sealed record Plan(DateOnly AsOf, string Model, Sweep.Part[] Parts);

    public sealed record Scored(int Customers, int Moved);

    /// <summary>What <c>customStatus</c> shows.</summary>
    public sealed record Progress(DateOnly AsOf, string Model, int Parts, int Done, int Customers, int Scored, int Moved);

    [Function(nameof(RunSweep))]
    public static async Task RunSweep([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        if (await context.CallActivityAsync<Plan?>(nameof(PlanSweep), Patiently) is not { } plan) return;

        var progress = new Progress(plan.AsOf, plan.Model, plan.Parts.Length, 0, plan.Parts.Sum(part => part.Customers), 0, 0);
        var running = new List<Task<Scored>>();
        context.SetCustomStatus(progress);

        foreach (var part in plan.Parts)
        {
            if (running.Count == AtOnce) await Collect();
            running.Add(context.CallActivityAsync<Scored>(nameof(ScorePart), part, Patiently));
        }

        while (running.Count > 0) await Collect();
        await context.CallActivityAsync(nameof(FinishSweep), Patiently);

        async Task Collect()
        {
            var done = await Task.WhenAny(running);
            running.Remove(done);
            var scored = await done;
            progress = progress with { Done = progress.Done + 1, Scored = progress.Scored + scored.Customers, Moved = progress.Moved + scored.Moved };
            context.SetCustomStatus(progress);
        }
    }

    /// <summary>The sweep that is due or under way, cut into parts; null where none is.</summary>
    [Function(nameof(PlanSweep))]
    public async Task<Plan?> PlanSweep([ActivityTrigger] object? nothing, CancellationToken stop) =>
        await desk.OpenSweep().Sweep.Begin(partSize, stop) is { } plan ? new(plan.Model.AsOf, plan.Model.Name, [.. plan.Parts]) : null;

    [Function(nameof(ScorePart))]
    public async Task<Scored> ScorePart([ActivityTrigger] Sweep.Part part, [DurableClient] DurableTaskClient client, CancellationToken stop)
    {
        var model = await desk.OpenSweep().Sweep.Model(stop) ?? throw new InvalidOperationException("A sweep is under way, and its model is gone.");
        var (scored, moved, shards, found) = (0, 0, new SortedSet<int>(), ScoreSummary.For(model));

        for (var after = part.After; after != part.Last && await desk.Standings.Standings(after, PageSize, stop) is [.., var last] page; after = last.Customer)
        {
            var end = page.ToList().FindIndex(standing => standing.Customer == part.Last);
            if (end >= 0) page = [.. page.Take(end + 1)];
            last = page[^1];

            foreach (var some in page.Chunk(Together))
            {
                var (sweep, landed) = desk.OpenSweep();
                moved += await sweep.Score(model, some, stop, found);
                await client.Look(landed, null, stop);
            }

            scored += page.Count;
            shards.UnionWith(page.Select(standing => Pack.ShardOf(standing.Customer)));
        }

        // At once, so that the flat table is as new as the night, and who repeats the part finds that nobody moves.
        if (moved > 0 && tables is not null) await tables.FoldStandings(shards, stop);
        await desk.OpenSweep().Sweep.Keep(part.Last, found, stop);
        return new(scored, moved);
    }

    [Function(nameof(FinishSweep))]
    public Task FinishSweep([ActivityTrigger] object? nothing, CancellationToken stop) => desk.OpenSweep().Sweep.Finish(stop);
}
