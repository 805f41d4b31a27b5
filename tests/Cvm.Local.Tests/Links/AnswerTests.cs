using System.Net;
using Cvm.Engine;

namespace Cvm.Local.Tests.Links;

/// <summary>A survey in a mail: looking says nothing, a tap says the score, the page says why.</summary>
public sealed class AnswerTests
{
    public const string Key = "post-purchase-survey:ann:1/ask-after-order/2";

    static Link To(LinkShop shop, int score, string survey = "after-order", string customer = LinkShop.Ann) =>
        shop.Link(LinkKind.Answer, Purpose.Service, customer, AnswerLink.Of(survey, score)) with { Key = Key };

    static string Path(LinkShop shop, int score) => shop.Path(To(shop, score));

    /// <summary>Ann was asked an hour ago.</summary>
    internal static async Task<LinkShop> Asked(string locale = "en")
    {
        var shop = await LinkShop.Open(locale: locale, journeys: false);
        var stored = await shop.Store.Load(LinkShop.Ann, "", default);
        var sent = LinkShop.Noon.AddHours(-1);
        var after = stored.Dossier with
        {
            RecentSends = [new(Key, Channel.Email, Purpose.Service, "how-was-your-order", sent, "ann@example.com")],
            Asked = [new("after-order", Key, Channel.Email, sent, "teapot", "peter")],
        };
        Assert.Equal([Landing.Landed], await shop.Store.Commit([new(stored.Dossier, stored.Revision, after, "", [])], default));
        return shop;
    }

    static async Task Wait(LinkShop shop, int seconds = 10)
    {
        shop.Pass(TimeSpan.FromSeconds(seconds));
        await shop.Engine.Wake(LinkShop.Ann, default);
    }

    static async Task<GivenAnswer?> Given(LinkShop shop) => (await shop.Dossier()).Satisfaction.Answers.SingleOrDefault();

    [Fact]
    public async Task Fetching_every_link_with_get_and_head_says_nothing()
    {
        await using var shop = await Asked();
        var before = await shop.Dossier();

        for (var score = 1; score <= 5; score++)
            foreach (var method in (string[])["GET", "HEAD"])
                Assert.Equal(HttpStatusCode.OK, (await shop.Ask(new(method), Path(shop, score))).Status);
        await Wait(shop, 60);

        Assert.Equal(before, await shop.Dossier());
    }

    [Fact]
    public async Task The_page_shows_the_tapped_answer_and_asks_why()
    {
        await using var shop = await Asked();

        var answer = await shop.Get(Path(shop, 2));

        Assert.Contains("How happy are you with your order?", answer.Text);
        Assert.Contains("Thank you. Your answer is 2 of 5.", answer.Text);
        Assert.Contains("value=\"2\" checked", answer.Text);
        Assert.Contains("value=\"delivery\"", answer.Text);
        Assert.Contains($"<img class=\"dot\" src=\"{Path(shop, 2)}/tap\"", answer.Text);
        Assert.Contains("noindex", answer.Headers["X-Robots-Tag"]);
        Assert.DoesNotContain("ann@example.com", answer.Text);
    }

    [Fact]
    public async Task The_picture_on_the_page_is_the_tap_and_counts_after_a_moment()
    {
        await using var shop = await Asked();

        var picture = await shop.Get(Path(shop, 4) + "/tap");
        Assert.Null(await Given(shop));
        await Wait(shop);

        Assert.Equal(("image/gif", "no-store"), (picture.Headers["Content-Type"], picture.Headers["Cache-Control"]));
        Assert.Equal((4, "teapot", "peter", "customer"), await Given(shop) is { } given ? (given.Score, given.Product, given.Agent, given.By) : default);
        Assert.DoesNotContain("/tap\"", (await shop.Get(Path(shop, 4))).Text); // it is said already
        Assert.Contains("/tap\"", (await shop.Get(Path(shop, 5))).Text);
    }

    [Theory]
    [InlineData("HEAD", null)]
    [InlineData("GET", "Sec-Purpose: prefetch;prerender")]
    [InlineData("GET", "Sec-Fetch-Site: cross-site")]
    [InlineData("GET", "Sec-Fetch-Site: none")]
    [InlineData("GET", "Sec-Fetch-Dest: document")]
    public async Task A_picture_that_is_not_asked_for_by_our_page_in_sight_says_nothing(string method, string? header)
    {
        await using var shop = await Asked();

        await shop.Ask(new(method), Path(shop, 4) + "/tap", null, header is null ? [] : [(header.Split(": ")[0], header.Split(": ")[1])]);
        await Wait(shop);

        Assert.Null(await Given(shop));
    }

    [Fact]
    public async Task Who_loads_the_pictures_of_all_answers_is_a_program()
    {
        await using var shop = await Asked();

        for (var score = 1; score <= 5; score++) await shop.Get(Path(shop, score) + "/tap");
        await Wait(shop);

        Assert.Null(await Given(shop));
    }

    [Fact]
    public async Task Another_tap_changes_it_and_the_form_says_why_at_once()
    {
        await using var shop = await Asked();
        await shop.Get(Path(shop, 1) + "/tap");
        await Wait(shop, 20);
        await shop.Get(Path(shop, 3) + "/tap");
        await Wait(shop);
        Assert.Equal(3, (await Given(shop))!.Score);

        var said = await shop.Post(Path(shop, 3), ("score", "2"), ("reason", "delivery"), ("reason", "price"), ("comment", "  Nine days,\r\n王\u0007  "));

        Assert.Equal((HttpStatusCode.SeeOther, Path(shop, 3) + "?said=yes"), (said.Status, said.Headers["Location"]));
        Assert.Equal((2, "Nine days,\n王", "delivery price"), await Given(shop) is { } given ? (given.Score, given.Comment, string.Join(' ', given.Reasons)) : default);
        var thanks = await shop.Get(said.Headers["Location"]);
        Assert.Contains("Your answer is 2 of 5.", thanks.Text);
        Assert.Contains("Delivery · Price · Nine days,", thanks.Text);
        Assert.DoesNotContain("/tap\"", thanks.Text);
        var change = await shop.Get(Path(shop, 3) + "?change=yes");
        Assert.Contains("value=\"2\" checked", change.Text);
        Assert.DoesNotContain("/tap\"", change.Text);
    }

    [Fact]
    public async Task Sending_the_form_twice_is_once()
    {
        await using var shop = await Asked();

        await shop.Post(Path(shop, 4), ("score", "4"), ("comment", "fine"));
        await shop.Post(Path(shop, 4), ("score", "4"), ("comment", "fine"));

        Assert.Single((await shop.Lines()), line => line.What is Happening.Answered or Happening.AnswerChanged);
        Assert.Equal(1, (await shop.Dossier()).Satisfaction.Given);
    }

    [Theory]
    [InlineData("score", "6")]
    [InlineData("score", "0")]
    [InlineData("score", "")]
    [InlineData("score", "4; drop table")]
    [InlineData("reason", "nonsense")]
    [InlineData("reason", "<script>")]
    [InlineData("comment", "long")]
    public async Task What_the_page_does_not_offer_is_refused(string field, string value)
    {
        await using var shop = await Asked();
        var form = new Dictionary<string, string> { ["score"] = "4", ["reason"] = "delivery", ["comment"] = "" };
        form[field] = value == "long" ? new string('x', 501) : value;

        var answer = await shop.Post(Path(shop, 4), [.. form.Select(pair => (pair.Key, pair.Value))]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("nothing was changed", answer.Text);
        Assert.DoesNotContain("<script>", answer.Text);
        Assert.Null(await Given(shop));
    }

    [Fact]
    public async Task More_than_any_form_of_ours_is_not_read()
    {
        await using var shop = await Asked();

        var huge = await shop.Post(Path(shop, 4), ("score", "4"), ("comment", new string('x', 200_000)));
        var none = await shop.Ask(HttpMethod.Post, Path(shop, 4), new StringContent("{}"));

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnsupportedMediaType), (huge.Status, none.Status));
        Assert.Null(await Given(shop));
    }

    [Fact]
    public async Task Hostile_words_stay_words()
    {
        await using var shop = await Asked();

        await shop.Post(Path(shop, 4), ("score", "4"), ("comment", "</textarea><script>alert(1)</script>"));
        using var client = new HttpClient { BaseAddress = shop.Address };
        var page = await client.GetStringAsync(Path(shop, 4) + "?change=yes");

        Assert.DoesNotContain("<script", page);
    }

    [Fact]
    public async Task A_link_says_only_what_is_sealed_in_it_and_only_of_its_customer()
    {
        await using var shop = await Asked();
        await shop.Tell("bob", "bob@example.com", null, "en");
        var good = shop.Links.Token(To(shop, 4));
        var foreign = new SignedLinks("another shop's key"u8, new("https://shop.example/")).Token(To(shop, 4));

        foreach (var token in (string[])[good[..^1], good + "A", "B" + good[1..], foreign, "x"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await shop.Get($"/links/a/{token}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await shop.Get($"/links/a/{token}/tap")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await shop.Post($"/links/a/{token}", ("score", "1"))).Status);
        }

        await shop.Post(shop.Path(To(shop, 1, customer: "bob")), ("score", "1"));
        Assert.Null(await Given(shop));
        Assert.Equal(1, (await shop.Dossier("bob")).Satisfaction.Answers.Single().Score);
    }

    [Theory]
    [InlineData("gone", 4)]
    [InlineData("after-order", 9)]
    public async Task A_survey_that_is_not_asked_any_more_is_told_kindly(string survey, int score)
    {
        await using var shop = await Asked();

        foreach (var answer in new[] { await shop.Get(shop.Path(To(shop, score, survey))), await shop.Post(shop.Path(To(shop, score, survey)), ("score", "4")) })
        {
            Assert.Equal(HttpStatusCode.Gone, answer.Status);
            Assert.Contains("This question is closed", answer.Text);
        }
    }

    [Fact]
    public async Task Too_old_a_link_and_one_of_somebody_who_is_forgotten_are_told_kindly_and_change_nothing()
    {
        await using var shop = await Asked();
        var nobody = shop.Path(To(shop, 4, customer: "nobody"));

        Assert.Contains("This question is closed", (await shop.Get(nobody)).Text);
        Assert.Equal(HttpStatusCode.OK, (await shop.Get(nobody + "/tap")).Status);
        Assert.Equal(0, (await shop.Store.Load("nobody", "", default)).Revision);

        shop.Pass(TimeSpan.FromDays(91));
        Assert.Contains("This question is closed", (await shop.Get(Path(shop, 4))).Text);
        await shop.Get(Path(shop, 4) + "/tap");
        await shop.Post(Path(shop, 4), ("score", "4"));
        await Wait(shop);
        Assert.Null(await Given(shop));
    }

    [Fact]
    public async Task In_chinese_all_of_it_is_chinese()
    {
        await using var shop = await Asked("zh-CN");

        var page = await shop.Get(Path(shop, 5));
        var said = await shop.Get((await shop.Post(Path(shop, 5), ("score", "5"), ("reason", "price"))).Headers["Location"]);

        Assert.Contains("您对这次订单满意吗？", page.Text);
        Assert.Contains("非常满意", page.Text);
        Assert.Contains("配送", page.Text);
        Assert.Contains("您的评分是 5 分（满分 5 分）。", said.Text);
        Assert.Contains("价格", said.Text);
    }

    [Fact]
    public async Task A_queue_that_has_not_come_to_it_yet_is_told()
    {
        await using var shop = await Asked();

        Assert.Contains("We have your answer.", (await shop.Get(Path(shop, 4) + "?said=soon")).Text);
    }
}
