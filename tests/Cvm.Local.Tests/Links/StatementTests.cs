using System.Net;
using Cvm.Engine;

namespace Cvm.Local.Tests.Links;

/// <summary>A member's own statement at a signed link.</summary>
public sealed class StatementTests
{
    [Fact]
    public async Task It_tells_what_there_is_what_comes_when_and_what_expires_when()
    {
        await using var shop = await StatementShop.Open();
        await StatementShop.Fill(shop);

        var page = (await shop.Get(shop.Path(LinkKind.Statement))).Text;

        Assert.Contains("<strong>640</strong> points", page);
        Assert.Contains("worth €6.40", page);
        Assert.Contains("100 more points are set aside for a checkout that is under way.", page);
        Assert.Contains("<dt>14 March 2027</dt><dd>+49</dd>", page);
        Assert.Contains("<dt>29 February 2028</dt><dd>510</dd></div><div><dt>31 March 2028</dt><dd>130</dd>", page);
        Assert.Contains("<p class=\"tier\">Silver</p>", page);
        Assert.Contains("860 points to Gold", page);
        Assert.Contains("Free shipping from 20 euros", page);
        Assert.Contains("10% off", page);
        Assert.Contains("BACK10-ANNA", page);
        Assert.Contains("until 10 March 2027", page);
        Assert.Contains("<svg class=\"way\"", page);
        Assert.Contains("width=\"42.7%\"", page);
        Assert.Contains("/links/p/", page);
    }

    [Fact]
    public async Task The_last_movements_stand_newest_first_with_their_signs()
    {
        await using var shop = await StatementShop.Open();
        await StatementShop.Fill(shop);

        var page = (await shop.Get(shop.Path(LinkKind.Statement))).Text;

        var what = System.Text.RegularExpressions.Regex.Matches(page, "<td class=\"what\">([^<]*)").Select(match => match.Groups[1].Value);
        var points = System.Text.RegularExpressions.Regex.Matches(page, "<td class=\"number [^\"]*\">([^<]*)").Select(match => match.Groups[1].Value);
        Assert.Equal(["Spent on order o9", "Corrected by our team", "Added by our team", "Order o2", "You are Silver now", "Order o1"], what);
        Assert.Equal(["−20", "−10", "+130", "+49", "", "+640"], points);
        Assert.Contains("can be spent from 14 March 2027", page);
        Assert.DoesNotContain("a secret of the team", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chinese_member_reads_chinese()
    {
        await using var shop = await StatementShop.Open(locale: "zh-CN");
        await StatementShop.Fill(shop);

        var page = (await shop.Get(shop.Path(LinkKind.Statement))).Text;

        Assert.Contains("<html lang=\"zh-CN\">", page);
        Assert.All(["我的积分", "价值 €6.40", "距离 Silver", "2027年3月14日", "满 20 欧元免运费", "用于订单 o9", "邀请好友"], text => Assert.True(page.Contains(text.Replace("距离 Silver", "距离 Gold 还差 860 积分", StringComparison.Ordinal), StringComparison.Ordinal), text));
        Assert.DoesNotContain("points", page.Replace("#points", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_is_owed_is_said_kindly_and_nothing_is_offered_below_nothing()
    {
        await using var shop = await StatementShop.Open();
        await shop.Engine.Take(LinkShop.Ann, new Signal.Ordered("order:o1", LinkShop.Noon.AddDays(-20), "o1", 100), default);
        await shop.Engine.Take(LinkShop.Ann, new Signal.RedemptionAsked("ask:1", LinkShop.Noon, "cart", 60), default);
        await shop.Engine.Take(LinkShop.Ann, new Signal.RedemptionSettled("settle:1", LinkShop.Noon, "cart", true, "o2"), default);
        await shop.Engine.Take(LinkShop.Ann, new Signal.Refunded("refund:1", LinkShop.Noon, "o1", 100), default);

        var page = (await shop.Get(shop.Path(LinkKind.Statement))).Text;

        Assert.Contains("<strong>0</strong> points", page);
        Assert.Contains("your next 60 points make up for it, and then you collect again. There is nothing to pay.", page);
        Assert.DoesNotContain("-60", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tier_that_falls_says_until_when_it_is_kept_and_what_keeps_it()
    {
        await using var shop = await StatementShop.Open();
        await StatementShop.Change(shop, dossier => dossier with { Ledger = Ledger.Empty.Earn(380, new(2028, 2, 29)).Count(LinkShop.Noon, 380, 0) with { Tier = "silver", TierFallsOn = new(2027, 4, 30) } });

        var page = (await shop.Get(shop.Path(LinkKind.Statement))).Text;

        Assert.Contains("Silver is yours until 30 April 2027.", page);
        Assert.Contains("120 points by then, and you keep it.", page);
    }

    [Fact]
    public async Task By_spend_the_way_to_the_next_tier_is_told_in_money()
    {
        await using var shop = await StatementShop.Open(loyalty: rules => rules with { TierBy = TierBasis.Spend });
        await StatementShop.Change(shop, dossier => dossier with { Ledger = Ledger.Empty.Earn(380, new(2028, 2, 29)).Count(LinkShop.Noon, 380, 149.5m) });

        Assert.Contains("€350.50 to Silver", (await shop.Get(shop.Path(LinkKind.Statement))).Text);
    }

    [Fact]
    public async Task Who_has_nothing_yet_reads_how_it_begins()
    {
        await using var shop = await StatementShop.Open();

        var page = (await shop.Get(shop.Path(LinkKind.Statement))).Text;

        Assert.Contains("Your first order brings your first points.", page);
        Assert.Contains("No tier yet", page);
        Assert.Contains("Nothing yet.", page);
    }

    [Fact]
    public async Task Earlier_movements_are_a_link_away_and_none_is_lost_or_doubled()
    {
        await using var shop = await StatementShop.Open();
        for (var i = 1; i <= 47; i++)
        {
            await shop.Engine.Take(LinkShop.Ann, new Signal.PointsAdjusted($"points:{i}", LinkShop.Noon, i, "Kim", "so"), default);
            await shop.Engine.Take(LinkShop.Ann, new Signal.Complained($"complaint:{i}", LinkShop.Noon, "so so", "low"), default);
        }

        List<string> seen = [];
        var pages = 0;
        for (var next = shop.Path(LinkKind.Statement); next is not null; pages++)
        {
            var page = (await shop.Get(next)).Text;
            seen.AddRange(System.Text.RegularExpressions.Regex.Matches(page, "number came\">\\+([0-9]+)<").Select(match => match.Groups[1].Value));
            next = System.Text.RegularExpressions.Regex.Match(page, "href=\"(/links/s/[^\"]+)\" rel=\"next\"") is { Success: true } link ? link.Groups[1].Value : null;
        }

        Assert.Equal(3, pages);
        Assert.Equal(Enumerable.Range(1, 47).Reverse().Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)), seen);
    }

    [Theory]
    [InlineData("x"), InlineData("-1"), InlineData("0"), InlineData("99999999999999999999"), InlineData("<script>")]
    public async Task A_page_that_makes_no_sense_is_the_first(string before)
    {
        await using var shop = await StatementShop.Open();
        await StatementShop.Fill(shop);

        var answer = await shop.Get($"{shop.Path(LinkKind.Statement)}?before={Uri.EscapeDataString(before)}");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("<strong>640</strong>", answer.Text);
    }

    [Fact]
    public async Task Looking_changes_nothing()
    {
        await using var shop = await StatementShop.Open();
        await StatementShop.Fill(shop);
        var before = (await shop.Store.Load(LinkShop.Ann, "", default)).Revision;

        for (var i = 0; i < 3; i++)
            foreach (var path in new[] { shop.Path(LinkKind.Statement), shop.Path(LinkKind.Statement) + "?before=3", shop.Path(LinkKind.Referral) })
                foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head }) await shop.Ask(method, path);

        Assert.Equal(before, (await shop.Store.Load(LinkShop.Ann, "", default)).Revision);
    }

    [Fact]
    public async Task It_is_over_after_its_season_and_forged_or_other_links_open_nothing()
    {
        await using var shop = await StatementShop.Open();
        var (good, other) = (shop.Path(LinkKind.Statement), shop.Links.Token(shop.Link(LinkKind.Preferences)));

        var forged = await shop.Get(good[..^1] + (good[^1] == 'A' ? 'B' : 'A'));
        var swapped = await shop.Get("/links/s/" + other);
        var nobody = await shop.Get(shop.Path(shop.Link(LinkKind.Statement, customer: "nobody")));
        shop.Pass(TimeSpan.FromDays(91));
        var late = await shop.Get(good);

        Assert.All([forged, swapped, nobody], answer => Assert.Equal(HttpStatusCode.NotFound, answer.Status));
        Assert.Equal(HttpStatusCode.Gone, late.Status);
        Assert.DoesNotContain("class=\"balance\"", late.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_in_what_a_shop_sends_stays_text()
    {
        await using var shop = await StatementShop.Open();
        const string Hostile = "<script>alert(1)</script>";
        await shop.Engine.Take(LinkShop.Ann, new Signal.Ordered("order:x", LinkShop.Noon, Hostile, 20), default);
        await StatementShop.Change(shop, dossier => dossier with { Coupons = [new() { Code = Hostile, Name = Hostile, Worth = Hostile, GivenAt = LinkShop.Noon, ValidUntil = LinkShop.Noon.AddDays(9) }] });

        using var client = new HttpClient { BaseAddress = shop.Address };
        var raw = await client.GetStringAsync(new Uri(shop.Path(LinkKind.Statement), UriKind.Relative));

        Assert.DoesNotContain("<script", raw, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", raw);
    }
}
