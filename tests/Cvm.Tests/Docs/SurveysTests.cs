using System.Text.RegularExpressions;
using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>What the page on surveys tells people to write must work as written.</summary>
public sealed partial class SurveysTests
{
    static readonly string Page = File.ReadAllText(Repository.File("docs/surveys.md")).ReplaceLineEndings("\n");

    [Fact]
    public void The_mail_of_the_page_asks_the_survey_with_answers_to_tap()
    {
        var (templates, problems) = MessageTemplates.Load([new("messages/ask.en.md", "ask", "en", Channel.Email, Mail().Match(Page).Groups[1].Value)], new());
        Assert.Empty(problems);
        var entry = Messages.Letters.Entry("ask", Channel.Email, ImmutableSortedDictionary<string, string>.Empty.Add("survey", "csat"), Purpose.Service);

        Assert.Contains("1 (not at all happy) 2 3 4 5 (very happy)", templates.Render(Polls.Playbook, Some.Ann, entry).Message!.Text);
    }

    [Fact]
    public void The_sms_that_the_page_shows_as_answers_are_some() =>
        Assert.All(Sms().Matches(Page).Select(found => found.Groups[1].Value), text => Assert.NotNull(SmsAnswer.In(text)));

    [GeneratedRegex("```markdown\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Mail();

    [GeneratedRegex("`([0-9][^`]*)`")]
    private static partial Regex Sms();
}
