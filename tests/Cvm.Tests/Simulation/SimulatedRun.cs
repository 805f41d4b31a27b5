using Cvm.Engine;

namespace Cvm.Tests;

sealed class SimulatedRun
{
    readonly int seed;
    readonly World world;
    readonly VirtualTime clock = new(World.Start);
    readonly MemoryStore memory = new();
    readonly CrashingStore store;
    readonly MoodySender sender;
    CustomerEngine engine = null!;
    Rounds rounds = null!;

    public SimulatedRun(int seed, double crashes, double moods)
    {
        (this.seed, world) = (seed, new(seed));
        var random = new Random(seed + 1_000_000);
        store = new(memory, random, crashes);
        sender = new(random, clock, moods);
        Restart();
    }

    void Restart()
    {
        var loaded = new LoadedPlaybook(world.Playbook, new PlainRenderer(), []);
        var senders = Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)sender);
        engine = new(store, () => loaded, senders, clock);
        rounds = new(store, memory, () => loaded, engine, clock);
    }

    public async Task ToTheEnd()
    {
        var next = 0;
        while (true)
        {
            var moment = await NextMoment(next);
            if (moment > World.End) break;
            clock.To(moment);

            await Surviving(() => rounds.Make(default));
            for (; next < world.Signals.Count && world.Signals[next].At <= moment; next++)
            {
                var (_, customer, signal) = world.Signals[next];
                await Surviving(() => engine.Take(customer, signal, default));
            }

            while (await store.Due(clock.GetUtcNow(), 10, default) is { Count: > 0 } due)
                foreach (var (customer, _) in due) await Surviving(() => engine.Wake(customer, default));
        }
    }

    async Task<DateTimeOffset> NextMoment(int next)
    {
        var moment = await rounds.Next(default);
        if (next < world.Signals.Count && world.Signals[next].At < moment) moment = world.Signals[next].At;
        return await store.Due(moment, 1, default) is [var (_, at)] && at < moment ? at : moment;
    }

    async Task Surviving(Func<Task> work)
    {
        while (true)
        {
            try
            {
                await work();
                return;
            }
            catch (Crash)
            {
                Restart();
            }
        }
    }

    /// <summary>What must come out the same however the process fared.</summary>
    public string Facts() => string.Join("; ", Enumerable.Range(0, 8).Select(i =>
    {
        var dossier = Dossier($"c{i}");
        var p = dossier.Purchases;
        return $"{p.Orders} {p.Spent} {p.Refunded} {p.Days} {dossier.Satisfaction.Answers.Length} {dossier.Satisfaction.Complaints} {string.Join(",", dossier.Consents.Select(c => c.Given))}";
    }));

    Dossier Dossier(string customer) => memory.Load(customer, "", default).AsTask().Result.Dossier;

    public void CheckLaws()
    {
        foreach (var group in sender.Arrived.GroupBy(arrival => arrival.Message.Key))
            Assert.True(group.Count() == 1, $"seed {seed}: {group.Key} arrived {group.Count()} times");

        for (var i = 0; i < 8; i++)
        {
            var dossier = Dossier($"c{i}");
            var lines = memory.Timeline(dossier.Customer, long.MaxValue, int.MaxValue, default).AsTask().Result.Select(pair => pair.Line).Reverse().ToList();
            var laws = new Laws(seed, world, dossier, lines, [.. sender.Arrived.Where(arrival => arrival.Message.Customer == dossier.Customer)]);
            laws.Check(clock.GetUtcNow());
        }

    }
}
