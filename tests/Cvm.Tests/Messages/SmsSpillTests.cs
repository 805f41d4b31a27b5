using Cvm.Engine;

namespace Cvm.Tests.Messages;

public sealed class SmsSpillTests
{
    static readonly string Hundred = new('a', 100);

    [Fact]
    public void A_long_name_that_costs_another_segment_is_a_warning()
    {
        var warnings = Warnings(Letters.Sms("{{or name \"you\"}} " + new string('a', 140)));

        Assert.Equal(
            "messages/note.en.sms: warning: It takes 1 segment for 'Ann' and 2 for 'Alexandrina Featherstonehaugh' (170 of 160 letters). Shorten it by 10 letters, or leave the name out.",
            warnings[0]);
    }

    [Fact]
    public void A_name_outside_of_the_alphabet_is_a_warning()
    {
        var warnings = Warnings(Letters.Sms("{{or name \"you\"}} " + Hundred));

        Assert.Equal(
            ["messages/note.en.sms: warning: A name with 'ë', such as 'Zoë Brontë', makes it UCS-2: 2 segments instead of 1. Leave the name out, or shorten the message to 70 letters."],
            warnings);
    }

    [Theory]
    [InlineData("{{or name \"you\"}}, hello", "en")]
    [InlineData("no name here, but many words that fill more than half of one segment of the plain kind, as is usual", "en")]
    [InlineData("{{or name \"您\"}}，您好", "zh-CN")]
    public void What_costs_the_same_for_everybody_is_none(string text, string locale)
    {
        Assert.Empty(Warnings(Letters.Sms(text, locale), Letters.Sms("Hi")));
    }

    [Fact]
    public void Chinese_names_are_tried_in_chinese_messages()
    {
        var warning = Assert.Single(Warnings(Letters.Sms("{{or name \"您\"}}" + new string('好', 65), "zh-CN"), Letters.Sms("Hi")));

        Assert.Contains("2 for '迪丽热巴·迪力木拉提' (75 of 70 letters). Shorten it by 5 letters", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void The_shipped_playbook_gives_no_warning_and_a_warning_stops_nothing()
    {
        var (loaded, problems) = PlaybookLoader.Check(Repository.File("src/Playbook"));

        Assert.NotNull(loaded);
        Assert.Equal("", string.Join("\n", problems));
    }

    static string[] Warnings(params TemplateFile[] files) =>
        [.. SmsSpill.In(files, MessageTemplates.Load(files, Letters.Policies).Templates, Letters.Playbook).Select(problem => problem.ToString())];
}
