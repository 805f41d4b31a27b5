using System.Text;

namespace Cvm.Engine;

/// <summary>Posts JSON to an address. The key travels as <c>Idempotency-Key</c>, for receivers that refuse doubles.</summary>
/// <param name="http">With the time-out that one message may take.</param>
public sealed class WebhookSender(HttpClient http, TimeProvider clock) : ISender
{
    // Not every receiver looks at the key.
    public bool RefusesDoubles => false;

    public async Task<Delivery> Send(Outgoing message, CancellationToken stop)
    {
        if (!Uri.TryCreate(message.To, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps) return new Delivery.Refused($"'{message.To}' is no https address");

        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(message.Text, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", HttpAnswer.KeyText(message.Key));

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        var said = response.IsSuccessStatusCode ? null : await HttpAnswer.Said(response, stop);
        return HttpAnswer.Meaning(address.Host, (int)response.StatusCode, said, response.Headers, clock.GetUtcNow(), ours: false);
    }
}
