using System.Net;
using System.Text.Json.Nodes;
using Cvm.Web;

namespace Cvm.Local.Tests;

public sealed class TwilioWebhookTests
{
    [Theory]
    [InlineData("queued", null, null, false)]
    [InlineData("sent", null, null, false)]
    [InlineData("delivered", null, "delivered", false)]
    [InlineData("read", null, "opened", false)]
    [InlineData("undelivered", 30003, "failed", false)]
    [InlineData("undelivered", 30005, "bounced", true)]
    [InlineData("undelivered", 30006, "bounced", true)]
    [InlineData("undelivered", 30007, "failed", false)]
    [InlineData("failed", 30008, "failed", false)]
    [InlineData("failed", 21610, "bounced", true)]
    [InlineData("failed", null, "failed", false)]
    public async Task A_status_settles_a_message_whose_id_nobody_had_heard(string status, int? code, string? told, bool suppressed)
    {
        await using var host = await WebhookHost.Start();
        host.Clock.To(WebhookHost.Now.AddMinutes(1));

        using var answer = await host.Status(status, code);

        Assert.Equal((HttpStatusCode.OK, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Empty(host.Dossier().Outbox);
        Assert.Equal(told, host.Lines().LastOrDefault(line => line.What == Happening.Reported)?.Because);
        Assert.Equal(suppressed, !host.Dossier().Suppressions.IsEmpty);
    }

    [Fact]
    public async Task A_seal_that_is_not_ours_reports_of_nobody()
    {
        await using var host = await WebhookHost.Start();

        using var answer = await host.Status("failed", 21610, seal: "forged");
        using var unknown = await host.Status("teleported");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (answer.StatusCode, unknown.StatusCode));
        Assert.Single(host.Dossier().Outbox);
    }

    [Fact]
    public async Task Nobody_hears_why_a_post_was_refused()
    {
        await using var host = await WebhookHost.Start();

        await WebhookHost.AssertRefused(host.Twilio("/webhooks/twilio/inbound", [("From", WebhookHost.Phone), ("Body", "STOP"), ("MessageSid", "SM1")], token: "another token of the same sort"));
        await WebhookHost.AssertRefused(host.Twilio("/webhooks/twilio/inbound", [("From", WebhookHost.Phone), ("Body", "STOP"), ("MessageSid", "SM1")], site: host.Client.BaseAddress!.ToString().TrimEnd('/')));
        await WebhookHost.AssertRefused(host.Client.PostAsync("/webhooks/twilio/status", new StringContent("MessageSid=SM1")));
        await WebhookHost.AssertRefused(host.Text(new string('x', 70_000)), HttpStatusCode.RequestEntityTooLarge);

        Assert.Contains("cvm.webhooks.refused twilio signature", host.Counted);
        Assert.True(host.Dossier().Consents[0].Given);
    }

    [Fact]
    public async Task Without_a_public_address_the_one_that_was_called_counts()
    {
        await using var host = await WebhookHost.Start(new WebhookSettings { TwilioAuthToken = WebhookHost.Token });

        using var answer = await host.Twilio("/webhooks/twilio/inbound?from=a%20shop", [("From", WebhookHost.Phone), ("Body", "Grüße & 你好 +1"), ("MessageSid", "SM1")], site: host.Client.BaseAddress!.ToString().TrimEnd('/'));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("Grüße & 你好 +1", host.Lines()[^1].Wording);
    }

    [Theory]
    [InlineData("STOP", true, false)]
    [InlineData("stop it please", true, true)]
    [InlineData("STOP", false, true)]
    public async Task A_stop_is_obeyed_and_answered_once_by_Twilio_or_by_us(string text, bool twilioAnswers, bool answered)
    {
        await using var host = await WebhookHost.Start(make: host => new() { TwilioAuthToken = WebhookHost.Token, PublicAddress = new(WebhookHost.Site), TwilioAnswersKeywords = twilioAnswers });

        using var first = await host.Text(text);
        using var again = await host.Text(text);

        Assert.Equal(("text/xml", "<Response/>"), (first.Content.Headers.ContentType!.MediaType, await first.Content.ReadAsStringAsync()));
        if (!answered && host.Dossier().Consents[0].Given) Assert.Fail("STOP was not obeyed");
        Assert.Equal(answered && !host.Dossier().Consents[0].Given ? 1 : 0, host.Dossier().Outbox.Count(entry => entry.Reply));
        Assert.Single(host.Lines(), line => line.What == Happening.Texted);
    }

    [Fact]
    public async Task A_keyword_of_Advanced_Opt_Out_is_obeyed_in_any_language()
    {
        await using var host = await WebhookHost.Start();

        using var answer = await host.Text("ARRET", more: ("OptOutType", "STOP"));

        Assert.All(host.Dossier().Consents, word => Assert.False(word.Given));
        Assert.DoesNotContain(host.Dossier().Outbox, entry => entry.Reply);
    }

    [Fact]
    public async Task Everybody_who_shares_the_phone_is_stopped_and_one_answer_comes()
    {
        await using var host = await WebhookHost.Start(make: host => new() { TwilioAuthToken = WebhookHost.Token, PublicAddress = new(WebhookHost.Site), TwilioAnswersKeywords = false });
        await host.Know("bob", "bob@example.com", WebhookHost.Phone);

        using var answer = await host.Text("STOP");

        Assert.All(new[] { "ann", "bob" }, customer => Assert.False(host.Dossier(customer).Consents[0].Given));
        Assert.Equal(1, new[] { "ann", "bob" }.Sum(customer => host.Dossier(customer).Outbox.Count(entry => entry.Reply)));
    }

    [Fact]
    public async Task A_number_that_nobody_has_is_counted_and_makes_nobody()
    {
        await using var host = await WebhookHost.Start();

        using var answer = await host.Text("Hello", from: "+14155550177");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("cvm.webhooks.events sms nobody", host.Counted);
        Assert.Equal(["ann"], (await host.Store.Page("", 10, default)).Select(row => row.Customer));
    }

    [Fact]
    public async Task Any_provider_can_send_in_replies_and_reports()
    {
        await using var host = await WebhookHost.Start();
        var json = new Func<string, StringContent>(text => new(text, null, "application/json"));

        using var reply = await host.Client.PostAsync("/api/sms-replies", json($$"""{"id":"m1","from":"{{WebhookHost.Phone}}","text":"STOP","at":"2027-03-01T08:59:00Z"}"""));
        using var nobody = await host.Client.PostAsync("/api/sms-replies", json("""{"id":"m2","from":"+14155550177","text":"STOP","at":"2027-03-01T08:59:00Z"}"""));
        using var report = await host.Client.PostAsync("/api/message-reports", json($$"""{"id":"r1","customer":"ann","key":"{{WebhookHost.Key}}","report":"delivered","at":"2027-03-01T09:00:00Z"}"""));
        using var wrong = await host.Client.PostAsync("/api/message-reports", json("""{"id":"r1","customer":"ann","key":"k","report":"deliverd","at":"2027-03-01T09:00:00Z"}"""));

        Assert.Equal("""{"status":"taken"}""", await reply.Content.ReadAsStringAsync());
        Assert.Equal("""{"status":"nobody"}""", await nobody.Content.ReadAsStringAsync());
        Assert.False(host.Dossier().Consents[0].Given);
        Assert.Equal("delivered", host.Lines()[^1].Because);
        Assert.Equal("Did you mean 'delivered'?", (string)JsonNode.Parse(await wrong.Content.ReadAsStringAsync())!["errors"]![0]!["fix"]!);
    }
}
