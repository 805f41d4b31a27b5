using System.Net;
using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Cvm.Engine;

/// <summary>A message as HTML for mail programs: every style inline, classes only for dark mode and phones.</summary>
sealed class MailHtml
{
    const string Mono = "ui-monospace,SFMono-Regular,Menlo,Consolas,monospace";

    readonly StringBuilder html = new();

    public static string Of(MarkdownDocument document)
    {
        var writer = new MailHtml();
        writer.Blocks(document);
        return writer.html.ToString();
    }

    void Blocks(ContainerBlock blocks)
    {
        foreach (var block in blocks) Block(block);
    }

    void Block(Block block)
    {
        switch (block)
        {
            case HeadingBlock { Level: 1 } heading: Leaf(heading, "h1", "ink", "margin:0 0 20px;font-size:26px;line-height:34px;font-weight:650;letter-spacing:-.2px;color:#1c2330"); break;
            case HeadingBlock heading: Leaf(heading, "h2", "ink", "margin:28px 0 12px;font-size:18px;line-height:26px;font-weight:650;color:#1c2330"); break;
            case ParagraphBlock paragraph: Paragraph(paragraph); break;
            case ListBlock list: List(list); break;
            case QuoteBlock quote: Quote(quote); break;
            case ThematicBreakBlock: html.Append("<hr class=\"line\" style=\"margin:28px 0;border:0;border-top:1px solid #e6e8ec\">\n"); break;
            case CodeBlock code: Coupon(Literal.Html(code.Lines.ToString())); break;
            case CouponBlock coupon: Coupon(WebUtility.HtmlEncode(coupon.Code), coupon); break;
            case ProductBlock product: Product(product); break;
            case WordsBlock written: Words(written); break;
            case AnswersBlock answers: Answers(answers); break;
        }
    }

    void Words(WordsBlock written)
    {
        foreach (var lines in written.Paragraphs)
            html.Append("<p style=\"margin:0 0 18px\">").AppendJoin("<br>\n", lines.Select(WebUtility.HtmlEncode)).Append("</p>\n");
    }

    void Paragraph(ParagraphBlock paragraph)
    {
        switch (MessageMarkdown.Alone(paragraph))
        {
            case LinkInline { IsImage: false } link: Button(link); break;
            case CodeInline code: Coupon(Literal.Html(code.Content)); break;
            default: Leaf(paragraph, "p", null, "margin:0 0 18px"); break;
        }
    }

    void Leaf(LeafBlock leaf, string tag, string? look, string style)
    {
        html.Append('<').Append(tag);
        if (look is not null) html.Append(" class=\"").Append(look).Append('"');
        html.Append(" style=\"").Append(style).Append("\">");
        if (leaf.Inline is { } inline) Inlines(inline);
        html.Append("</").Append(tag).Append(">\n");
    }

    void Button(LinkInline link)
    {
        html.Append("<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:6px 0 26px\"><tr><td class=\"button\" bgcolor=\"#22476b\" style=\"border-radius:8px;background:#22476b\"><a href=\"")
            .Append(Literal.Html(Literal.Url(link.Url ?? "")))
            .Append("\" class=\"button-text\" style=\"display:inline-block;padding:13px 26px;font-size:16px;line-height:22px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:8px\">");
        Inlines(link);
        html.Append("</a></td></tr></table>\n");
    }

    /// <param name="words">What stands around the code, where it is a card.</param>
    void Coupon(string code, CouponBlock? words = null)
    {
        html.Append("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:6px 0 24px\"><tr><td class=\"coupon\" align=\"center\" style=\"padding:18px 12px;border:1px dashed #b9c0ca;border-radius:10px;background:#f7f8fa;color:#1c2330;font-family:")
            .Append(Mono)
            .Append(";font-size:22px;line-height:28px;font-weight:600;letter-spacing:2px;word-break:break-all\">");
        if (words is not null) Aside("ink", "font-size:18px;line-height:26px;font-weight:600;color:#1c2330;padding-bottom:6px", words.Worth);
        html.Append(code);
        if (words is not null) Aside("soft", "font-size:14px;line-height:20px;font-weight:400;color:#6d7684;padding-top:6px", words.Until);
        html.Append("</td></tr></table>\n");
    }

    void Aside(string look, string style, string words) => html.Append("<div class=\"").Append(look).Append("\" style=\"font-family:").Append(MailLayout.Fonts).Append(";letter-spacing:0;word-break:normal;").Append(style).Append("\">")
        .Append(WebUtility.HtmlEncode(words)).Append("</div>");

    void Product(ProductBlock product)
    {
        var (link, title) = (WebUtility.HtmlEncode(product.Link), WebUtility.HtmlEncode(product.Title));
        html.Append("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:6px 0 24px\"><tr><td class=\"product\" style=\"padding:14px;border:1px solid #e6e8ec;border-radius:10px\"><table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr>");
        if (product.Image is { } image)
        {
            html.Append("<td width=\"112\" valign=\"top\" style=\"width:112px\"><a href=\"").Append(link).Append("\"><img src=\"").Append(WebUtility.HtmlEncode(image))
                .Append("\" alt=\"\" width=\"96\" height=\"96\" style=\"display:block;width:96px;height:96px;object-fit:cover;border:0;border-radius:8px\"></a></td>");
        }

        html.Append("<td valign=\"middle\" style=\"padding:2px 4px\"><a href=\"").Append(link).Append("\" class=\"ink\" style=\"font-size:17px;line-height:24px;font-weight:600;color:#1c2330;text-decoration:none\">").Append(title)
            .Append("</a><br><span class=\"soft\" style=\"font-size:16px;line-height:24px;color:#6d7684\">").Append(WebUtility.HtmlEncode(product.Price)).Append("</span></td></tr></table></td></tr></table>\n");
    }

    // Each number is a table of its own that floats: every mail program wraps those on a phone.
    void Answers(AnswersBlock block)
    {
        html.Append("<div style=\"margin:6px 0 0\">\n");
        foreach (var (score, link) in block.Answers)
        {
            html.Append("<table role=\"presentation\" align=\"left\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 8px 8px 0;border-collapse:separate\"><tr><td class=\"coupon\" align=\"center\" width=\"46\" height=\"46\" style=\"width:46px;height:46px;border:1px solid #b9c0ca;border-radius:10px;background:#f7f8fa\">");
            if (link is null) html.Append(score);
            else html.Append("<a href=\"").Append(WebUtility.HtmlEncode(link)).Append("\" class=\"ink\" title=\"").Append(WebUtility.HtmlEncode(Named(block, score))).Append("\" style=\"display:block;font-size:18px;line-height:46px;font-weight:600;color:#1c2330;text-decoration:none\">").Append(score).Append("</a>");
            html.Append("</td></tr></table>\n");
        }

        html.Append("<div style=\"clear:both\"></div></div>\n<p class=\"soft\" style=\"margin:0 0 24px;font-size:14px;line-height:20px;color:#6d7684\">")
            .Append(WebUtility.HtmlEncode($"{Named(block, block.Answers[0].Score)}, {Named(block, block.Answers[^1].Score)}")).Append("</p>\n");
    }

    static string Named(AnswersBlock block, int score) => block.Meaning(score) is { Length: > 0 } meaning ? $"{score}: {meaning}" : $"{score}";

    void Quote(QuoteBlock quote)
    {
        html.Append("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:6px 0 24px\"><tr><td class=\"quote\" style=\"padding:16px 20px 0;border-left:3px solid #c3ccd8;background:#f7f8fa;color:#4a5361\">\n");
        Blocks(quote);
        html.Append("</td></tr></table>\n");
    }

    void List(ListBlock list)
    {
        var tag = list.IsOrdered ? "ol" : "ul";
        html.Append('<').Append(tag);
        if (list is { IsOrdered: true, OrderedStart: { } start and not "1" }) html.Append(" start=\"").Append(start).Append('"');
        html.Append(" style=\"margin:0 0 18px;padding-left:24px\">\n");

        foreach (var item in list.OfType<ListItemBlock>())
        {
            html.Append("<li style=\"margin:0 0 8px\">");
            foreach (var block in item)
            {
                if (block is ParagraphBlock { Inline: { } inline }) Inlines(inline);
                else Block(block);
            }

            html.Append("</li>\n");
        }

        html.Append("</").Append(tag).Append(">\n");
    }

    void Inlines(ContainerInline inlines)
    {
        foreach (var inline in inlines) Inline(inline);
    }

    void Inline(Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal: html.Append(Literal.Html(literal.Content.ToString())); break;
            case CodeInline code: html.Append("<code class=\"code\" style=\"padding:2px 6px;border-radius:5px;background:#f0f2f5;font-family:").Append(Mono).Append(";font-size:15px\">").Append(Literal.Html(code.Content)).Append("</code>"); break;
            case HtmlEntityInline entity: html.Append(Literal.Html(entity.Transcoded.ToString())); break;
            case LineBreakInline { IsHard: true }: html.Append("<br>\n"); break;
            case LineBreakInline: html.Append('\n'); break;
            case EmphasisInline { DelimiterCount: 2 } strong: Wrapped("strong", strong); break;
            case EmphasisInline emphasis: Wrapped("em", emphasis); break;
            case AutolinkInline auto: Link(Literal.Url((auto.IsEmail ? "mailto:" : "") + auto.Url), () => html.Append(Literal.Html(auto.Url))); break;
            case LinkInline { IsImage: true } image: Picture(image); break;
            case LinkInline link: Link(Literal.Url(link.Url ?? ""), () => Inlines(link)); break;
            case ContainerInline container: Inlines(container); break;
        }
    }

    void Wrapped(string tag, ContainerInline inlines)
    {
        html.Append('<').Append(tag).Append('>');
        Inlines(inlines);
        html.Append("</").Append(tag).Append('>');
    }

    void Link(string url, Action words)
    {
        html.Append("<a href=\"").Append(Literal.Html(url)).Append("\" class=\"link\" style=\"color:#22476b;text-decoration:underline;text-underline-offset:2px\">");
        words();
        html.Append("</a>");
    }

    void Picture(LinkInline image)
    {
        html.Append("<img src=\"").Append(Literal.Html(Literal.Url(image.Url ?? ""))).Append("\" alt=\"");
        foreach (var part in image.Descendants<LiteralInline>()) html.Append(Literal.Html(part.Content.ToString()));
        html.Append("\" width=\"520\" style=\"display:block;width:100%;max-width:520px;height:auto;border:0;border-radius:10px\">");
    }
}
