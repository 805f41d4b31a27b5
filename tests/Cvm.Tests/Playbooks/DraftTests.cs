using Cvm.Engine;

namespace Cvm.Tests.Playbooks;

/// <summary>A draft of one journey is checked with the whole playbook around it, without touching the disk.</summary>
public sealed class DraftTests
{
    static readonly Lazy<LoadedPlaybook> Shipped = new(() => PlaybookLoader.Load(Repository.File("src/Playbook")));

    static string Welcome => File.ReadAllText(Repository.File("src/Playbook/journeys/welcome/journey.yaml"));

    [Fact]
    public void The_text_that_is_live_has_no_problem()
    {
        var (loaded, problems) = PlaybookLoader.CheckDraft(Shipped.Value, "welcome", Welcome);

        Assert.Empty(problems);
        Assert.Equal(Shipped.Value.Playbook.Journeys.Select(journey => journey.Name), loaded!.Playbook.Journeys.Select(journey => journey.Name));
    }

    [Fact]
    public void A_mistake_has_its_place_in_the_draft()
    {
        var (loaded, problems) = PlaybookLoader.CheckDraft(Shipped.Value, "welcome", Welcome.Replace("send: what-we-are-about", "send: what-we-are-abot", StringComparison.Ordinal));

        Assert.Null(loaded);
        var problem = Assert.Single(problems);
        Assert.EndsWith("journeys/welcome/journey.yaml", problem.At.File, StringComparison.Ordinal);
        Assert.Equal((23, 11), (problem.At.Line, problem.At.Column));
        Assert.Equal("Did you mean 'what-we-are-about'?", problem.Fix);
    }

    [Fact]
    public void What_the_draft_breaks_elsewhere_is_told_too()
    {
        var withoutCoupon = Welcome.Replace("give: { coupon: FIRST10", "give: { coupon: FIRST11", StringComparison.Ordinal);
        var (asking, _) = PlaybookLoader.CheckDraft(Shipped.Value, "asking", SmallPlaybook.Journey("  - if: holds-coupon('FIRST10')\n    then: [ { end: has-it } ]\n  - end: has-none", "asking"));

        var (loaded, problems) = PlaybookLoader.CheckDraft(asking!, "welcome", withoutCoupon);

        Assert.Null(loaded);
        Assert.EndsWith("journeys/asking/journey.yaml", Assert.Single(problems).At.File, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_journey_stands_beside_the_others()
    {
        var (loaded, _) = PlaybookLoader.CheckDraft(Shipped.Value, "trial", SmallPlaybook.Journey("  - end: done"));

        Assert.NotNull(loaded!.Playbook.Find("trial"));
        Assert.Null(Shipped.Value.Playbook.Find("trial"));
    }

    [Fact]
    public void A_playbook_made_in_memory_reads_the_draft_alone()
    {
        var made = Shipped.Value with { Sources = null };

        Assert.Empty(PlaybookLoader.CheckDraft(made, "welcome", Welcome).Problems);
        Assert.NotEmpty(PlaybookLoader.CheckDraft(made, "welcome", "journey: welcome").Problems);
    }
}
