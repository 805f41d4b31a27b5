using System.Net;
using System.Net.Http.Headers;
using Cvm.Engine;

namespace Cvm.Local.Tests;

/// <summary>Permission, from the command line and through the links of real messages.</summary>
public sealed class PermissionProcessTests : IDisposable
{
    readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Delete();

    [Fact]
    public async Task Whoever_is_forgotten_stays_so_until_it_is_lifted()
    {
        var data = temporary.In("data");
        Trial.Write(temporary.Path, "people.csv", "id,name,email\nann,Ann,ann@example.com\nbob,Bob,bob@example.com\n");
        Task<Ended> Import() => CvmProcess.Run("import", "--customers", temporary.In("people.csv"), "--data", data);
        await Import();

        var forgot = await CvmProcess.Run("forget", "ann", "--data", data);
        await Import();
        var after = Trial.Number(data, "select count(*) from customer");
        var lifted = await CvmProcess.Run("forget", "--lift", "ann@example.com", "--data", data);
        await CvmProcess.Run("forget", "--lift", "ann", "--data", data);
        await Import();

        Assert.True(forgot is { Code: 0, Output: "ann is forgotten.\n" }, forgot.ToString());
        Assert.Equal(1, after);
        Assert.True(lifted.Code == 0, lifted.ToString());
        Assert.Equal(2, Trial.Number(data, "select count(*) from customer"));
        Assert.Equal(0, Trial.Number(data, "select count(*) from forgotten"));
    }

    [Fact]
    public async Task A_pause_holds_messages_over_a_restart_and_resuming_lets_them_go()
    {
        var (data, playbook) = (temporary.In("data"), Trial.Playbook(temporary));
        var paused = await CvmProcess.Run("pause", "thanks", "--by", "Kim", "--data", data, "--playbook", playbook);
        var unknown = await CvmProcess.Run("pause", "thnks", "--by", "Kim", "--data", data, "--playbook", playbook);

        await using (var shop = await CvmProcess.Serve(data, "--playbook", playbook))
        {
            await shop.Http!.Post("/api/customers", new { id = "ann", email = "ann@example.com", phone = "+4915112345678" });
            await shop.Http!.Post("/api/orders", new { id = "o1", customer = "ann", at = TimeProvider.System.GetUtcNow(), amount = 20 });
            Assert.Contains("thanks is paused since", await shop.Http!.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
            await shop.Interrupt();
        }

        Assert.True(paused is { Code: 0, Output: "The journey thanks is paused.\n" }, paused.ToString());
        Assert.Contains("Did you mean 'thanks'?", unknown.Messages, StringComparison.Ordinal);
        Assert.Equal(0, Trial.Number(data, "select count(*) from mail"));
        var resumed = await CvmProcess.Run("resume", "thanks", "--data", data, "--playbook", playbook);
        var again = await CvmProcess.Run("resume", "thanks", "--data", data, "--playbook", playbook);
        Assert.Equal(("The journey thanks goes on.\n", "The journey thanks was neither paused, drained nor stopped.\n"), (resumed.Output, again.Output));
    }

    [Fact]
    public async Task A_message_carries_a_link_that_unsubscribes_also_after_a_restart()
    {
        var (data, playbook) = (temporary.In("data"), Trial.Playbook(temporary));
        Trial.Write(playbook, "journeys/thanks/journey.yaml", Trial.Journey("thanks", 1, "- send: thank-you\n    via: email").Replace("transactional", "service", StringComparison.Ordinal));
        Trial.Write(playbook, "policies.yaml", "quiet: { from: \"00:00\", to: \"00:00\" }");
        string header;
        await using (var shop = await CvmProcess.Serve(data, "--playbook", playbook, "--site", "https://shop.example/"))
        {
            await shop.Http!.Post("/api/customers", new { id = "ann", email = "ann@example.com" });
            await shop.Http!.Post("/api/orders", new { id = "o1", customer = "ann", at = TimeProvider.System.GetUtcNow(), amount = 20 });
            await shop.Until(() => Trial.Number(data, "select count(*) from mail") == 1);
            await shop.Interrupt();
        }

        await using (var store = SqliteStore.Open(Path.Combine(data, "cvm.db")))
            header = (await store.Mails("ann", long.MaxValue, 1, default)).Single().Message.Headers["List-Unsubscribe"];
        Assert.StartsWith("<https://shop.example/links/u/", header, StringComparison.Ordinal);

        await using (var shop = await CvmProcess.Serve(data, "--playbook", playbook, "--site", "https://shop.example/"))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(header.Trim('<', '>')).AbsolutePath);
            request.Headers.Host = "shop.example"; // as a proxy passes it on
            request.Content = new StringContent("List-Unsubscribe=One-Click", new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
            using var answer = await shop.Http!.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            await shop.Interrupt();
        }

        await using var after = SqliteStore.Open(Path.Combine(data, "cvm.db"));
        Assert.Equal([Purpose.Promotional, Purpose.Service], (await after.Load("ann", "", default)).Dossier.Consents.Where(consent => !consent.Given).Select(consent => consent.Purpose).Order());
    }
}
