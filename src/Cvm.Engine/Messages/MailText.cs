using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Cvm.Engine;

/// <summary>A message as plain text: no markup left, links as "text (url)", a blank line between blocks.</summary>
sealed class MailText
{
    readonly StringBuilder text = new();

    public static string Of(MarkdownDocument document)
    {
        var writer = new MailText();
        writer.Blocks(document, "", tight: false);
        return writer.text.ToString();
    }

    void Blocks(ContainerBlock blocks, string indent, bool tight)
    {
        foreach (var block in blocks)
        {
            if (block is LinkReferenceDefinitionGroup) continue;
            if (block != blocks[0]) text.Append(tight ? "\n" : "\n\n" + indent.TrimEnd()).Append(tight || indent.Length == 0 ? "" : "\n").Append(tight ? indent : "");
            Block(block, indent);
        }
    }

    void Block(Block block, string indent)
    {
        switch (block)
        {
            case LeafBlock { Inline: { } inline }: text.Append(Of(inline).Replace("\n", "\n" + indent, StringComparison.Ordinal)); break;
            case CouponBlock coupon: text.Append(coupon.Code).Append('\n').Append(indent).Append(coupon.Worth).Append(". ").Append(coupon.Until); break;
            case AnswersBlock answers: text.Append(string.Join(answers.Answers[0].Link is null ? " " : "\n" + indent, answers.Answers.Select(answer => Answer(answers, answer.Score, answer.Link)))); break;
            case ProductBlock product: text.Append(product.Title).Append(", ").Append(product.Price).Append('\n').Append(indent).Append(product.Link); break;
            case WordsBlock written: text.Append(written.Words.Replace("\n", "\n" + indent, StringComparison.Ordinal)); break;
            case ThematicBreakBlock: text.Append("* * *"); break;
            case LeafBlock code: text.Append(Literal.Plain(code.Lines.ToString()).Replace("\n", "\n" + indent, StringComparison.Ordinal)); break;
            case ListBlock list: List(list, indent); break;
            case QuoteBlock quote: Blocks(quote, indent, tight: false); break;
        }
    }

    static string Answer(AnswersBlock block, int score, string? link) =>
        (block.Meaning(score) is { Length: > 0 } meaning ? $"{score} ({meaning})" : $"{score}") + (link is null ? "" : $": {link}");

    void List(ListBlock list, string indent)
    {
        var number = int.TryParse(list.OrderedStart, out var first) ? first : 1;

        foreach (var item in list.OfType<ListItemBlock>())
        {
            if (item != list[0]) text.Append('\n').Append(indent);
            var mark = list.IsOrdered ? $"{number++}. " : "- ";
            text.Append(mark);
            Blocks(item, indent + new string(' ', mark.Length), tight: true);
        }
    }

    static string Of(ContainerInline inlines)
    {
        var text = new StringBuilder();
        foreach (var inline in inlines) Append(inline, text);
        return text.ToString();
    }

    static void Append(Inline inline, StringBuilder text)
    {
        switch (inline)
        {
            case LiteralInline literal: text.Append(Literal.Plain(literal.Content.ToString())); break;
            case CodeInline code: text.Append(Literal.Plain(code.Content)); break;
            case HtmlEntityInline entity: text.Append(entity.Transcoded.AsSpan()); break;
            case LineBreakInline { IsHard: true }: text.Append('\n'); break;
            case LineBreakInline: text.Append(' '); break;
            case AutolinkInline link: text.Append(Literal.Url(link.Url)); break;
            case LinkInline { IsImage: true } image: text.Append(Of(image)); break;
            case LinkInline link: Link(link, text); break;
            case ContainerInline container: text.Append(Of(container)); break;
        }
    }

    static void Link(LinkInline link, StringBuilder text)
    {
        var (words, url) = (Of(link), Literal.Url(link.Url ?? ""));
        text.Append(words.Length == 0 || url == words || (OutwardLinks.IsAddress(words) && url.StartsWith(words, StringComparison.Ordinal)) || url == "mailto:" + words || url == "tel:" + words ? url : $"{words} ({url})");
    }
}
