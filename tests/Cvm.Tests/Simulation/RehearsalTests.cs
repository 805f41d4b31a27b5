using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>A rehearsal says what the live engine then really does, where customers do the same.</summary>
public sealed class RehearsalTests
{
    const int Seeds = 120;

    static readonly DateTimeOffset From = World.Start.AddDays(25);

    sealed class Told(World world) : IResponses
    {
        public ValueTask<Dossier> Before(Dossier present, DateTimeOffset from, Playbook playbook, CancellationToken stop) => new(present);

        public ValueTask<IReadOnlyList<(DateTimeOffset At, Signal Signal)>> Of(Dossier present, DateTimeOffset from, DateTimeOffset until, CancellationToken stop)
        {
            var known = world.Signals.Where(signal => signal.At <= from).Select(signal => (signal.Customer, signal.Signal.Id)).ToHashSet();
            return new((IReadOnlyList<(DateTimeOffset, Signal)>)[.. world.Signals.Where(signal => signal.Customer == present.Customer && signal.At > from && !known.Contains((signal.Customer, signal.Signal.Id))).Select(signal => (signal.At, signal.Signal))]);
        }
    }

    [Fact]
    public async Task A_rehearsal_says_what_the_live_engine_then_does()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var world = new World(seed);
            var playbook = world.Playbook with { Loyalty = world.Playbook.Loyalty with { Referral = new(Least: 1_000_000) } };
            var live = new LiveShop(playbook);
            await live.Play(world.Signals.Where(signal => signal.At <= From), From);

            var rehearsed = await Rehearsal.Play(new(playbook, From, 30, new Told(world)), live.Store, null, default);
            var (really, messages) = await live.Play(world.Signals.Where(signal => signal.At > From && signal.At <= From.AddDays(30)), From.AddDays(30));

            Assert.True(Without(really.Fingerprint()) == Without(rehearsed.Fingerprint()), $"seed {seed}:\n{Difference(Without(really.Fingerprint()), Without(rehearsed.Fingerprint()))}");
            Assert.True(messages.SequenceEqual(rehearsed.Messages), $"seed {seed}: messages");
        }
    }

    [Fact]
    public async Task It_touches_nothing_and_says_the_same_again()
    {
        var world = new World(7);
        var live = new LiveShop(world.Playbook);
        await live.Play(world.Signals.Where(signal => signal.At <= From), From);
        var before = await Everything(live.Store);

        var plan = new RehearsalPlan(world.Playbook, From, 30, new Told(world));
        var once = await Rehearsal.Play(plan, live.Store, null, default);
        var again = await Rehearsal.Play(plan, live.Store, null, default);

        Assert.Equal(once.Fingerprint(), again.Fingerprint());
        Assert.Equal(before, await Everything(live.Store));
    }

    static async Task<string> Everything(MemoryStore store)
    {
        var text = new List<string>();
        foreach (var (customer, _) in await store.Page("", 100, default)) text.Add(System.Text.Encoding.UTF8.GetString(DossierText.Write((await store.Load(customer, "", default)).Dossier)));
        return string.Join("\n", text);
    }

    static string Difference(string really, string rehearsed) => string.Join('\n', really.Split('\n').Except(rehearsed.Split('\n')).Select(line => $"really    {line}")
        .Concat(rehearsed.Split('\n').Except(really.Split('\n')).Select(line => $"rehearsed {line}")));

    // What only a rehearsal counts.
    static string Without(string fingerprint) => string.Join('\n', fingerprint.Split('\n').Where(line => !line.Contains("|not tried|", StringComparison.Ordinal) && !line.StartsWith("pressure", StringComparison.Ordinal) && !line.StartsWith("20", StringComparison.Ordinal)));

    // The engine as hosts run it, in virtual time.
    sealed class LiveShop
    {
        readonly VirtualTime clock = new(World.Start);
        readonly CustomerEngine engine;
        readonly Rounds rounds;

        public LiveShop(Playbook playbook)
        {
            var loaded = new LoadedPlaybook(playbook, new PlainRenderer(), []);
            var senders = Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)new MemoryMailbox(Store, clock));
            engine = new(Store, () => loaded, senders, clock);
            rounds = new(Store, Store, () => loaded, engine, clock);
        }

        public MemoryStore Store { get; } = new();

        public async Task<(RehearsalCount Count, Dictionary<(DateOnly, string, Channel), int> Messages)> Play(IEnumerable<(DateTimeOffset At, string Customer, Signal Signal)> signals, DateTimeOffset until)
        {
            var heard = await Lines();
            foreach (var signal in signals)
            {
                await Until(signal.At);
                await engine.Take(signal.Customer, signal.Signal, default);
                await WakeDue();
            }

            await Until(until);
            return Count(heard, await Lines());
        }

        async Task Until(DateTimeOffset until)
        {
            while (await NextMoment() is var next && next <= until)
            {
                clock.To(next);
                await rounds.Make(default);
                await WakeDue();
            }

            clock.To(until);
        }

        async Task<DateTimeOffset> NextMoment()
        {
            var next = await rounds.Next(default);
            return await Store.Due(next, 1, default) is [var (_, at)] && at < next ? at : next;
        }

        async Task WakeDue()
        {
            while (await Store.Due(clock.GetUtcNow(), 10, default) is { Count: > 0 } due)
                foreach (var (customer, _) in due) await engine.Wake(customer, default);
        }

        async Task<Dictionary<string, IReadOnlyList<(long, Line)>>> Lines()
        {
            var lines = new Dictionary<string, IReadOnlyList<(long, Line)>>(StringComparer.Ordinal);
            foreach (var (customer, _) in await Store.Page("", 100, default)) lines[customer] = await Store.Timeline(customer, long.MaxValue, 100_000, default);
            return lines;
        }

        static (RehearsalCount, Dictionary<(DateOnly, string, Channel), int>) Count(Dictionary<string, IReadOnlyList<(long, Line)>> before, Dictionary<string, IReadOnlyList<(long, Line)>> after)
        {
            var (count, messages) = (new RehearsalCount(), new Dictionary<(DateOnly, string, Channel), int>());
            foreach (var (customer, lines) in after.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                var known = before.TryGetValue(customer, out var old) ? old.Count : 0;
                foreach (var (_, line) in lines.Take(lines.Count - known).Reverse())
                {
                    count.AddLine(customer, line);
                    if (line is { What: Happening.Sent, Channel: { } channel })
                    {
                        var key = (DateOnly.FromDateTime(line.At.UtcDateTime), line.Journey ?? "", channel);
                        messages[key] = messages.GetValueOrDefault(key) + 1;
                    }
                }
            }

            return (count, messages.OrderBy(pair => pair.Key).ToDictionary());
        }
    }
}
