using Cvm.Engine;
using FsCheck;
using FsCheck.Fluent;

namespace Cvm.Tests.Messages;

public sealed class TemplateProblemTests
{
    [Theory]
    [InlineData("Hi {{name}}", "(1,6): 'name' may be missing. Write {{or name \"...\"}}, or put it between {{#if name}} and {{/if}}.")]
    [InlineData("Hi\n  {{date coupon.until}}", "(2,5): 'coupon.until' may be missing. Write {{or coupon.until \"...\"}}, or put it between {{#if coupon.until}} and {{/if}}.")]
    [InlineData("{{#if name}}{{name}}{{else}}{{name}}{{/if}}", "(1,31): 'name' may be missing. Write {{or name \"...\"}}, or put it between {{#if name}} and {{/if}}.")]
    [InlineData("{{#if tier}}{{or name tier}}{{/if}}{{or name tier}}", "(1,38): 'name' may be missing. Write {{or name \"...\"}}, or put it between {{#if name}} and {{/if}}.")]
    [InlineData("{{attribute.size}}", "(1,3): 'attribute.size' may be missing. Write {{or attribute.size \"...\"}}, or put it between {{#if attribute.size}} and {{/if}}.")]
    [InlineData("{{nmae}}", "(1,3): There is no value 'nmae'. Did you mean 'name'?")]
    [InlineData("{{coupon.cod}}", "(1,3): There is no value 'coupon.cod'. Did you mean 'coupon.code'?")]
    [InlineData("{{#if expiring}}{{expiring}}{{/if}}", "(1,19): 'expiring' is a group of values. Write one of them, such as {{expiring.on}}.")]
    [InlineData("{{coupon}}", "(1,3): 'coupon' may be missing. Write {{or coupon \"...\"}}, or put it between {{#if coupon}} and {{/if}}.")]
    [InlineData("{{mony spent}}", "(1,3): There is no helper 'mony'. Did you mean 'money'?")]
    [InlineData("{{or (mony spent) \"\"}}", "(1,7): There is no helper 'mony'. Did you mean 'money'?")]
    [InlineData("{{date spent}}", "(1,8): 'spent' is a money, which 'date' cannot write. Write {{date coupon.until}}.")]
    [InlineData("{{money}}", "(1,3): 'money' is given nothing. Write {{money spent}}.")]
    [InlineData("{{plural points \"point\"}}", "(1,3): 'plural' cannot be written like this. Write {{points}} {{plural points \"point\" \"points\"}}.")]
    [InlineData("{{{points}}}", "(1,1): A value without escaping is not allowed. Write two braces: {{name}}.")]
    [InlineData("{{&points}}", "(1,1): A value without escaping is not allowed. Write two braces: {{name}}.")]
    [InlineData("{{> part}}", "(1,1): There is no partial 'part'. Write messages/partials/part.en.sms.")]
    [InlineData("{{#each points}}{{/each}}", "(1,1): There is no block 'each'. Known: if, unless.")]
    [InlineData("a\n{{#if name}}\nx", "(2,1): '{{#if}}' is never closed. Write {{/if}} where it ends.")]
    [InlineData("{{#if name}}x{{/unless}}", "(1,14): '{{/unless}}' closes '{{#if}}'. Write {{/if}}.")]
    [InlineData("x{{/if}}", "(1,2): '{{/if}}' closes a block that was not opened.")]
    [InlineData("{{else}}", "(1,1): '{{else}}' stands outside a block.")]
    [InlineData("{{points", "(1,1): These braces are not closed, or hold something that cannot be read. Write {{name}}, or {{or name \"there\"}}.")]
    [InlineData("{{name | there}}", "(1,1): These braces are not closed, or hold something that cannot be read. Write {{name}}, or {{or name \"there\"}}.")]
    [InlineData("{{}}", "(1,1): There is no name between the braces. Write {{name}}.")]
    [InlineData("{{!-- x", "(1,1): A comment is never closed. Write --}} where it ends.")]
    [InlineData("a \uE041", "(1,3): This character of Unicode's private area is reserved. Take it away.")]
    public void A_mistake_names_its_place_and_its_mending(string text, string expected)
    {
        Assert.Equal(["messages/note.en.sms" + expected], Letters.Problems(Letters.Sms(text)));
    }

    [Theory]
    [InlineData("{{#if coupon}}{{coupon}}{{/if}}")]
    [InlineData("{{! a comment with }} and {{!-- one with }} inside --}}")]
    [InlineData("{{#if (is tier \"gold\")}}{{tier}}{{/if}}")]
    [InlineData("{{#if coupon.code}}{{coupon.until}}{{/if}}")]
    [InlineData("{{#unless name}}friend{{else}}{{name}}{{/unless}}")]
    [InlineData("{{#if name}}{{#if tier}}{{tier}}{{else}}{{name}}{{/if}}{{/if}}")]
    [InlineData("{{#if tier}}a{{else if name}}{{name}}{{else}}b{{/if}}")]
    [InlineData("{{~ points ~}}")]
    public void What_is_right_is_no_mistake(string text)
    {
        Assert.Empty(Letters.Problems(Letters.Sms(text)));
    }

    [Fact]
    public void Mistakes_in_a_mail_are_found_where_they_stand_in_the_file()
    {
        var file = new TemplateFile("m/note.en.md", "note", "en", Channel.Email, "---\nsubject: Hi {{name}}\nsubjekt: x\n---\n\nA <b>bold</b> word, {{nmae}}.\n\n[x](javascript:alert) ![y](http://a/b.png)\n");

        Assert.Equal(
            [
                "m/note.en.md(3,1): 'subjekt' is not a field of a message. Did you mean 'subject'?",
                "m/note.en.md(2,15): 'name' may be missing. Write {{or name \"...\"}}, or put it between {{#if name}} and {{/if}}.",
                "m/note.en.md(6,23): There is no value 'nmae'. Did you mean 'name'?",
                "m/note.en.md(6,3): HTML is not used in messages; it would be shown as text. Write Markdown.",
                "m/note.en.md(6,10): HTML is not used in messages; it would be shown as text. Write Markdown.",
                "m/note.en.md(8,1): 'javascript:alert' is not a web address. Links start with https://, mailto: or tel:.",
                "m/note.en.md(8,23): 'http://a/b.png' is not a web address. Pictures start with https://.",
            ],
            Letters.Problems(file));
    }

    [Theory]
    [InlineData("Hello", "The message has no subject. Start the file with three lines: ---, subject: ..., ---.")]
    [InlineData("---\nsubject: x\n---\n", "The message is empty. Write it below the second ---.")]
    [InlineData("---\npreheader: x\n---\nHi", "The message has no subject. Start the file with three lines: ---, subject: ..., ---.")]
    public void A_mail_has_a_subject_and_a_body(string text, string expected)
    {
        Assert.Equal(["m.md: " + expected], Letters.Problems(new TemplateFile("m.md", "m", "en", Channel.Email, text)));
    }

    [Fact]
    public void A_head_without_end_is_named()
    {
        Assert.Contains("m.md(1,1): The head of the message is never closed. Write a line with --- below the subject.",
            Letters.Problems(new TemplateFile("m.md", "m", "en", Channel.Email, "---\nsubject: x\nHi")));
    }

    [Fact]
    public void Every_template_is_written_in_the_language_of_last_resort()
    {
        Assert.Equal(["messages/note.zh-CN.sms: 'note' is not written in en, the language of last resort. Add note.en.sms."], Letters.Problems(Letters.Sms("你好", "zh-CN"), Letters.Mail("Hi")));
    }

    [Fact]
    public void The_same_file_twice_is_named()
    {
        Assert.Equal(["messages/note.en.sms: 'note' is written twice in en. Rename one of the files."], Letters.Problems(Letters.Sms("a"), Letters.Sms("b")));
    }

    [Theory]
    [InlineData("{{")]
    [InlineData("{{(((((((((((((((((((((")]
    [InlineData("{{or (or (or (or (or (or (or (or (or (or (or (or (or (or (or (or (or (or name")]
    [InlineData("{{\"")]
    [InlineData("{{a=}}")]
    [InlineData("{{=a}}")]
    [InlineData("{{#}}")]
    [InlineData("{{/}}")]
    [InlineData("{{points.}}")]
    [InlineData("{{points/x}}")]
    [InlineData("{{../points}}")]
    [InlineData("{{@root.points}}")]
    [InlineData("{{this}}")]
    [InlineData("{{[points]}}")]
    [InlineData("{{points}")]
    [InlineData("{{points}}}")]
    [InlineData("\\{{points}}")]
    [InlineData("{{#if points}}{{else}}{{else}}{{/if}}")]
    [InlineData("{{#if}}{{/if}}")]
    [InlineData("{{or \"a\\\"\" points}}")]
    [InlineData("{{!--a~}}#if !----}}b")]
    [InlineData("{{!--a--b--}}")]
    [InlineData("{{!--}}")]
    public void Nonsense_is_a_problem_and_never_an_exception(string text)
    {
        Assert.NotEmpty(Letters.Problems(Letters.Sms(text)));
    }

    [Fact]
    public void What_is_accepted_can_be_rendered()
    {
        string[] bits = ["{{", "}}", "{{~", "~}}", "#if ", "#unless ", "/if", "/unless", "else", "else if ", "or ", "is ", "pick ", "plural ", "money ", "name", "points", "coupon", "coupon.code", "tier", "\"x\"", "'y'", "5", "(", ")", " ", "\n", "gold=", "else=", "!", "!--", "--", "word", "# ", "*", "[a](https://b/)"];
        string[] whole = ["{{#if name}}", "{{/if}}", "{{else}}", "{{else if tier}}", "{{or name \"x\"}}", "{{points}}", "{{#unless tier}}", "{{/unless}}", "\n", "text"];
        var (accepted, texts) = (0, Gen.OneOf(Gen.Elements(bits).ArrayOf(), Gen.Elements(whole).ArrayOf()).Select(string.Concat));

        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var (templates, problems) = MessageTemplates.Load([Letters.Sms("." + text)], Letters.Policies);
            if (problems.IsEmpty)
            {
                accepted++;
                foreach (var customer in new[] { Letters.Nobody, Letters.Ann }) Assert.Null(templates.Render(Letters.Playbook, customer, Letters.Entry("note", Channel.Sms)).Problem);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(1, 3));

        Assert.True(accepted > 50, $"only {accepted} were accepted");
    }

    [Fact]
    public void The_guide_names_every_value_and_helper()
    {
        var guide = File.ReadAllText(Path.Combine(ShippedMessageTests.Root, "docs", "messages.md"));

        Assert.All(MessageTemplates.Names, name => Assert.Contains(name, guide, StringComparison.Ordinal));
    }
}
