using Cvm.Engine;
using Cvm.Tests;

namespace Cvm.Functions.Tests;

public sealed class SendGridSenderTests : HttpSenderContract
{
    readonly SendGridSettings settings = new() { ApiKey = "SG.secret", From = "Shop <hello@example.com>", SandboxMode = true };

    protected override OutboxKind Kind => OutboxKind.Email;

    readonly ReportSeal seal = new([.. "a key of this test"u8]);

    protected override ISender Make(HttpClient http, TimeProvider clock) => new SendGridSender(http, settings, clock, seal);

    protected override ProviderAnswer Takes(string id) => new(202, $"X-Message-Id: {id}\r\n", "text/plain", "");

    protected override ProviderAnswer Says(int status, string why) => new(status, "", "application/json", $$"""{"errors":[{"message":"{{why}}","field":null}]}""");

    [Fact]
    public async Task The_seal_comes_back_in_feedback_and_headers_categories_and_sandbox_go_along()
    {
        Provider.Next = Takes("id-1");

        await Sender.Send(Message(), default);

        var request = Assert.Single(Provider.Requests).Replace("\\u003c", "<", StringComparison.Ordinal).Replace("\\u003e", ">", StringComparison.Ordinal);
        Assert.StartsWith("POST /v3/mail/send", request, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer SG.secret", request);
        Assert.Contains($"\"custom_args\":{{\"{ReportSeal.Name}\":\"{seal.Of(Message())}\"}}", request);
        Assert.DoesNotContain("ann/1", request);
        Assert.Contains("\"categories\":[\"care\",\"wish\"]", request);
        Assert.Contains("\"List-Unsubscribe\":\"<https://x.example/u>\"", request);
        Assert.Contains("\"sandbox_mode\":{\"enable\":true}", request);
        Assert.Contains("\"name\":\"Shop\"", request);
    }
}

public sealed class TwilioSenderTests : HttpSenderContract
{
    readonly TwilioSettings settings = new()
    {
        AccountSid = "AC" + new string('0', 32),
        AuthToken = "secret",
        MessagingServiceSid = "MG" + new string('1', 32),
        StatusCallback = "https://shop.example/twilio?v=1",
    };

    protected override OutboxKind Kind => OutboxKind.Sms;

    readonly ReportSeal seal = new([.. "a key of this test"u8]);

    protected override ISender Make(HttpClient http, TimeProvider clock) => new TwilioSender(http, settings, clock, seal);

    protected override ProviderAnswer Takes(string id) => new(201, "", "application/json", $$"""{"sid":"{{id}}","status":"accepted"}""");

    protected override ProviderAnswer Says(int status, string why) => Says(status, 20001, why);

    static ProviderAnswer Says(int status, int code, string why) => new(status, "", "application/json", $$"""{"code":{{code}},"message":"{{why}}","more_info":"x","status":{{status}}}""");

    [Theory]
    [InlineData(21610)]
    [InlineData(21614)]
    [InlineData(21211)]
    public async Task Numbers_that_are_dead_or_blocked_are_never_written_to_again(int code)
    {
        Provider.Next = Says(400, code, "no");

        var refused = Assert.IsType<Delivery.Refused>(await Sender.Send(Message(), default));

        Assert.True(refused.Suppress);
        Assert.Contains(code == 21610 ? Suppression.OptedOut : $"{code}", refused.Reason);
    }

    [Fact]
    public async Task The_messaging_service_sends_and_reports_under_our_key()
    {
        Provider.Next = Takes("SM1");

        await Sender.Send(Message(), default);

        var request = Uri.UnescapeDataString(Assert.Single(Provider.Requests).Replace('+', ' '));
        Assert.StartsWith($"POST /2010-04-01/Accounts/{settings.AccountSid}/Messages.json", request, StringComparison.Ordinal);
        Assert.Contains($"MessagingServiceSid={settings.MessagingServiceSid}", request);
        Assert.Contains($"StatusCallback=https://shop.example/twilio?v=1&{ReportSeal.Name}={seal.Of(Message())}", request);
    }
}
