using System.Net;
using Cvm.Engine;

namespace Cvm.Local.Tests.Links;

/// <summary>The link that a member passes on, and where it leads.</summary>
public sealed class ReferralTests
{
    [Fact]
    public async Task It_leads_to_the_shops_page_and_what_it_carries_tells_who_brought_the_friend()
    {
        await using var shop = await StatementShop.Open();
        var passed = System.Text.RegularExpressions.Regex.Match((await shop.Get(shop.Path(LinkKind.Statement))).Text, "href=\"https://shop.example(/links/r/[^\"]+)\"").Groups[1].Value;

        var answer = await shop.Get(passed);

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        var there = new Uri(answer.Headers["Location"]);
        Assert.Equal("https://shop.example/welcome", there.GetLeftPart(UriPartial.Path));
        Assert.Equal(LinkShop.Ann, shop.Links.Referrer(there.Query["?ref=".Length..]));
    }

    [Fact]
    public async Task The_same_statement_passes_on_the_same_link()
    {
        await using var shop = await StatementShop.Open();
        string Passed(string page) => System.Text.RegularExpressions.Regex.Match(page, "/links/r/[^\"<]+").Value;

        var first = Passed((await shop.Get(shop.Path(LinkKind.Statement))).Text);
        shop.Pass(TimeSpan.FromDays(3));

        Assert.Equal(first, Passed((await shop.Get(shop.Path(LinkKind.Statement))).Text));
    }

    [Fact]
    public async Task A_page_with_a_query_of_its_own_keeps_it()
    {
        await using var shop = await StatementShop.Open(loyalty: rules => rules with { Referral = rules.Referral with { Page = "https://shop.example/in?from=friends" } });

        var answer = await shop.Get(shop.Path(LinkKind.Referral));

        Assert.StartsWith("https://shop.example/in?from=friends&ref=", answer.Headers["Location"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_in_the_address_leads_anywhere_else()
    {
        await using var shop = await StatementShop.Open();

        var answer = await shop.Get(shop.Path(shop.Link(LinkKind.Referral, target: "https://evil.example/")) + "?page=https://evil.example/&ref=x");
        var click = await shop.Get("/links/r/" + shop.Links.Token(shop.Link(LinkKind.Click, target: "https://evil.example/")));

        Assert.StartsWith("https://shop.example/welcome?ref=", answer.Headers["Location"], StringComparison.Ordinal);
        Assert.DoesNotContain("evil", answer.Headers["Location"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, click.Status);
    }

    [Fact]
    public async Task Where_the_offer_has_ended_a_friend_is_told_so_and_none_is_made()
    {
        await using var shop = await StatementShop.Open(loyalty: rules => rules with { Referral = new() });

        var answer = await shop.Ask(HttpMethod.Get, shop.Path(LinkKind.Referral), null, ("Accept-Language", "zh-CN,zh;q=0.9"));
        var english = await shop.Get(shop.Path(LinkKind.Referral));
        var statement = await shop.Get(shop.Path(LinkKind.Statement));

        Assert.Equal(HttpStatusCode.Gone, answer.Status);
        Assert.Contains("此邀请已结束", answer.Text);
        Assert.Contains("This invitation is over", english.Text);
        Assert.DoesNotContain("/links/r/", statement.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forged_expired_and_of_somebody_who_was_erased_it_leads_nowhere()
    {
        await using var shop = await StatementShop.Open();
        var good = shop.Path(LinkKind.Referral);

        var forged = await shop.Get(good + "A");
        var erased = await shop.Get(shop.Path(shop.Link(LinkKind.Referral, customer: "erased")));
        shop.Pass(TimeSpan.FromDays(3 * 365 + 1));
        var expired = await shop.Get(good);

        Assert.All([forged, erased, expired], answer =>
        {
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
            Assert.Contains("This link does not lead anywhere", answer.Text);
            Assert.False(answer.Headers.ContainsKey("Location"));
        });
    }
}
