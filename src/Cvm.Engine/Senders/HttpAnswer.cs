using System.Globalization;
using System.Net.Http.Headers;

namespace Cvm.Engine;

/// <summary>What an answer over HTTP means for a message, the same for every provider.</summary>
public static class HttpAnswer
{
    const int MostSaid = 300, MostRead = 16 * 1024;

    /// <summary>The case for a status, with what the provider said in words.</summary>
    /// <param name="ours">What is behind the address is set up by us: where it is not there, the message is not at fault.</param>
    public static Delivery Meaning(string provider, int status, string? said, HttpResponseHeaders? headers, DateTimeOffset now, bool ours = true)
    {
        var reason = Reason(provider, status, said);
        return status switch
        {
            < 300 => new Delivery.Accepted($"{provider}:{status}"),
            408 or 425 or 429 or >= 500 => new Delivery.TryLater(reason, After(headers, now)),
            // Our key is wrong or not allowed to, or the account is empty: the message waits until somebody has mended it.
            401 or 402 or 403 or 407 => new Delivery.TryLater(reason),
            < 400 or 404 or 405 when ours => new Delivery.TryLater(reason),
            _ => new Delivery.Refused(reason),
        };
    }

    /// <summary>What a provider says of a failure, in words for the timeline.</summary>
    public static string Reason(string provider, int status, string? said) =>
        string.Create(CultureInfo.InvariantCulture, $"{provider} answered {status}{(string.IsNullOrWhiteSpace(said) ? "" : $": {Short(said)}")}");

    /// <summary>What <c>Retry-After</c> asks for, as a span or as a moment.</summary>
    public static TimeSpan? After(HttpResponseHeaders? headers, DateTimeOffset now) => headers?.RetryAfter switch
    {
        { Delta: { } span } => span,
        { Date: { } moment } when moment > now => moment - now,
        _ => null,
    };

    /// <summary>The beginning of what was answered, read no further than anybody looks.</summary>
    public static async Task<string> Said(HttpResponseMessage response, CancellationToken stop)
    {
        await using var body = await response.Content.ReadAsStreamAsync(stop);
        var bytes = new byte[MostRead];
        var read = await body.ReadAtLeastAsync(bytes, MostRead, throwOnEndOfStream: false, stop);
        return System.Text.Encoding.UTF8.GetString(bytes, 0, read);
    }

    /// <summary>The key as a header can carry it.</summary>
    public static string KeyText(string key) => key.All(c => c is > ' ' and <= '~') ? key : Uri.EscapeDataString(key);

    static string Short(string said)
    {
        var line = said.Trim().ReplaceLineEndings(" ");
        return line.Length > MostSaid ? line[..MostSaid] : line;
    }
}
