using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cvm.Engine;

namespace Cvm.Web;

/// <summary>Reads SendGrid's events into signals. What cannot be read, is not ours, or says nothing to us is counted and left out.</summary>
sealed class SendGridEvents(ReportSeal seal, DateTimeOffset now)
{
    const int MostId = 200, MostDetail = 500;

    public List<(string Customer, Signal Signal)> Read(ReadOnlyMemory<byte> body)
    {
        var signals = new List<(string, Signal)>();

        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Array) One(json.RootElement, signals);
            else foreach (var item in json.RootElement.EnumerateArray()) One(item, signals);
        }
        catch (JsonException)
        {
            WebhookCounts.Event("sendgrid", "unreadable");
        }

        return signals;
    }

    void One(JsonElement item, List<(string, Signal)> into)
    {
        try
        {
            var kind = Text(item, "event") ?? "";
            if (Text(item, ReportSeal.Name) is not { } sealedName || seal.Read(sealedName) is not var (customer, key))
            {
                WebhookCounts.Event("sendgrid", "not ours");
                return;
            }

            // Links of ours tell of themselves when they are followed. Told by SendGrid as well, under another address, each would look like two.
            var meanings = kind == "click" && IsOurs(Text(item, "url")) ? [] : SendGridMeaning.Of(kind, Text(item, "type"), Text(item, "reason"));
            WebhookCounts.Event("sendgrid", meanings.IsEmpty ? "unknown" : kind);
            foreach (var report in meanings) into.Add((customer, SignalOf(item, key, report)));
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or FormatException)
        {
            WebhookCounts.Event("sendgrid", "unreadable");
        }
    }

    Signal.Reported SignalOf(JsonElement item, string key, Report report)
    {
        var detail = report == Report.Clicked ? Text(item, "url") : Text(item, "reason");
        var machine = item.TryGetProperty("sg_machine_open", out var told) && told.ValueKind == JsonValueKind.True;
        return new($"sendgrid:{IdOf(item)}{(report == Report.Unsubscribed ? "/unsubscribed" : "")}", At(item), key, report, Shortened(detail), machine, Channel: Channel.Email, Address: Text(item, "email"));
    }

    static bool IsOurs(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.AbsolutePath.Contains("/links/", StringComparison.Ordinal);

    static string IdOf(JsonElement item) => Text(item, "sg_event_id") is { Length: > 0 and <= MostId } id && id.All(letter => letter is > ' ' and < '\x7f')
        ? id : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(item.GetRawText())));

    // In whole seconds; what lies ahead is a clock that is wrong.
    DateTimeOffset At(JsonElement item)
    {
        if (!item.TryGetProperty("timestamp", out var seconds) || seconds.ValueKind != JsonValueKind.Number || !seconds.TryGetInt64(out var unix)) return now;
        return unix > 0 && unix < now.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(unix) : now;
    }

    static string? Text(JsonElement item, string name) => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static string? Shortened(string? text) => text is { Length: > MostDetail } ? text[..(char.IsHighSurrogate(text[MostDetail - 1]) ? MostDetail - 1 : MostDetail)] : text;
}

/// <summary>What SendGrid's events mean (twilio.com/docs/sendgrid/for-developers/tracking-events/event).</summary>
static class SendGridMeaning
{
    public static ImmutableArray<Report> Of(string kind, string? type, string? reason) => kind switch
    {
        "processed" or "deferred" => [Report.Accepted],
        "delivered" => [Report.Delivered],
        "bounce" => type == "blocked" ? [Report.Failed] : [Report.Bounced],
        "dropped" => Dropped(reason),
        "open" => [Report.Opened],
        "click" => [Report.Clicked],
        "spamreport" => [Report.Complained],
        "unsubscribe" or "group_unsubscribe" => [Report.Unsubscribed],
        _ => [], // group_resubscribe too: what was withdrawn comes back where it is asked for, with its wording
    };

    // SendGrid keeps lists of its own and does not even try. It is no second complaint where the first was one.
    static ImmutableArray<Report> Dropped(string? reason) => reason switch
    {
        "Bounced Address" or "Invalid" or "Spam Reporting Address" => [Report.Bounced],
        "Unsubscribed Address" => [Report.Failed, Report.Unsubscribed],
        _ => [Report.Failed],
    };
}
