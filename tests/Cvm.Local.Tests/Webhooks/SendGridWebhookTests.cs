using System.Net;
using Cvm.Web;

namespace Cvm.Local.Tests;

public sealed class SendGridWebhookTests
{
    static string[] Told(WebhookHost host) => [.. host.Lines().Where(line => line.What == Happening.Reported).Select(line => line.Because!)];

    [Fact]
    public async Task Events_become_what_is_known_of_the_message_and_settle_the_doubt()
    {
        await using var host = await WebhookHost.Start();
        Assert.Equal(OutboxState.InDoubt, host.Dossier().Outbox[0].State);
        host.Clock.To(WebhookHost.Now.AddMinutes(2));

        using var answer = await host.SendGrid(
            host.Event("open", "e3", 60), host.Event("delivered", "e2", 3), host.Event("processed", "e1", 1), host.Event("click", "e4", 70, ""","url":"https://shop.example/a" """), host.Event("deferred", "e0", 2));
        host.Clock.To(WebhookHost.Now.AddMinutes(3));
        await host.Engine.Wake("ann", default);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["opened", "delivered", "clicked"], Told(host));
        Assert.Empty(host.Dossier().Outbox);
    }

    [Fact]
    public async Task A_link_of_ours_that_SendGrid_tells_of_too_is_still_one_click_of_a_person()
    {
        await using var host = await WebhookHost.Start();
        host.Clock.To(WebhookHost.Now.AddMinutes(2));
        await host.Engine.Take("ann", new Signal.Reported("own", host.Clock.GetUtcNow(), WebhookHost.Key, Report.Clicked, "https://shop.example/a"), default);

        using var answer = await host.SendGrid(host.Event("click", "e1", 120, ""","url":"https://care.shop.example/links/c/AbC" """));
        host.Clock.To(WebhookHost.Now.AddMinutes(3));
        await host.Engine.Wake("ann", default);

        Assert.Equal(["clicked"], Told(host));
    }

    [Fact]
    public async Task A_message_that_was_sent_as_a_test_is_nobodys()
    {
        await using var host = await WebhookHost.Start();

        using var mail = await host.SendGrid(host.Event("delivered", "e1", 3, customer: "", key: "test/abc"));
        using var sms = await host.Status("delivered", seal: host.Seal.Of("", "test/abc"));

        Assert.True(mail.IsSuccessStatusCode && sms.IsSuccessStatusCode, $"{mail.StatusCode}, {sms.StatusCode}");
        Assert.Equal(0, (await host.Store.Load("", "", default)).Revision);
    }

    [Fact]
    public async Task The_same_event_again_changes_nothing()
    {
        await using var host = await WebhookHost.Start();

        for (var i = 0; i < 3; i++) (await host.SendGrid(host.Event("delivered", "e1", 3), host.Event("delivered", "e1", 3))).EnsureSuccessStatusCode();

        Assert.Equal(["delivered"], Told(host));
    }

    [Theory]
    [InlineData("bounce", ""","type":"bounce","reason":"550 no such user" """, "bounced", true, true)]
    [InlineData("bounce", ""","type":"blocked","reason":"421 try later" """, "failed", false, true)]
    [InlineData("dropped", ""","reason":"Bounced Address" """, "bounced", true, true)]
    [InlineData("dropped", ""","reason":"Spam Reporting Address" """, "bounced", true, true)]
    [InlineData("dropped", ""","reason":"Spam Content" """, "failed", false, true)]
    [InlineData("dropped", ""","reason":"Unsubscribed Address" """, "failed", false, false)]
    [InlineData("spamreport", "", "complained", true, true)]
    [InlineData("group_unsubscribe", "", "unsubscribed", false, false)]
    [InlineData("open", ""","sg_machine_open":true""", "opened by a program", false, true)]
    public async Task Each_kind_means_what_SendGrid_says_it_means(string kind, string more, string told, bool suppressed, bool stillAgreed)
    {
        await using var host = await WebhookHost.Start();
        await host.Engine.Take("ann", new Signal.Consented("yes", WebhookHost.Now, new(Channel.Email, Purpose.Promotional, true, WebhookHost.Now, "test")), default);

        using var answer = await host.SendGrid(host.Event(kind, "e1", 30, more));

        Assert.Equal(told, Told(host)[0]);
        Assert.Equal(suppressed, host.Dossier().Suppressions is [{ Address: "ann@example.com" }]);
        Assert.Equal(stillAgreed, host.Dossier().Consents.Single(word => word is { Channel: Channel.Email, Purpose: Purpose.Promotional }).Given);
        Assert.True(host.Dossier().Consents.Single(word => word is { Channel: Channel.Sms, Purpose: Purpose.Promotional }).Given);
    }

    [Fact]
    public async Task One_bad_event_does_not_spoil_the_others()
    {
        await using var host = await WebhookHost.Start();

        using var answer = await host.SendGrid(
            "17", "null", "{}", """{"event":"delivered","cvm":"forged"}""", """{"event":["x"]}""", $$"""{"event":"\ud800","cvm":"{{host.Seal.Of("ann", WebhookHost.Key)}}"}""",
            host.Event("account_status_change", "e5", 1), host.Event("delivered", "", 3));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["delivered"], Told(host));
        Assert.Contains("cvm.webhooks.events sendgrid unknown", host.Counted);
        Assert.Contains("cvm.webhooks.events sendgrid not ours", host.Counted);
        Assert.Contains("cvm.webhooks.events sendgrid unreadable", host.Counted);
    }

    [Fact]
    public async Task What_a_mistake_of_ours_keeps_from_being_taken_is_asked_for_again_and_the_rest_is_taken()
    {
        await using var host = await WebhookHost.Start();
        await host.Know("bob", "bob@example.com", null);
        host.BobFails = true;

        using var answer = await host.SendGrid(host.Event("delivered", "e1", 3, customer: "bob", key: "letter:bob:1/send/1"), host.Event("delivered", "e2", 3));
        host.BobFails = false;
        using var again = await host.SendGrid(host.Event("delivered", "e1", 3, customer: "bob", key: "letter:bob:1/send/1"), host.Event("delivered", "e2", 3));

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.OK), (answer.StatusCode, again.StatusCode));
        Assert.Single(host.Lines("bob"), line => line.Because == "delivered");
        Assert.Equal(["delivered"], Told(host));
    }

    [Fact]
    public async Task A_customer_who_was_forgotten_is_not_brought_back()
    {
        await using var host = await WebhookHost.Start();
        await host.Store.Forget("ann", Engine.Forgetting.Marks(new() { Journeys = [], Segments = ImmutableSortedDictionary<string, Segment>.Empty, Surveys = ImmutableSortedDictionary<string, Survey>.Empty, Loyalty = new(), Policies = new(), Holidays = HolidayCalendar.Empty, Templates = ImmutableSortedDictionary<string, TemplateKind>.Empty, CodeKey = [.. "a key of this test"u8] }, "ann", new()), default);

        using var answer = await host.SendGrid(host.Event("spamreport", "e1", 30));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(0, (await host.Store.Load("ann", "", default)).Revision);
    }

    [Fact]
    public async Task Nobody_hears_why_a_post_was_refused()
    {
        await using var host = await WebhookHost.Start();
        var body = $"[{host.Event("bounce", "e1", 3)}]";

        await WebhookHost.AssertRefused(host.SendGridBody(body, signature: ""));
        await WebhookHost.AssertRefused(host.SendGridBody(body, signature: "nonsense"));
        await WebhookHost.AssertRefused(host.SendGridBody(body, signature: "MEUCIQCtIHJeH93Y+qpYeWrySphQgpNGNr/U+UyUlBkU6n7RAwIgJTz2C+8a8xonZGi6BpSzoQsbVRamr2nlxFDWYNH2j/0="));
        await WebhookHost.AssertRefused(host.SendGridBody(body, timestamp: WebhookHost.Now.AddDays(-3).ToUnixTimeSeconds()));
        await WebhookHost.AssertRefused(host.SendGridBody(body, timestamp: WebhookHost.Now.AddDays(3).ToUnixTimeSeconds()));
        await WebhookHost.AssertRefused(host.SendGridBody(new string(' ', 5_000_000)), HttpStatusCode.RequestEntityTooLarge);

        Assert.Equal(["signature", "signature", "stale", "stale", "too large", "unsigned"], host.Counted.Where(count => count.StartsWith("cvm.webhooks.refused sendgrid ", StringComparison.Ordinal)).Select(count => count[30..]).Order());
        Assert.Empty(host.Dossier().Suppressions);
    }

    [Fact]
    public async Task A_signed_body_that_is_no_json_is_not_asked_for_again()
    {
        await using var host = await WebhookHost.Start();

        Assert.Equal(HttpStatusCode.OK, (await host.SendGridBody("<html>")).StatusCode);
    }

    [Fact]
    public async Task Without_keys_there_is_nothing_to_find()
    {
        await using var host = await WebhookHost.Start(new WebhookSettings());

        foreach (var path in new[] { "/webhooks/sendgrid", "/webhooks/twilio/status", "/webhooks/twilio/inbound" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await host.Client.PostAsync(path, null)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync(path)).StatusCode);
        }
    }
}
