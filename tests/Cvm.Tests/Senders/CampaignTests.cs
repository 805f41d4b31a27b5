using Cvm.Engine;

namespace Cvm.Tests.Senders;

/// <summary>Many messages at once through a guarded sender, on the real engine, in virtual time.</summary>
public sealed class CampaignTests
{
    static readonly Playbook Shop = Some.Playbook(
        Some.Journey("campaign", new("order"), new Step.Send("send", Step.Done, Some.Sending("letter", [Channel.Email], validFor: "10d"))),
        Some.Journey("answer", new("complaint"), new Step.Send("send", Step.Done, Some.Sending("letter", [Channel.Email], purpose: Purpose.Transactional))));

    readonly VirtualTime clock = new(Some.Now);
    readonly MemoryStore store = new();
    readonly Provider provider;
    CustomerEngine engine = null!;

    public CampaignTests() => provider = new(clock);

    async Task Begin(int customers, Rate? rate)
    {
        var guarded = new GuardedSender("mail.example", provider, rate, clock);
        engine = new(store, () => new(Shop, new PlainRenderer(), []), Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)guarded), clock);

        for (var i = 0; i < customers; i++)
        {
            await engine.Take($"c{i}", new Signal.Told("told", Some.Now, Some.Ann.Profile with { Joined = null, Email = $"c{i}@example.com" }, Some.Ann.Consents), default);
            await engine.Take($"c{i}", Some.Order("o1", 50), default);
        }
    }

    /// <summary>Wakes whoever is due, moment by moment; how often anybody was woken.</summary>
    async Task<int> Play(DateTimeOffset until)
    {
        var woken = 0;
        while (await store.Due(until, 1, default) is [var (_, at)])
        {
            clock.To(at);
            foreach (var (customer, _) in await store.Due(clock.GetUtcNow(), 500, default))
            {
                await engine.Wake(customer, default);
                woken++;
            }
        }

        clock.To(until);
        return woken;
    }

    async Task<List<Line>> Lines(string customer) => [.. (await store.Timeline(customer, long.MaxValue, 99, default)).Select(pair => pair.Line)];

    [Fact]
    public async Task A_campaign_goes_out_as_fast_as_the_provider_allows_and_no_faster()
    {
        await Begin(300, new(10, TimeSpan.FromSeconds(1)));

        var woken = await Play(Some.Now.AddHours(1));

        var times = provider.Arrived.ConvertAll(arrival => arrival.At);
        Assert.Equal(300, provider.Arrived.Select(arrival => arrival.Message.Key).Distinct().Count());
        Assert.Equal(300, times.Count);
        for (var i = 10; i < 300; i++) Assert.True(times[i] - times[i - 10] >= TimeSpan.FromSeconds(1));
        Assert.InRange(times[^1] - Some.Now, TimeSpan.FromSeconds(28), TimeSpan.FromSeconds(32));
        Assert.InRange(woken, 300, 700);
    }

    [Fact]
    public async Task Waiting_for_its_turn_is_no_attempt_and_not_worth_a_line()
    {
        await Begin(3, new(1, TimeSpan.FromHours(1)));

        await Play(Some.Now);
        var waiting = (await store.Load("c2", "", default)).Dossier.Outbox[0];
        await Play(Some.Now.AddDays(1));

        Assert.Equal((0, OutboxState.Queued, null, null), (waiting.Attempts, waiting.State, waiting.ClaimedAt, waiting.LastProblem));
        Assert.Equal(3, provider.Arrived.Count);
        Assert.Equal([Happening.Queued, Happening.Sent], (await Lines("c2")).Where(line => line.What is Happening.Queued or Happening.Shifted or Happening.Sent or Happening.Failed).Select(line => line.What).Reverse());
    }

    [Fact]
    public async Task A_complaint_is_answered_before_the_campaign_is_through()
    {
        await Begin(100, new(1, TimeSpan.FromSeconds(1)));
        await Play(Some.Now.AddSeconds(10));

        await engine.Take("c99", new Signal.Complained("x", clock.GetUtcNow(), "Too late", "low"), default);
        await Play(Some.Now.AddSeconds(12));

        Assert.Contains(provider.Arrived, arrival => arrival.Message is { Journey: "answer", Customer: "c99" });
    }

    [Fact]
    public async Task An_outage_of_a_day_costs_time_and_no_message()
    {
        provider.DownUntil = Some.Now.AddDays(1);
        await Begin(60, null);

        await Play(Some.Now.AddDays(3));

        Assert.Equal(60, provider.Arrived.Count);
        Assert.InRange(provider.InVain, 60, 250);
        for (var i = 0; i < 60; i++) Assert.DoesNotContain(await Lines($"c{i}"), line => line.What is Happening.Failed or Happening.InDoubt);
    }

    [Fact]
    public async Task What_has_become_too_late_while_it_waited_is_skipped_with_the_reason()
    {
        await Begin(40, new(1, TimeSpan.FromDays(1)));

        await Play(Some.Now.AddDays(60));

        Assert.InRange(provider.Arrived.Count, 10, 12);
        Assert.Contains(await Lines("c39"), line => line is { What: Happening.Skipped, Because: Permission.NotValid });
        Assert.Empty(await store.Outbox(null, 99, default));
    }

    [Fact]
    public async Task A_crash_while_messages_wait_leaves_none_in_doubt()
    {
        await Begin(50, new(1, TimeSpan.FromMinutes(1)));
        await Play(Some.Now);

        Assert.All(await store.Outbox(null, 99, default), pair => Assert.Equal(OutboxState.Queued, pair.Entry.State));
        Assert.Equal(49, (await store.Outbox(null, 99, default)).Count);
    }

    sealed class Provider(VirtualTime clock) : ISender
    {
        public DateTimeOffset DownUntil { get; set; }

        public int InVain { get; private set; }

        public List<(DateTimeOffset At, Outgoing Message)> Arrived { get; } = [];

        public bool RefusesDoubles => false;

        public Task<Delivery> Send(Outgoing message, CancellationToken stop)
        {
            if (clock.GetUtcNow() < DownUntil)
            {
                InVain++;
                return Task.FromResult<Delivery>(new Delivery.TryLater("no connection"));
            }

            Arrived.Add((clock.GetUtcNow(), message));
            return Task.FromResult<Delivery>(new Delivery.Accepted("ok"));
        }
    }
}
