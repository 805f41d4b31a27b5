using System.Text;

namespace Cvm.Engine;

/// <summary>The parameters by which a shop's statistics know where a visitor comes from.</summary>
static class Campaign
{
    /// <summary>The address with the parameters it does not have yet; what was written stays as it was written.</summary>
    public static string Marked(string url, Uri address, Utm utm, OutboxEntry entry)
    {
        if (!utm.Hosts.Contains(address.Host, StringComparer.OrdinalIgnoreCase)) return url;

        var end = url.IndexOf('#') is >= 0 and var hash ? hash : url.Length;
        var (place, fragment) = (url[..end], url[end..]);
        var known = Known(place);
        var text = new StringBuilder(place);
        var open = place.IndexOf('?');

        foreach (var (name, value) in Parameters(utm, entry))
        {
            if (value == "" || known.Contains(name)) continue;
            if (open < 0) text.Append('?');
            else if (open < text.Length - 1 && text[^1] != '&') text.Append('&');
            text.Append(name).Append('=').Append(Uri.EscapeDataString(value));
            open = 0;
        }

        return text.Append(fragment).ToString();
    }

    static (string Name, string Value)[] Parameters(Utm utm, OutboxEntry entry) =>
    [
        ("utm_source", utm.Source),
        ("utm_medium", entry.Kind == OutboxKind.Sms ? "sms" : "email"),
        ("utm_campaign", entry.Journey),
        ("utm_content", entry.Subject),
    ];

    static HashSet<string> Known(string place)
    {
        if (place.IndexOf('?') is not (>= 0 and var open)) return [];
        return place[(open + 1)..].Split('&').Select(pair => Uri.UnescapeDataString(pair.Split('=')[0])).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}
