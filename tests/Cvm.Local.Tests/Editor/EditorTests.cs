using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cvm.Engine;
using Cvm.Local.Tests.Links;

namespace Cvm.Local.Tests.Editor;

public sealed partial class EditorTests
{
    const string Page = "/journeys/win-back/edit", Hostile = "</textarea><script>alert(1)</script>";

    [Fact]
    public async Task The_editor_shows_what_is_live_and_says_so()
    {
        await using var shop = await LinkShop.Open();

        var page = await shop.Get(Page);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(Live(shop), Written(page.Text));
        Assert.Contains("As it is live, in version", page.Text);
        Assert.Contains("No mistakes", page.Text);
        Assert.Contains("Flow chart of win-back", page.Text);
        Assert.Contains("name=\"based\" value=\"0\"", page.Text);
        Assert.Contains("/journeys/win-back/edit", (await shop.Get("/journeys/win-back")).Text);
    }

    [Fact]
    public async Task Only_the_editor_may_run_a_script_and_only_its_own()
    {
        await using var shop = await LinkShop.Open();
        var (page, other) = (await shop.Get(Page), await shop.Get("/journeys/win-back"));

        var script = await shop.Get(Regex.Match(page.Text, "<script src=\"([^\"]+)\" defer").Groups[1].Value);

        Assert.Contains("script-src 'self'; connect-src 'self'", page.Headers["Content-Security-Policy"]);
        Assert.DoesNotContain("unsafe", page.Headers["Content-Security-Policy"]);
        Assert.DoesNotContain("script-src", other.Headers["Content-Security-Policy"]);
        Assert.Equal("text/javascript; charset=utf-8", script.Headers["Content-Type"]);
        Assert.Contains("immutable", script.Headers["Cache-Control"]);
        Assert.True(script.Text.Split('\n').Length < 300);
        Assert.DoesNotContain("eval", script.Text);
    }

    [Fact]
    public async Task What_is_proven_of_a_text_stands_below_it_with_the_most_that_one_person_may_get()
    {
        await using var shop = await LinkShop.Open();

        var check = await Check(shop, Live(shop).Replace("- if: value == 'high'", "- if: alive > 1.5", StringComparison.Ordinal));
        var (verdict, mistakes) = (check.GetProperty("verdict").GetString()!, check.GetProperty("mistakes").GetString()!);
        var journeys = (await shop.Get("/journeys")).Text;

        Assert.StartsWith("1 mistake", verdict, StringComparison.Ordinal);
        Assert.Contains("This never holds, so nobody takes", mistakes, StringComparison.Ordinal);
        Assert.Matches("From all journeys together one person gets at most [0-9]+ messages in any 7 days.", mistakes);
        Assert.Contains("What one person may get", journeys, StringComparison.Ordinal);
        Assert.Matches("[a-z-]+, [a-z-]+ (at once|[0-9]+ (hours?|days?) later)", journeys);
    }

    [Fact]
    public async Task The_page_knows_whether_what_it_shows_is_kept_anywhere()
    {
        await using var shop = await LinkShop.Open();
        var changed = Live(shop).Replace("wait: 10d", "wait: 11d", StringComparison.Ordinal);
        string Kept(string page) => Regex.Match(page, "data-kept=\"([a-z]+)\"").Groups[1].Value;

        var (opened, raised) = ((await shop.Get(Page)).Text, (await Post(shop, ("act", "version"), ("yaml", changed), ("based", "0"), ("by", "Ann"))).Text);
        await Save(shop, changed, 0, "Ann");

        Assert.Equal(("yes", "no", "yes"), (Kept(opened), Kept(raised), Kept((await shop.Get(Page)).Text)));
        Assert.Equal("no", Kept((await Post(shop, ("act", "check"), ("yaml", changed + "#"), ("based", "1"), ("by", "Ann"))).Text));
    }

    [Fact]
    public async Task What_is_saved_is_a_draft_and_goes_live_for_nobody()
    {
        await using var shop = await LinkShop.Open();
        var yaml = Live(shop).Replace("wait: 10d", "wait: 11d", StringComparison.Ordinal);

        var saved = await Save(shop, yaml, 0, "Ann");

        Assert.Equal(HttpStatusCode.SeeOther, saved.Status);
        var page = await shop.Get(saved.Headers["Location"]);
        Assert.Equal(yaml, Written(page.Text));
        Assert.Contains("Draft saved by Ann just now.", page.Text);
        Assert.Contains("name=\"based\" value=\"1\"", page.Text);
        Assert.Contains("value=\"Ann\"", page.Text);
        Assert.DoesNotContain("wait: 11d", Live(shop), StringComparison.Ordinal);
        Assert.Contains(">win-back</a></th><td>version", (await shop.Get("/journeys")).Text);
    }

    [Fact]
    public async Task Who_saves_second_sees_the_first_ones_change_and_overwrites_nothing()
    {
        await using var shop = await LinkShop.Open();
        await Save(shop, Live(shop).Replace("wait: 10d", "wait: 11d", StringComparison.Ordinal), 0, "Ann");

        var second = await Save(shop, Live(shop).Replace("wait: 10d", "wait: 12d", StringComparison.Ordinal), 0, "Bob");

        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Contains("Ann saved first", second.Text);
        Assert.Contains("<td class=\"gone\">  - wait: 11d</td>", second.Text);
        Assert.Contains("<td class=\"come\">  - wait: 12d</td>", second.Text);
        Assert.Contains("wait: 12d", Written(second.Text), StringComparison.Ordinal);
        Assert.Contains("wait: 11d", (await Draft(shop))!.Yaml, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.SeeOther, (await Save(shop, Written(second.Text), Based(second.Text), "Bob")).Status);
        Assert.Equal(("Bob", 2), ((await Draft(shop))!.By, (await Draft(shop))!.Revision));
    }

    [Fact]
    public async Task Both_texts_can_be_put_into_one_and_merged_by_hand()
    {
        await using var shop = await LinkShop.Open();
        await Save(shop, "journey: win-back\nabout: theirs\n", 0, "Ann");

        var merged = await Post(shop, ("act", "merge"), ("yaml", "journey: win-back\r\nabout: mine\r\n"), ("based", "0"), ("by", "Bob"));

        Assert.Equal("journey: win-back\n# >>> yours\nabout: mine\n# >>> Ann\nabout: theirs\n# <<<\n", Written(merged.Text));
        Assert.Equal(1, Based(merged.Text));
        Assert.Equal("journey: win-back\nabout: theirs\n", (await Draft(shop))!.Yaml);
    }

    [Fact]
    public async Task A_draft_thrown_away_is_gone_unless_somebody_has_saved_since()
    {
        await using var shop = await LinkShop.Open();
        await Save(shop, "one", 0, "Ann");
        await Save(shop, "two", 1, "Bob");

        var late = await Post(shop, ("act", "discard"), ("yaml", "one"), ("based", "1"), ("by", "Ann"));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("Bob saved first", late.Text);

        var gone = await Post(shop, ("act", "discard"), ("yaml", "two"), ("based", "2"), ("by", "Bob"));
        Assert.Equal("/journeys/win-back", gone.Headers["Location"]);
        Assert.Null(await Draft(shop));
        Assert.Contains("Bob published the draft or threw it away", (await Save(shop, "late", 2, "Ann")).Text);
    }

    [Fact]
    public async Task A_mistake_has_its_place_and_a_link_to_it()
    {
        await using var shop = await LinkShop.Open();

        var page = await Post(shop, ("act", "check"), ("yaml", Live(shop).Replace("send: we-miss-you", "send: we-miss-yu", StringComparison.Ordinal)), ("based", "0"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("1 mistake", page.Text);
        Assert.Matches("<a href=\"#yaml\" data-line=\"\\d+\" data-column=\"\\d+\">Line \\d+, column \\d+</a>", page.Text);
        Assert.Contains("Did you mean 'we-miss-you'?", page.Text);
        Assert.Contains("The flow chart comes as soon as there are no mistakes.", page.Text);
        Assert.Null(await Draft(shop));
    }

    [Fact]
    public async Task The_check_answers_with_mistakes_and_the_pieces_of_the_page()
    {
        await using var shop = await LinkShop.Open();

        var (good, bad) = (await Check(shop, Live(shop)), await Check(shop, "journey: win-back\nstps: " + Hostile));

        Assert.Equal(0, good.GetProperty("problems").GetArrayLength());
        Assert.Contains("<svg class=\"flow\"", good.GetProperty("panel").GetString());
        Assert.Contains(bad.GetProperty("problems").EnumerateArray(), problem => problem.GetProperty("line").GetInt32() == 2 && problem.GetProperty("fix").GetString()!.Contains("steps", StringComparison.Ordinal));
        Assert.DoesNotContain("<script", bad.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_was_live_with_other_steps_is_said_and_raised_by_a_button()
    {
        await using var shop = await LinkShop.Open();
        var version = shop.Loaded.Playbook.Find("win-back")!.Version;
        await ((IMemo)shop.Store).Keep($"journey:win-back:{version:D6}", Live(shop), default);
        var changed = Live(shop).Replace("wait: 10d", "wait: 11d", StringComparison.Ordinal);

        var page = await Post(shop, ("act", "check"), ("yaml", changed), ("based", "0"));
        var raised = await Post(shop, ("act", "version"), ("yaml", changed), ("based", "0"));

        Assert.Contains($"Write version: {version + 1}", page.Text);
        Assert.Equal(changed.Replace($"version: {version}", $"version: {version + 1}", StringComparison.Ordinal), Written(raised.Text));
        Assert.DoesNotContain("has been live with other steps", raised.Text);
    }

    [Fact]
    public async Task Examples_are_played_with_the_draft_and_show_what_differs()
    {
        await using var shop = await LinkShop.Open();

        var same = await shop.Get(Page + "?show=examples");
        var other = await Post(shop, ("act", "check"), ("show", "flow"), ("show", "examples"), ("yaml", Live(shop).Replace("wait: 10d", "wait: 11d", StringComparison.Ordinal)), ("based", "0"));

        Assert.Contains("As expected</span>", same.Text);
        Assert.DoesNotContain("Different</span>", same.Text);
        Assert.Contains("Different</span>", other.Text);
        Assert.Contains("With this draft", other.Text);
    }

    [Fact]
    public async Task A_new_journey_begins_empty_or_as_a_copy_and_is_sound_either_way()
    {
        await using var shop = await LinkShop.Open();

        var (taken, wrong) = (await shop.Get("/journeys/new?name=win-back"), await shop.Get("/journeys/new?name=Thank%20you"));
        var begun = await shop.Get("/journeys/new?name=thank-you");
        var (empty, copy) = (await shop.Get(begun.Headers["Location"]), await shop.Get((await shop.Get("/journeys/new?name=thank-you&from=win-back")).Headers["Location"]));

        Assert.Contains("There is a journey win-back already.", taken.Text);
        Assert.Contains("small letters, digits and hyphens", wrong.Text);
        Assert.Equal("/journeys/thank-you/edit", begun.Headers["Location"]);
        Assert.Contains("Nothing is saved yet.", empty.Text);
        Assert.DoesNotContain("class=\"mistake\"", empty.Text);
        Assert.DoesNotContain("class=\"mistake\"", copy.Text);
        Assert.StartsWith("journey: thank-you\nversion: 1\n", Written(copy.Text));
        Assert.Contains("There is no example yet.", (await shop.Get("/journeys/thank-you/edit?show=examples")).Text);
    }

    [Theory]
    [InlineData("/journeys/Win-Back/edit", HttpStatusCode.NotFound)]
    [InlineData("/journeys/..%2Fx/edit", HttpStatusCode.NotFound)]
    [InlineData("/journeys/a%20b/edit", HttpStatusCode.NotFound)]
    [InlineData("/journeys/win-back/edit?show=7", HttpStatusCode.OK)]
    [InlineData("/journeys/win-back/edit?show=nothing&from=nothing", HttpStatusCode.OK)]
    public async Task Strange_addresses_get_an_answer(string path, HttpStatusCode status)
    {
        await using var shop = await LinkShop.Open();

        Assert.Equal(status, (await shop.Get(path)).Status);
    }

    [Fact]
    public async Task A_text_too_long_or_from_elsewhere_or_no_form_is_refused_and_nothing_is_saved()
    {
        await using var shop = await LinkShop.Open();
        var longest = new string('x', Drafts.MostLetters + 1);

        var refused = await Save(shop, longest, 0, "Ann");
        var huge = await Save(shop, new string('王', Drafts.MostLetters * 3), 0, "Ann");
        var plain = await shop.Ask(HttpMethod.Post, Page, new StringContent("yaml"));
        var check = await shop.Ask(HttpMethod.Post, "/journeys/win-back/check", new FormUrlEncodedContent([new("yaml", longest)]));
        var elsewhere = await shop.Ask(HttpMethod.Post, Page, new FormUrlEncodedContent([new("act", "save"), new("yaml", "x"), new("based", "0")]), ("Sec-Fetch-Site", "cross-site"));

        Assert.All([refused, huge, plain, check], answer => Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status));
        Assert.Contains("longer than 100,000 letters", refused.Text);
        Assert.Equal(HttpStatusCode.Forbidden, elsewhere.Status);
        Assert.Null(await Draft(shop));
    }

    [Fact]
    public async Task What_is_hostile_is_text_and_a_text_that_begins_with_a_line_feed_keeps_it()
    {
        await using var shop = await LinkShop.Open();
        await Save(shop, "\n\n" + Hostile, 0, Hostile);

        var (page, list, clash) = (await Raw(shop, Page), await Raw(shop, "/journeys"), await Save(shop, "other", 0, "Bob"));

        Assert.All([page, list], text => Assert.DoesNotContain("<script>", text, StringComparison.Ordinal));
        Assert.Equal("\n\n" + Hostile, Written(WebUtility.HtmlDecode(page)));
        Assert.Equal(HttpStatusCode.Conflict, clash.Status);
    }

    static string Live(LinkShop shop) => shop.Loaded.Texts.Single(text => text.Journey == "win-back").Yaml;

    static Task<Draft?> Draft(LinkShop shop) => new Drafts(shop.Store, shop.Clock).Of("win-back");

    static Task<Answer> Save(LinkShop shop, string yaml, int based, string by) => Post(shop, ("act", "save"), ("yaml", yaml), ("based", $"{based}"), ("by", by));

    static Task<Answer> Post(LinkShop shop, params (string Name, string Value)[] form) => shop.Post(Page, form);

    static async Task<JsonElement> Check(LinkShop shop, string yaml)
    {
        using var client = new HttpClient { BaseAddress = shop.Address };
        using var answer = await client.PostAsync("/journeys/win-back/check", new FormUrlEncodedContent([new("yaml", yaml), new("based", "0")]));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    static async Task<string> Raw(LinkShop shop, string path)
    {
        using var client = new HttpClient { BaseAddress = shop.Address };
        return await client.GetStringAsync(path);
    }

    // As a browser reads it: the first line feed after the tag is not part of the text.
    static string Written(string page) => Area().Match(page).Groups[1].Value;

    static int Based(string page) => int.Parse(Regex.Match(page, "name=\"based\" value=\"(\\d+)\"").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("<textarea [^>]*>\n(.*?)</textarea>(?!<script>alert)", RegexOptions.Singleline)]
    private static partial Regex Area();
}
