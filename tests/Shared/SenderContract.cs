using System.Collections.Immutable;
using Cvm.Engine;
using Xunit;

namespace Cvm.Tests;

/// <summary>What every sender must keep, guarded as hosts use it. Derive, make one, and run.</summary>
public abstract class SenderContract : IAsyncLifetime
{
    protected static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    protected ISender Sender { get; private set; } = null!;

    protected VirtualTime Clock { get; } = new(Noon);

    protected abstract OutboxKind Kind { get; }

    /// <summary>A sender that works.</summary>
    protected abstract Task<ISender> Make(TimeProvider clock);

    /// <summary>All that has arrived, each as a person would read it.</summary>
    protected abstract Task<IReadOnlyList<string>> Arrived();

    protected abstract Task Close();

    public async Task InitializeAsync() => Use(await Make(Clock));

    protected void Use(ISender sender) => Sender = new GuardedSender("the provider", sender, null, Clock);

    public Task DisposeAsync() => Close();

    [Fact]
    public async Task A_message_arrives_once_and_whole()
    {
        Assert.IsType<Delivery.Accepted>(await Sender.Send(Message(), default));

        Assert.Contains("Hello Ann 王", Assert.Single(await Arrived()));
    }

    [Fact]
    public async Task The_same_key_twice_arrives_once_where_the_sender_says_so()
    {
        var first = await Sender.Send(Message(), default);
        Clock.To(Noon.AddHours(1));
        var second = await Sender.Send(Message(), default);

        Assert.Equal(Sender.RefusesDoubles ? 1 : 2, (await Arrived()).Count);
        if (Sender.RefusesDoubles) Assert.Equal(first, second);
    }

    [Fact]
    public async Task Many_at_once_all_arrive()
    {
        var deliveries = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => Task.Run(() => Sender.Send(Message($"care:ann/{i}"), default))));

        Assert.All(deliveries, delivery => Assert.IsType<Delivery.Accepted>(delivery));
        Assert.Equal(8, (await Arrived()).Count);
    }

    protected Outgoing Message(string key = "care:ann/1:2026/wish/1") => new()
    {
        Key = key,
        Kind = Kind,
        To = Kind switch { OutboxKind.Sms => "+4915112345678", OutboxKind.Webhook => "https://hooks.example/in", _ => "ann@example.com" },
        Customer = "ann/1",
        Journey = "care",
        Template = "wish",
        Subject = "A wish for 王芳",
        Text = Kind == OutboxKind.Webhook ? "{\"greeting\":\"Hello Ann 王\"}" : "Hello Ann 王",
        Html = Kind is OutboxKind.Sms or OutboxKind.Webhook ? null : "<p>Hello 王</p>",
        Headers = Kind is OutboxKind.Sms or OutboxKind.Webhook ? ImmutableSortedDictionary<string, string>.Empty
            : ImmutableSortedDictionary<string, string>.Empty.Add("List-Unsubscribe", "<https://x.example/u>").Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    };
}
