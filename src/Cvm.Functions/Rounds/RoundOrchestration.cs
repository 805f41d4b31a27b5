using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Cvm.Functions;

/// <summary>The daily round: tells everybody of a new day, in parts side by side. After a restart only the parts that were under way are told again,
/// which changes nothing.</summary>
public sealed class RoundOrchestration(Desk desk, TableStore? tables = null)
{
    const int AtOnce = 8;
    const int PartSize = 20_000;
    const int PageSize = 1_000;
    const int MendedTogether = 1_000; // neighbours share packs of standings, which are read once for all of them

    static readonly TaskOptions Patiently = TaskOptions.FromRetryPolicy(new(6, TimeSpan.FromSeconds(10), 2, TimeSpan.FromMinutes(5)));

    /// <summary>Customers after one of them, up to and with another; null for all to the end.</summary>
    public sealed record Part(string After, string? UpTo);

    public sealed record Plan(DateTimeOffset AsOf, Part[] Parts);

    public sealed record Told(int Customers, string[] Zones);

    /// <summary>What <c>customStatus</c> shows.</summary>
    public sealed record Progress(DateTimeOffset AsOf, int Parts, int Done, int Customers);

    [Function(nameof(RunRound))]
    public static async Task RunRound([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        if (await context.CallActivityAsync<Plan?>(nameof(PlanRound), Patiently) is not { } plan) return;

        var progress = new Progress(plan.AsOf, plan.Parts.Length, 0, 0);
        var zones = new SortedSet<string>(StringComparer.Ordinal);
        var running = new List<Task<Told>>();
        context.SetCustomStatus(progress);

        foreach (var part in plan.Parts)
        {
            if (running.Count == AtOnce) await Collect();
            running.Add(context.CallActivityAsync<Told>(nameof(TellPart), part, Patiently));
        }

        while (running.Count > 0) await Collect();
        await context.CallActivityAsync(nameof(FinishRound), zones.ToArray(), Patiently);

        async Task Collect()
        {
            var done = await Task.WhenAny(running);
            running.Remove(done);
            var told = await done;
            zones.UnionWith(told.Zones);
            progress = progress with { Done = progress.Done + 1, Customers = progress.Customers + told.Customers };
            context.SetCustomStatus(progress);
        }
    }

    /// <summary>The round that is due or under way, cut into parts; null where none is.</summary>
    [Function(nameof(PlanRound))]
    public async Task<Plan?> PlanRound([ActivityTrigger] object? nothing, CancellationToken stop)
    {
        if (await desk.OpenRounds().Rounds.Begin(stop) is not { } asOf) return null;

        var parts = new List<Part>();
        var (after, last, count) = ("", "", 0);
        while (await desk.Store.Page(last, PageSize, stop) is { Count: > 0 } page)
        {
            (last, count) = (page[^1].Customer, count + page.Count);
            if (count < PartSize) continue;
            parts.Add(new(after, last));
            (after, count) = (last, 0);
        }

        return new(asOf, [.. parts, new(after, null)]);
    }

    [Function(nameof(TellPart))]
    public async Task<Told> TellPart([ActivityTrigger] Part part, [DurableClient] DurableTaskClient client, CancellationToken stop)
    {
        var (told, zones) = (0, new SortedSet<string>(StringComparer.Ordinal));
        Func<string, bool>? beyond = part.UpTo is { } upTo ? customer => string.CompareOrdinal(TableKey.Of(customer), TableKey.Of(upTo)) > 0 : null;

        var mending = new List<string>();
        for (var after = part.After; after is not null;)
        {
            var (rounds, landed) = desk.OpenRounds();
            var page = await rounds.Tell(after, beyond, stop);
            await client.Look(landed, null, stop);
            mending.AddRange(await MendedToday(after, stop));
            if (mending.Count >= MendedTogether) await Mend(mending, stop);

            told += page.Told;
            zones.UnionWith(page.Zones);
            after = page.Last;
        }

        await Mend(mending, stop);
        return new(told, [.. zones]);
    }

    /// <summary>A seventh of the customers each day: whatever bug or fault should lose a mark, it is found within a week.</summary>
    async Task<IEnumerable<string>> MendedToday(string after, CancellationToken stop)
    {
        if (tables is null) return [];

        var today = desk.Clock.GetUtcNow().Day % 7;
        var page = await desk.Store.Page(after, PageSize / 2, stop);
        return page.Select(row => row.Customer).Where(customer => TableKey.Shard(customer, 7) == today);
    }

    async Task Mend(List<string> customers, CancellationToken stop)
    {
        if (customers.Count > 0) await tables!.Mend(customers, stop);
        customers.Clear();
    }

    [Function(nameof(FinishRound))]
    public Task FinishRound([ActivityTrigger] string[] zones, CancellationToken stop) => desk.OpenRounds().Rounds.Finish(zones, stop);
}
