using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Cvm.Engine;
using Cvm.Local.Tests.Links;
using Cvm.Web;

namespace Cvm.Local.Tests.Cases;

public sealed class CaseApiTests
{
    const string Path = "/api/customers/ann/cases/1/work";

    static string Body(string work, string more = "", string id = "w1") => $$"""{"id":"{{id}}","work":"{{work}}","by":"maria","at":"2027-03-01T12:00:00Z"{{more}}}""";

    static async Task<(HttpStatusCode Status, JsonNode Body)> Post(LinkShop shop, string path, string body, string type = "application/json")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        var answer = await shop.Ask(HttpMethod.Post, path, content);
        return (answer.Status, JsonNode.Parse(answer.Text)!);
    }

    [Fact]
    public async Task A_program_works_a_case_as_a_person_does_and_once()
    {
        await using var shop = await CaseShop.Open();

        var first = await Post(shop, Path, Body("resolve", ""","to":"replaced","note":"A new one went out." """));
        var again = await Post(shop, Path, Body("resolve"));
        var late = await Post(shop, Path, Body("resolve", id: "w2"));
        var opened = await Post(shop, "/api/customers/ann/cases/new/work", Body("open", ""","note":"On the phone","severity":"high" """, "w3"));

        Assert.Equal("""{"status":"taken","customer":"ann"}""", first.Body.ToJsonString());
        Assert.Equal("""{"status":"taken before","customer":"ann"}""", again.Body.ToJsonString());
        Assert.Equal((HttpStatusCode.Conflict, "Nothing was done: the case is resolved already."), (late.Status, (string?)late.Body["detail"]));
        Assert.Equal(HttpStatusCode.OK, opened.Status);
        Assert.Equal(("replaced: A new one went out.", "high"), ((await shop.Case()).Outcome, (await shop.Case("ann/2")).Severity));
    }

    [Fact]
    public async Task A_case_that_moved_with_a_merged_record_is_worked_under_its_old_name()
    {
        await using var shop = await CaseShop.Open();
        await shop.Tell("bob", "bob@example.com", null, "en");
        await shop.Post("/customers/ann/merge", ("into", "bob"), ("by", "Kim"));

        var page = await shop.Get(CaseShop.Page);
        var noted = await Post(shop, Path, Body("note", ""","note":"Moved with her" """));
        var again = await Post(shop, Path, Body("note", ""","note":"Moved with her" """));
        var answered = await shop.Post(CaseShop.Page, ("do", "resolve"), ("by", "maria"), ("to", "replaced"), ("words", "gone out"), ("once", "a1"));
        var twice = await shop.Post(CaseShop.Page, ("do", "resolve"), ("by", "maria"), ("to", "replaced"), ("words", "gone out"), ("once", "a1"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (page.Status, noted.Status));
        Assert.Equal("taken before", (string?)again.Body["status"]);
        Assert.Equal((HttpStatusCode.SeeOther, answered.Headers["Location"]), (twice.Status, twice.Headers["Location"]));
        var moved = CaseActs.Find((await shop.Store.Load("bob", "", default)).Dossier, CaseShop.Id)!;
        Assert.Equal((1, "replaced: gone out"), (moved.History.Count(entry => entry.Words == "Moved with her"), moved.Outcome));
    }

    [Fact]
    public async Task Other_words_from_a_page_that_a_browser_kept_are_another_act()
    {
        await using var shop = await CaseShop.Open();

        foreach (var words in new[] { "first", "first", "second" }) await shop.Post(CaseShop.Page, ("do", "note"), ("by", "maria"), ("words", words), ("once", "a1"));

        Assert.Equal(["first", "second"], (await shop.Case()).History.Where(entry => entry.Work == CaseWork.Note).Select(entry => entry.Words));
    }

    [Fact]
    public async Task What_is_wrong_is_named_field_by_field()
    {
        await using var shop = await CaseShop.Open();

        var wrong = await Post(shop, Path, """{"id":"","work":"solve","at":"soon","bye":"maria"}""");
        var open = await Post(shop, Path, Body("open", ""","note":"x" """));
        var nothing = await Post(shop, Path, "[1");

        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Equal(["at", "by", "bye", "id", "work"], wrong.Body["errors"]!.AsArray().Select(error => (string)error!["field"]!).Order(StringComparer.Ordinal));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (open.Status, nothing.Status));
    }

    [Theory]
    [InlineData("/api/customers/zoe/cases/1/work", "application/json", HttpStatusCode.NotFound)]
    [InlineData("/api/customers/ann/cases/7/work", "application/json", HttpStatusCode.NotFound)]
    [InlineData("/api/customers/ann/cases/-1/work", "application/json", HttpStatusCode.NotFound)]
    [InlineData("/api/customers/ann/cases/1/work", "application/x-ndjson", HttpStatusCode.UnsupportedMediaType)]
    public async Task What_is_not_there_or_not_json_is_turned_away(string path, string type, HttpStatusCode status)
    {
        await using var shop = await CaseShop.Open();

        Assert.Equal(status, (await Post(shop, path, Body("note", ""","note":"x" """), type)).Status);
    }

    [Fact]
    public async Task Too_much_is_turned_away_and_the_example_is_right()
    {
        await using var shop = await CaseShop.Open();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Post(shop, Path, Body("note", $",\"note\":\"{new string('x', 100_000)}\""))).Status);
        Assert.Equal(HttpStatusCode.OK, (await Post(shop, Path, Contracts.CaseWork.Example)).Status);
    }
}
