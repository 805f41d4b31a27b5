using System.Text.RegularExpressions;

namespace Cvm.Local.Tests;

/// <summary>A shop that is killed while it sends.</summary>
public sealed partial class SendingProcessTests : IDisposable
{
    const int Customers = 500, Messages = 2 * Customers, Kills = 2;
    const string Mails = "select count(*) from mail", Claimed = "select count(*) from outbox where state = 'Claimed'";

    readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Delete();

    [Fact]
    public async Task Killed_while_it_sends_nobody_gets_a_message_twice_or_never()
    {
        var (random, playbook) = (new Random(3), Trial.Playbook(temporary));
        var (calm, data) = (temporary.In("calm"), temporary.In("killed"));
        var claimed = 0L;
        await using (var undisturbed = await CvmProcess.Serve(calm, "--playbook", playbook))
        {
            await Order(undisturbed.Http!);
            await Finish(undisturbed, calm);
        }

        for (var kill = 0; kill < Kills; kill++)
        {
            var target = (Messages * kill + random.Next(Messages / 2)) / Kills;
            await using var shop = await CvmProcess.Serve(data, "--playbook", playbook);
            var ordering = Order(shop.Http!);
            await shop.Until(() => Trial.Number(data, Mails) > target);
            await shop.Kill();
            await CutOff(ordering);
            Assert.InRange(Trial.NumberOfDead(temporary, data, Mails), target, Messages - 1);
            claimed += Trial.NumberOfDead(temporary, data, Claimed);
        }

        await using (var shop = await CvmProcess.Serve(data, "--playbook", playbook))
        {
            await Order(shop.Http!);
            await Finish(shop, data);
        }

        Assert.True(claimed > 0, "Nothing was on its way when the process was killed.");
        var (expected, actual) = (await Sent(calm), await Sent(data));
        Assert.Equal(Messages, expected.Count);
        Assert.Equal(expected, actual);
    }

    static async Task Order(HttpClient http)
    {
        var at = TimeProvider.System.GetUtcNow();
        await http.PostAll("/api/customers", Enumerable.Range(0, Customers).Select(i => new { id = $"c{i}", email = $"c{i}@example.com", phone = $"+49151{10_000_000 + i}" }));
        var orders = await http.PostAll("/api/orders", Enumerable.Range(0, Customers).Select(i => new { id = $"o{i}", customer = $"c{i}", at, amount = 20 }));
        Assert.Equal(Customers, orders.Count(status => status is "taken" or "taken before"));
    }

    // Whether or not it was through by then: it is sent again.
    static async Task CutOff(Task ordering)
    {
        try
        {
            await ordering;
        }
        catch (HttpRequestException)
        {
            // The process was killed in the middle of its answer.
        }
    }

    static async Task Finish(CvmProcess shop, string data)
    {
        await shop.Until(() => Trial.Number(data, Mails) >= Messages && Trial.Number(data, "select count(*) from outbox") == 0);
        var ended = await shop.Interrupt();
        Assert.True(ended.Code == 0, ended.ToString());
    }

    static async Task<List<string>> Sent(string data)
    {
        await using var store = SqliteStore.Open(Path.Combine(data, "cvm.db"));
        Assert.Empty(await store.Outbox(null, 10, default));
        Assert.Empty(await store.Due(DateTimeOffset.MaxValue, 10, default));
        return [.. (await store.Mails(null, long.MaxValue, int.MaxValue, default)).Select(mail => $"{mail.Message.Key} {mail.Message.To} {Sealed().Replace(mail.Message.Text, "")}").Order(StringComparer.Ordinal)];
    }

    // Each folder seals its links with a key of its own.
    [GeneratedRegex(@"http://localhost\S*/links/\S+|http://127\.0\.0\.1\S*/links/\S+")]
    private static partial Regex Sealed();
}
