using System.Collections.Immutable;
using System.Globalization;
using Cvm.Engine;
using Xunit;

namespace Cvm.Tests;

/// <summary>What every sender must keep, however its provider answers or falls silent. Derive, make one, and run.</summary>
public abstract class SenderContract : IAsyncLifetime
{
    protected static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    protected FakeProvider Provider { get; } = new();

    protected ISender Sender { get; private set; } = null!;

    /// <summary>A sender whose every request goes through this client.</summary>
    protected abstract ISender Make(HttpClient http, TimeProvider clock);

    /// <summary>The provider takes the message, under this id.</summary>
    protected abstract ProviderAnswer Takes(string id);

    /// <summary>The provider refuses, and says why.</summary>
    protected abstract ProviderAnswer Says(int status, string why);

    protected abstract OutboxKind Kind { get; }

    public Task InitializeAsync()
    {
        Sender = Make(Provider.Client(TimeSpan.FromSeconds(1)), new VirtualTime(Noon));
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Provider.DisposeAsync().AsTask();

    [Fact]
    public async Task Accepted_under_the_providers_own_id()
    {
        Provider.Next = Takes("id-1");

        var delivery = await Sender.Send(Message(), default);

        Assert.Equal("id-1", Assert.IsType<Delivery.Accepted>(delivery).ProviderId);
        Assert.Single(Provider.Requests);
    }

    [Fact]
    public async Task Refused_with_the_reason()
    {
        Provider.Next = Says(400, "the address is not one");

        var refused = Assert.IsType<Delivery.Refused>(await Sender.Send(Message(), default));

        Assert.Contains("the address is not one", refused.Reason);
        Assert.False(refused.Suppress);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Later_when_the_provider_asks_for_it_and_not_before(int status)
    {
        Provider.Next = Says(status, "too much") with { Headers = "Retry-After: 17\r\n" };

        var later = Assert.IsType<Delivery.TryLater>(await Sender.Send(Message(), default));

        Assert.Equal(TimeSpan.FromSeconds(17), later.After);
    }

    [Fact]
    public async Task Later_at_a_moment_that_the_provider_names()
    {
        Provider.Next = Says(429, "too much") with { Headers = $"Retry-After: {Noon.AddMinutes(3).ToString("R", CultureInfo.InvariantCulture)}\r\n" };

        Assert.Equal(TimeSpan.FromMinutes(3), Assert.IsType<Delivery.TryLater>(await Sender.Send(Message(), default)).After);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task Later_when_the_provider_is_out_of_order(int status)
    {
        Provider.Next = new(status, "", "text/html", "<h1>Oh no</h1>");

        Assert.Null(Assert.IsType<Delivery.TryLater>(await Sender.Send(Message(), default)).After);
    }

    [Fact]
    public async Task Later_when_our_key_is_wrong_because_no_message_is_at_fault()
    {
        Provider.Next = Says(401, "who are you");

        Assert.IsType<Delivery.TryLater>(await Sender.Send(Message(), default));
    }

    [Fact]
    public async Task In_doubt_when_nothing_is_answered()
    {
        Provider.Next = ProviderAnswer.Silence;

        await Assert.ThrowsAnyAsync<Exception>(() => Sender.Send(Message(), default));
    }

    [Fact]
    public async Task In_doubt_when_the_connection_is_cut_before_the_answer()
    {
        Provider.Next = ProviderAnswer.Cut;

        await Assert.ThrowsAnyAsync<Exception>(() => Sender.Send(Message(), default));
    }

    [Fact]
    public async Task In_doubt_or_accepted_when_the_connection_is_cut_within_the_answer_and_never_again()
    {
        Provider.Next = Takes("id-1") with { CutShort = true };

        var ended = await Record.ExceptionAsync(async () => Assert.IsType<Delivery.Accepted>(await Sender.Send(Message(), default)));

        Assert.False(ended is Xunit.Sdk.XunitException, ended?.Message);
        Assert.Single(Provider.Requests);
    }

    [Fact]
    public async Task A_request_carries_the_message_and_no_other_ever_follows_it()
    {
        Provider.Next = Says(503, "later");

        await Sender.Send(Message(), default);

        Assert.Contains("Hello", Assert.Single(Provider.Requests));
    }

    protected Outgoing Message() => new()
    {
        Key = "care:ann/1:2026/wish/1",
        Kind = Kind,
        To = Kind == OutboxKind.Sms ? "+4915112345678" : "ann@example.com",
        Customer = "ann/1",
        Journey = "care",
        Template = "wish",
        Subject = "A wish",
        Text = "Hello Ann 王",
        Html = Kind == OutboxKind.Sms ? null : "<p>Hello</p>",
        Headers = Kind == OutboxKind.Sms ? ImmutableSortedDictionary<string, string>.Empty : ImmutableSortedDictionary<string, string>.Empty.Add("List-Unsubscribe", "<https://x.example/u>"),
    };
}
