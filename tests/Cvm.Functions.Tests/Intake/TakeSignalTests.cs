using Azure.Messaging.ServiceBus;
using Cvm.Engine;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Moq;

namespace Cvm.Functions.Tests;

/// <summary>What becomes of a message on the queue.</summary>
public sealed class TakeSignalTests
{
    static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly LoadedPlaybook Shipped = PlaybookLoader.Load(Path.Combine(AppContext.BaseDirectory, "Playbook"));
    static readonly Posted Order = new("ann", new Signal.Ordered("order/o1", Noon, "o1", 20));

    readonly MemoryStore store = new();
    readonly VirtualTime clock = new(Noon);
    readonly Mock<ServiceBusMessageActions> actions = new(MockBehavior.Strict);

    [Fact]
    public async Task A_signal_is_completed_once_it_has_landed()
    {
        await using var stage = await Stage(store);
        var landedBefore = false;
        actions.Setup(a => a.CompleteMessageAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<CancellationToken>()))
            .Callback(() => landedBefore = store.Load("ann", "", default).AsTask().Result.Dossier.Purchases.Orders == 1).Returns(Task.CompletedTask);

        await Take(stage, MessageOf(Order.Write()));

        Assert.True(landedBefore);
    }

    [Fact]
    public async Task The_same_message_again_is_completed_and_changes_nothing()
    {
        await using var stage = await Stage(store);
        actions.Setup(a => a.CompleteMessageAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<CancellationToken>())).Returns(Task.CompletedTask);

        await Take(stage, MessageOf(Order.Write()));
        await Take(stage, MessageOf(Order.Write(), tries: 2));

        Assert.Equal(1, (await store.Load("ann", "", default)).Dossier.Purchases.Orders);
        actions.Verify(a => a.CompleteMessageAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<CancellationToken>()), Times.Exactly(2));
    }

    [Fact]
    public async Task What_cannot_be_read_is_put_aside_at_once_with_the_reason()
    {
        await using var stage = await Stage(store);
        var reason = PutAside();

        await Take(stage, MessageOf("not a signal"u8.ToArray()));

        Assert.Equal("cannot be read", reason().Reason);
        Assert.Contains("This is no signal", reason().Description);
    }

    [Fact]
    public async Task What_fails_is_given_back_for_another_try()
    {
        await using var stage = await Stage(new Broken(store));

        await Assert.ThrowsAsync<IOException>(() => Take(stage, MessageOf(Order.Write(), tries: 9)));
    }

    [Fact]
    public async Task What_fails_the_last_time_is_put_aside_with_the_reason()
    {
        await using var stage = await Stage(new Broken(store));
        var reason = PutAside();

        await Take(stage, MessageOf(Order.Write(), tries: 10));

        Assert.Equal(("could not be taken", "IOException: the storage is on fire"), reason());
    }

    [Fact]
    public void Signals_of_one_customer_share_a_session_and_the_same_signal_has_the_same_message_id()
    {
        var (first, again, other) = (SignalQueue.MessageOf(Order), SignalQueue.MessageOf(Order), SignalQueue.MessageOf(new("bob", Order.Signal)));

        Assert.Equal((first.SessionId, first.MessageId), (again.SessionId, again.MessageId));
        Assert.NotEqual(first.SessionId, other.SessionId);
        Assert.NotEqual(first.MessageId, other.MessageId);
        Assert.InRange(SignalQueue.MessageOf(new(new string('ü', 64), Order.Signal)).SessionId.Length, 1, 128);
    }

    Func<(string Reason, string Description)> PutAside()
    {
        var (reason, description) = ("", "");
        actions.Setup(a => a.DeadLetterMessageAsync(It.IsAny<ServiceBusReceivedMessage>(), null, It.IsAny<string>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .Callback((ServiceBusReceivedMessage _, Dictionary<string, object>? _, string? why, string? more, CancellationToken _) => (reason, description) = (why!, more!)).Returns(Task.CompletedTask);
        return () => (reason, description);
    }

    Task<DurableStage> Stage<TStore>(TStore over) where TStore : IStore, IStandings, IMemo =>
        DurableStage.Open(over, Shipped, clock, Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)new MemoryMailbox(store, clock)));

    Task Take(DurableStage stage, ServiceBusReceivedMessage message)
    {
        var desk = new Desk(stage.Desk.Store, store, store, () => Shipped, Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)new MemoryMailbox(store, clock)), new Impatient(clock));
        return new TakingSignals(desk, Options.Create(new SignalsSettings { Queue = "signals" }), NullLogger<TakingSignals>.Instance).TakeSignal(message, actions.Object, stage.Client, default);
    }

    static ServiceBusReceivedMessage MessageOf(byte[] body, int tries = 1) =>
        ServiceBusModelFactory.ServiceBusReceivedMessage(body: BinaryData.FromBytes(body), messageId: "m1", sessionId: "ann", deliveryCount: tries);

    /// <summary>A clock on which every wait is over at once.</summary>
    sealed class Impatient(TimeProvider clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }

    sealed class Broken(MemoryStore store) : IStore, IStandings, IMemo
    {
        public ValueTask<IReadOnlyList<Standing>> Standings(string after, int most, CancellationToken stop) => store.Standings(after, most, stop);

        public ValueTask<Stored> Load(string customer, string signal, CancellationToken stop) => store.Load(customer, signal, stop);

        public ValueTask<IReadOnlyList<Landing>> Commit(IReadOnlyList<Change> changes, CancellationToken stop) => throw new IOException("the storage is on fire");

        public ValueTask<IReadOnlyList<(string Customer, DateTimeOffset At)>> Due(DateTimeOffset until, int most, CancellationToken stop) => store.Due(until, most, stop);

        public ValueTask<IReadOnlyList<(string Customer, string? Zone)>> Page(string after, int most, CancellationToken stop) => store.Page(after, most, stop);

        public ValueTask<string?> Kept(string name, CancellationToken stop) => store.Kept(name, stop);

        public ValueTask Keep(string name, string value, CancellationToken stop) => store.Keep(name, value, stop);

        public ValueTask<bool> Keep(string name, string value, string? expected, CancellationToken stop) => store.Keep(name, value, expected, stop);

        public ValueTask Drop(string name, CancellationToken stop) => store.Drop(name, stop);

        public ValueTask<IReadOnlyList<(string Name, string Value)>> KeptUnder(string beginning, CancellationToken stop) => store.KeptUnder(beginning, stop);
    }
}
