using System.Net;
using System.Text.Json.Nodes;
using Cvm.Engine;
using Cvm.Web;

namespace Cvm.Local.Tests;

public sealed class ApiTests
{
    const string Order = """{"id":"o1","customer":"c1","at":"2026-03-01T10:00:00Z","amount":49.90}""";

    public static IEnumerable<object[]> Routes => Api.IntakeRoutes.Select(route => (object[])[route.Path, route.Kind]);

    [Theory, MemberData(nameof(Routes))]
    public async Task Every_intake_route_takes_its_example_once(string path, IntakeKind kind)
    {
        await using var host = await ApiHost.Start();

        var (status, first) = await host.Post(path, Contracts.Of(kind).Example);
        var (_, again) = await host.Post(path, Contracts.Of(kind).Example, "application/json; charset=utf-8");

        Assert.Equal(HttpStatusCode.OK, status);
        var customer = kind == IntakeKind.SmsReply ? "" : ""","customer":"c1" """.TrimEnd(); // a number may be several people's
        Assert.Equal($$"""{"status":"taken"{{customer}}}""", first.ToJsonString());
        Assert.Equal($$"""{"status":"taken before"{{customer}}}""", again.ToJsonString());
    }

    [Fact]
    public async Task Wrong_fields_are_all_named_and_nothing_is_taken()
    {
        await using var host = await ApiHost.Start();

        var (status, problem) = await host.Post("/api/orders", """{"id":"o1","customer":"c1","at":"yesterday","amout":1}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(["at", "amout", "amount"], problem["errors"]!.AsArray().Select(error => (string)error!["field"]!));
        Assert.Equal("Did you mean 'amount'?", (string)problem["errors"]![1]!["fix"]!);
        Assert.Equal(0, host.Store.Customers);
    }

    [Fact]
    public async Task What_is_not_json_is_answered_with_its_place()
    {
        await using var host = await ApiHost.Start();

        var (status, problem) = await host.Post("/api/orders", "{\n  \"id\": }");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("line 2, byte 9", (string)problem["detail"]!);
    }

    [Fact]
    public async Task Problems_are_problem_json()
    {
        await using var host = await ApiHost.Start();

        using var answer = await host.Client.GetAsync("/api/customers/nobody");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("text/plain"), InlineData("application/x-www-form-urlencoded"), InlineData("application/json; charset=utf-16"), InlineData("application/json; charset=klingon")]
    public async Task Other_content_types_are_turned_away(string type)
    {
        await using var host = await ApiHost.Start();

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await host.Post("/api/orders", Order, type)).Status);
    }

    [Fact]
    public async Task What_is_too_large_is_turned_away_with_and_without_a_length()
    {
        await using var host = await ApiHost.Start(new() { MostSingle = 1_000, MostBatch = 2_000 });
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/api/orders") { Content = new StringContent(new string(' ', 5_000), null, "application/json") };
        chunked.Headers.TransferEncodingChunked = true;

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await host.Post("/api/orders", new string(' ', 1_001))).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await host.Post("/api/orders", new string('\n', 2_001), "application/x-ndjson")).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await host.Client.SendAsync(chunked)).StatusCode);
    }

    [Fact]
    public async Task A_dossier_is_shown_in_full_words()
    {
        await using var host = await ApiHost.Start();
        await host.Post("/api/customers", Contracts.Customer.Example);

        using var answer = await host.Client.GetAsync("/api/customers/c1");
        var dossier = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        Assert.Equal("Ada Lovelace", (string)dossier["profile"]!["name"]!);
        Assert.Equal(("email", "promotional", true), ((string)dossier["consents"]![0]!["channel"]!, (string)dossier["consents"]![0]!["purpose"]!, (bool)dossier["consents"]![0]!["given"]!));
        Assert.Equal("\"1\"", answer.Headers.ETag!.Tag);
    }

    [Fact]
    public async Task A_timeline_is_paged_newest_first()
    {
        await using var host = await ApiHost.Start();
        await host.Batch("/api/orders", string.Join('\n', Enumerable.Range(1, 5).Select(i => Order.Replace("o1", $"o{i}"))));

        var newest = JsonNode.Parse(await host.Client.GetStringAsync("/api/customers/c1/timeline?most=3"))!;
        var rest = JsonNode.Parse(await host.Client.GetStringAsync($"/api/customers/c1/timeline?most=3&before={newest["before"]}"))!;
        using var wrong = await host.Client.GetAsync("/api/customers/c1/timeline?most=0&before=x");

        Assert.Equal([5, 4, 3], newest["lines"]!.AsArray().Select(line => (int)line!["number"]!));
        Assert.Equal("joined", (string)newest["lines"]![0]!["what"]!);
        Assert.Equal("Became known to the shop", (string)newest["lines"]![0]!["sentence"]!);
        Assert.Equal([2, 1], rest["lines"]!.AsArray().Select(line => (int)line!["number"]!));
        Assert.Null(rest["before"]);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task A_failure_shows_a_reference_and_nothing_else()
    {
        await using var host = await ApiHost.Start();
        host.Store.Broken = true;

        var (status, problem) = await host.Post("/api/orders", Order);
        var (batchStatus, batch) = await host.Post("/api/orders", Order, "application/x-ndjson");
        using var health = await host.Client.GetAsync("/healthz");

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.InternalServerError, HttpStatusCode.ServiceUnavailable), (status, batchStatus, health.StatusCode));
        Assert.NotEqual("", (string)problem["reference"]!);
        foreach (var text in (string[])[problem.ToJsonString(), batch.ToJsonString(), await health.Content.ReadAsStringAsync()])
        {
            Assert.DoesNotContain("secret", text);
            Assert.DoesNotContain("   at ", text);
        }
    }

    [Fact]
    public async Task Health_is_well()
    {
        await using var host = await ApiHost.Start();

        Assert.Equal("""{"status":"ok"}""", await host.Client.GetStringAsync("/healthz"));
    }

    [Fact]
    public async Task The_description_covers_every_route_with_summary_example_and_schema()
    {
        await using var host = await ApiHost.Start();

        var document = JsonNode.Parse(await host.Client.GetStringAsync("/openapi/v1.json"))!;

        var paths = document["paths"]!.AsObject();
        Assert.Equal(19, paths.Count);
        foreach (var operation in paths.SelectMany(path => path.Value!.AsObject()).Select(entry => entry.Value!))
        {
            Assert.NotEqual("", (string)operation["summary"]!);
            Assert.All(operation["responses"]!.AsObject().SelectMany(response => response.Value!["content"]!.AsObject()), content => Assert.NotNull(content.Value!["example"]));
        }

        var order = paths["/api/orders"]!["post"]!["requestBody"]!["content"]!;
        Assert.Equal(["id", "customer", "at", "amount"], order["application/json"]!["schema"]!["required"]!.AsArray().Select(name => (string)name!));
        Assert.Equal(49.90m, (decimal)order["application/json"]!["example"]!["amount"]!);
        Assert.NotNull(order["application/x-ndjson"]!["example"]);
    }
}
