using System.Text;

namespace Cvm.Functions;

/// <summary>Posts JSON to an address. The key travels as <c>Idempotency-Key</c>, for receivers that refuse doubles.</summary>
public sealed class WebhookSender(HttpClient http, TimeProvider clock) : ISender
{
    // Not every receiver looks at the key.
    public bool RefusesDoubles => false;

    public async Task<Delivery> Send(Outgoing message, CancellationToken stop)
    {
        if (!Uri.TryCreate(message.To, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps) return new Delivery.Refused($"'{message.To}' is no https address");

        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(message.Text, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", Convert.ToHexString(Encoding.UTF8.GetBytes(message.Key)));
        using var response = await http.SendAsync(request, stop);

        var reason = ProviderReason.Of(address.Host, (int)response.StatusCode, null);
        return (int)response.StatusCode switch
        {
            < 300 => new Delivery.Accepted($"{address.Host}:{(int)response.StatusCode}"),
            408 or 425 or 429 or >= 500 => new Delivery.TryLater(reason, ProviderReason.After(response.Headers, clock.GetUtcNow())),
            _ => new Delivery.Refused(reason),
        };
    }
}
