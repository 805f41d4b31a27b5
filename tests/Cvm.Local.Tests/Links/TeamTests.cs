using System.Net;
using Cvm.Engine;

namespace Cvm.Local.Tests.Links;

/// <summary>What the team does on the pages: pause and resume, settle what is in doubt.</summary>
public sealed class TeamTests
{
    [Fact]
    public async Task Sending_is_paused_after_a_question_and_every_page_says_so_until_it_goes_on()
    {
        await using var shop = await LinkShop.Open();

        var asked = await shop.Get("/pause");
        var before = shop.Loaded.Playbook.Pauses.Length;
        var done = await shop.Post("/pause", ("by", "Kim\r\n"));
        var (overview, customers, resume) = (await shop.Get("/"), await shop.Get("/customers"), await shop.Get("/resume"));
        var back = await shop.Post("/resume");

        Assert.Contains("Pause all sending?", asked.Text);
        Assert.Equal(0, before);
        Assert.Equal((HttpStatusCode.SeeOther, "/"), (done.Status, done.Headers["Location"]));
        Assert.All([overview, customers], page => Assert.Contains("All sending is paused since 1 Mar 13:00, by Kim.", page.Text));
        Assert.Contains("spread over 2 hours", resume.Text);
        Assert.Equal(HttpStatusCode.SeeOther, back.Status);
        Assert.Empty(shop.Loaded.Playbook.Pauses);
        Assert.DoesNotContain("is paused", (await shop.Get("/customers")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journey_is_paused_by_itself()
    {
        await using var shop = await LinkShop.Open();

        var done = await shop.Post("/pause", ("journey", "win-back"), ("by", "Kim"));
        var page = await shop.Get("/journeys/win-back");
        var again = await shop.Get("/pause?journey=win-back");
        await shop.Post("/resume", ("journey", "win-back"));

        Assert.Equal("/journeys/win-back", done.Headers["Location"]);
        Assert.Contains("Paused by Kim.", page.Text);
        Assert.Contains("It is paused already", again.Text);
        Assert.Empty(await new Pauses(shop.Store, shop.Clock).Standing(default));
    }

    [Fact]
    public async Task No_journey_of_another_name_is_paused_and_no_other_site_pauses()
    {
        await using var shop = await LinkShop.Open();

        var unknown = await shop.Post("/pause", ("journey", "<script>"), ("by", "Kim"));
        var foreign = await shop.Ask(HttpMethod.Post, "/pause", new FormUrlEncodedContent([]), ("Origin", "https://evil.example"));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Forbidden), (unknown.Status, foreign.Status));
        Assert.Empty(shop.Loaded.Playbook.Pauses);
    }

    [Theory]
    [InlineData("yes", Happening.Sent)]
    [InlineData("no", Happening.Failed)]
    public async Task What_is_in_doubt_is_settled_by_a_person_and_signed(string arrived, Happening expected)
    {
        await using var shop = await LinkShop.Open();
        await Doubt(shop);

        var listed = (await shop.Get("/outbox")).Text;
        var done = await shop.Post("/outbox", ("customer", LinkShop.Ann), ("key", LinkShop.Key), ("arrived", arrived), ("by", "Kim"));
        await shop.Post("/outbox", ("customer", LinkShop.Ann), ("key", LinkShop.Key), ("arrived", arrived), ("by", "Lou"));

        Assert.All(["It arrived", "It did not arrive", "The line went dead", "1 Mar 12:58", "Nothing so far", LinkShop.Key], known => Assert.Contains(known, listed));
        Assert.Equal(HttpStatusCode.SeeOther, done.Status);
        Assert.Empty((await shop.Dossier()).Outbox);
        var lines = await shop.Lines();
        Assert.Contains(lines, line => line.What == expected && line.Key == LinkShop.Key);
        Assert.Equal("Kim", Assert.Single(lines, line => line.What == Happening.Reported).By);
    }

    [Theory]
    [InlineData("maybe", LinkShop.Key)]
    [InlineData("yes", "another key")]
    public async Task Nothing_else_settles_it(string arrived, string key)
    {
        await using var shop = await LinkShop.Open();
        await Doubt(shop);

        await shop.Post("/outbox", ("customer", LinkShop.Ann), ("key", key), ("arrived", arrived), ("by", "Kim"));

        Assert.Equal(OutboxState.InDoubt, Assert.Single((await shop.Dossier()).Outbox).State);
    }

    [Fact]
    public async Task A_customers_page_says_what_may_go_out_and_why_not_with_the_proof()
    {
        await using var shop = await LinkShop.Open();
        await shop.Post(shop.Path(LinkKind.Unsubscribe));

        var text = (await shop.Get($"/customers/{LinkShop.Ann}")).Text;

        Assert.Contains("to promotional e-mail: consent was withdrawn", text);
        Assert.Contains("to promotional SMS: no consent", text);
        Assert.Contains("Withdrew 1 Mar 13:00, unsubscribe link, by customer: “Stop news and offers by e-mail”", text);
        Assert.Contains("by shop: “Send me news”", text);
        Assert.Contains("Open their preference centre", text);
    }

    static async Task Doubt(LinkShop shop)
    {
        var stored = await shop.Store.Load(LinkShop.Ann, "", default);
        var entry = new OutboxEntry
        {
            Key = LinkShop.Key,
            Kind = OutboxKind.Email,
            Purpose = Purpose.Promotional,
            Subject = "we-miss-you",
            Journey = "win-back",
            Version = 1,
            Enrollment = "win-back:ann:1",
            Step = "send-we-miss-you",
            QueuedAt = LinkShop.Noon.AddMinutes(-5),
            DueAt = null,
            State = OutboxState.InDoubt,
            Attempts = 1,
            ClaimedAt = LinkShop.Noon.AddMinutes(-2),
            LastProblem = "the line went dead",
        };
        var after = stored.Dossier with { Outbox = [entry] };
        Assert.Equal([Landing.Landed], await shop.Store.Commit([new(stored.Dossier, stored.Revision, after, "", [])], default));
    }
}
