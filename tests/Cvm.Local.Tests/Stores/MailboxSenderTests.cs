using Cvm.Engine;

namespace Cvm.Local.Tests;

public sealed class MailboxSenderTests : IAsyncLifetime
{
    static readonly CancellationToken Go = CancellationToken.None;

    readonly TemporaryFolder folder = new();
    SqliteStore store = null!;
    MailboxSender sender = null!;

    public Task InitializeAsync()
    {
        store = SqliteStore.Open(folder.In("cvm.db"));
        sender = new(store, new StoppedClock(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Delete();
    }

    [Fact]
    public async Task A_message_is_in_the_mailbox_as_it_was_handed_over()
    {
        var message = Message("k1", "ann") with { Html = "<p>王芳</p>", Headers = ImmutableSortedDictionary<string, string>.Empty.Add("List-Unsubscribe", "<https://x>") };

        var delivery = await sender.Send(message, Go);

        var mail = Assert.Single(await store.Mails(null, long.MaxValue, 10, Go));
        Assert.IsType<Delivery.Accepted>(delivery);
        Assert.Equal(("ann", new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)), (mail.Customer, mail.At));
        Assert.Equal(DossierText.Write(message), DossierText.Write(mail.Message));
        Assert.Equal(DossierText.Write(mail), DossierText.Write(await store.Mail(mail.Number, Go)));
    }

    [Fact]
    public async Task The_same_key_twice_arrives_once()
    {
        await sender.Send(Message("k1", "ann"), Go);
        var again = await sender.Send(Message("k1", "ann"), Go);

        Assert.True(sender.RefusesDoubles);
        Assert.Equal(new Delivery.Accepted("mailbox:k1"), again);
        Assert.Single(await store.Mails(null, long.MaxValue, 10, Go));
    }

    [Fact]
    public async Task Newest_first_below_a_number_and_of_one_customer_where_named()
    {
        for (var i = 1; i <= 6; i++) await sender.Send(Message($"k{i}", i % 2 == 0 ? "ann" : "bob"), Go);

        var newest = await store.Mails(null, long.MaxValue, 2, Go);
        var older = await store.Mails(null, newest[^1].Number, 2, Go);
        var hers = await store.Mails("ann", long.MaxValue, 10, Go);

        Assert.Equal(["k6", "k5", "k4", "k3"], newest.Concat(older).Select(mail => mail.Message.Key));
        Assert.Equal(["k6", "k4", "k2"], hers.Select(mail => mail.Message.Key));
        Assert.Null(await store.Mail(999, Go));
    }

    static Outgoing Message(string key, string customer) =>
        new() { Key = key, Kind = OutboxKind.Email, To = "ann@example.com", Customer = customer, Journey = "care", Template = "hello", Text = "Hello" };

    sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
