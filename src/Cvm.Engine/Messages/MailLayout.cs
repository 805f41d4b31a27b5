using System.Net;
using System.Text;

namespace Cvm.Engine;

/// <summary>The one layout of every e-mail: 600 pixels, tables, readable on a phone, light and dark.</summary>
static class MailLayout
{
    const string Styles = """
        @media (max-width:620px){.page{padding:0 !important}.card{border-radius:0 !important;border-left:0 !important;border-right:0 !important}.pad{padding-left:24px !important;padding-right:24px !important}}
        @media (prefers-color-scheme:dark){
        body,.back{background:#14171c !important}.card{background:#1d2128 !important;border-color:#2b313b !important}
        .text{color:#d5d9e0 !important}.ink{color:#f2f4f7 !important}.soft{color:#949dab !important}.line{border-color:#2f3641 !important}
        .link{color:#9cc3ec !important}.button{background:#9cc3ec !important}.button-text{color:#10202f !important}
        .coupon{background:#252b34 !important;border-color:#4a5565 !important;color:#f2f4f7 !important}
        .quote{background:#252b34 !important;border-color:#4a5565 !important;color:#c3cad4 !important}.code{background:#2b323c !important}.product{border-color:#2f3641 !important}}
        """;

    public const string Fonts = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,'PingFang SC','Hiragino Sans GB','Microsoft YaHei','Noto Sans CJK SC',sans-serif";

    /// <param name="Body">HTML, safe.</param>
    /// <param name="Footer">Plain text.</param>
    /// <param name="Links">Words and addresses of the links below the footer.</param>
    public sealed record Page(string Language, string Sender, string Subject, string? Preheader, string Body, string Footer, ImmutableArray<(string Words, Uri Link)> Links);

    public static string Html(Page page)
    {
        var sender = WebUtility.HtmlEncode(page.Sender);

        return $"""
            <!doctype html>
            <html lang="{WebUtility.HtmlEncode(page.Language)}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
            <title>{WebUtility.HtmlEncode(page.Subject)}</title>
            <style>
            :root{"{color-scheme:light dark}"}
            {Styles}
            </style>
            </head>
            <body style="margin:0;padding:0;background:#f3f4f6;-webkit-text-size-adjust:100%">
            {Preheader(page.Preheader)}<table role="presentation" class="back" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f3f4f6"><tr><td class="page" align="center" style="padding:32px 12px">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;font-family:{Fonts}">
            <tr><td class="pad soft" style="padding:14px 40px 16px;font-size:15px;line-height:20px;font-weight:600;color:#5f6876">{sender}</td></tr>
            <tr><td class="card pad text" style="padding:40px 40px 22px;background:#ffffff;border:1px solid #e6e8ec;border-radius:14px;font-size:16px;line-height:26px;color:#3a4250;overflow-wrap:break-word">
            {page.Body}</td></tr>
            <tr><td class="pad soft" style="padding:20px 40px 32px;font-size:13px;line-height:20px;color:#6d7684">{WebUtility.HtmlEncode(page.Footer)}{Links(page.Links)}</td></tr>
            </table>
            </td></tr></table>
            </body>
            </html>

            """;
    }

    public static string Text(Page page, string body)
    {
        var text = new StringBuilder(body).Append("\n\n-- \n").Append(page.Footer).Append('\n');
        foreach (var (words, link) in page.Links) text.Append(words).Append(": ").Append(link.AbsoluteUri).Append('\n');
        return text.ToString();
    }

    // The filler keeps mail programs from showing the body's first words after a short preheader.
    static string Preheader(string? preheader) => string.IsNullOrEmpty(preheader) ? ""
        : $"<div style=\"display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px\">{WebUtility.HtmlEncode(preheader)}{string.Concat(Enumerable.Repeat("&#847;&zwnj;&nbsp;", 40))}</div>\n";

    static string Links(ImmutableArray<(string Words, Uri Link)> links) => links.IsEmpty ? "" : "<br>" + string.Join(" &nbsp;·&nbsp; ", links.Select(shown =>
        $"<a href=\"{WebUtility.HtmlEncode(shown.Link.AbsoluteUri)}\" class=\"soft\" style=\"color:#6d7684;text-decoration:underline\">{WebUtility.HtmlEncode(shown.Words)}</a>"));
}
