using Cvm.Engine;

namespace Cvm.Tests;

public sealed class RecoveryTests
{
    static readonly DateTimeOffset Later = Some.Now.AddSeconds(5);

    static OutboxEntry Entry(string key) => new()
    {
        Key = key,
        Kind = OutboxKind.Email,
        Purpose = Purpose.Transactional,
        Subject = "hello",
        Journey = "walk",
        Version = 1,
        Enrollment = "walk:ann:1",
        Step = "step",
        QueuedAt = Some.Now,
        DueAt = Some.Now,
    };

    static readonly Dossier Delivering = Kernel.Claim(Some.Playbook(), Some.Ann with { Outbox = [Entry("a")] }, "a", refusesDoubles: false, Some.Now).Dossier;

    [Fact]
    public void What_a_dead_process_had_claimed_is_due_at_once()
    {
        var recovered = Kernel.Recover(Some.Playbook(), Delivering, Later);

        Assert.True(recovered.Changed);
        Assert.Empty(recovered.Lines);
        Assert.True(Delivering.DueAt > Later);
        Assert.Equal(Later, recovered.Dossier.DueAt);
    }

    [Fact]
    public void Where_nothing_is_claimed_nothing_changes()
    {
        var waiting = Entry("waiting") with { DueAt = Some.Now.AddDays(1) };
        var doubtful = Entry("doubtful") with { State = OutboxState.InDoubt, DueAt = null };

        var turn = Kernel.Recover(Some.Playbook(), Some.Ann with { Outbox = [waiting, doubtful] }, Later);

        Assert.False(turn.Changed);
    }

    [Fact]
    public void What_may_have_arrived_is_in_doubt_and_not_called_skipped()
    {
        var withdrawn = new Consent(Channel.Email, Purpose.Transactional, false, Later, "test");
        var recovered = Kernel.Recover(Some.Playbook(), Delivering with { Consents = [withdrawn] }, Later).Dossier;

        var turn = Kernel.Claim(Some.Playbook(), recovered, "a", refusesDoubles: true, Later);

        Assert.Equal(OutboxState.InDoubt, Assert.Single(turn.Dossier.Outbox).State);
        Assert.Equal(Happening.InDoubt, Assert.Single(turn.Lines).What);
    }

    [Theory]
    [InlineData(true, OutboxState.Claimed)]
    [InlineData(false, OutboxState.InDoubt)]
    public void It_is_claimed_again_only_where_doubles_are_refused(bool refusesDoubles, OutboxState state)
    {
        var recovered = Kernel.Recover(Some.Playbook(), Delivering, Later).Dossier;

        var claimed = Kernel.Claim(Some.Playbook(), recovered, "a", refusesDoubles, Later).Dossier;

        Assert.Equal(state, Assert.Single(claimed.Outbox).State);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task An_engine_started_again_never_repeats_what_may_have_arrived(bool refusesDoubles, int sent)
    {
        var (store, clock, sender) = (new MemoryStore(), new VirtualTime(Later), new Counting(refusesDoubles));
        await store.Commit([new(Dossier.For("ann"), 0, Delivering, "", [])], default);
        var loaded = new LoadedPlaybook(Some.Playbook(), new PlainRenderer(), []);
        var engine = new CustomerEngine(store, () => loaded, new Dictionary<OutboxKind, ISender> { [OutboxKind.Email] = sender }, clock);

        await engine.Wake("ann", default);
        Assert.Equal(0, sender.Count);
        await engine.Recover("ann", default);
        await engine.Wake("ann", default);

        Assert.Equal(sent, sender.Count);
        var left = (await store.Load("ann", "", default)).Dossier.Outbox;
        Assert.Equal(refusesDoubles ? [] : [OutboxState.InDoubt], left.Select(entry => entry.State));
    }

    sealed class Counting(bool refusesDoubles) : ISender
    {
        public int Count { get; private set; }

        public bool RefusesDoubles => refusesDoubles;

        public Task<Delivery> Send(Outgoing message, CancellationToken stop)
        {
            Count++;
            return Task.FromResult<Delivery>(new Delivery.Accepted("ok"));
        }
    }
}
