using System.Security.Cryptography;

namespace Cvm.Web;

/// <summary>By what the reports of providers are known to be theirs. Where a key is empty, that provider's routes do not exist.</summary>
public sealed record WebhookSettings
{
    const int LeastToken = 16;

    /// <summary>SendGrid's verification key: base64 of the public key (SubjectPublicKeyInfo, P-256).</summary>
    public string SendGridPublicKey { get; init; } = "";

    /// <summary>Twilio's auth token: it signs with what it is called by.</summary>
    public string TwilioAuthToken { get; init; } = "";

    /// <summary>Where providers find this site, such as https://care.shop.example: Twilio signs the address it calls, which a proxy may have changed
    /// since. Null for the address that the request itself tells.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>Whether Twilio itself answers STOP, START and HELP, as it does for long codes and toll-free numbers.</summary>
    public bool TwilioAnswersKeywords { get; init; } = true;

    /// <summary>What is wrong with them, in words for whoever set them; nothing where they are sound.</summary>
    public IEnumerable<string> Problems()
    {
        if (SendGridPublicKey != "" && !SendGridSignature.IsKey(SendGridPublicKey)) yield return "SendGrid's verification key is not the base64 of a public key on P-256: copy it whole from Mail Settings, Event Webhook.";
        if (TwilioAuthToken is { Length: > 0 and < LeastToken }) yield return "Twilio's auth token is too short to be one.";
        if (PublicAddress is { } address && (!address.IsAbsoluteUri || address.Scheme is not ("https" or "http"))) yield return "The site's address must begin with https:// or http://.";
    }
}
