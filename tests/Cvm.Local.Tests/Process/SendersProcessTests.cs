using Cvm.Tests;
using MimeKit;

namespace Cvm.Local.Tests;

/// <summary>A shop whose messages leave the house.</summary>
public sealed class SendersProcessTests : IDisposable
{
    readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Delete();

    [Fact]
    public async Task What_senders_yaml_says_is_said_at_the_start_and_done()
    {
        var (data, letters) = (temporary.In("data"), temporary.In("letters"));
        await using var server = new FakeMailServer();
        Directory.CreateDirectory(data);
        await File.WriteAllTextAsync(Path.Combine(data, "senders.yaml"), $"email:\n  smtp: {{ host: 127.0.0.1, port: {server.Port}, tls: none }}\n  from: Shop <hello@shop.example>\n  rate: 50/s\nstaff: {{ eml: {letters} }}\n");
        await using var shop = await CvmProcess.Serve(data, "--playbook", Trial.Playbook(temporary));

        await shop.Http!.PostAll("/api/customers", Enumerable.Range(0, 20).Select(i => new { id = $"c{i}", email = $"c{i}@example.com", phone = $"+49151{10_000_000 + i}" }));
        await shop.Http!.PostAll("/api/orders", Enumerable.Range(0, 20).Select(i => new { id = $"o{i}", customer = $"c{i}", at = TimeProvider.System.GetUtcNow(), amount = 20 }));
        await shop.Until(() => server.Letters.Count >= 20 && Trial.Number(data, "select count(*) from outbox") == 0);

        Assert.Contains("E-mails go out by 127.0.0.1, 50/s at most.", shop.Messages);
        Assert.Contains($"Notes to the team go out by {letters}.", shop.Messages);
        Assert.Equal(20, server.Letters.Select(letter => MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(letter))).To.ToString()).Distinct().Count());
        Assert.Equal(20, Trial.Number(data, "select count(*) from mail")); // the SMS, of which nothing was said
    }

    [Fact]
    public async Task A_mistake_in_it_stops_the_start_with_its_place()
    {
        var file = temporary.In("senders.yaml");
        await File.WriteAllTextAsync(file, "email:\n  smtp: { host: mail.example, user: shop, password: \"${CVM_NO_SUCH_PASSWORD}\" }\n");

        var ended = await CvmProcess.Run("serve", "--data", temporary.In("data"), "--senders", file);
        var missing = await CvmProcess.Run("serve", "--data", temporary.In("data"), "--senders", temporary.In("none.yaml"));

        Assert.Equal(1, ended.Code);
        Assert.Contains($"{file}(2,53): There is no environment variable CVM_NO_SUCH_PASSWORD. Set it before you start, or write the value here.", ended.Messages);
        Assert.Contains("1 problem in what says how messages go out.", ended.Messages);
        Assert.Contains("none.yaml' cannot be read", missing.Messages);
        Assert.False(Directory.Exists(temporary.In("data")));
    }
}
