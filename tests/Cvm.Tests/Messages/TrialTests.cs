using Cvm.Engine;

namespace Cvm.Tests.Messages;

public sealed class TrialTests
{
    static readonly SignedLinks Links = new("0123456789abcdef0123456789abcdef"u8, new("https://mail.shop.example/"));
    static readonly DateTimeOffset Now = new(2027, 3, 14, 8, 0, 0, TimeSpan.Zero);

    static Trial Try(TemplateFile file, Dossier dossier) =>
        MessageTemplates.Load([file], Letters.Policies, Links).Templates.Try(Letters.Playbook, dossier, Letters.Entry("note", file.Channel, Letters.FullData));

    [Fact]
    public void A_trial_shows_what_is_missing_and_what_stands_in()
    {
        var trial = Try(Letters.Mail("{{or name \"friend\"}} {{spent}} {{#if attribute.size}}{{attribute.size}}{{/if}}{{#if coupon}}{{date coupon.until}}{{/if}}"), Letters.Nobody);

        Assert.Equal([("attribute.size", null), ("coupon.until", "April 3, 2027"), ("name", null), ("spent", "€0.00")], trial.Values);
        Assert.Equal("friend €0.00 April 3, 2027", trial.Message!.Body());
        Assert.Equal("en", trial.Locale);
    }

    [Fact]
    public void The_links_of_a_trial_are_over_and_name_nobody()
    {
        var trial = Try(Letters.Mail("[Go](https://shop.example/)"), Letters.Ann);

        var token = trial.Message!.Headers["List-Unsubscribe"].Trim('<', '>').Split('/')[^1];
        var link = Links.Read(token, LinkKind.Unsubscribe)!;
        Assert.Equal(("", "", DateTimeOffset.UnixEpoch), (link.Customer, link.Key, link.Until));
        Assert.Equal("Go (https://shop.example/)", trial.Message.Body());
    }

    [Fact]
    public void A_trial_needs_no_address()
    {
        Assert.Equal("Hi", Try(Letters.Mail("Hi"), Dossier.For("c")).Message!.Body());
        Assert.Equal("no template 'note'", MessageTemplates.Load([], Letters.Policies).Templates.Try(Letters.Playbook, Letters.Ann, Letters.Entry("note", Channel.Sms)).Problem);
    }

    [Fact]
    public void A_copy_belongs_to_nobody_and_says_what_it_is()
    {
        var mail = MessageTrial.Copy(Try(Letters.Mail("Hi"), Letters.Ann).Message!, "me@example.com", "k");
        var sms = MessageTrial.Copy(Try(Letters.Sms("Hi"), Letters.Ann).Message!, "+4915100000000", "k");

        Assert.Equal(("[Test] Hello", "me@example.com", "", "test/k"), (mail.Subject, mail.To, mail.Customer, mail.Key));
        Assert.Equal(("", "Hi", 1), (sms.Subject, sms.Text, sms.Segments));
    }

    [Theory]
    [InlineData(" ann@example.com ", "ann@example.com", null)]
    [InlineData("ann@example.com\nBcc: x@example.com", null, "The address holds a control character. Take out tabs, line breaks and the like.")]
    [InlineData("ann", null, "The address is not an e-mail address: 'ann'. Write it like ada@example.com.")]
    public void An_address_is_checked_as_everywhere(string text, string? address, string? problem)
    {
        Assert.Equal((address, problem), MessageTrial.Address(Letters.Playbook, Channel.Email, text, Now));
    }
}
