using System.Net;
using Cvm.Engine;
using Cvm.Local.Tests.Links;

namespace Cvm.Local.Tests.Cases;

/// <summary>The customer's own page about a case.</summary>
public sealed class CaseLinkTests
{
    [Theory]
    [InlineData("en", "Your case ann/1", "Which one do you have?", "Write to us")]
    [InlineData("zh-CN", "您的问题 ann/1", "Which one do you have?", "给我们留言")]
    public async Task It_shows_what_was_written_and_takes_an_answer(string locale, params string[] shown)
    {
        await using var shop = await CaseShop.Open(locale);
        await shop.Work(CaseWork.Note, "for the team only");
        await shop.Work(CaseWork.Ask, "Which one do you have?");
        var path = shop.LinkTo(CaseShop.Id);

        var page = await shop.Get(path);
        var posted = await shop.Post(path, ("words", "The blue one\r\nwith the lid"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        foreach (var words in shown) Assert.Contains(words, page.Text);
        Assert.DoesNotContain("for the team only", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("maria", page.Text, StringComparison.Ordinal);
        Assert.EndsWith("?saved=yes", posted.Headers["Location"]);
        Assert.Null((await shop.Case()).WaitingSince);
        Assert.Equal(("The blue one\nwith the lid", CaseEntry.Customer), ((await shop.Case()).History[^1].Words, (await shop.Case()).History[^1].By));
        Assert.Contains("The blue one", (await shop.Get(path)).Text);
    }

    [Fact]
    public async Task Looking_changes_nothing_and_a_post_is_taken_once()
    {
        await using var shop = await CaseShop.Open();
        var path = shop.LinkTo(CaseShop.Id);
        var before = (await shop.Store.Load(LinkShop.Ann, "", default)).Revision;

        for (var i = 0; i < 3; i++) await shop.Get(path);
        await shop.Ask(HttpMethod.Head, path);
        Assert.Equal(before, (await shop.Store.Load(LinkShop.Ann, "", default)).Revision);

        await shop.Post(path, ("words", "once"));
        await shop.Post(path, ("words", "once"));
        Assert.Single((await shop.Case()).History, entry => entry.Words == "once"); // a double click

        shop.Clock.To(LinkShop.Noon.AddHours(1));
        await shop.Post(path, ("words", "once"));
        Assert.Equal(2, (await shop.Case()).History.Count(entry => entry.Words == "once"));
    }

    [Fact]
    public async Task Nobody_fills_the_disk_through_a_link()
    {
        await using var shop = await CaseShop.Open();
        var path = shop.LinkTo(CaseShop.Id);

        for (var i = 0; i < 10; i++) Assert.EndsWith("?saved=yes", (await shop.Post(path, ("words", $"and {i}"))).Headers["Location"]);
        var refused = await shop.Post(path, ("words", "and more"));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Contains("and more", refused.Text); // still in the box
        Assert.Equal(10, (await shop.Case()).History.Count(entry => entry.Work == CaseWork.CustomerReplied));

        shop.Clock.To(LinkShop.Noon.AddHours(2));
        Assert.EndsWith("?saved=yes", (await shop.Post(path, ("words", "and more"))).Headers["Location"]);
    }

    [Fact]
    public async Task A_link_to_somebody_elses_case_or_to_none_opens_nothing()
    {
        await using var shop = await CaseShop.Open();
        await shop.Tell("bob", "bob@example.com", null, "en");
        var good = shop.LinkTo(CaseShop.Id);
        var foreign = new SignedLinks("another shop's key"u8, new("https://shop.example/")).Token(shop.Link(LinkKind.Case, target: CaseShop.Id));

        foreach (var path in new[] { shop.LinkTo(CaseShop.Id, "bob"), shop.LinkTo("ann/9"), good[..^2], "/links/k/" + foreign, "/links/k/" + shop.Links.Token(shop.Link(LinkKind.Preferences)), shop.Path(shop.Link(LinkKind.Case)) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await shop.Get(path)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await shop.Post(path, ("words", "let me in"))).Status);
        }

        Assert.DoesNotContain((await shop.Case()).History, entry => entry.Words == "let me in");
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Get(good.Replace("/k/", "/p/", StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task A_link_is_over_after_its_season_and_for_whoever_was_forgotten()
    {
        await using var shop = await CaseShop.Open();
        var path = shop.LinkTo(CaseShop.Id);
        shop.Pass(TimeSpan.FromDays(91));
        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.Gone), ((await shop.Get(path)).Status, (await shop.Post(path, ("words", "late"))).Status));

        await using var other = await CaseShop.Open();
        await new Forgetting(other.Store, other.Store, () => other.Loaded).Forget(LinkShop.Ann, default);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Post(other.LinkTo(CaseShop.Id), ("words", "am I back?"))).Status);
        Assert.Equal(0, (await other.Store.Load(LinkShop.Ann, "", default)).Revision);
    }

    [Fact]
    public async Task Nothing_and_too_much_are_said_and_not_taken()
    {
        await using var shop = await CaseShop.Open();
        var path = shop.LinkTo(CaseShop.Id);

        var blank = await shop.Post(path, ("words", " \r\n "));
        var long_ = await shop.Post(path, ("words", new string('字', 4_001)));
        var huge = await shop.Post(path, ("words", new string('x', 100_000)));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge), (blank.Status, long_.Status, huge.Status));
        Assert.Contains(new string('字', 4_001), long_.Text); // what was written is not lost
        Assert.DoesNotContain((await shop.Case()).History, entry => entry.Work == CaseWork.CustomerReplied);
    }

    [Fact]
    public async Task What_is_written_about_a_case_that_is_over_is_heard_and_told_once()
    {
        await using var shop = await CaseShop.Open();
        await shop.Work(CaseWork.Resolve);
        var path = shop.LinkTo(CaseShop.Id);
        int Notes(Dossier dossier) => dossier.Outbox.Count(entry => entry.Key.StartsWith("case:ann/1/reply/", StringComparison.Ordinal));

        Assert.Contains("We believe that this is solved.", (await shop.Get(path)).Text);
        await shop.Post(path, ("words", "It leaks again"));
        await shop.Post(path, ("words", "Hello?"));

        Assert.Equal((1, false), (Notes(await shop.Dossier()), (await shop.Case()).Open));
    }

    [Fact]
    public async Task The_mails_about_a_case_lead_to_its_page()
    {
        await using var shop = await CaseShop.Open();
        await shop.Work(CaseWork.Answer, "A new one comes.");
        var loaded = PlaybookLoader.Load(PlaybookLoader.DefaultFolder(), shop.Links);
        var dossier = await shop.Dossier();
        var mail = loaded.Renderer.Render(shop.Loaded.Playbook, dossier, dossier.Outbox.Single(entry => entry.Subject == "case-answer")).Message!;

        var address = System.Text.RegularExpressions.Regex.Match(mail.Text, @"https://shop\.example(/links/k/[\w-]+)").Groups[1].Value;
        Assert.Contains("A new one comes.", (await shop.Get(address)).Text);
    }
}
