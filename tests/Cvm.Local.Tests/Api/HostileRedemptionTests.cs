using System.Net;
using System.Text;

namespace Cvm.Local.Tests;

/// <summary>Checkouts that guess, pry and send nonsense.</summary>
public sealed class HostileRedemptionTests
{
    const string Ann = "/api/customers/ann/redemptions";

    [Fact]
    public async Task Codes_are_not_looked_at_after_ten_wrong_ones_until_the_hour_is_over()
    {
        await using var host = await LoyaltyHost.Start(points: 100);
        for (var i = 0; i < 10; i++) Assert.Equal(HttpStatusCode.Conflict, (await host.Post(Ann, Coupon($"guess-{i}", $"WRONG-{i}"))).Status);
        var revision = (await host.Store.Load("ann", "", default)).Revision;

        await host.Pass(TimeSpan.FromMinutes(20));
        var locked = await host.Post(Ann, Coupon("guess-10", "BACK10-ANNA"));
        var points = await host.Post(Ann, """{"id":"cart","points":10}""");
        var unwritten = (await host.Store.Load("ann", "", default)).Revision;
        await host.Pass(TimeSpan.FromMinutes(41));
        var again = await host.Post(Ann, Coupon("guess-10", "BACK10-ANNA"));

        Assert.Equal((HttpStatusCode.TooManyRequests, "2400"), (locked.Status, locked.Headers.RetryAfter!.ToString()));
        Assert.Equal("Too many wrong codes; try again in an hour.", (string)locked.Body["detail"]!);
        Assert.Equal(HttpStatusCode.Created, points.Status);
        Assert.Equal(revision + 1, unwritten);
        Assert.Equal(HttpStatusCode.Created, again.Status);
    }

    [Fact]
    public async Task Asking_in_vain_for_other_things_lifts_no_lock_and_pushes_nothing_out()
    {
        await using var host = await LoyaltyHost.Start(points: 100);
        await host.Post(Ann, """{"id":"paid","points":60}""");
        await host.Post($"{Ann}/paid/confirm", """{"order":"o1"}""");
        for (var i = 0; i < 10; i++) await host.Post(Ann, Coupon($"guess-{i}", $"WRONG-{i}"));

        for (var i = 0; i < 60; i++) Assert.Equal(HttpStatusCode.Conflict, (await host.Post(Ann, $$"""{"id":"vain-{{i}}","points":999}""")).Status);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.Post(Ann, Coupon("guess-10", "BACK10-ANNA"))).Status);
        Assert.Equal("cancelled", (string)(await host.Post($"{Ann}/paid/cancel")).Body["state"]!);
        Assert.Equal(100, (await host.Dossier()).Ledger.Balance);
    }

    [Fact]
    public async Task Somebody_elses_code_and_one_that_nobody_has_are_answered_alike()
    {
        await using var host = await LoyaltyHost.Start(points: 100);

        var theirs = await host.Post(Ann, Coupon("cart-1", "BACK10-BENB"));
        var nobodys = await host.Post(Ann, Coupon("cart-2", "BACK10-NONE"));

        Assert.Equal(HttpStatusCode.Conflict, theirs.Status);
        Assert.Equal(nobodys.Body.ToJsonString(), theirs.Body.ToJsonString());
        Assert.Null(Assert.Single((await host.Dossier("ben")).Coupons).Redemption);
    }

    [Fact]
    public async Task Another_customers_redemption_is_none_of_this_ones()
    {
        await using var host = await LoyaltyHost.Start(points: 100);
        await host.Post("/api/customers/ben/redemptions", """{"id":"bens","points":50}""");

        Assert.Equal(HttpStatusCode.NotFound, (await host.Get($"{Ann}/bens")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Post($"{Ann}/bens/confirm", """{"order":"o1"}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Post($"{Ann}/bens/cancel")).Status);
        Assert.Equal(50, (await host.Dossier("ben")).Ledger.Reserved);
    }

    [Fact]
    public async Task Nobody_is_made_by_asking()
    {
        await using var host = await LoyaltyHost.Start(0);

        foreach (var path in new[] { "redemptions", "redemptions/x/confirm", "redemptions/x/cancel", "points" })
        {
            var body = path switch { "redemptions" => """{"id":"x","points":1}""", "points" => """{"id":"x","points":1,"by":"Kim","reason":"so"}""", "redemptions/x/cancel" => "", _ => """{"order":"o1"}""" };
            Assert.Equal(HttpStatusCode.NotFound, (await host.Post($"/api/customers/nobody/{path}", body)).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await host.Get("/api/customers/nobody/points")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Get("/api/customers/nobody/redemptions/x")).Status);
        Assert.Equal(0, (await host.Store.Load("nobody", "", default)).Revision);
    }

    [Theory]
    [InlineData("""{"id":"c","points":0}""", "points is 0.")]
    [InlineData("""{"id":"c","points":-5}""", "points is -5.")]
    [InlineData("""{"id":"c","points":1000000001}""", "points is 1000000001.")]
    [InlineData("""{"id":"c","points":99999999999999999999}""", "points must be a whole number.")]
    [InlineData("""{"id":"c","points":1.5}""", "points must be a whole number.")]
    [InlineData("""{"id":"c","points":"5"}""", "points must be a whole number.")]
    [InlineData("""{"id":"c","points":5,"coupon":"X"}""", "asks for both points and a coupon.")]
    [InlineData("""{"id":"c"}""", "asks for nothing.")]
    [InlineData("""{"points":5}""", "id is missing.")]
    [InlineData("""{"id":"a/b","points":5}""", "id cannot stand in an address.")]
    [InlineData("""{"id":"..","points":5}""", "id cannot stand in an address.")]
    [InlineData("""{"id":"c","points":5,"worth":99}""", "worth is no member of a redemption.")]
    [InlineData("""{"id":"c","points":5,"points":6}""", "points stands here twice.")]
    [InlineData("""[{"id":"c","points":5}]""", "is not an object.")]
    [InlineData("""{"id":"c","points":5}{"id":"d","points":5}""", "is not JSON")]
    public async Task Nonsense_is_named_and_nothing_is_taken(string body, string problem)
    {
        await using var host = await LoyaltyHost.Start(points: 100);
        var before = (await host.Store.Load("ann", "", default)).Revision;

        var (status, answer, _) = await host.Post(Ann, body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(answer["errors"]!.AsArray(), error => $"{error!["field"]} {error["what"]}".Trim().StartsWith(problem, StringComparison.Ordinal));
        Assert.Equal(before, (await host.Store.Load("ann", "", default)).Revision);
    }

    [Fact]
    public async Task Batches_forms_and_large_bodies_are_turned_away()
    {
        await using var host = await LoyaltyHost.Start(points: 100);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await host.Post(Ann, """{"id":"c","points":5}""", "application/x-ndjson")).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await host.Post(Ann, "id=c&points=5", "application/x-www-form-urlencoded")).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await host.Post(Ann, new string(' ', 1_100_000))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Post($"{Ann}/c/cancel", """{"order":"o1"}""")).Status);
        Assert.Equal(100, (await host.Dossier()).Ledger.Balance);
    }

    [Fact]
    public async Task A_page_of_another_site_redeems_nothing()
    {
        await using var host = await LoyaltyHost.Start(points: 100);
        using var request = new HttpRequestMessage(HttpMethod.Post, Ann) { Content = new StringContent("""{"id":"c","points":5}""", Encoding.UTF8, "application/json") };
        request.Headers.Add("Origin", "https://evil.example");

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Script_in_an_id_is_an_id()
    {
        await using var host = await LoyaltyHost.Start(points: 100);
        const string Id = "<script>alert(1)<|script>";

        var asked = await host.Post(Ann, $$"""{"id":"{{Id}}","points":5}""");
        var read = await host.Get($"{Ann}/{Uri.EscapeDataString(Id)}");

        Assert.Equal(HttpStatusCode.Created, asked.Status);
        Assert.Equal((HttpStatusCode.OK, Id), (read.Status, (string)read.Body["id"]!));
    }

    static string Coupon(string id, string code) => $$"""{"id":"{{id}}","coupon":"{{code}}"}""";
}
