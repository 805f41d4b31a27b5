using System.Collections.Immutable;
using System.Globalization;
using Cvm.Engine;

namespace Cvm.Tests.Messages;

public sealed class MessageTests
{
    static ImmutableSortedDictionary<string, string> Data(params (string Name, string Value)[] data) => data.ToImmutableSortedDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);

    static string Sms(string text, Dossier dossier, ImmutableSortedDictionary<string, string>? data = null) => Letters.Render([Letters.Sms(text)], dossier, data).Text;

    [Theory]
    [InlineData("{{orders}} {{points}} {{spent}}", "7 1,250 €1,284.50")]
    [InlineData("{{number points}} {{money spent}} {{money points}}", "1,250 €1,284.50 €1,250.00")]
    [InlineData("{{or last-order \"never\"}}", "February 22, 2027")]
    [InlineData("{{or (date joined) \"never\"}}", "March 14, 2025")]
    [InlineData("{{or age \"?\"}} {{or attribute.favourite \"tea\"}} {{or attribute.other \"tea\"}}", "35 Earl Grey tea")]
    [InlineData("{{plural orders \"order\" \"orders\"}}", "orders")]
    [InlineData("{{pick tier silver=\"Silver\" gold=\"Gold\" else=\"Member\"}}", "Gold")]
    [InlineData("{{#if (is tier \"gold\" \"platinum\")}}top{{else}}other{{/if}}", "top")]
    [InlineData("{{#if coupon}}coupon{{else if name}}name{{/if}}", "name")]
    [InlineData("{{#unless name}}-{{else}}{{name}}{{/unless}}", "Ann Müller")]
    public void Values_are_written_for_the_reader(string template, string expected)
    {
        Assert.Equal(expected, Sms(template, Letters.Ann));
    }

    [Theory]
    [InlineData("{{or name \"there\"}}", "there")]
    [InlineData("{{orders}} {{spent}} {{points}}", "0 €0.00 0")]
    [InlineData("{{or tier \"-\"}} {{or age \"-\"}} {{or (date last-order) \"-\"}} {{or coupon.code \"-\"}} {{or attribute.x \"-\"}}", "- - - - -")]
    [InlineData("{{#if orders}}a{{else}}b{{/if}}{{#if spent}}a{{else}}b{{/if}}{{#if points}}a{{else}}b{{/if}}", "bbb")]
    [InlineData("{{pick tier gold=\"Gold\" else=\"Member\"}}", "Member")]
    public void What_is_missing_has_its_fallback(string template, string expected)
    {
        Assert.Equal(expected, Sms(template, Letters.Nobody));
    }

    [Theory]
    [InlineData("10%", "10%")]
    [InlineData("5.00", "€5")]
    [InlineData("7.5", "€7.50")]
    public void A_coupon_is_worth_a_share_or_money(string worth, string expected)
    {
        var data = Data(("coupon", "X"), ("worth", worth), ("until", "2027-03-29T22:05:00Z"));

        Assert.Equal($"{expected} until March 29, 2027", Sms("{{#if coupon}}{{coupon.worth}} until {{coupon.until}}{{/if}}", Letters.Ann, data));
    }

    [Fact]
    public void Figures_follow_the_customer_within_the_language_of_the_template()
    {
        var british = Letters.Ann with { Profile = Letters.Ann.Profile with { Locale = "en-GB" } };
        var german = Letters.Ann with { Profile = Letters.Ann.Profile with { Locale = "de-DE" } };
        var unknown = Letters.Ann with { Profile = Letters.Ann.Profile with { Locale = "xx-not a locale" } };

        Assert.Equal("14 March 2025", Sms("{{or joined \"\"}}", british));
        Assert.Equal("March 14, 2025", Sms("{{or joined \"\"}}", german));
        Assert.Equal("March 14, 2025", Sms("{{or joined \"\"}}", unknown));
    }

    [Theory]
    [InlineData("zh-CN", "简")]
    [InlineData("zh_cn", "简")]
    [InlineData("zh-TW", "中")]
    [InlineData("zh", "中")]
    [InlineData("fr-FR", "en")]
    [InlineData(null, "en")]
    public void The_nearest_language_is_chosen(string? locale, string expected)
    {
        TemplateFile[] files = [Letters.Sms("en"), Letters.Sms("中", "zh"), Letters.Sms("简", "zh-CN")];

        Assert.Equal(expected, Letters.Render(files, Letters.Ann with { Profile = Letters.Ann.Profile with { Locale = locale } }).Text);
    }

    [Fact]
    public void Chinese_and_german_figures()
    {
        var german = Letters.Ann with { Profile = Letters.Ann.Profile with { Locale = "de" } };

        Assert.Equal("2025年3月14日 €1,284.50", Letters.Render([Letters.Sms("{{or joined \"\"}} {{spent}}", "zh-CN"), Letters.Sms("")], Letters.Wei).Text);
        Assert.Equal("14. März 2025 1.284,50 €", Letters.Render([Letters.Sms("{{or joined \"\"}} {{spent}}", "de"), Letters.Sms("")], german).Text);
    }

    [Fact]
    public void Plain_text_keeps_the_words_and_loses_the_markup()
    {
        const string body = """
            # Hello

            Some *soft* and **strong** words,
            one `code`, a [link](https://shop.example/a?b=c&d=e) and <https://shop.example/>.
            Hard\
            break &amp; entity.

            - one
            - two
              - deep

            3. three
            4. four

            > said

            [Button](https://shop.example/go)
            """;

        var message = Letters.Render([Letters.Mail(body)], Letters.Ann);

        Assert.Equal("""
            Hello

            Some soft and strong words, one code, a link (https://shop.example/a?b=c&d=e) and https://shop.example/. Hard
            break & entity.

            - one
            - two
              - deep

            3. three
            4. four

            said

            Button (https://shop.example/go)
            """, message.Body());
    }

    [Fact]
    public void An_sms_says_what_it_costs()
    {
        var message = Letters.Render([Letters.Sms("{{or name \"\"}}" + new string('生', 60))], Letters.Wei);

        Assert.Equal(1, message.Segments);
        Assert.Equal("+4915112345678", message.To);
    }

    [Theory]
    [InlineData(Channel.Email, "no e-mail address")]
    [InlineData(Channel.Sms, "no phone number")]
    public void Without_an_address_there_is_a_reason(Channel channel, string expected)
    {
        var (templates, _) = MessageTemplates.Load([Letters.Mail("Hi"), Letters.Sms("Hi")], Letters.Policies);

        var (message, problem) = templates.Render(Letters.Playbook, Dossier.For("c"), Letters.Entry("note", channel));

        Assert.Null(message);
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void An_unknown_template_and_an_endless_sms_are_refused()
    {
        var (templates, _) = MessageTemplates.Load([Letters.Sms(new string('a', 1_601))], Letters.Policies);

        Assert.Equal("no template 'nope'", templates.Render(Letters.Playbook, Letters.Ann, Letters.Entry("nope", Channel.Sms)).Problem);
        Assert.Equal("the SMS is longer than 1600 characters", templates.Render(Letters.Playbook, Letters.Ann, Letters.Entry("note", Channel.Sms)).Problem);
    }

    [Fact]
    public void Many_threads_render_the_same_and_leave_the_culture_alone()
    {
        var (templates, _) = MessageTemplates.Load([Letters.Mail("{{or name \"\"}} {{spent}} {{or joined \"\"}}"), Letters.Mail("{{or name \"\"}} {{spent}} {{or joined \"\"}}", locale: "zh-CN")], Letters.Policies);
        var before = CultureInfo.CurrentCulture;
        string Text(int i) => templates.Render(Letters.Playbook, i % 2 == 0 ? Letters.Ann : Letters.Wei, Letters.Entry("note", Channel.Email)).Message!.Text;

        var all = new string[200];
        Parallel.For(0, all.Length, i => all[i] = Text(i));

        Assert.Equal(2, all.Distinct().Count());
        Assert.Equal(before, CultureInfo.CurrentCulture);
    }
}
