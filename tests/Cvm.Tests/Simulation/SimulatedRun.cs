using Cvm.Engine;

namespace Cvm.Tests;

sealed partial class SimulatedRun
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
    readonly PriorityQueue<(string Customer, Signal Signal), DateTimeOffset> reports = new();
    int reported;
    bool moved;
    CustomerEngine engine = null!;
    Rounds rounds = null!;

    /// <param name="wild">With reports of providers, a second engine on the same store, a clock that is looked at late, and outages.</param>
    /// <param name="steady">The playbook stays as it is.</param>
    public SimulatedRun(int seed, double crashes, double moods, bool wild, bool steady = false)
    {
        (this.seed, this.wild, world) = (seed, wild, new(seed, steady));
        random = new Random(seed + 1_000_000);
        store = new(memory, random, crashes) { Meanwhile = wild ? customer => engine.Wake(customer, default) : null };
        sender = new(random, clock, moods) { Judge = MayGo };
        Restart();
    }

    void Restart()
    {
        var senders = Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)sender);
        engine = new(store, Loaded, senders, clock);
        rounds = new(store, memory, Loaded, engine, clock);
    }

    LoadedPlaybook Loaded() => new(world.At(clock.GetUtcNow()), new PlainRenderer(), []);

    // At the very moment a message is handed over, permission says yes to it as things stand.
    void MayGo(Outgoing message)
    {
        if (message.Kind is not (OutboxKind.Email or OutboxKind.Sms) || message.Key.StartsWith("reply:", StringComparison.Ordinal)) return;

        var (now, dossier) = (clock.GetUtcNow(), Dossier(message.Customer));
        var entry = dossier.Outbox.Single(one => one.Key == message.Key);
        var verdict = Permission.Check(world.At(now), dossier, entry.Channel!.Value, entry.Purpose, now, entry.Key, world.At(now).Find(entry.Journey, entry.Version));
        var refusedBeside = verdict.Rule == Permission.Suppressed && dossier.Suppressions.Any(block => block.At == now); // claimed together with one that was refused
        Assert.True(verdict.Allowed || refusedBeside, $"seed {seed}: {message.Key} at {now:u}: {verdict.Rule}");
    }

    public async Task ToTheEnd()
    {
        var next = 0;
        while (true)
        {
            var moment = await NextMoment(next);
            if (moment > World.End) break;
            clock.To(wild ? moment + Delay() : moment);

            await Surviving(() => rounds.Make(default));
            if (clock.GetUtcNow() >= World.Republished) await Move();
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

    // Everybody, and whoever has been moved already a second time, which changes nothing.
    async Task Move()
    {
        if (moved) return;

        moved = true;
        foreach (var move in world.Moves)
            foreach (var customer in World.Customers) for (var times = random.Next(1, 3); times > 0; times--) await Take(customer, move);
    }

    async Task WakeDue()
    {
        while (await store.Due(clock.GetUtcNow(), 10, default) is { Count: > 0 } due)
            foreach (var (customer, _) in due) await Surviving(() => engine.Wake(customer, default));
    }

    // What providers tell of what has arrived since: in any order, late, and some of it twice.
    async Task Report()
    {
        clock.To(clock.GetUtcNow().AddSeconds(1));
        for (; reported < sender.Arrived.Count; reported++)
        {
            if (sender.Arrived[reported].Message.Kind is OutboxKind.Email or OutboxKind.Sms) Foretell(sender.Arrived[reported].At, sender.Arrived[reported].Message);
        }

        while (reports.TryPeek(out var told, out var at) && at <= clock.GetUtcNow())
        {
            reports.Dequeue();
            await Take(told.Customer, told.Signal);
        }

        await WakeDue();
    }

    void Foretell(DateTimeOffset at, Outgoing message)
    {
        Report[] known =
        [
            Cvm.Report.Accepted, Cvm.Report.Delivered, Cvm.Report.Delivered, Cvm.Report.Opened, Cvm.Report.Opened, Cvm.Report.Clicked, Cvm.Report.Clicked,
            Cvm.Report.Bounced, Cvm.Report.Failed, Cvm.Report.Unsubscribed, Cvm.Report.Complained,
        ];

        for (var i = random.Next(5); i > 0; i--)
        {
            var happened = at.AddSeconds(random.NextDouble() * (random.Next(2) == 0 ? 20 : 100_000));
            var report = new Signal.Reported($"report-{reported}-{i}", happened, message.Key, known[random.Next(known.Length)], $"link {random.Next(3)}", random.Next(8) == 0);
            for (var times = random.Next(4) == 0 ? 2 : 1; times > 0; times--)
                reports.Enqueue((message.Customer, report), happened.AddSeconds(random.NextDouble() * (random.Next(2) == 0 ? 5 : 200_000)));
        }
    }

    async Task<DateTimeOffset> NextMoment(int next)
    {
        var moment = await rounds.Next(default);
        if (next < world.Signals.Count && world.Signals[next].At < moment) moment = world.Signals[next].At;
        if (reports.TryPeek(out _, out var told) && told < moment) moment = told;
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
        if (sender.Judged is { } wrong) throw wrong;

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
