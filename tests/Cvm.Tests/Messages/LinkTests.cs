using System.Net;
using System.Text.RegularExpressions;
using Cvm.Engine;

namespace Cvm.Tests.Messages;

public sealed partial class LinkTests
{
    static readonly SignedLinks Links = new("0123456789abcdef0123456789abcdef"u8, new("https://mail.shop.example/"));
    static readonly Policies Campaigning = Letters.Policies with { Utm = new("shop", ["shop.example"]) };

    static Outgoing Render(TemplateFile file, Dossier? dossier = null, Purpose purpose = Purpose.Promotional, SignedLinks? links = null, Policies? policies = null)
    {
        var (templates, problems) = MessageTemplates.Load([file], Letters.Policies, links ?? Links);
        Assert.Empty(problems);
        var (message, problem) = templates.Render(Letters.Playbook with { Policies = policies ?? Letters.Policies }, dossier ?? Letters.Ann, Letters.Entry("note", file.Channel, null, purpose));
        Assert.Null(problem);
        return message!;
    }

    static string[] Addresses(Outgoing message) => [.. Href().Matches(message.Html!).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];

    static Link? Read(string url, LinkKind kind) =>
        url.StartsWith(Links.Site.AbsoluteUri + SignedLinks.PathOf(kind), StringComparison.Ordinal) ? Links.Read(url[(Links.Site.AbsoluteUri.Length + SignedLinks.PathOf(kind).Length)..], kind) : null;

    static string? TargetOf(string body, Policies? policies = null) => Read(Addresses(Render(Letters.Mail(body), policies: policies))[0], LinkKind.Click)?.Target;

    [Theory]
    [InlineData(Purpose.Promotional, true)]
    [InlineData(Purpose.Service, true)]
    [InlineData(Purpose.Transactional, false)]
    public void Whoever_may_stop_a_mail_can_do_so_with_one_click(Purpose purpose, bool may)
    {
        var message = Render(Letters.Mail("Hi"), purpose: purpose);

        Assert.Equal(may, message.Headers.ContainsKey("List-Unsubscribe"));
        if (!may) return;
        Assert.Equal("List-Unsubscribe=One-Click", message.Headers["List-Unsubscribe-Post"]);
        var link = Read(message.Headers["List-Unsubscribe"].Trim('<', '>'), LinkKind.Unsubscribe);
        Assert.Equal(("c-1", Channel.Email, purpose, message.Key), (link!.Customer, link.Channel, link.Purpose, link.Key));
    }

    [Fact]
    public void The_footer_leads_out_and_to_the_preferences()
    {
        var message = Render(Letters.Mail("Hi"));
        var receipt = Render(Letters.Mail("Hi"), purpose: Purpose.Transactional);

        Assert.NotNull(Read(Addresses(message)[0], LinkKind.Unsubscribe));
        Assert.NotNull(Read(Addresses(message)[1], LinkKind.Preferences));
        Assert.Contains($"offers from Harbour & Pine.\nUnsubscribe: {Addresses(message)[0]}\nPreferences: {Addresses(message)[1]}\n", message.Text, StringComparison.Ordinal);
        Assert.NotNull(Read(Assert.Single(Addresses(receipt)), LinkKind.Preferences));
    }

    [Fact]
    public void A_laptop_shows_the_links_without_the_header_that_needs_https()
    {
        var message = Render(Letters.Mail("Hi"), links: new("0123456789abcdef"u8, new("http://127.0.0.1:5080/")));

        Assert.Empty(message.Headers);
        Assert.Contains("Unsubscribe: http://127.0.0.1:5080/links/u/", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_links_a_mail_has_neither_link_nor_header()
    {
        var message = Letters.Render([Letters.Mail("[Go](https://shop.example/){{#if link.preferences}} here{{/if}}")], Letters.Ann);

        Assert.Empty(message.Headers);
        Assert.EndsWith("offers from Harbour & Pine.\n", message.Text, StringComparison.Ordinal);
        Assert.Equal(["https://shop.example/"], Addresses(message));
        Assert.Equal("Go (https://shop.example/)", message.Body());
    }

    [Fact]
    public void A_link_of_a_mail_leads_over_the_site_to_where_it_was_written_to()
    {
        var message = Render(Letters.Mail("A [shelf](https://shop.example/new?a=1&b=2#top).\n\n[Go](https://other.example/{{customer}})"));
        var urls = Addresses(message);

        Assert.Equal("https://shop.example/new?a=1&b=2#top", Read(urls[0], LinkKind.Click)?.Target);
        Assert.Equal("https://other.example/c-1", Read(urls[1], LinkKind.Click)?.Target);
        Assert.Equal($"A shelf ({urls[0]}).\n\nGo ({urls[1]})", message.Body());
        Assert.Equal(message.Html, Render(Letters.Mail("A [shelf](https://shop.example/new?a=1&b=2#top).\n\n[Go](https://other.example/{{customer}})")).Html);
    }

    [Theory]
    [InlineData("[write](mailto:hello@shop.example)", "mailto:hello@shop.example")]
    [InlineData("[call](tel:+4930123456)", "tel:+4930123456")]
    [InlineData("<hello@shop.example>", "mailto:hello@shop.example")]
    [InlineData("<https://shop.example/>", "https://shop.example/")]
    [InlineData("[shop.example](https://shop.example/)", "https://shop.example/")]
    [InlineData("[www.shop.example/new](https://shop.example/new)", "https://shop.example/new")]
    [InlineData("[{{or attribute.site \"https://shop.example/\"}}](https://shop.example/)", "https://shop.example/")]
    public void What_shows_its_address_or_is_no_web_page_stays_as_it_is(string body, string expected)
    {
        Assert.Equal(expected, Addresses(Render(Letters.Mail(body)))[0]);
    }

    [Theory]
    [InlineData("https://shop.example/", "https://shop.example/?utm_source=shop&utm_medium=email&utm_campaign=journey&utm_content=note")]
    [InlineData("https://shop.example", "https://shop.example?utm_source=shop&utm_medium=email&utm_campaign=journey&utm_content=note")]
    [InlineData("http://SHOP.example/a?b=c#d", "http://SHOP.example/a?b=c&utm_source=shop&utm_medium=email&utm_campaign=journey&utm_content=note#d")]
    [InlineData("https://shop.example/?", "https://shop.example/?utm_source=shop&utm_medium=email&utm_campaign=journey&utm_content=note")]
    [InlineData("https://shop.example/?utm_source=mine&UTM_content=x&", "https://shop.example/?utm_source=mine&UTM_content=x&utm_medium=email&utm_campaign=journey")]
    [InlineData("https://shop.example/#/?utm_source=x", "https://shop.example/?utm_source=shop&utm_medium=email&utm_campaign=journey&utm_content=note#/?utm_source=x")]
    [InlineData("https://other.example/", "https://other.example/")]
    [InlineData("https://shop.example.evil.example/", "https://shop.example.evil.example/")]
    public void The_shops_own_pages_learn_where_a_visitor_comes_from(string url, string expected)
    {
        Assert.Equal(expected, TargetOf($"[Go]({url})", Campaigning));
        Assert.Equal(expected, Addresses(Render(Letters.Mail($"[Go]({url})"), policies: Campaigning with { TrackClicks = false }))[0]);
    }

    [Fact]
    public void An_address_that_is_shown_keeps_its_words_and_gets_the_parameters()
    {
        var message = Render(Letters.Mail("<https://shop.example/>"), policies: Campaigning);

        Assert.StartsWith("https://shop.example/?utm_source=shop", Addresses(message)[0], StringComparison.Ordinal);
        Assert.Contains(">https://shop.example/</a>", message.Html, StringComparison.Ordinal);
        Assert.Equal(Addresses(message)[0], message.Body());
    }

    [Theory]
    [InlineData(false, "See https://shop.example/new. STOP")]
    [InlineData(true, "See https://shop.example/new?utm_source=shop&utm_medium=sms&utm_campaign=journey&utm_content=note. STOP")]
    public void Links_in_sms_are_left_alone_unless_the_playbook_pays_for_it(bool sms, string expected)
    {
        var message = Render(Letters.Sms("See https://shop.example/new. STOP"), policies: Campaigning with { Utm = Campaigning.Utm! with { Sms = sms } });

        Assert.Equal(expected, message.Text);
    }

    [Fact]
    public void A_message_may_name_its_own_links()
    {
        var mail = Render(Letters.Mail("{{#if link.preferences}}[Choose]({{link.preferences}}){{/if}} {{#if link.unsubscribe}}[No more]({{link.unsubscribe}}){{/if}}"), policies: Campaigning with { Utm = new("x", ["mail.shop.example"]) });
        var sms = Render(Letters.Sms("{{#if link.preferences}}Choose: {{link.preferences}}{{/if}}"));

        Assert.Equal([Addresses(mail)[3], Addresses(mail)[2]], Addresses(mail)[..2]);
        Assert.NotNull(Read(Addresses(mail)[0], LinkKind.Preferences));
        Assert.Equal("", Read(sms.Text["Choose: ".Length..], LinkKind.Preferences)?.Key);
        Assert.Equal(1, sms.Segments);
    }

    [Fact]
    public void A_confirmation_is_for_what_this_address_agreed_to_last()
    {
        const string text = "{{#if link.confirm}}Confirm: {{link.confirm}}{{else}}Nothing to confirm{{/if}}";
        var at = new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.Zero);
        var pending = Letters.Ann with
        {
            Consents =
            [
                new(Channel.Sms, Purpose.Promotional, true, at, "form", Pending: true),
                new(Channel.Sms, Purpose.Service, true, at.AddDays(1), "form", Pending: true),
                new(Channel.Email, Purpose.Promotional, true, at.AddDays(2), "form", Pending: true),
            ],
        };

        var link = Read(Render(Letters.Sms(text), pending, Purpose.Transactional).Text["Confirm: ".Length..], LinkKind.Confirm);

        Assert.Equal((Channel.Sms, Purpose.Service, "c-1"), (link!.Channel, link.Purpose, link.Customer));
        Assert.Equal("Nothing to confirm", Render(Letters.Sms(text), Letters.Ann).Text);
    }

    [Theory]
    [InlineData("[x](https://a@evil.example/)", "'https://a@evil.example/' holds a user name before its host. Leave out everything up to the @.")]
    [InlineData("<https://shop.example@evil.example/>", "'https://shop.example@evil.example/' holds a user name before its host. Leave out everything up to the @.")]
    [InlineData("[x](https://{{or name \"x\"}}.example/)", "A value stands in the host of this link. Write the host out, such as https://shop.example/{{customer}}.")]
    [InlineData("<https://{{customer}}/>", "A value stands in the host of this link. Write the host out, such as https://shop.example/{{customer}}.")]
    [InlineData("![x](https://{{customer}}.example/a.png)", "A value stands in the host of this link. Write the host out, such as https://shop.example/{{customer}}.")]
    [InlineData("[https://bank.example](https://shop.example/)", "The words show bank.example, but the link leads to shop.example. Write words instead of an address.")]
    [InlineData("[x](javascript:alert)", "'javascript:alert' is not a web address. Links start with https://, mailto: or tel:.")]
    [InlineData("[x](HTTPS:evil)", "'HTTPS:evil' is not a web address. Links start with https://, mailto: or tel:.")]
    [InlineData("[x]({{link.preferences}})", "'link.preferences' may be missing. Write {{or link.preferences \"...\"}}, or put it between {{#if link.preferences}} and {{/if}}.")]
    public void A_link_that_may_mislead_is_a_mistake(string body, string expected)
    {
        Assert.EndsWith(expected, Assert.Single(Letters.Problems(Letters.Mail(body))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_too_long_to_be_sealed_goes_out_as_it_is()
    {
        var url = "https://shop.example/?" + new string('a', 5_000);

        Assert.Equal(url, Addresses(Render(Letters.Mail($"[Go]({url})")))[0]);
    }

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Href();
}
