using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cvm.Engine;

/// <summary>What a webhook posts: who it is about, which step sent it, and the facts that step names.</summary>
static class WebhookBody
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Outgoing Render(Dossier dossier, OutboxEntry entry) => new()
    {
        Key = entry.Key,
        Kind = entry.Kind,
        To = entry.Subject,
        Customer = dossier.Customer,
        Journey = entry.Journey,
        Template = entry.Step,
        Text = Json(dossier, entry),
    };

    static string Json(Dossier dossier, OutboxEntry entry)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("key", entry.Key);
            json.WriteString("customer", dossier.Customer);
            json.WriteString("journey", entry.Journey);
            json.WriteNumber("version", entry.Version);
            json.WriteString("step", entry.Step);
            json.WriteStartObject("data");
            foreach (var (name, value) in entry.Data) json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
