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
    readonly Random random;
    readonly bool wild;
    readonly List<(DateTimeOffset At, string Customer, string Zone)> zones = [];
    readonly HashSet<string> told = [];
    int reported;
    CustomerEngine engine = null!;
    Rounds rounds = null!;

    /// <param name="wild">With reports of providers, a second engine on the same store, a clock that is looked at late, and outages.</param>
    public SimulatedRun(int seed, double crashes, double moods, bool wild)
    {
        (this.seed, this.wild, world) = (seed, wild, new(seed));
        random = new Random(seed + 1_000_000);
        store = new(memory, random, crashes) { Meanwhile = wild ? customer => engine.Wake(customer, default) : null };
        sender = new(random, clock, moods);
        Restart();
    }

    void Restart()
    {
        var senders = Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)sender);
        engine = new(store, Loaded, senders, clock);
        rounds = new(store, memory, Loaded, engine, clock);
    }

    LoadedPlaybook Loaded() => new(clock.GetUtcNow() < World.Republished ? world.Playbook : world.Later, new PlainRenderer(), []);

    public async Task ToTheEnd()
    {
        var next = 0;
        while (true)
        {
            var moment = await NextMoment(next);
            if (moment > World.End) break;
            clock.To(wild ? moment + Delay() : moment);

            await Surviving(() => rounds.Make(default));
            for (; next < world.Signals.Count && world.Signals[next].At <= clock.GetUtcNow(); next++) await Take(world.Signals[next].Customer, world.Signals[next].Signal);

            await WakeDue();
            if (wild) await Report();
        }
    }

    // Hosts look at the clock a little late, and now and then are gone for days.
    TimeSpan Delay() => random.Next(100) == 0 ? TimeSpan.FromHours(random.Next(1, 60)) : TimeSpan.FromSeconds(random.NextDouble() * 3);

    async Task Take(string customer, Signal signal)
    {
        if (signal is Signal.Told { Profile.Zone: { } zone } && told.Add(signal.Id)) zones.Add((clock.GetUtcNow(), customer, zone));
        await Surviving(() => engine.Take(customer, signal, default));
    }

    async Task WakeDue()
    {
        while (await store.Due(clock.GetUtcNow(), 10, default) is { Count: > 0 } due)
            foreach (var (customer, _) in due) await Surviving(() => engine.Wake(customer, default));
    }

    // What providers tell of what has arrived since.
    async Task Report()
    {
        clock.To(clock.GetUtcNow().AddSeconds(1));
        for (; reported < sender.Arrived.Count; reported++)
        {
            var (at, message) = sender.Arrived[reported];
            if (random.Next(3) == 0) continue;
            Report[] known = [Cvm.Report.Delivered, Cvm.Report.Opened, Cvm.Report.Clicked, Cvm.Report.Bounced, Cvm.Report.Unsubscribed];
            await Take(message.Customer, new Signal.Reported($"report-{reported}", at, message.Key, known[random.Next(known.Length)]));
        }

        await WakeDue();
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
    public string Facts() => string.Join("; ", World.Customers.Select(customer =>
    {
        var dossier = Dossier(customer);
        var p = dossier.Purchases;
        return $"{p.Orders} {p.Spent} {p.Refunded} {p.Days} {dossier.Satisfaction.Answers.Length} {dossier.Satisfaction.Complaints} {string.Join(",", dossier.Consents.Select(c => c.Given))}";
    }));

    Dossier Dossier(string customer) => memory.Load(customer, "", default).AsTask().Result.Dossier;

    public void CheckLaws()
    {
        foreach (var group in sender.Arrived.GroupBy(arrival => arrival.Message.Key))
            Assert.True(group.Count() == 1, $"seed {seed}: {group.Key} arrived {group.Count()} times");

        foreach (var customer in World.Customers)
        {
            var dossier = Dossier(customer);
            var lines = memory.Timeline(dossier.Customer, long.MaxValue, int.MaxValue, default).AsTask().Result.Select(pair => pair.Line).Reverse().ToList();
            var laws = new Laws(seed, world, dossier, lines, [.. sender.Arrived.Where(arrival => arrival.Message.Customer == customer)], [.. zones.Where(told => told.Customer == customer).Select(told => (told.At, told.Zone))]);
            laws.Check(clock.GetUtcNow());
        }

    }
}
