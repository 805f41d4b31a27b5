using System.Security.Cryptography;
using System.Text;

namespace Cvm.Web;

/// <summary>SendGrid's signature: ECDSA on P-256 with SHA-256 over the timestamp's text and the raw body, in DER.</summary>
static class SendGridSignature
{
    public const string Header = "X-Twilio-Email-Event-Webhook-Signature", TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";

    const int MostSignature = 200;

    public static bool IsKey(string publicKey)
    {
        try
        {
            using var key = KeyOf(publicKey);
            return key.KeySize == 256;
        }
        catch (Exception wrong) when (wrong is CryptographicException or FormatException)
        {
            return false;
        }
    }

    public static bool Fits(string publicKey, string signature, string timestamp, ReadOnlySpan<byte> body)
    {
        Span<byte> der = stackalloc byte[MostSignature];
        if (signature.Length > MostSignature || !Convert.TryFromBase64String(signature, der, out var length)) return false;

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(timestamp));
        hash.AppendData(body);

        try
        {
            using var key = KeyOf(publicKey);
            return key.VerifyHash(hash.GetHashAndReset(), der[..length], DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    static ECDsa KeyOf(string publicKey)
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
        return key;
    }
}
