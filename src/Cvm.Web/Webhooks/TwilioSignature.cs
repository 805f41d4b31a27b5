using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Cvm.Web;

/// <summary>Twilio's signature: HMAC-SHA1 under the auth token over the address it called and, sorted by name, the names and values it posted.</summary>
static class TwilioSignature
{
    public const string Header = "X-Twilio-Signature";

    /// <summary>With and without the port that the scheme implies: which of them Twilio signs has changed over the years.</summary>
    public static bool Fits(string token, Uri address, IReadOnlyList<(string Name, string Value)> form, string signature)
    {
        var given = Encoding.UTF8.GetBytes(signature);
        var posted = Posted(form);
        var fits = false;
        foreach (var called in Spellings(address)) fits |= CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(Of(token, called + posted)));
        return fits;
    }

    [SuppressMessage("Security", "CA5350", Justification = "It is what Twilio signs with.")]
    static string Of(string token, string text) => Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text)));

    static IEnumerable<string> Spellings(Uri address)
    {
        yield return address.OriginalString;
        if (address.IsDefaultPort) yield return $"{address.Scheme}://{address.Host}:{address.Port}{address.PathAndQuery}";
    }

    static string Posted(IReadOnlyList<(string Name, string Value)> form)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in form.Distinct().OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)) text.Append(name).Append(value);
        return text.ToString();
    }
}
