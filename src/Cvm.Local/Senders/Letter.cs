using System.Security.Cryptography;
using System.Text;
using MimeKit;

namespace Cvm.Local;

/// <summary>An e-mail as it travels: text and HTML side by side, everything in UTF-8.</summary>
static class Letter
{
    const int IdLetters = 40;

    public static MimeMessage Of(Outgoing message, MailboxAddress from, DateTimeOffset now)
    {
        var letter = new MimeMessage
        {
            Subject = message.Subject,
            Date = now,
            MessageId = $"{IdOf(message.Key)}@{from.Domain}",
            Body = Body(message),
        };
        letter.From.Add(from);
        letter.To.Add(new MailboxAddress("", message.To));
        foreach (var (name, value) in message.Headers) letter.Headers.Replace(name, value);
        return letter;
    }

    /// <summary>The same for the same key, for good, and no key to be read from it.</summary>
    public static string IdOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..IdLetters];

    static MimeEntity Body(Outgoing message) => message.Html is null ? Part("plain", message.Text) : new MultipartAlternative(Part("plain", message.Text), Part("html", message.Html));

    static TextPart Part(string kind, string text)
    {
        var part = new TextPart(kind) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        part.SetText(Encoding.UTF8, text);
        return part;
    }
}
