using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Cvm.Engine;

namespace Cvm.Local.Tests.Links;

/// <summary>Merging on the customer's page.</summary>
public sealed class MergePageTests
{
    static async Task<LinkShop> Open()
    {
        var shop = await LinkShop.Open();
        await shop.Tell("bob <b>", "bob@example.com", "+4915187654321", "en");
        await shop.Engine.Take("bob <b>", new Signal.Ordered("order:1", LinkShop.Noon.AddDays(-1), "1", 25), default);
        return shop;
    }

    const string Bob = "/customers/bob%20%3Cb%3E";

    [Fact]
    public async Task It_is_shown_first_then_done_and_both_pages_lead_to_each_other()
    {
        await using var shop = await Open();

        var form = (await shop.Get(Bob)).Text;
        var asked = (await shop.Get($"{Bob}/merge?into=ann")).Text;
        var before = (await shop.Dossier()).Lines;
        var done = await shop.Post($"{Bob}/merge", ("into", " ann "), ("by", "Kim"));
        var (ann, bob, list) = ((await shop.Get("/customers/ann")).Text, (await shop.Get(Bob)).Text, (await shop.Get("/customers")).Text);

        Assert.Contains("Merge this record into another", form);
        Assert.Contains("Merge bob <b> into ann?", asked);
        Assert.Contains("Kept e-mail address ann@example.com, not bob@example.com", asked);
        Assert.Equal(2, before);
        Assert.Equal((HttpStatusCode.SeeOther, "/customers/ann"), (done.Status, done.Headers["Location"]));
        Assert.Contains("Merged with the record bob <b> by Kim: 1 order", ann);
        Assert.Contains("href=\"/customers/bob%20%3Cb%3E\"", ann);
        Assert.Contains("This record is part of <a href=\"/customers/ann\">ann</a> now", bob);
        Assert.Contains("Ordered for 25.00 (order 1)", bob);
        Assert.DoesNotContain("Merge this record", bob);
        Assert.Contains("part of ann", list);
    }

    [Theory]
    [InlineData("nobody", "There is no customer 'nobody'")]
    [InlineData("", "There is no customer ''")]
    [InlineData("bob <b>", "cannot be merged with itself")]
    public async Task What_cannot_be_is_said(string into, string problem)
    {
        await using var shop = await Open();

        var asked = await shop.Get($"{Bob}/merge?into={Uri.EscapeDataString(into)}");
        var posted = await shop.Post($"{Bob}/merge", ("into", into), ("by", "Kim"));

        Assert.All([asked, posted], answer => Assert.Equal(HttpStatusCode.Conflict, answer.Status));
        Assert.All([asked, posted], answer => Assert.Contains(problem, answer.Text));
        Assert.Null((await shop.Dossier("bob <b>")).MergedInto);
    }

    [Fact]
    public async Task No_other_site_merges()
    {
        await using var shop = await Open();

        var foreign = await shop.Ask(HttpMethod.Post, $"{Bob}/merge", new FormUrlEncodedContent([KeyValuePair.Create("into", "ann")]), ("Origin", "https://evil.example"));

        Assert.Equal(HttpStatusCode.Forbidden, foreign.Status);
        Assert.Null((await shop.Dossier("bob <b>")).MergedInto);
    }

    [Theory]
    [InlineData("/tasks")]
    [InlineData("/customers/ann/merge")]
    [InlineData("/messages/welcome/test")]
    public async Task A_form_that_cannot_be_read_is_no_fault_of_the_server(string path)
    {
        await using var shop = await Open();
        using var broken = new StringContent("x");
        broken.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        Assert.True((int)(await shop.Ask(HttpMethod.Post, path, broken)).Status < 500);
    }

    [Fact]
    public async Task A_link_that_went_to_the_record_that_went_still_ends_messages()
    {
        await using var shop = await Open();
        var link = shop.Link(LinkKind.Unsubscribe, customer: "bob <b>");
        await shop.Post($"{Bob}/merge", ("into", "ann"), ("by", "Kim"));

        var answer = await shop.Post(shop.Path(link));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains((await shop.Dossier()).Consents, word => word is { Channel: Channel.Email, Purpose: Purpose.Promotional, Given: false });
    }

    [Fact]
    public async Task Whoever_asks_for_their_data_gets_the_timelines_of_both()
    {
        await using var shop = await Open();
        await shop.Post($"{Bob}/merge", ("into", "ann"), ("by", "Kim"));

        var page = (await shop.Get(shop.Path(LinkKind.Preferences))).Text;
        var data = System.Text.RegularExpressions.Regex.Match(page, "href=\"(/[^\"]*data[^\"]*)\"").Groups[1].Value;
        var answer = data == "" ? null : JsonNode.Parse((await shop.Get(data)).Text);

        Assert.NotNull(answer);
        Assert.Equal(["mergedInto", "pointsEarned", "ordered", "joined"], answer["timelinesOfMergedRecords"]!["bob <b>"]!.AsArray().Select(line => (string?)line!["what"]).Where(what => what is "mergedInto" or "pointsEarned" or "ordered" or "joined"));
    }

    [Theory]
    [InlineData("{}", 400, "into", "is missing.")]
    [InlineData("""{"into":"ann"}""", 400, "by", "is missing.")]
    [InlineData("""{"into":"ann","by":"Kim","force":true}""", 400, "force", "is not known.")]
    [InlineData("""{"into":7,"by":"Kim"}""", 400, "into", "is not a text")]
    [InlineData("""{"into":"ann","by":"Kim","dryRun":"yes"}""", 400, "dryRun", "is not true or false.")]
    [InlineData("[]", 400, "", "is not an object.")]
    [InlineData("{\"into\":", 400, "", "is not JSON")]
    [InlineData("{\"into\":\"\\ud800\",\"by\":\"Kim\"}", 400, "", "holds half a character")]
    [InlineData("""{"into":"nobody","by":"Kim"}""", 409, null, "There is no customer")]
    [InlineData("""{"into":"ann","by":"Kim","dryRun":true}""", 200, null, "would be merged")]
    [InlineData("""{"into":"ann","by":"Kim"}""", 200, null, "Merged with the record")]
    public async Task Over_http_it_says_what_is_wrong_or_what_was_done(string body, int status, string? field, string text)
    {
        await using var shop = await Open();

        var answer = await shop.Ask(HttpMethod.Post, $"/api{Bob}/merge", new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(status, (int)answer.Status);
        Assert.Contains(text, answer.Text);
        if (field is not null) Assert.Contains($"\"field\":\"{field}\"", answer.Text);
        Assert.Equal(text.StartsWith("Merged", StringComparison.Ordinal) ? "ann" : null, (await shop.Dossier("bob <b>")).MergedInto);
    }

    [Fact]
    public async Task Over_http_it_takes_json_only()
    {
        await using var shop = await Open();

        var answer = await shop.Ask(HttpMethod.Post, $"/api{Bob}/merge", new StringContent("""{"into":"ann","by":"Kim"}""", Encoding.UTF8, "text/plain"));

        Assert.Equal(415, (int)answer.Status);
        Assert.Null((await shop.Dossier("bob <b>")).MergedInto);
    }
}
