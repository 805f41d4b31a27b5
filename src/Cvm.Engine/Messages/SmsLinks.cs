using System.Text.RegularExpressions;

namespace Cvm.Engine;

/// <summary>Sends the links of an SMS the way they go out. Only those that the template writes: what is in a value is words.</summary>
static partial class SmsLinks
{
    // What ends a sentence does not end an address.
    static readonly char[] Trailing = ['.', ',', ';', ':', '!', '?', ')'];

    /// <param name="body">With every value hidden.</param>
    public static string Point(string body, MessageLinks links) => Literal.Plain(Address().Replace(body, found =>
    {
        var url = found.Value.TrimEnd(Trailing);
        return links.Out(Literal.Url(url), shown: true) + found.Value[url.Length..];
    }));

    [GeneratedRegex(@"https?://[\x21-\x7E\uE000-\uE07Fa-zA-Z0-9]+")]
    private static partial Regex Address();
}
