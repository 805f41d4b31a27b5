using Cvm.Engine;

namespace Cvm.Tests.Messages;

public sealed class PartialTests
{
    static string Body(TemplateFile file, params TemplateFile[] partials) => Letters.Render([file, .. partials], Letters.Ann).Body();

    static string Spoken(string? locale, params TemplateFile[] files) => Letters.Render(files, Letters.Ann with { Profile = Letters.Ann.Profile with { Locale = locale } }).Text;

    [Fact]
    public void A_partial_stands_where_it_is_named()
    {
        Assert.Equal("Hello\n\nWarmly,\nHarbour & Pine", Body(Letters.Mail("Hello\n\n{{> sign-off}}"), Letters.Partial("Warmly,\\\n{{sender}}\n", "sign-off")));
        Assert.Equal("Dear Ann Müller, hello", Body(Letters.Mail("Dear {{> who}}, hello"), Letters.Partial("{{or name \"friend\"}}\n", "who")));
    }

    [Fact]
    public void A_partial_may_name_another_and_stand_in_a_block()
    {
        Assert.Equal("a b c b", Body(Letters.Mail("{{#if name}}a {{> b}}{{else}}{{> b}}{{/if}} {{> c}}"), Letters.Partial("b", "b"), Letters.Partial("c {{> b}}", "c")));
    }

    [Theory]
    [InlineData("zh-CN", "中：简")]
    [InlineData("de", "de: en")]
    [InlineData("fr", "en: en")]
    public void A_partial_speaks_the_language_of_its_template_or_the_nearest_to_it(string locale, string expected)
    {
        var text = Spoken(locale,
            Letters.Sms("en: {{> part}}"), Letters.Sms("中：{{> part}}", "zh"), Letters.Sms("de: {{> part}}", "de"),
            Letters.Partial("en", channel: Channel.Sms), Letters.Partial("简", locale: "zh-Hans", channel: Channel.Sms));

        Assert.Equal(expected, text);
    }

    [Fact]
    public void Partials_of_mail_and_sms_are_two_things()
    {
        Assert.Equal(["messages/note.en.sms(1,3): The partial 'part' is not written for SMS. Add messages/partials/part.en.sms."],
            Letters.Problems(Letters.Sms("a {{> part}}"), Letters.Mail("{{> part}}"), Letters.Partial("x")));
    }

    [Fact]
    public void A_mistake_in_a_partial_is_told_once_where_it_stands()
    {
        Assert.Equal(
            ["messages/partials/part.en.md(2,5): 'name' may be missing. Write {{or name \"...\"}}, or put it between {{#if name}} and {{/if}}.", "messages/partials/part.en.md(3,1): 'javascript:x' is not a web address. Links start with https://, mailto: or tel:."],
            Letters.Problems(Letters.Mail("{{> part}} {{#if name}}{{> part}}{{/if}}"), Letters.Mail("{{> part}}", name: "other"), Letters.Partial("a\nb {{name}}\n[x](javascript:x)")));
    }

    [Theory]
    [InlineData("{{> prat}}", "(4,1): There is no partial 'prat'. Did you mean 'part'?")]
    [InlineData("{{> }}", "(4,1): A partial has no name. Write {{> name}}.")]
    [InlineData("{{> part name=\"x\"}}", "(4,1): These braces are not closed, or hold something that cannot be read. Write {{name}}, or {{or name \"there\"}}.")]
    public void A_name_that_leads_nowhere_is_a_mistake(string body, string expected)
    {
        Assert.Contains("messages/note.en.md" + expected, Letters.Problems(Letters.Mail(body), Letters.Mail("{{> part}}", name: "other"), Letters.Partial("x")));
    }

    [Fact]
    public void A_partial_that_nothing_names_is_a_mistake()
    {
        Assert.Equal(["messages/partials/part.en.md: No message uses this partial. Write {{> part}} where it belongs, or delete the file."], Letters.Problems(Letters.Mail("x"), Letters.Partial("x")));
    }

    [Fact]
    public void A_subject_holds_no_partial_and_a_partial_no_subject()
    {
        Assert.Equal(["messages/note.en.md(2,10): A partial stands in the body of a message only. Write out here what it says."], Letters.Problems(Letters.Mail("{{> part}}", "{{> part}}"), Letters.Partial("x")));
        Assert.Equal(["messages/partials/part.en.md(1,1): A partial has no head. Take the lines from --- to --- away; the message that uses it has them."],
            Letters.Problems(Letters.Mail("{{> part}}"), Letters.Partial("---\nsubject: x\n---\ny")));
    }

    [Fact]
    public void A_loop_of_partials_is_told_once()
    {
        Assert.Equal(["messages/partials/c.en.md(1,4): The partial 'a' leads back to itself: a, b, c, a. Take one of them out."],
            Letters.Problems(Letters.Mail("{{> a}}"), Letters.Partial("{{> b}}", "a"), Letters.Partial("{{> c}}", "b"), Letters.Partial("x: {{> a}}", "c")));
        Assert.Equal(["messages/partials/part.en.md(1,1): The partial 'part' leads back to itself: part, part. Take one of them out."],
            Letters.Problems(Letters.Mail("{{> part}}"), Letters.Partial("{{> part}}")));
    }

    [Theory]
    [InlineData("{{! nothing }}")]
    [InlineData("some words")]
    public void Partials_that_double_and_double_are_refused_in_time(string last)
    {
        TemplateFile[] doubling = [.. Enumerable.Range(0, 40).Select(i => Letters.Partial($"{{{{> p{i + 1}}}}}{{{{> p{i + 1}}}}}", $"p{i}")), Letters.Partial(last, "p40")];

        Assert.Equal(["messages/note.en.md: With its partials this message grows beyond all bounds. Use fewer of them."], Letters.Problems([Letters.Mail("x {{> p0}}"), .. doubling]));
    }

    [Fact]
    public void A_partial_is_written_in_the_language_of_last_resort()
    {
        Assert.Equal(
            [
                "messages/note.en.md(4,1): The partial 'part' is not written in en, nor in en. Add messages/partials/part.en.md.",
                "messages/partials/part.zh-CN.md: 'part' is not written in en, the language of last resort. Add part.en.md.",
            ],
            Letters.Problems(Letters.Mail("{{> part}}"), Letters.Partial("x", locale: "zh-CN")));
    }
}
