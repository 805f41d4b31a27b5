using System.Text.Json.Nodes;
using Cvm.Engine;
using Cvm.Tests;

namespace Cvm.Local.Tests;

public sealed class SmsGatewayTests : HttpSenderContract
{
    readonly SenderPlan.Gateway gateway = new(
        new("https://sms.example/send"),
        [("Authorization", "Bearer secret")],
        new JsonObject { ["id"] = "{key}", ["recipients"] = new JsonArray("{to}"), ["message"] = new JsonObject { ["body"] = "{text}" }, ["from"] = "Shop" });

    protected override OutboxKind Kind => OutboxKind.Sms;

    protected override ISender Make(HttpClient http, TimeProvider clock) => new SmsGateway(http, gateway, clock);

    protected override ProviderAnswer Takes(string id) => new(202, "", "application/json", $$"""{"id":"{{id}}"}""");

    protected override ProviderAnswer Says(int status, string why) => new(status, "", "application/json", $$"""{"error":"{{why}}"}""");

    [Fact]
    public async Task What_is_posted_has_the_shape_that_was_asked_for_and_the_key_twice()
    {
        await Sender.Send(Message() with { Text = "\"{to}\" for {key}" }, default);

        var request = Assert.Single(Provider.Requests);
        var body = JsonNode.Parse(request[request.IndexOf("\r\n\r\n", StringComparison.Ordinal)..])!;
        Assert.StartsWith("POST /send", request, StringComparison.Ordinal);
        Assert.Contains("Idempotency-Key: care:ann/1:2026/wish/1\r\n", request);
        Assert.Contains("Authorization: Bearer secret\r\n", request);
        Assert.Equal(("care:ann/1:2026/wish/1", "+4915112345678", "\"{to}\" for {key}", "Shop"), ((string)body["id"]!, (string)body["recipients"]![0]!, (string)body["message"]!["body"]!, (string)body["from"]!));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(301)]
    [InlineData(402)]
    public async Task Later_when_our_own_setup_is_wrong(int status)
    {
        Provider.Next = Says(status, "not here");

        Assert.IsType<Delivery.TryLater>(await Sender.Send(Message(), default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("thanks")]
    public async Task Accepted_whatever_it_says_with_its_yes(string answer)
    {
        Provider.Next = new(200, "", "text/plain", answer);

        Assert.Equal("sms.example:200", Assert.IsType<Delivery.Accepted>(await Sender.Send(Message(), default)).ProviderId);
    }
}

public sealed class WebhookSenderTests : HttpSenderContract
{
    protected override OutboxKind Kind => OutboxKind.Webhook;

    protected override ISender Make(HttpClient http, TimeProvider clock) => new WebhookSender(http, clock);

    protected override ProviderAnswer Takes(string id) => new(204, "", "text/plain", "");

    protected override ProviderAnswer Says(int status, string why) => new(status, "", "text/plain", why);

    protected override string Under(string id) => "hooks.example:204";

    [Theory]
    [InlineData("http://hooks.example/in")]
    [InlineData("file:///etc/passwd")]
    [InlineData("nonsense")]
    public async Task Only_https_is_called(string address)
    {
        Assert.IsType<Delivery.Refused>(await Sender.Send(Message() with { To = address }, default));

        Assert.Empty(Provider.Requests);
    }

    [Fact]
    public async Task An_address_that_is_not_there_any_more_is_the_messages_own_trouble()
    {
        Provider.Next = Says(404, "gone");

        Assert.IsType<Delivery.Refused>(await Sender.Send(Message(), default));
    }

    [Fact]
    public async Task A_key_that_no_header_can_carry_is_written_so_that_it_can()
    {
        await Sender.Send(Message("care:王/1"), default);

        Assert.Contains("Idempotency-Key: care%3A%E7%8E%8B%2F1\r\n", Assert.Single(Provider.Requests));
    }
}
