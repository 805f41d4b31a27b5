using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Cvm.Engine;

namespace Cvm.Local.Tests.Links;

public sealed class UnsubscribeTests
{
    static HttpContent OneClick => new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);

    [Fact]
    public async Task A_mail_program_unsubscribes_at_once_without_cookie_login_or_redirect()
    {
        await using var shop = await LinkShop.Open();

        var answer = await shop.Ask(HttpMethod.Post, shop.Path(LinkKind.Unsubscribe), OneClick);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.False(answer.Headers.ContainsKey("Set-Cookie"));
        var consent = Assert.Single((await shop.Dossier()).Consents);
        Assert.Equal((Channel.Email, Purpose.Promotional, false), (consent.Channel, consent.Purpose, consent.Given));
        Assert.Equal(("unsubscribe link", "Stop news and offers by e-mail", "customer"), (consent.Source, consent.Wording, consent.By));
        var line = Assert.Single(await shop.Lines(), line => line.What == Happening.Withdrew);
        Assert.Equal(("Stop news and offers by e-mail", "customer"), (line.Wording, line.By));
    }

    [Theory]
    [InlineData("Origin", "https://mail.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("User-Agent", "one-click")]
    public async Task From_anywhere(string header, string value)
    {
        await using var shop = await LinkShop.Open();

        var answer = await shop.Ask(HttpMethod.Post, shop.Path(LinkKind.Unsubscribe), OneClick, (header, value));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.All((await shop.Dossier()).Consents, consent => Assert.False(consent.Given));
    }

    [Fact]
    public async Task Whatever_the_body_is()
    {
        foreach (var body in new HttpContent?[] { null, new StringContent("{}"), new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } }, new ByteArrayContent(new byte[300_000]) })
        {
            await using var shop = await LinkShop.Open();

            Assert.Equal(HttpStatusCode.OK, (await shop.Ask(HttpMethod.Post, shop.Path(LinkKind.Unsubscribe), body)).Status);

            Assert.All((await shop.Dossier()).Consents, consent => Assert.False(consent.Given));
        }
    }

    [Fact]
    public async Task From_a_service_message_questions_stop_too()
    {
        await using var shop = await LinkShop.Open();

        await shop.Ask(HttpMethod.Post, shop.Path(LinkKind.Unsubscribe, Purpose.Service), OneClick);

        Assert.Equal([Purpose.Promotional, Purpose.Service], (await shop.Dossier()).Consents.Where(consent => !consent.Given).Select(consent => consent.Purpose).Order());
    }

    [Fact]
    public async Task Looking_a_hundred_times_changes_nothing_and_tells_nothing_of_the_person()
    {
        await using var shop = await LinkShop.Open();
        var (before, path) = (await shop.Store.Load(LinkShop.Ann, "", default), shop.Path(LinkKind.Unsubscribe));
        var text = "";

        for (var i = 0; i < 100; i++) text = (await shop.Get(path)).Text;
        foreach (var method in new[] { HttpMethod.Head, HttpMethod.Options }) await shop.Ask(method, path);
        await shop.Ask(HttpMethod.Get, path, null, ("Sec-Purpose", "prefetch"));

        Assert.Equal(before.Revision, (await shop.Store.Load(LinkShop.Ann, "", default)).Revision);
        Assert.Contains("Stop news and offers by e-mail", text);
        Assert.Contains("value=\"One-Click\"", text);
        Assert.All(["Ann", "Lee", "ann@", "example.com", "49151"], personal => Assert.DoesNotContain(personal, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_link_works_again_after_the_person_has_come_back()
    {
        await using var shop = await LinkShop.Open();
        var path = shop.Path(LinkKind.Unsubscribe);
        var first = await shop.Post(path);
        shop.Pass(TimeSpan.FromMinutes(1));

        var back = await shop.Post(UndoOf(first.Text));
        var between = (await shop.Dossier()).Consents.Single();
        shop.Pass(TimeSpan.FromMinutes(1));
        await shop.Post(path);

        Assert.Equal(HttpStatusCode.OK, back.Status);
        Assert.Equal((true, "Undo: send me news and offers by e-mail again"), (between.Given, between.Wording));
        Assert.False((await shop.Dossier()).Consents.Single().Given);
    }

    [Fact]
    public async Task Undoing_gives_back_what_was_taken_and_no_more()
    {
        await using var shop = await LinkShop.Open();
        await shop.Engine.Take(LinkShop.Ann, new Signal.Consented("s1", LinkShop.Noon, new(Channel.Email, Purpose.Promotional, false, LinkShop.Noon, "phone")), default);
        shop.Pass(TimeSpan.FromMinutes(1));

        var done = await shop.Post(shop.Path(LinkKind.Unsubscribe, Purpose.Service));
        shop.Pass(TimeSpan.FromMinutes(1));
        await shop.Post(UndoOf(done.Text));

        Assert.Equal([(Purpose.Promotional, false), (Purpose.Service, true)], (await shop.Dossier()).Consents.Select(consent => (consent.Purpose, consent.Given)).Order());
    }

    [Fact]
    public async Task After_years_it_still_unsubscribes_and_leads_to_nothing_personal()
    {
        await using var shop = await LinkShop.Open();
        shop.Pass(TimeSpan.FromDays(1_000));

        var answer = await shop.Post(shop.Path(LinkKind.Unsubscribe));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.False((await shop.Dossier()).Consents.Single().Given);
        Assert.DoesNotContain("/links/p/", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/undo", answer.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Post(shop.Path(LinkKind.Unsubscribe) + "/undo?purposes=promotional")).Status);
        shop.Pass(TimeSpan.FromDays(100));
        Assert.Equal(HttpStatusCode.Gone, (await shop.Post(shop.Path(LinkKind.Unsubscribe))).Status);
    }

    [Fact]
    public async Task Through_a_queue_the_page_says_that_it_is_done()
    {
        var queued = new ConcurrentQueue<Signal>();
        await using var shop = await LinkShop.Open(wrap: _ => (signals, _) =>
        {
            foreach (var (_, signal) in signals) queued.Enqueue(signal);
            return Task.FromResult(signals.Select(_ => Taking.Accepted).ToArray());
        });

        var answer = await shop.Post(shop.Path(LinkKind.Unsubscribe));

        Assert.Contains("You are unsubscribed", answer.Text);
        Assert.False(Assert.IsType<Signal.Preferred>(Assert.Single(queued)).Preferences.Consents.Single().Given);
    }

    [Fact]
    public async Task In_the_customers_language()
    {
        await using var shop = await LinkShop.Open(locale: "zh-CN");

        var text = (await shop.Get(shop.Path(LinkKind.Unsubscribe))).Text;

        Assert.Contains("<html lang=\"zh-CN\">", text);
        Assert.Contains("不再通过电子邮件接收资讯和优惠", text);
        Assert.DoesNotContain("Unsubscribe<", text, StringComparison.Ordinal);
    }

    static string UndoOf(string page) => System.Text.RegularExpressions.Regex.Match(page, "action=\"([^\"]+/undo[^\"]*)\"").Groups[1].Value;
}
