using System.Net;
using System.Text.Json.Nodes;
using Cvm.Engine;

namespace Cvm.Local.Tests;

/// <summary>What a shop's checkout asks, over real HTTP and a real file.</summary>
public sealed class RedemptionTests
{
    const string Ann = "/api/customers/ann/redemptions";

    [Fact]
    public async Task Points_are_reserved_spent_and_given_back()
    {
        await using var host = await LoyaltyHost.Start(points: 740);

        var (status, asked, headers) = await host.Post(Ann, """{"id":"cart-81","points":500}""");
        var confirmed = await host.Post($"{Ann}/cart-81/confirm", """{"order":"o1"}""");
        var spent = (await host.Dossier()).Ledger;
        var cancelled = await host.Post($"{Ann}/cart-81/cancel");
        var again = await host.Post($"{Ann}/cart-81/cancel", "{}");

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal("""{"id":"cart-81","state":"reserved","points":500,"worth":"5.00","until":"2027-03-01T12:30:00+00:00","balance":240}""", asked.ToJsonString(Plain));
        Assert.Equal($"{Ann}/cart-81", headers.Location!.ToString());
        Assert.Equal((HttpStatusCode.OK, """{"id":"cart-81","state":"confirmed","points":500,"worth":"5.00","order":"o1","balance":240}"""), (confirmed.Status, confirmed.Body.ToJsonString(Plain)));
        Assert.Equal((240, 500, true), (spent.Balance, spent.Spent, spent.Balances));
        Assert.Equal((HttpStatusCode.OK, "cancelled", 740), (cancelled.Status, (string)cancelled.Body["state"]!, (long)cancelled.Body["balance"]!));
        Assert.Equal(cancelled.Body.ToJsonString(), again.Body.ToJsonString());
        Assert.Equal(740, (await host.Dossier()).Ledger.Balance);
    }

    [Fact]
    public async Task A_checkout_that_was_open_goes_on_after_the_record_became_part_of_another()
    {
        await using var host = await LoyaltyHost.Start(points: 740);
        await host.Give("carl", 300, null);
        await host.Post(Ann, """{"id":"cart-1","points":500}""");
        await host.Post("/api/customers/carl/redemptions", """{"id":"cart-1","points":100}""");
        await host.Engine.Take("ann", new Signal.Closed("merge:ann", LoyaltyHost.Noon, "carl", "Kim"), default);

        var asked = await host.Post(Ann, """{"id":"cart-2","points":40}""");
        var confirmed = await host.Post($"{Ann}/cart-1/confirm", """{"order":"o1"}""");
        var told = await host.Get("/api/customers/ann/points");
        var refused = await host.Post("/api/customers/ann/points", """{"id":"k1","points":-9999,"by":"Kim","reason":"a slip"}""");

        Assert.Equal((HttpStatusCode.Created, 400), (asked.Status, (long)asked.Body["balance"]!));
        Assert.Equal((HttpStatusCode.OK, "confirmed", 500, "cart-1"), (confirmed.Status, (string)confirmed.Body["state"]!, (long)confirmed.Body["points"]!, (string)confirmed.Body["id"]!));
        Assert.Equal(400, (long)told.Body["balance"]!);
        Assert.Equal((HttpStatusCode.Conflict, "9,999 points cannot be taken off: 400 can be spent."), Refusal(refused));

        await host.Pass(TimeSpan.FromHours(1), "carl");
        var ledger = (await host.Dossier("carl")).Ledger;
        Assert.Equal((540, 500, 0, true), (ledger.Balance, ledger.Spent, ledger.Reserved, ledger.Balances));
    }

    [Fact]
    public async Task A_coupon_is_reserved_whatever_its_letters_case_and_then_used()
    {
        await using var host = await LoyaltyHost.Start(0);

        var asked = await host.Post(Ann, """{"id":"cart-1","coupon":"back10-anna"}""");
        var other = await host.Post(Ann, """{"id":"cart-2","coupon":"BACK10-ANNA"}""");
        var confirmed = await host.Post($"{Ann}/cart-1/confirm", """{"order":"o1"}""");
        var used = await host.Post(Ann, """{"id":"cart-3","coupon":"BACK10-ANNA"}""");

        Assert.Equal((HttpStatusCode.Created, "reserved", "BACK10-ANNA", "10%"), (asked.Status, (string)asked.Body["state"]!, (string)asked.Body["coupon"]!, (string)asked.Body["worth"]!));
        Assert.Equal((HttpStatusCode.Conflict, "Another checkout has reserved the coupon."), Refusal(other));
        Assert.Equal("confirmed", (string)confirmed.Body["state"]!);
        Assert.Equal((HttpStatusCode.Conflict, "The coupon was used before."), Refusal(used));
        Assert.Equal("o1", Assert.Single((await host.Dossier()).Coupons).Order);
    }

    [Fact]
    public async Task The_last_points_go_to_exactly_one_of_fifty_checkouts_at_once()
    {
        await using var host = await LoyaltyHost.Start(points: 500);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => host.Post(Ann, $$"""{"id":"cart-{{i}}","points":500}""")));
        var winner = (string)Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created).Body["id"]!;
        var settled = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => host.Post($"{Ann}/{winner}/confirm", """{"order":"o1"}""")));

        Assert.Equal(49, answers.Count(answer => Refusal(answer) == (HttpStatusCode.Conflict, "There are not enough points.")));
        Assert.All(settled, answer => Assert.Equal((HttpStatusCode.OK, "confirmed"), (answer.Status, (string)answer.Body["state"]!)));
        var ledger = (await host.Dossier()).Ledger;
        Assert.Equal((0, 0, 500, true), (ledger.Balance, ledger.Reserved, ledger.Spent, ledger.Balances));
        var tallies = (await host.Store.Tallies([Tallies.Happened, Tallies.Now], default)).ToDictionary(t => t.Tally.Detail, t => t.Count);
        Assert.Equal((500, 50), (tallies["points-spent"], tallies["points"]));
    }

    [Fact]
    public async Task One_checkout_that_asks_fifty_times_at_once_gets_one_reservation_and_one_answer()
    {
        await using var host = await LoyaltyHost.Start(points: 500);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => host.Post(Ann, """{"id":"cart-81","points":100}""")));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.Equal(49, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Single(answers.Select(answer => answer.Body.ToJsonString()).Distinct());
        Assert.Equal((400, 100), ((await host.Dossier()).Ledger.Balance, (await host.Dossier()).Ledger.Reserved));
    }

    [Fact]
    public async Task An_answer_that_got_lost_is_asked_for_again_and_nothing_doubles()
    {
        await using var host = await LoyaltyHost.Start(points: 500);

        // The signal landed, and the process died before it could say so.
        await host.Engine.Take("ann", new Signal.RedemptionAsked(SignalIds.Redemption("cart-81", "ask"), LoyaltyHost.Noon, "cart-81", 100), default);
        var asked = await host.Post(Ann, """{"id":"cart-81","points":100}""");
        await host.Engine.Take("ann", new Signal.RedemptionSettled(SignalIds.Redemption("cart-81", "confirm"), LoyaltyHost.Noon, "cart-81", true, "o1"), default);
        var confirmed = await host.Post($"{Ann}/cart-81/confirm", """{"order":"o1"}""");

        Assert.Equal((HttpStatusCode.OK, "reserved"), (asked.Status, (string)asked.Body["state"]!));
        Assert.Equal((HttpStatusCode.OK, "confirmed"), (confirmed.Status, (string)confirmed.Body["state"]!));
        Assert.Equal((400, 100), ((await host.Dossier()).Ledger.Balance, (await host.Dossier()).Ledger.Spent));
    }

    [Theory]
    [InlineData("""{"id":"cart-81","points":101}""")]
    [InlineData("""{"id":"cart-81","coupon":"BACK10-ANNA"}""")]
    public async Task The_same_id_for_something_else_is_a_conflict(string other)
    {
        await using var host = await LoyaltyHost.Start(points: 500);
        await host.Post(Ann, """{"id":"cart-81","points":100}""");

        Assert.Equal((HttpStatusCode.Conflict, "This id was used before, for something else. Use another one."), Refusal(await host.Post(Ann, other)));
        Assert.Equal(400, (await host.Dossier()).Ledger.Balance);
    }

    [Fact]
    public async Task A_refusal_stays_one_however_often_it_is_asked_and_nothing_can_be_made_of_it()
    {
        await using var host = await LoyaltyHost.Start(points: 10);

        var first = await host.Post(Ann, """{"id":"cart-81","points":11}""");
        await host.Engine.Take("ann", new Signal.PointsAdjusted("points:more", LoyaltyHost.Noon, 100, "Kim", "sorry"), default);
        var again = await host.Post(Ann, """{"id":"cart-81","points":11}""");

        Assert.Equal((HttpStatusCode.Conflict, "There are not enough points."), Refusal(first));
        Assert.Equal(Refusal(first), Refusal(again));
        Assert.Equal(HttpStatusCode.Conflict, (await host.Post($"{Ann}/cart-81/confirm", """{"order":"o1"}""")).Status);
        Assert.Equal("refused", (string)(await host.Post($"{Ann}/cart-81/cancel")).Body["state"]!);
        Assert.Equal(("refused", "there are not enough points"), ((string)(await host.Get($"{Ann}/cart-81")).Body["state"]!, (string)(await host.Get($"{Ann}/cart-81")).Body["because"]!));
    }

    [Fact]
    public async Task What_lapsed_is_spent_all_the_same_where_it_is_still_there_and_else_not()
    {
        await using var host = await LoyaltyHost.Start(points: 100);
        await host.Post(Ann, """{"id":"first","points":80}""");
        await host.Pass(TimeSpan.FromMinutes(31));
        var lapsed = (await host.Get($"{Ann}/first")).Body;
        await host.Post(Ann, """{"id":"second","points":60}""");

        var tooLate = await host.Post($"{Ann}/first/confirm", """{"order":"o1"}""");
        await host.Pass(TimeSpan.FromMinutes(31));
        var stillThere = await host.Post($"{Ann}/second/confirm", """{"order":"o2"}""");

        Assert.Equal("lapsed", (string)lapsed["state"]!);
        Assert.Equal(HttpStatusCode.Conflict, tooLate.Status);
        Assert.Contains("Its time was over", (string)tooLate.Body["detail"]!);
        Assert.Equal((HttpStatusCode.OK, "confirmed", 40), (stillThere.Status, (string)stillThere.Body["state"]!, (long)stillThere.Body["balance"]!));
        Assert.True((await host.Dossier()).Ledger.Balances);
    }

    [Fact]
    public async Task What_was_cancelled_is_not_spent_by_a_late_word_even_where_it_had_lapsed()
    {
        await using var host = await LoyaltyHost.Start(points: 100);
        await host.Post(Ann, """{"id":"first","points":80}""");
        await host.Pass(TimeSpan.FromMinutes(31));

        var cancelled = await host.Post($"{Ann}/first/cancel");
        var late = await host.Post($"{Ann}/first/confirm", """{"order":"o1"}""");

        Assert.Equal("cancelled", (string)cancelled.Body["state"]!);
        Assert.Equal((HttpStatusCode.Conflict, "It was cancelled before. Ask anew, under another id."), Refusal(late));
        Assert.Equal(100, (await host.Dossier()).Ledger.Balance);
    }

    [Fact]
    public async Task A_confirmation_for_another_order_is_a_conflict()
    {
        await using var host = await LoyaltyHost.Start(points: 100);
        await host.Post(Ann, """{"id":"first","points":80}""");
        await host.Post($"{Ann}/first/confirm", """{"order":"o1"}""");

        Assert.Equal((HttpStatusCode.Conflict, "It was confirmed for the order o1 already."), Refusal(await host.Post($"{Ann}/first/confirm", """{"order":"o2"}""")));
    }

    static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static (HttpStatusCode, string) Refusal((HttpStatusCode Status, JsonNode Body, System.Net.Http.Headers.HttpResponseHeaders Headers) answer) => (answer.Status, (string?)answer.Body["detail"] ?? "");
}
