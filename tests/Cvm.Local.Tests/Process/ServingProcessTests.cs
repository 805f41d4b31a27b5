using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;

namespace Cvm.Local.Tests;

/// <summary>A served shop that is killed, stopped, or finds its place taken.</summary>
public sealed class ServingProcessTests : IDisposable
{
    const int Callers = 4, Enough = 300, Batch = 50;

    readonly TemporaryFolder temporary = new();
    readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();

    public void Dispose() => temporary.Delete();

    object Order(string id, string customer = "c1") => new { id, customer, at = now, amount = 12.5 };

    [Fact]
    public async Task What_was_answered_outlives_a_kill_right_after_it()
    {
        var data = temporary.In("data");
        await using (var shop = await CvmProcess.Serve(data))
        {
            Assert.Equal("taken", (string)(await shop.Http!.Post("/api/orders", Order("single")))["status"]!);
            await shop.Kill();
        }

        await using (var shop = await CvmProcess.Serve(data))
        {
            Assert.Equal(1, (int)(await Dossier(shop, "c1"))["purchases"]!["orders"]!);
            Assert.All(await shop.Http!.PostAll("/api/orders", Enumerable.Range(0, Batch).Select(i => Order($"batch-{i}"))), status => Assert.Equal("taken", status));
            await shop.Kill();
        }

        await using (var shop = await CvmProcess.Serve(data))
        {
            Assert.Equal(1 + Batch, (int)(await Dossier(shop, "c1"))["purchases"]!["orders"]!);
            Assert.Equal("taken before", (string)(await shop.Http!.Post("/api/orders", Order("single")))["status"]!);
            Assert.All(await shop.Http!.PostAll("/api/orders", Enumerable.Range(0, Batch).Select(i => Order($"batch-{i}"))), status => Assert.Equal("taken before", status));
            Assert.Equal(1 + Batch, (int)(await Dossier(shop, "c1"))["purchases"]!["orders"]!);
        }
    }

    [Fact]
    public async Task Stopped_by_Ctrl_C_under_load_it_ends_well_and_has_all_it_answered()
    {
        var data = temporary.In("data");
        var answered = new ConcurrentDictionary<string, string>();
        Ended ended;
        await using (var shop = await CvmProcess.Serve(data))
        {
            var callers = Enumerable.Range(0, Callers).Select(caller => Call(shop.Http!, caller, answered)).ToArray();
            await shop.Until(() => answered.Count >= Enough);
            ended = await shop.Interrupt();
            await Task.WhenAll(callers);
        }

        Assert.True(ended.Code == 0, ended.ToString());
        Assert.EndsWith("Stopped. Everything is on disk.\n", ended.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("fail:", ended.Messages, StringComparison.Ordinal);
        Assert.Equal("", ended.Output);
        await using var next = await CvmProcess.Serve(data);
        foreach (var customer in answered.GroupBy(pair => pair.Value))
            Assert.InRange((int)(await Dossier(next, customer.Key))["purchases"]!["orders"]!, customer.Count(), int.MaxValue);
    }

    // Each caller orders for customers of its own, until nobody answers any more.
    async Task Call(HttpClient http, int caller, ConcurrentDictionary<string, string> answered)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                await http.Post("/api/orders", Order($"o-{caller}-{i}", $"c-{caller}-{i % 5}"));
                answered[$"o-{caller}-{i}"] = $"c-{caller}-{i % 5}";
            }
        }
        catch (HttpRequestException)
        {
            // The shop has closed.
        }
    }

    [Fact]
    public async Task Whoever_comes_second_is_told_what_to_do()
    {
        var data = temporary.In("data");
        Trial.Write(temporary.Path, "orders.csv", "customer,date,amount\nc1,2026-01-05,10\n");
        await using var first = await CvmProcess.Serve(data);
        var url = first.Http!.BaseAddress!.ToString().TrimEnd('/');

        var serve = await CvmProcess.Run("serve", "--data", data, "--url", "http://127.0.0.1:0");
        var import = await CvmProcess.Run("import", "--data", data, "--orders", temporary.In("orders.csv"));
        var port = await CvmProcess.Run("serve", "--data", temporary.In("other"), "--url", url);

        Assert.All([serve, import], ended =>
        {
            Assert.True(ended.Code == 1, ended.ToString());
            Assert.Matches($@"^The data folder {data} is in use by another cvm \(process \d+\)\. Stop it, or name another folder with --data\.\n$", ended.Messages);
        });
        Assert.True(port.Code == 1, port.ToString());
        Assert.StartsWith($"{url} is in use by another program. Stop it, or name another address with --url http://127.0.0.1:", port.Messages, StringComparison.Ordinal);
        Assert.Single(port.Messages.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(HttpStatusCode.OK, (await first.Http.GetAsync("/healthz")).StatusCode);
    }

    [Fact]
    public async Task A_journey_changed_without_a_new_version_is_refused_and_with_one_people_inside_finish_the_old()
    {
        var (data, playbook) = (temporary.In("data"), Trial.Playbook(temporary));
        Trial.Write(playbook, "journeys/thanks/messages/sorry.en.md", "---\nsubject: Sorry\n---\n\nWe are sorry.");
        Trial.Write(playbook, "journeys/thanks/journey.yaml", Trial.Journey("thanks", 1, "- wait: 30d\n    until: refund\n  - send: thank-you\n    via: email"));
        await using (var shop = await CvmProcess.Serve(data, "--playbook", playbook))
        {
            await shop.Http!.Post("/api/customers", new { id = "early", email = "early@example.com" });
            await shop.Http!.Post("/api/orders", Order("o1", "early"));
        }

        var changed = Trial.Journey("thanks", 1, "- wait: 30d\n    until: refund\n  - send: sorry\n    via: email");
        Trial.Write(playbook, "journeys/thanks/journey.yaml", changed);
        var refused = await CvmProcess.Run("serve", "--data", data, "--playbook", playbook, "--url", "http://127.0.0.1:0");
        Trial.Write(playbook, "journeys/thanks/journey.yaml", changed.Replace("version: 1", "version: 2", StringComparison.Ordinal));
        await using (var shop = await CvmProcess.Serve(data, "--playbook", playbook))
        {
            await shop.Http!.Post("/api/customers", new { id = "late", email = "late@example.com" });
            await shop.Http!.Post("/api/orders", Order("o2", "late"));
            foreach (var (order, customer) in new[] { ("o1", "early"), ("o2", "late") })
                await shop.Http!.Post("/api/refunds", new { id = $"r-{order}", order, customer, at = TimeProvider.System.GetUtcNow(), amount = 1 });
            await shop.Until(() => Trial.Number(data, "select count(*) from mail") == 2);
        }

        Assert.True(refused.Code == 1, refused.ToString());
        Assert.Equal("journeys/thanks/journey.yaml: Version 1 of this journey has been live with other steps. Write 'version: 2'.\n1 problem in the playbook.\n", refused.Messages);
        await using var store = SqliteStore.Open(Path.Combine(data, "cvm.db"));
        Assert.Equal([("early", "Thank you"), ("late", "Sorry")], (await store.Mails(null, long.MaxValue, 10, default)).Select(mail => (mail.Customer, mail.Message.Subject)).Order());
    }

    [Fact]
    public async Task Looking_needs_no_folder_of_its_own_and_puts_nothing_live()
    {
        var (data, playbook) = (temporary.In("data"), Trial.Playbook(temporary));
        Trial.Write(playbook, "journeys/thanks/journey.yaml", Trial.Journey("thanks", 1, "- wait: 30d\n    until: refund\n  - send: thank-you\n    via: email"));
        await using var shop = await CvmProcess.Serve(data, "--playbook", playbook);
        await shop.Http!.Post("/api/customers", new { id = "ann", email = "ann@example.com" });
        Trial.Write(playbook, "journeys/thanks/journey.yaml", Trial.Journey("thanks", 2, "- wait: 40d\n    until: refund\n  - send: thank-you\n    via: email"));

        foreach (var command in new[] { "loyalty", "surveys", "cases", "tasks", "measures", "proof", "explain ann", "proof thanks", "explain ann thanks" })
        {
            var looked = await CvmProcess.Run([.. command.Split(' '), "--data", data, "--playbook", playbook]);
            Assert.True(looked is { Code: 0, Messages: "" }, $"{command}: {looked}");
            if (command.EndsWith(" thanks", StringComparison.Ordinal)) Assert.Contains("version 1", looked.Output, StringComparison.Ordinal);
        }

        Assert.Equal(1, Trial.Number(data, "select count(*) from kept where name like 'published:thanks:%'"));
    }

    static async Task<JsonNode> Dossier(CvmProcess shop, string customer) => JsonNode.Parse(await shop.Http!.GetStringAsync($"/api/customers/{customer}"))!;
}
