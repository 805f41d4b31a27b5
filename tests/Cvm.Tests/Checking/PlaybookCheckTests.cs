using Cvm.Engine;
using Cvm.Tests.Playbooks;

namespace Cvm.Tests.Checking;

/// <summary>The verdict on the shipped playbook and on drafts of it. docs/check.md shows, and its test runs, every kind of finding.</summary>
public sealed class PlaybookCheckTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    static readonly Lazy<PlaybookVerdict> Shipped = new(() => PlaybookCheck.Of(Repository.File("src/Playbook"), Now));

    [Fact]
    public void Nothing_is_wrong_with_the_shipped_playbook() => Assert.Equal("", string.Join("\n", Shipped.Value.Problems));

    [Fact]
    public void Its_pressure_bound_is_known() =>
        Golden.Check("Checking/pressure.expected.txt", string.Join("\n", PressureWords.Of(Shipped.Value.Pressure!)) + "\n");

    [Fact]
    public void A_finding_in_a_draft_has_its_place()
    {
        var yaml = SmallPlaybook.Journey("  - if: orders < 0\n    then: [ { end: never } ]\n  - choose:\n      - when: orders >= 1\n        steps: [ { end: some } ]\n      - when: orders >= 5\n        steps: [ { end: many } ]\n  - end: done");

        var verdict = PlaybookCheck.Draft(Shipped.Value.Loaded!, "trial", yaml, Now);

        Assert.Equal([(7, 9), (12, 15)], verdict.Problems.Select(problem => (problem.At.Line, problem.At.Column)));
        Assert.All(verdict.Problems, problem => Assert.EndsWith("journeys/trial/journey.yaml", problem.At.File, StringComparison.Ordinal));
        Assert.False(verdict.Sound);
        Assert.NotNull(verdict.Loaded);
    }

    [Fact]
    public void A_warning_leaves_it_sound()
    {
        var verdict = PlaybookCheck.Draft(Shipped.Value.Loaded!, "trial", SmallPlaybook.Journey("  - if: orders >= 0\n    then: [ { task: { for: agent, do: Call } } ]\n  - end: done"), Now);

        Assert.Single(verdict.Problems);
        Assert.True(verdict.Sound);
    }

    [Fact]
    public void A_draft_that_cannot_be_read_has_no_pressure()
    {
        var verdict = PlaybookCheck.Draft(Shipped.Value.Loaded!, "trial", "journey: trial", Now);

        Assert.Null(verdict.Pressure);
        Assert.False(verdict.Sound);
    }

    [Theory]
    [InlineData(1, true), InlineData(-1, false)]
    public void A_date_is_over_when_its_day_is(int days, bool sound)
    {
        var yaml = SmallPlaybook.Journey($"  - wait: {DateOnly.FromDateTime(Now.UtcDateTime).AddDays(days):yyyy-MM-dd}\n  - end: done");

        Assert.Equal(sound, PlaybookCheck.Draft(Shipped.Value.Loaded!, "trial", yaml, Now).Sound);
    }

    [Theory]
    [InlineData("order", "amount > 20")]
    [InlineData("survey", "score <= 2 and survey == 'after-order'")]
    [InlineData("score-changed", "alive < 0.4 and alive-before >= 0.4")]
    [InlineData("complaint", "severity == 'high' and complaints == 1")]
    [InlineData("case-opened", "case-by-hand and case-level == 'agent'")]
    [InlineData("task-overdue", "task-kind == 'call' and task-overdue")]
    [InlineData("points-expiring", "expiring-points >= 100")]
    [InlineData("tier", "event == 'tier-up' or tier == 'silver'")]
    public void What_people_ask_of_an_event_is_no_mistake(string on, string when)
    {
        var yaml = SmallPlaybook.Journey("  - end: done").Replace("enter: joined", $"enter: {{ on: {on}, when: \"{when}\" }}", StringComparison.Ordinal);

        Assert.Empty(PlaybookCheck.Draft(Shipped.Value.Loaded!, "trial", yaml, Now).Problems);
    }

    [Fact]
    public void What_time_may_change_is_not_held_against_a_later_step()
    {
        var yaml = SmallPlaybook.Journey("  - if: orders == 1\n    then:\n      - wait: 7d\n      - if: orders > 1\n        then: [ { end: again } ]\n      - end: once\n  - end: many");

        Assert.Empty(PlaybookCheck.Draft(Shipped.Value.Loaded!, "trial", yaml, Now).Problems);
    }
}
