using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Cvm.Engine;

/// <summary>The SMS gateway in senders.yaml.</summary>
static partial class GatewayPart
{
    static readonly string[] Known = ["key", "text", "to"];

    static readonly Field<Uri> Url = new("url", Shapes.Written<Uri>(IsAddress, "an https address", "Write it like https://sms.example.com/send.", () => Shapes.Schema("string")), "Where messages are posted to.", required: true);
    static readonly Field<ImmutableArray<(string Name, Where At, string Value)>> Headers = new("headers", HeaderShape().Named(HeaderName(), "a mapping of headers"), "What the gateway knows you by.");
    static readonly Field<JsonObject> Body = new("body", BodyShape(), "What is posted, with {to}, {text} and {key}.");

    public static Shape<SenderPlan> Shape { get; } = Combining.Mapping<SenderPlan>("an SMS gateway", [Url, Headers, Body], (v, _) => new SenderPlan.Gateway(
        v.Get(Url)!,
        [.. v.Get(Headers, []).Select(header => (header.Name, header.Value))],
        v.Get(Body) ?? new JsonObject { ["key"] = "{key}", ["to"] = "{to}", ["text"] = "{text}" }));

    // In the clear only to this very machine: numbers and messages are nobody else's business.
    static bool IsAddress(string text, out Uri address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address!) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    static Shape<string> HeaderName() => Shapes.Written<string>((text, out name) => Token().IsMatch(name = text), "the name of a header", null, () => Shapes.Schema("string"));

    static Shape<string> HeaderShape() => SmtpPart.Secret with
    {
        Read = (node, reading) =>
        {
            var value = SmtpPart.Secret.Read(node, reading);
            if (value?.All(c => c is >= ' ' and <= '~') == false) reading.Wrong(node.At, "This value holds characters that a header cannot carry.", "Keep to one line of plain letters, digits and signs.");
            return value;
        },
    };

    static Shape<JsonObject> BodyShape() => new(
        (node, reading) =>
        {
            var used = new HashSet<string>(StringComparer.Ordinal);
            if (node is not Node.Map || ToJson(node, used, reading) is not JsonObject body)
            {
                reading.Wrong(node.At, $"Here stands {node.Kind}, where a mapping is needed.", "Write what is posted, such as { to: \"{to}\", text: \"{text}\" }.");
                return null;
            }

            foreach (var needed in new[] { "to", "text" }) if (!used.Contains(needed)) reading.Wrong(node.At, $"'{{{needed}}}' is missing in the body.", $"Write \"{{{needed}}}\" where the gateway expects it.");
            return body;
        },
        _ => Shapes.Schema("object"));

    static JsonNode ToJson(Node node, HashSet<string> used, Reading reading)
    {
        switch (node)
        {
            case Node.Map map: return new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Value, (JsonNode?)ToJson(entry.Value, used, reading))));
            case Node.List list: return new JsonArray([.. list.Items.Select(item => ToJson(item, used, reading))]);
        }

        var text = ((Node.Text)node).Value;
        foreach (var name in Place().Matches(text).Select(match => match.Groups[1].Value))
        {
            used.Add(name);
            if (!Known.Contains(name)) reading.Wrong(node.At, $"There is no '{{{Reading.Short(name)}}}' to put here.", Reading.Hint(name, Known));
        }

        return JsonValue.Create(text);
    }

    /// <summary>A name in braces, to be replaced.</summary>
    [GeneratedRegex(@"\{([a-z]+)\}")]
    public static partial Regex Place();

    [GeneratedRegex("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")]
    private static partial Regex Token();
}
