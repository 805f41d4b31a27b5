using Cvm.Engine;
using Cvm.Tests.Playbooks;

namespace Cvm.Tests.Service;

public sealed class ServiceFileTests
{
    static string Mistakes(string service)
    {
        var sources = SmallPlaybook.With(("service.yaml", service));
        return string.Join("\n", sources.Problems.Concat(CannedAnswers.Load(sources.Answers, sources.Policies).Problems));
    }

    [Fact]
    public void An_absent_file_means_one_team_by_the_hours_of_the_policies()
    {
        var playbook = SmallPlaybook.With(("policies.yaml", "zone: Asia/Tokyo\nstaff: { agent: a@example.com, director: d@example.com }\nhours: { monday: 9-17 }")).Playbook!;
        var team = Assert.Single(Sla.Teams(playbook));

        Assert.Equal(["agent", "director"], team.Ladder.AsEnumerable());
        Assert.Equal("Asia/Tokyo", team.Hours.Zone);
        Assert.Equal("director", team.Above("agent"));
        Assert.Null(team.Above("director"));
    }

    [Fact]
    public void A_team_keeps_its_own_calendar_and_serves_its_countries()
    {
        var playbook = SmallPlaybook.With(
            ("policies.yaml", "zone: Europe/Paris\nstaff: { agent: a@example.com, manager: \"+4915112345678\" }"),
            ("service.yaml", "teams:\n  here: { ladder: agent }\n  there: { countries: CN, hours: { zone: Asia/Shanghai, monday: 9-18, holidays: 2027-02-08 }, ladder: [agent, manager] }")).Playbook!;

        Assert.Equal("there", Sla.TeamFor(playbook, Some.Ann with { Profile = Some.Ann.Profile with { Country = "CN" } }).Name);
        Assert.Equal("here", Sla.TeamFor(playbook, Some.Ann).Name);
        Assert.Equal("Europe/Paris", Sla.Team(playbook, "here").Hours.Zone);
        Assert.Contains(new DateOnly(2027, 2, 8), Sla.Team(playbook, "there").Hours.Holidays);
        Assert.Equal("here", Sla.Team(playbook, "gone").Name);
    }

    [Theory]
    [InlineData("teams: { a: { ladder: boss } }", "service.yaml(1,23): There is no role 'boss'.")]
    [InlineData("teams: { a: {} }", "'ladder' is missing in a team.")]
    [InlineData("sla: [ { first-response: 4h, resolve: 8bh } ]", "'4h' is not a span of working time.")]
    [InlineData("sla: [ { first-response: 8bh, resolve: 4bh } ]", "'resolve' is shorter than 'first-response'.")]
    [InlineData("sla: [ { severity: severe, first-response: 1bh, resolve: 4bh } ]", "'severe' is not a severity.")]
    [InlineData("sla: [ { tier: platinum, first-response: 1bh, resolve: 4bh } ]", "There is no tier 'platinum'.")]
    [InlineData("answer-template: nothing", "There is no template 'nothing'.")]
    [InlineData("resume-after: soon", "'soon' is not a span of time.")]
    [InlineData("answers: { hello: { en: \"Dear {{nmae}}\" } }", "There is no value 'nmae'. Did you mean 'name'?")]
    [InlineData("answers: { hello: { en: \"Dear {{name}}\" } }", "'name' may be missing.")]
    [InlineData("answers: { hello: { en: \"Dear {{#if name}}\" } }", "service.yaml(1,25)")]
    [InlineData("answers: { hello: { zh-CN: 您好 } }", "The answer 'hello' is not written in en")]
    [InlineData("answers: { hello: hi }", "where the answer in each language is needed.")]
    [InlineData("resolution: [x]", "There is no 'resolution' in the service. Did you mean 'resolutions'?")]
    public void Mistakes_name_their_place_and_their_fix(string service, string mistake) => Assert.Contains(mistake, Mistakes(service), StringComparison.Ordinal);

    [Fact]
    public void A_ready_answer_is_filled_in_the_customers_language()
    {
        var loaded = PlaybookLoader.Load(Repository.File("src/Playbook"));
        var about = new Case { Id = "ann/1", Subject = "x", Severity = "low", OpenedAt = Some.Now, Level = "agent", DueAt = Some.Now };
        string? Fill(string? name, string locale) => loaded.Answers.Fill("new-one", loaded.Playbook, Some.Ann with { Profile = Some.Ann.Profile with { Name = name, Locale = locale } }, about, Some.Now);

        Assert.StartsWith("We are sorry, {{Ann}} & <Co>. A new one", Fill("{{Ann}} & <Co>", "en"));
        Assert.StartsWith("We are sorry. A new one", Fill(null, "de"));
        Assert.StartsWith("非常抱歉。", Fill("王伟", "zh-Hans-CN"));
        Assert.Null(loaded.Answers.Fill("nothing", loaded.Playbook, Some.Ann, about, Some.Now));
    }

    [Theory]
    [InlineData("agent: service@example.com", true)]
    [InlineData("agent: \"+4915112345678\"", true)]
    [InlineData("agent: \"04915112345678\"", false)]
    [InlineData("agent: \"+49 151 12345678\"", false)]
    public void Staff_have_an_address_or_a_number(string role, bool fine) => Assert.Equal(fine, SmallPlaybook.Read(("policies.yaml", $"staff: {{ {role} }}")).Problems.IsEmpty);
}
