using System.Text.RegularExpressions;
using Cvm.Engine;
using FsCheck;
using FsCheck.Fluent;

namespace Cvm.Tests.Messages;

public sealed partial class HostileTests
{
    static readonly TemplateFile Everywhere = Letters.Mail(
        "{{or name \"x\"}}\n\n# {{or name \"x\"}}\n\n**{{or name \"x\"}}** `{{or name \"x\"}}` [{{or name \"x\"}}](https://shop.example/?n={{or name \"x\"}}&ok=1)\n\n- {{or name \"x\"}}\n\n`{{or name \"x\"}}`\n\n[{{or name \"x\"}}](https://shop.example/{{or name \"x\"}})",
        "Hello {{or name \"x\"}}");

    static Dossier Named(string name) => Letters.Ann with { Profile = Letters.Ann.Profile with { Name = name } };

    [Theory]
    [InlineData("[x](http://evil)")]
    [InlineData("![x](http://evil/pixel.png)")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("# H")]
    [InlineData("1. one")]
    [InlineData("- item")]
    [InlineData("> quote")]
    [InlineData("**bold** _it_ `code` ~~no~~")]
    [InlineData("***")]
    [InlineData("a | b")]
    [InlineData("&lt;b&gt; &amp; &#60;")]
    [InlineData("{{points}} {{{name}}} {{#if")]
    [InlineData("http://evil/ <http://evil/> www.evil")]
    [InlineData("[ref]: http://evil")]
    [InlineData("\\[not\\]")]
    [InlineData("javascript:alert(1)")]
    [InlineData("a\" onmouseover=\"b")]
    [InlineData("O'Brien & Söhne")]
    [InlineData("欧阳伟 🎂")]
    public void A_name_comes_out_as_it_was_told(string name)
    {
        var message = Letters.Render([Everywhere], Named(name));

        Assert.Equal("Hello " + name, message.Subject);
        var lines = message.Body().Split('\n');
        Assert.Equal([name, "", name, ""], lines[..4]);
        Assert.StartsWith($"{name} {name} {name} (https://shop.example/?n=", lines[4], StringComparison.Ordinal);
        Assert.Equal("- " + name, lines[6]);
        Assert.Equal(Tags(Letters.Render([Everywhere], Named("x")).Html!), Tags(message.Html!));
        Assert.Equal(name, Letters.Render([Letters.Sms("{{or name \"x\"}}")], Named(name)).Text);
    }

    [Fact]
    public void A_name_in_a_link_is_data()
    {
        var message = Letters.Render([Letters.Mail("[a](https://shop.example/?n={{or name \"x\"}}&ok=1)")], Named("&ok=2#?/ \"é"));

        Assert.Contains("https://shop.example/?n=%26ok%3D2%23%3F%2F%20%22%C3%A9&ok=1", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_is_never_made_of_a_name()
    {
        var problems = Letters.Problems(Letters.Mail("[a]({{or name \"x\"}})"));

        Assert.Single(problems);
    }

    [Theory]
    [InlineData("Ann\r\nBcc: evil@example.com", "Ann Bcc: evil@example.com")]
    [InlineData("  Ann \t\u2028 Lee  ", "Ann Lee")]
    [InlineData("Ann\u0000\u0007\u001B[31m", "Ann [31m")]
    [InlineData("\u202Egnp.exe", "gnp.exe")]
    [InlineData("A\uE05Bx\uE0FFy", "Axy")]
    [InlineData("A\uD83C", "A")]
    public void A_name_is_one_clean_line(string name, string expected)
    {
        Assert.Equal("Hello " + expected, Letters.Render([Everywhere], Named(name)).Subject);
    }

    [Fact]
    public void A_name_of_nothing_is_missing() => Assert.Equal("Hello x", Letters.Render([Everywhere], Named(" \u202E\u0000\uE000 ")).Subject);

    [Fact]
    public void An_endless_value_is_cut() => Assert.Equal(1_001, Letters.Render([Letters.Sms("{{or name \"x\"}}")], Named(new string('a', 100_000))).Text.Length);

    [Theory]
    [InlineData("[x](http://evil)\r\nBcc: x")]
    [InlineData("\u202Egnp.exe")]
    [InlineData("</td></table><script>")]
    [InlineData("\uE0F1\uE0F1 \uE0F2earl-grey\uE0F2")]
    public void A_name_in_a_partial_beside_cards_and_own_links_stays_a_name(string name)
    {
        TemplateFile[] files =
        [
            Letters.Mail("{{> who}}\n\n{{product \"earl-grey\"}}\n\n{{#if coupon}}\n{{coupon}}\n{{/if}}\n\n{{#if link.preferences}}[{{> who}}]({{link.preferences}}){{/if}}"),
            Letters.Partial("**{{or name \"x\"}}** [{{or name \"x\"}}](https://shop.example/?n={{or name \"x\"}})", "who"),
        ];
        var links = new SignedLinks("0123456789abcdef"u8, new("https://mail.shop.example/"));
        var templates = MessageTemplates.Load(files, Letters.Policies, links, Letters.Products).Templates;
        Outgoing Render(string name) => templates.Render(Letters.Playbook, Named(name), Letters.Entry("note", Channel.Email, Letters.FullData)).Message!;

        Assert.Equal(Tags(Render("x").Html!), Tags(Render(name).Html!));
        Assert.DoesNotContain("Bcc", string.Concat(Render(name).Headers.Values), StringComparison.Ordinal);
    }

    [Fact]
    public void A_coupon_code_and_a_reason_are_words_in_a_card_too()
    {
        var data = Letters.FullData.SetItem("coupon", "<b>A</b>\r\n\u202Eevil").SetItem("worth", "\"><img src=x>");

        var message = Letters.Render([Letters.Mail("{{#if coupon}}\n{{coupon}}\n{{/if}}")], Letters.Ann, data);

        Assert.StartsWith("<b>A</b> evil\n\"><img src=x> off. Valid until", message.Body(), StringComparison.Ordinal);
        Assert.DoesNotContain("<img", message.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>A", message.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_customer_id_cannot_hold_marks_either()
    {
        Assert.Equal("a", Letters.Render([Letters.Mail("{{customer}}")], Letters.Ann with { Customer = "\uE0FFa\uE0F1\uE03C\u202E" }).Body());
    }

    [Fact]
    public void A_value_without_end_makes_no_link_without_end()
    {
        var links = new SignedLinks("0123456789abcdef"u8, new("https://mail.shop.example/"));
        var templates = MessageTemplates.Load([Letters.Mail("[Go](https://shop.example/?n={{or name \"x\"}})")], Letters.Policies, links).Templates;

        var text = templates.Render(Letters.Playbook, Named(new string('中', 10_000)), Letters.Entry("note", Channel.Email)).Message!.Text;

        Assert.Contains("Go (https://shop.example/?n=%E4%B8%AD", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 9_000, 11_000);
    }

    [Fact]
    public void A_title_of_a_product_is_one_clean_line()
    {
        var sources = PlaybookFolder.Read([new("products.yaml", "tea: { title: \"Tea\\r\\nBcc: x \\u202Eevil \\uE0F1\", price: 1, link: https://shop.example/ }")]);

        Assert.Equal("Tea Bcc: x evil", sources.Products["tea"].Title("en", "en"));
    }

    [Fact]
    public void No_value_changes_the_tags_of_a_mail()
    {
        var tags = Tags(Letters.Render([Everywhere], Named("x")).Html!);
        var (templates, _) = MessageTemplates.Load([Everywhere], Letters.Policies);
        string[] bits = ["[", "](", ")", "<", ">", "&", "\"", "'", "`", "*", "_", "#", "\n", "\r\n", " ", "    ", "{{", "}}", "\\", "|", "1.", "- ", "~~~", "http://e", "a", "中", "🎂", "\uE03C", "!"];
        var names = Gen.Elements(bits).ArrayOf().Select(string.Concat);

        Prop.ForAll(names.ToArbitrary(), name =>
        {
            var (message, _) = templates.Render(Letters.Playbook, Named(name), Letters.Entry("note", Channel.Email));
            return Tags(message!.Html!) == tags && !message.Subject.Contains('\n');
        }).Check(Config.QuickThrowOnFailure.WithReplay(1, 3));
    }

    /// <summary>The page without its words and addresses: every tag and attribute name in order.</summary>
    static string Tags(string html) => string.Join("\n", Tag().Matches(html).Select(match => Link().Replace(match.Value, "href")));

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("href=\"[^\"]*\"")]
    private static partial Regex Link();
}
