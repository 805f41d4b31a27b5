using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Cvm.Engine;

namespace Cvm.Tests.Messages;

public sealed class AnswersTests
{
    static readonly SignedLinks Links = new("a key that nobody can guess"u8, new("https://shop.example/"));

    static readonly Playbook Playbook = Letters.Playbook with
    {
        Surveys = ImmutableSortedDictionary<string, Survey>.Empty
            .Add("csat", new("csat", SurveyKind.Csat, "letter", 2)).Add("nps", new("nps", SurveyKind.Nps, "letter", 6)).Add("ces", new("ces", SurveyKind.Ces, "letter", 3)),
    };

    static Outgoing Mail(string survey, Dossier customer, SignedLinks? links, string body = "Well?\n\n{{answers}}\n\nBye")
    {
        var (templates, problems) = MessageTemplates.Load([Letters.Mail(body, name: "letter"), Letters.Mail(body, locale: "zh-CN", name: "letter")], Letters.Policies, links);
        Assert.Empty(problems);
        return templates.Render(Playbook, customer, Letters.Entry("letter", Channel.Email, ImmutableSortedDictionary<string, string>.Empty.Add("survey", survey))).Message!;
    }

    [Theory]
    [InlineData("csat", 1, 5)]
    [InlineData("nps", 0, 10)]
    [InlineData("ces", 1, 7)]
    public void Each_answer_has_a_link_of_its_own_that_says_it(string survey, int least, int most)
    {
        var message = Mail(survey, Letters.Ann, Links);
        var tokens = Regex.Matches(message.Html!, "href=\"https://shop.example/links/a/([^\"]+)\"").Select(found => found.Groups[1].Value).ToList();

        Assert.Equal(Enumerable.Range(least, most - least + 1).Select(score => AnswerLink.Of(survey, score)), tokens.Select(token => Links.Read(token, LinkKind.Answer)!.Target));
        Assert.All(tokens, token => Assert.Contains(token, message.Text, StringComparison.Ordinal));
        Assert.All(tokens, token => Assert.Equal((Letters.Ann.Customer, message.Key), Links.Read(token, LinkKind.Answer) is { } link ? (link.Customer, link.Key) : default));
    }

    [Fact]
    public void The_ends_of_the_scale_are_told_in_the_readers_language()
    {
        Assert.StartsWith("Well?\n\n1 (not at all happy): https://shop.example/links/a/", Mail("csat", Letters.Ann, Links).Text, StringComparison.Ordinal);
        Assert.Contains("10 (非常可能): https://", Mail("nps", Letters.Wei, Links).Text, StringComparison.Ordinal);
        Assert.Contains(">0: not at all likely, 10: very likely</p>", Mail("nps", Letters.Ann, Links).Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_links_the_numbers_stand_there()
    {
        Assert.Equal("Well?\n\n1 (very hard) 2 3 4 5 6 7 (very easy)\n\nBye", Mail("ces", Letters.Ann, null).Body());
        Assert.Equal("From 1, 2, 3, 4, 5 choose one.", Mail("csat", Letters.Ann, Links, "From {{answers}} choose one.").Body());
    }

    [Fact]
    public void Links_of_a_mail_that_is_only_tried_do_nothing()
    {
        var (templates, _) = MessageTemplates.Load([Letters.Mail("{{answers}}", name: "letter")], Letters.Policies, Links);
        var trial = templates.Try(Playbook, Letters.Ann, Letters.Entry("letter", Channel.Email, ImmutableSortedDictionary<string, string>.Empty.Add("survey", "csat"))).Message!;
        var token = Regex.Match(trial.Text, "links/a/(\\S+)").Groups[1].Value;

        Assert.Equal(("", "", DateTimeOffset.UnixEpoch), Links.Read(token, LinkKind.Answer) is { } link ? (link.Customer, link.Key, link.Until) : default);
    }

    [Theory]
    [InlineData(true, "(1,3): An SMS has no buttons. Ask for a number, such as: Reply with a number from 1 to 5.")]
    [InlineData(false, "(2,12): The answers stand in the body of a message only. Put {{answers}} on a line of its own below the question.")]
    public void Where_nobody_can_tap_it_is_a_mistake(bool sms, string problem)
    {
        var file = sms ? Letters.Sms("{{answers}}") : Letters.Mail("Hello", subject: "{{answers}}");

        Assert.EndsWith(problem, Assert.Single(MessageTemplates.Load([file], Letters.Policies).Problems).ToString(), StringComparison.Ordinal);
    }
}
