using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Cvm.Engine;

namespace Cvm.Tests.Messages;

public sealed class ShippedMessageTests
{
    internal static readonly string Root = RootOf();
    static readonly PlaybookSources Shipped = PlaybookFolder.Load(Path.Combine(Root, "src", "Playbook"));
    static readonly ImmutableArray<TemplateFile> Files = [.. Shipped.Templates.Where(file => !file.Partial)];
    static readonly MessageTemplates Templates = MessageTemplates.Load(Shipped.Templates, Letters.Policies, null, Shipped.Products).Templates;

    public static IEnumerable<object[]> All { get; } = [.. Files.Select(file => (file.Name, file.Channel)).Distinct().Select(pair => new object[] { pair.Name, pair.Channel })];

    [Fact]
    public void No_shipped_template_has_a_problem()
    {
        Assert.Equal("", string.Join("\n", MessageTemplates.Load(Shipped.Templates, Letters.Policies, null, Shipped.Products).Problems));
        Assert.Equal(90, Files.Length);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_template_speaks_english_and_chinese_on_both_channels(string name, Channel channel)
    {
        Assert.Equal(["en", "zh-CN"], Files.Where(file => file.Name == name && file.Channel == channel).Select(file => file.Locale).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_template_renders_for_anybody(string name, Channel channel)
    {
        foreach (var customer in new[] { Letters.Nobody, Letters.Ann, Letters.Wei })
        {
            foreach (var data in new[] { ImmutableSortedDictionary<string, string>.Empty, Letters.FullData })
            {
                var (message, problem) = Templates.Render(Letters.Playbook, customer, Letters.Entry(name, channel, data));

                Assert.Null(problem);
                Assert.DoesNotContain("{{", message!.Text, StringComparison.Ordinal);
                Assert.DoesNotContain("  ", message.Text.Replace("\n-- \n", "", StringComparison.Ordinal), StringComparison.Ordinal);
                Assert.DoesNotContain(" ,", message.Text, StringComparison.Ordinal);
                Assert.Equal(message.Subject.Trim(), message.Subject);
                Assert.Equal(channel == Channel.Sms, message.Segments > 0);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_english_sms_is_one_segment_and_a_chinese_one_at_most_two(string name, Channel channel)
    {
        if (channel == Channel.Email) return;

        var english = Templates.Render(Letters.Playbook, Letters.Ann, Letters.Entry(name, channel, Letters.FullData)).Message!;
        var chinese = Templates.Render(Letters.Playbook, Letters.Wei, Letters.Entry(name, channel, Letters.FullData)).Message!;

        Assert.True(SmsLength.Of(english.Text) is { Alphabet: SmsAlphabet.Gsm7, Segments: 1 }, $"{english.Text} {SmsLength.Of(english.Text)}");
        Assert.True(chinese.Segments <= 2, $"{chinese.Text} {SmsLength.Of(chinese.Text)}");
    }

    [Theory]
    [InlineData("birthday-greeting", Purpose.Promotional)]
    [InlineData("we-miss-you", Purpose.Promotional)]
    [InlineData("we-are-on-it", Purpose.Service)]
    [InlineData("new-tier", Purpose.Transactional)]
    public void Mails_look_as_they_did(string name, Purpose purpose)
    {
        foreach (var (customer, who) in new[] { (Letters.Ann, "en"), (Letters.Wei, "zh-CN"), (Letters.Nobody, "nobody") })
        {
            var data = who == "nobody" ? ImmutableSortedDictionary<string, string>.Empty : Letters.FullData;
            var message = Templates.Render(Letters.Playbook, customer, Letters.Entry(name, Channel.Email, data, purpose)).Message!;

            Golden($"{name}.{who}.html", message.Html!);
            Golden($"{name}.{who}.txt", $"Subject: {message.Subject}\n\n{message.Text}");
        }
    }

    [Fact]
    public void A_note_to_the_team_looks_as_it_did()
    {
        var data = ImmutableSortedDictionary<string, string>.Empty
            .Add("subject", "New case c-1/1: The <box> arrived broken.").Add("text", "The <box> arrived broken.")
            .Add("case", "c-1/1").Add("severity", "high").Add("due", "2027-03-15T09:00:00.0000000+00:00").Add("name", "Ann Müller");
        var entry = Letters.Entry("agent", Channel.Email, data, Purpose.Transactional) with { Kind = OutboxKind.Staff, Step = "case-open" };

        var message = Templates.Render(Letters.Playbook, Letters.Ann, entry).Message!;

        Assert.Equal("service@shop.example", message.To);
        Golden("staff.html", message.Html!);
        Golden("staff.txt", $"Subject: {message.Subject}\n\n{message.Text}");
    }

    internal static void Golden(string name, string text)
    {
        var path = Path.Combine(Root, "tests", "Cvm.Tests", "Messages", "Golden", name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.True(File.Exists(path), $"{path} is missing: run once with UPDATE_GOLDEN=1 and look at it.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), text);
    }

    static string RootOf([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
