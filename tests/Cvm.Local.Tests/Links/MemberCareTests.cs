using System.Net;
using Cvm.Engine;

namespace Cvm.Local.Tests.Links;

/// <summary>What the team sees and does about a member's points.</summary>
public sealed class MemberCareTests
{
    [Fact]
    public async Task The_customers_page_tells_points_tier_checkouts_and_friends()
    {
        await using var shop = await StatementShop.Open();
        await StatementShop.Fill(shop);
        await StatementShop.Change(shop, dossier => dossier with { Referral = new("ben", LinkShop.Noon.AddDays(-30), LinkShop.Noon.AddDays(-3)), Friends = [LinkShop.Noon.AddDays(-400), LinkShop.Noon.AddDays(-5)] });

        var page = (await shop.Get($"/customers/{LinkShop.Ann}")).Text;

        Assert.All(
            ["640 points", "<dt>Pending</dt><dd class=\"number\">49</dd>", "<dt>Reserved</dt><dd class=\"number\">100</dd>", "860 points to gold", "Come 14 Mar 2027, order o2", "Expire 29 Feb 2028",
            "on order o9 (cart-1)", "(cart-2)", "Brought by <a href=\"/customers/ben\">ben</a>", "First order kept 26 Feb 13:00", "Brought 1 friend within a year.", "Open their statement"],
            text => Assert.Contains(text, page));
    }

    [Fact]
    public async Task Points_are_added_and_taken_off_by_hand_and_signed()
    {
        await using var shop = await StatementShop.Open();

        var added = await Book(shop, "120", "The parcel came late");
        var taken = await Book(shop, "−20", "Booked twice");

        Assert.Equal((HttpStatusCode.SeeOther, "/customers/ann#loyalty"), (added.Status, added.Headers["Location"]));
        Assert.Equal(HttpStatusCode.SeeOther, taken.Status);
        Assert.Equal(100, (await shop.Dossier()).Ledger.Balance);
        Assert.Equal([("Kim", "Booked twice", -20m), ("Kim", "The parcel came late", 120m)], (await shop.Lines()).Where(line => line.What == Happening.PointsAdjusted).Select(line => (line.By!, line.Because!, line.Figure!.Value)));
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_books_once()
    {
        await using var shop = await StatementShop.Open();

        await Book(shop, "120", "so", "form-1");
        await Book(shop, "120", "so", "form-1");

        Assert.Equal(120, (await shop.Dossier()).Ledger.Balance);
    }

    [Fact]
    public async Task A_refusal_says_what_there_is_and_keeps_what_was_written()
    {
        await using var shop = await StatementShop.Open();
        await Book(shop, "12", "so");

        var refused = await Book(shop, "-20", "Booked twice");

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("20 points cannot be taken off: 12 can be spent.", refused.Text);
        Assert.Contains("value=\"-20\"", refused.Text);
        Assert.Contains("value=\"Booked twice\"", refused.Text);
        Assert.Equal(12, (await shop.Dossier()).Ledger.Balance);
    }

    [Theory]
    [InlineData("0", "so"), InlineData("1.5", "so"), InlineData("many", "so"), InlineData("", "so"), InlineData("5000000000", "so"), InlineData("-2147483648", "so"), InlineData("5", ""), InlineData("5", " \t ")]
    [InlineData("<script>alert(1)</script>", "<script>alert(2)</script>")]
    public async Task Nonsense_is_told_and_books_nothing(string points, string reason)
    {
        await using var shop = await StatementShop.Open();

        var told = await Book(shop, points, reason);

        Assert.Equal(HttpStatusCode.BadRequest, told.Status);
        Assert.Contains("role=\"alert\"", told.Text);
        Assert.Equal(0, (await shop.Dossier()).Ledger.Balance);
        Assert.Equal(1, (await shop.Store.Load(LinkShop.Ann, "", default)).Revision);
    }

    [Fact]
    public async Task No_other_site_books_and_nobody_unknown_gets_points()
    {
        await using var shop = await StatementShop.Open();

        var foreign = await shop.Ask(HttpMethod.Post, "/customers/ann/points", new FormUrlEncodedContent([new("points", "5"), new("reason", "so")]), ("Origin", "https://evil.example"));
        var unknown = await shop.Post("/customers/nobody/points", ("points", "5"), ("reason", "so"));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.NotFound), (foreign.Status, unknown.Status));
        Assert.Equal(0, (await shop.Store.Load("nobody", "", default)).Revision);
    }

    [Fact]
    public async Task Their_statement_is_opened_from_their_page_and_from_their_preference_centre()
    {
        await using var shop = await StatementShop.Open();

        var opened = await shop.Post("/customers/ann/statement");
        var there = await shop.Get(opened.Headers["Location"]);
        var preferences = (await shop.Get(shop.Path(LinkKind.Preferences))).Text;
        var linked = System.Text.RegularExpressions.Regex.Match(preferences, "href=\"(/links/s/[^\"]+)\"").Groups[1].Value;

        Assert.Equal(HttpStatusCode.SeeOther, opened.Status);
        Assert.Contains("Your points", there.Text);
        Assert.Equal(HttpStatusCode.OK, (await shop.Get(linked)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Post("/customers/nobody/statement")).Status);
        shop.Pass(TimeSpan.FromHours(2));
        Assert.Equal(HttpStatusCode.Gone, (await shop.Get(opened.Headers["Location"])).Status);
    }

    [Fact]
    public async Task A_shop_without_points_offers_no_statement()
    {
        await using var shop = await StatementShop.Open(loyalty: _ => new());

        Assert.DoesNotContain("/links/s/", (await shop.Get(shop.Path(LinkKind.Preferences))).Text, StringComparison.Ordinal);
    }

    static Task<Answer> Book(LinkShop shop, string points, string reason, string? id = null) =>
        shop.Post("/customers/ann/points", ("id", id ?? Guid.NewGuid().ToString("N")), ("points", points), ("reason", reason), ("by", "Kim"));
}
