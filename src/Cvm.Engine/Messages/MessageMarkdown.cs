using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Cvm.Engine;

/// <summary>The Markdown of messages: CommonMark without HTML.</summary>
static class MessageMarkdown
{
    static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseCjkFriendlyEmphasis().Build();
    static readonly MarkdownPipeline WithHtml = new MarkdownPipelineBuilder().UsePreciseSourceLocation().Build();

    public static MarkdownDocument Parse(string markdown) => Markdown.Parse(markdown, Pipeline);

    /// <summary>The only thing in a paragraph: a link alone is a button, code alone a coupon.</summary>
    public static Inline? Alone(ParagraphBlock paragraph) => paragraph.Inline is { FirstChild: { } only } && only == paragraph.Inline.LastChild ? only : null;

    /// <summary>Reports HTML, which comes out as text, and links that mail programs refuse or should.</summary>
    public static void Check(string markdown, Action<int, string, string?> report)
    {
        foreach (var node in Markdown.Parse(markdown, WithHtml).Descendants())
        {
            if (node is HtmlBlock or HtmlInline)
            {
                report(node.Span.Start, "HTML is not used in messages; it would be shown as text.", "Write Markdown.");
            }
            else if (node is LinkInline link && !IsWeb(link.Url ?? "", link.IsImage))
            {
                report(node.Span.Start, $"'{link.Url}' is not a web address.", link.IsImage ? "Pictures start with https://." : "Links start with https://, mailto: or tel:.");
            }
        }
    }

    static bool IsWeb(string url, bool image) =>
        url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || (!image && (url.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || url.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
            || url.StartsWith("tel:", StringComparison.OrdinalIgnoreCase)));
}
