using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Cvm.Engine;

/// <summary>Sends every link of a mail the way it goes out.</summary>
static partial class OutwardLinks
{
    public static void Point(MarkdownDocument document, MessageLinks links)
    {
        foreach (var product in document.Descendants<ProductBlock>()) product.Link = links.Out(product.Link, shown: false);

        foreach (var inline in document.Descendants().OfType<Inline>().ToList())
        {
            if (inline is LinkInline { IsImage: false } link) link.Url = Out(link.Url ?? "", Words(link), links);
            else if (inline is AutolinkInline { IsEmail: false } bare) bare.ReplaceBy(Linked(bare.Url, Out(bare.Url, bare.Url, links)), copyChildren: false);
        }
    }

    /// <summary>Whether somebody who reads the words takes them for the address they lead to.</summary>
    public static bool IsAddress(string words) => Address().IsMatch(words.Trim());

    // An own link is a value whole, so it comes hidden; no other value makes an address.
    static string Out(string url, string words, MessageLinks links) =>
        Literal.Plain(url) is var plain && links.IsOwn(plain) ? plain : links.Out(Literal.Url(url), IsAddress(words));

    static LinkInline Linked(string words, string url)
    {
        var link = new LinkInline(url, "") { IsClosed = true };
        link.AppendChild(new LiteralInline(words));
        return link;
    }

    /// <summary>What is read of a link.</summary>
    public static string Words(ContainerInline link) => string.Concat(link.Descendants().Select(inline => inline switch
    {
        LiteralInline literal => Literal.Plain(literal.Content.ToString()),
        CodeInline code => Literal.Plain(code.Content),
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        LineBreakInline => " ",
        _ => "",
    }));

    [GeneratedRegex(@"^(https?://\S+|www\.\S+|[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*\.\p{L}{2,}(:[0-9]+)?([/?#]\S*)?)$", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
