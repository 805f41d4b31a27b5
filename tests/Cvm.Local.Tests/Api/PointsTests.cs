using System.Net;
using Cvm.Engine;

namespace Cvm.Local.Tests;

public sealed class PointsTests
{
    const string Ann = "/api/customers/ann/points";

    [Fact]
    public async Task A_checkout_sees_what_can_be_spent_and_what_is_missing()
    {
        await using var host = await LoyaltyHost.Start(points: 300);
        await host.Engine.Take("ann", new Signal.Ordered("order:o1", LoyaltyHost.Noon.AddDays(-20), "o1", 600), default);
        await host.Engine.Take("ann", new Signal.Ordered("order:o2", LoyaltyHost.Noon.AddDays(-1), "o2", 49), default);
        await host.Post("/api/customers/ann/redemptions", """{"id":"cart","points":100}""");

        var (status, seen) = await host.Get(Ann);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((800, "8.00", 49, 100, 0), ((long)seen["balance"]!, (string)seen["worth"]!, (long)seen["pending"]!, (long)seen["reserved"]!, (long)seen["owed"]!));
        Assert.Equal(("silver", "gold", 900, "points"), ((string)seen["tier"]!, (string)seen["nextTier"]!["name"]!, (long)seen["nextTier"]!["missing"]!, (string)seen["nextTier"]!["by"]!));
        Assert.Equal((500, "2028-02-29"), ((long)seen["expiring"]!["points"]!, (string)seen["expiring"]!["on"]!));
        Assert.Equal("BACK10-ANNA", (string)Assert.Single(seen["coupons"]!.AsArray())!["code"]!);
    }

    [Fact]
    public async Task A_coupon_in_another_checkout_is_not_offered()
    {
        await using var host = await LoyaltyHost.Start(0);
        await host.Post("/api/customers/ann/redemptions", """{"id":"cart","coupon":"BACK10-ANNA"}""");

        Assert.Empty((await host.Get(Ann)).Body["coupons"]!.AsArray());
    }

    [Fact]
    public async Task Points_are_booked_once_and_signed()
    {
        await using var host = await LoyaltyHost.Start(points: 100);
        const string Body = """{"id":"call-17","points":-20,"by":"Kim","reason":"Booked twice"}""";

        var first = await host.Post(Ann, Body);
        var again = await host.Post(Ann, Body);
        var other = await host.Post(Ann, Body.Replace("-20", "-30"));

        Assert.Equal((HttpStatusCode.Created, """{"id":"call-17","points":-20,"balance":80,"owed":0}"""), (first.Status, first.Body.ToJsonString()));
        Assert.Equal((HttpStatusCode.OK, first.Body.ToJsonString()), (again.Status, again.Body.ToJsonString()));
        Assert.Equal(HttpStatusCode.Conflict, other.Status);
        Assert.Equal(80, (await host.Dossier()).Ledger.Balance);
        var line = (await host.Store.Timeline("ann", long.MaxValue, 10, default)).Select(one => one.Line).First(line => line.What == Happening.PointsAdjusted);
        Assert.Equal(("Kim", "Booked twice"), (line.By, line.Because));
    }

    [Fact]
    public async Task More_than_there_is_cannot_be_taken_off_and_the_answer_says_what_there_is()
    {
        await using var host = await LoyaltyHost.Start(points: 12);

        var refused = await host.Post(Ann, """{"id":"call-17","points":-20,"by":"Kim","reason":"Booked twice"}""");
        await host.Engine.Take("ann", new Signal.PointsAdjusted("points:more", LoyaltyHost.Noon, 100, "Kim", "sorry"), default);
        var again = await host.Post(Ann, """{"id":"call-17","points":-20,"by":"Kim","reason":"Booked twice"}""");

        Assert.Equal((HttpStatusCode.Conflict, "20 points cannot be taken off: 12 can be spent."), (refused.Status, (string)refused.Body["detail"]!));
        Assert.Equal(refused.Body.ToJsonString(), again.Body.ToJsonString());
        Assert.Equal(112, (await host.Dossier()).Ledger.Balance);
    }

    [Theory]
    [InlineData("""{"id":"x","points":0,"by":"Kim","reason":"so"}""")]
    [InlineData("""{"id":"x","points":-1000000001,"by":"Kim","reason":"so"}""")]
    [InlineData("""{"id":"x","points":0.5,"by":"Kim","reason":"so"}""")]
    [InlineData("""{"id":"x","points":5,"by":"","reason":"so"}""")]
    [InlineData("""{"id":"x","points":5,"by":"Kim"}""")]
    [InlineData("""{"id":"x","points":5,"by":"Kim","reason":"a\u0000b"}""")]
    public async Task Nothing_is_booked_without_a_whole_number_a_name_and_a_reason(string body)
    {
        await using var host = await LoyaltyHost.Start(points: 12);

        Assert.Equal(HttpStatusCode.BadRequest, (await host.Post(Ann, body)).Status);
        Assert.Equal(12, (await host.Dossier()).Ledger.Balance);
    }

    [Fact]
    public async Task All_else_still_goes_to_the_queue()
    {
        await using var host = await LoyaltyHost.Start(0);

        var (status, _, _) = await host.Post("/api/orders", """{"id":"o1","customer":"ann","at":"2027-03-01T10:00:00Z","amount":49.90}""");

        Assert.Equal(HttpStatusCode.Accepted, status);
    }
}
