using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Cvm.Engine;

/// <summary>The Markdown of messages: CommonMark without HTML.</summary>
static partial class MessageMarkdown
{
    static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseCjkFriendlyEmphasis().Build();
    static readonly MarkdownPipeline WithHtml = new MarkdownPipelineBuilder().UsePreciseSourceLocation().Build();

    public static MarkdownDocument Parse(string markdown) => Markdown.Parse(markdown, Pipeline);

    /// <summary>The only thing in a paragraph: a link alone is a button, code alone a coupon.</summary>
    public static Inline? Alone(ParagraphBlock paragraph) => paragraph.Inline is { FirstChild: { } only } && only == paragraph.Inline.LastChild ? only : null;

    /// <summary>Reports HTML, which comes out as text, and links that mail programs refuse or readers should.</summary>
    public static void Check(string template, Action<int, string, string?> report)
    {
        foreach (var node in Markdown.Parse(Blanked(template), WithHtml).Descendants())
        {
            switch (node)
            {
                case HtmlBlock or HtmlInline: report(node.Span.Start, "HTML is not used in messages; it would be shown as text.", "Write Markdown."); break;
                case LinkInline link when !IsWeb(link.Url ?? "", link.IsImage): report(node.Span.Start, $"'{link.Url}' is not a web address.", link.IsImage ? "Pictures start with https://." : "Links start with https://, mailto: or tel:."); break;
                case LinkInline { IsImage: false } link: CheckPlace(link.Url!, node.Span.Start, Written(template, link.UrlSpan), report); CheckWords(link, report); break;
                case LinkInline link: CheckPlace(link.Url!, node.Span.Start, Written(template, link.UrlSpan), report); break;
                case AutolinkInline { IsEmail: false } bare: CheckPlace(bare.Url, node.Span.Start, Written(template, node.Span), report); break;
            }
        }
    }

    // Braces read as plain words, so that offsets stay and Markdown sees what it will see.
    static string Blanked(string text)
    {
        var blank = text.ToCharArray();
        for (var at = text.IndexOf("{{", StringComparison.Ordinal); at >= 0; at = text.IndexOf("{{", at, StringComparison.Ordinal))
        {
            var start = at;
            var end = text.IndexOf("}}", at, StringComparison.Ordinal);
            end = end < 0 ? text.Length : end + 2;
            for (; at < end; at++) if (blank[at] != '\n') blank[at] = 'x';

            // The one kind of value that is an address whole.
            if (OwnLink().IsMatch(text.AsSpan(start, end - start))) "https://x".CopyTo(0, blank, start, "https://x".Length);
        }

        return new(blank);
    }

    static string Written(string template, SourceSpan span) => span.Start >= 0 && span.End < template.Length && span.Length > 0 ? template.Substring(span.Start, span.Length) : "";

    // Where a link leads must not hang on what somebody is called.
    static void CheckPlace(string url, int at, string written, Action<int, string, string?> report)
    {
        var place = written.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? written[(scheme + 3)..] : "";
        place = place.IndexOfAny(['/', '?', '#', ')', '>', ' ']) is >= 0 and var end ? place[..end] : place;
        if (place.Contains("{{", StringComparison.Ordinal)) report(at, "A value stands in the host of this link.", "Write the host out, such as https://shop.example/{{customer}}.");
        else if (Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo != "") report(at, $"'{url}' holds a user name before its host.", "Leave out everything up to the @.");
    }

    static void CheckWords(LinkInline link, Action<int, string, string?> report)
    {
        var words = OutwardLinks.Words(link).Trim();
        if (!OutwardLinks.IsAddress(words) || !Uri.TryCreate(link.Url, UriKind.Absolute, out var leads) || leads.Scheme is not ("http" or "https")) return;

        var shown = words.Contains("://", StringComparison.Ordinal) ? words : "https://" + words;
        if (Uri.TryCreate(shown, UriKind.Absolute, out var seen) && !Same(seen.Host, leads.Host))
            report(link.Span.Start, $"The words show {seen.Host}, but the link leads to {leads.Host}.", "Write words instead of an address.");
    }

    static bool Same(string a, string b) => string.Equals(Bare(a), Bare(b), StringComparison.OrdinalIgnoreCase);

    static string Bare(string host) => host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;

    static bool IsWeb(string url, bool image) =>
        url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || (!image && (url.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || url.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
            || url.StartsWith("tel:", StringComparison.OrdinalIgnoreCase)));

    [GeneratedRegex(@"^\{\{ *link\.[a-z]+ *\}\}$")]
    private static partial Regex OwnLink();
}
