using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Cvm.Local;

/// <summary>SMS by any gateway that takes JSON over HTTP. The key travels as <c>Idempotency-Key</c> as well.</summary>
/// <param name="http">With the time-out that one message may take.</param>
sealed partial class SmsGateway(HttpClient http, SenderPlan.Gateway gateway, TimeProvider clock) : ISender
{
    static readonly string[] IdNames = ["id", "message_id", "messageId", "sid"];

    // Not every gateway looks at the key.
    public bool RefusesDoubles => false;

    public async Task<Delivery> Send(Outgoing message, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, gateway.Url) { Content = new StringContent(Filled(gateway.Body, message)!.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", HttpAnswer.KeyText(message.Key));
        foreach (var (name, value) in gateway.Headers) request.Headers.TryAddWithoutValidation(name, value);

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        var said = await HttpAnswer.Said(response, stop);
        var meaning = HttpAnswer.Meaning(gateway.Url.Host, (int)response.StatusCode, said, response.Headers, clock.GetUtcNow());
        return meaning is Delivery.Accepted accepted && IdIn(said) is { } id ? accepted with { ProviderId = id } : meaning;
    }

    static JsonNode? Filled(JsonNode? part, Outgoing message) => part switch
    {
        JsonObject map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, Filled(pair.Value, message)))),
        JsonArray list => new JsonArray([.. list.Select(item => Filled(item, message))]),
        JsonValue value => JsonValue.Create(Place().Replace(value.GetValue<string>(), match => match.Value switch { "{key}" => message.Key, "{to}" => message.To, _ => message.Text })),
        _ => null,
    };

    static string? IdIn(string said)
    {
        try
        {
            using var answer = JsonDocument.Parse(said);
            if (answer.RootElement.ValueKind != JsonValueKind.Object) return null;

            foreach (var name in IdNames)
                if (answer.RootElement.TryGetProperty(name, out var id) && id.ValueKind is JsonValueKind.String or JsonValueKind.Number) return id.ToString();

            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\{(key|to|text)\}")]
    private static partial Regex Place();
}
