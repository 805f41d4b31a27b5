using System.Net;
using System.Text.RegularExpressions;
using Cvm.Local.Tests.Links;

namespace Cvm.Local.Tests.Cases;

public sealed class CasePageTests
{
    const string Script = "<script>alert('x')</script>";

    [Fact]
    public async Task Of_many_cases_a_level_shows_the_most_urgent_and_leads_to_the_others()
    {
        await using var shop = await LinkShop.Open();
        for (var i = 0; i < 30; i++) await shop.Engine.Take($"c{i:D2}", new Signal.CaseWorked($"w{i}", LinkShop.Noon, "", CaseWork.Open, "maria", "It leaks"), default);

        var (first, whole) = ((await shop.Get("/cases")).Text, (await shop.Get("/cases?level=agent")).Text);

        Assert.Equal((25, 30), (Regex.Count(first, "/cases/c[0-9]+/1"), Regex.Count(whole, "/cases/c[0-9]+/1")));
        Assert.Contains("<a href=\"/cases?level=agent\">Show all 30</a>", first, StringComparison.Ordinal);
        Assert.DoesNotContain("Show all", whole, StringComparison.Ordinal);
        Assert.Contains("Show all cases", (await shop.Get("/cases?level=king")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_board_shows_open_cases_by_level_and_clock()
    {
        await using var shop = await CaseShop.Open();
        var fresh = (await shop.Get("/cases")).Text;
        await shop.Work(CaseWork.Assign, to: "maria");
        await shop.Work(CaseWork.Ask, "Which one?");
        shop.Pass(TimeSpan.FromDays(2));

        Assert.Contains("1 open case.", fresh);
        Assert.Contains("Due today", fresh);
        Assert.Contains("Nobody yet", fresh);
        Assert.Contains("Waiting for customer", (await shop.Get("/cases?with=maria")).Text);
        Assert.Contains("None of theirs is open.", (await shop.Get("/cases?with=peter")).Text);
        await shop.Work(CaseWork.Resolve);
        Assert.Contains("No case is open.", (await shop.Get("/cases")).Text);
    }

    [Fact]
    public async Task An_answer_is_seen_before_it_goes_out_and_goes_out_once()
    {
        await using var shop = await CaseShop.Open();
        var ready = await shop.Get(CaseShop.Page + "?answer=new-one&by=maria");
        var once = System.Text.RegularExpressions.Regex.Match(ready.Text, "name=\"once\" value=\"(\\w+)\"").Groups[1].Value;

        var preview = await shop.Post(CaseShop.Page, ("do", "preview-answer"), ("words", "We are sorry.\r\n\r\nA new one comes."), ("once", once), ("by", "maria"));
        Assert.Empty((await shop.Dossier()).Outbox.Where(entry => entry.Subject == "case-answer"));
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.SeeOther, (await shop.Post(CaseShop.Page, ("do", "answer"), ("words", "We are sorry.\r\n\r\nA new one comes."), ("once", once), ("by", "maria"))).Status);

        Assert.Contains("We are sorry, Ann Lee. A new one goes out to you today", ready.Text);
        Assert.Contains("This goes to the customer", preview.Text);
        Assert.Contains("E-mail to ann@example.com: About your case ann/1", preview.Text);
        Assert.Equal("We are sorry.\n\nA new one comes.", Assert.Single((await shop.Dossier()).Outbox, entry => entry.Subject == "case-answer").Data["message"]);
        Assert.Equal("maria", (await shop.Case()).History[^1].By);
    }

    [Fact]
    public async Task Every_button_does_what_it_says_and_says_by_whom()
    {
        await using var shop = await CaseShop.Open();
        (string Do, string Words, string To)[] acts = [("acknowledge", "", ""), ("assign", "", "peter"), ("note", "seen it", ""), ("call", "she called", ""), ("escalate", "over 100", "director"), ("resolve", "money back", "refunded"), ("reopen", "not yet", "")];

        foreach (var (act, words, to) in acts)
        {
            var answer = await shop.Post(CaseShop.Page, ("do", act), ("words", words), ("to", to), ("by", "maria"));
            Assert.True(answer.Status == HttpStatusCode.SeeOther, $"{act}: {answer.Status}");
            Assert.Equal($"{CaseShop.Page}?done={act}&by=maria", answer.Headers["Location"]);
        }

        var page = (await shop.Get(CaseShop.Page)).Text;
        Assert.Equal("director", (await shop.Case()).Level);
        foreach (var said in new[] { "taken on: maria", "assigned to peter, by maria", "seen it", "she called", "went up to director", "resolved: maria, refunded: money back", "opened again" }) Assert.Contains(said, page);
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_in_words_and_keeps_what_was_written()
    {
        await using var shop = await CaseShop.Open();
        await shop.Work(CaseWork.Resolve);

        var answer = await shop.Post(CaseShop.Page, ("do", "answer"), ("words", "Too late"), ("by", "maria"));
        var unknown = await shop.Post(CaseShop.Page, ("do", "explode"));
        var forged = await shop.Post(CaseShop.Page, ("do", "customer-replied"), ("words", "I never wrote this"));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains("Nothing was done: the case is resolved already.", answer.Text);
        Assert.Contains("Too late</textarea>", answer.Text);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (unknown.Status, forged.Status));
    }

    [Fact]
    public async Task A_second_case_of_hers_can_be_opened_by_hand_and_taken_in()
    {
        await using var shop = await CaseShop.Open();

        var opened = await shop.Post("/customers/ann/cases", ("words", "Called again"), ("severity", "high"), ("by", "maria"));
        var blank = await shop.Post("/customers/ann/cases", ("words", "  "));
        var nobody = await shop.Post("/customers/zoe/cases", ("words", "x"));
        var merged = await shop.Post(CaseShop.Page, ("do", "merge"), ("to", "ann/2"), ("by", "maria"));

        Assert.Equal("/cases/ann/2", opened.Headers["Location"]);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.SeeOther), (blank.Status, nobody.Status, merged.Status));
        Assert.Contains("It is part of", (await shop.Get("/cases/ann/2")).Text);
    }

    [Fact]
    public async Task Another_customers_case_is_not_worked_through_this_one()
    {
        await using var shop = await CaseShop.Open();
        await shop.Tell("bob", "bob@example.com", null, "en");
        await shop.Engine.Take("bob", new Signal.Complained("complaint:b1", LinkShop.Noon, "Bob's", "low"), default);

        var merge = await shop.Post(CaseShop.Page, ("do", "merge"), ("to", "bob/1"));

        Assert.Equal(HttpStatusCode.Conflict, merge.Status);
        Assert.True((await shop.Dossier("bob")).Cases.Single().Open);
        foreach (var path in new[] { "/cases/bob/2", "/cases/bob", "/cases/nobody/1", "/cases/ann/1/1", "/cases/%2e%2e/1" }) Assert.Equal(HttpStatusCode.NotFound, (await shop.Get(path)).Status);
    }

    [Fact]
    public async Task A_script_in_a_complaint_is_words()
    {
        await using var shop = await CaseShop.Open(complaint: Script);
        await shop.Work(CaseWork.Note, Script);
        await shop.Work(CaseWork.Assign, to: Script);

        foreach (var path in new[] { "/cases", CaseShop.Page, $"/cases?with={Uri.EscapeDataString(Script)}", $"{CaseShop.Page}?by={Uri.EscapeDataString(Script)}&done={Uri.EscapeDataString(Script)}", shop.LinkTo(CaseShop.Id) })
        {
            using var client = new HttpClient { BaseAddress = shop.Address };
            Assert.DoesNotContain("<script", await client.GetStringAsync(path), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task More_letters_than_anybody_writes_change_nothing()
    {
        await using var shop = await CaseShop.Open();
        var before = (await shop.Store.Load(LinkShop.Ann, "", default)).Revision;

        var long_ = await shop.Post(CaseShop.Page, ("do", "note"), ("words", new string('x', 4_001)));
        var huge = await shop.Post(CaseShop.Page, ("do", "note"), ("words", new string('x', 100_000)));
        var title = await shop.Post("/issues", ("id", "x"), ("title", new string('x', 100_000)), ("owner", "x"));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge), (long_.Status, huge.Status, title.Status));
        Assert.Contains("4,001 letters", long_.Text);
        Assert.Equal(before, (await shop.Store.Load(LinkShop.Ann, "", default)).Revision);
    }

    [Fact]
    public async Task An_issue_is_opened_set_on_a_case_fixed_and_told()
    {
        await using var shop = await CaseShop.Open();

        var opened = await shop.Post("/issues", ("id", "leaky-kettles"), ("title", "Kettles leak"), ("owner", "nora"), ("by", "nora"));
        var twice = await shop.Post("/issues", ("id", "leaky-kettles"), ("title", "Kettles leak"), ("owner", "nora"));
        var unknown = await shop.Post(CaseShop.Page, ("do", "link-issue"), ("to", "nothing"));
        await shop.Post(CaseShop.Page, ("do", "link-issue"), ("to", "leaky-kettles"), ("by", "maria"));
        var raised = (await shop.Get("/issues/leaky-kettles")).Text;
        await shop.Post("/issues/leaky-kettles/fix", ("fix", "They have a new seal."), ("by", "nora"));

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.BadRequest, HttpStatusCode.Conflict), (opened.Status, twice.Status, unknown.Status));
        Assert.Contains("tell 1 customer", raised);
        Assert.Equal("leaky-kettles", (await shop.Case()).Issue);
        Assert.Equal("They have a new seal.", Assert.Single((await shop.Dossier()).Outbox, entry => entry.Subject == "you-said-we-did").Data["fix"]);
        Assert.Contains("Everybody who had raised it was told.", (await shop.Get("/issues/leaky-kettles")).Text);
    }
}
