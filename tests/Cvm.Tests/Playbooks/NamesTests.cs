using Cvm.Engine;

namespace Cvm.Tests.Playbooks;

public class NamesTests
{
    [Fact]
    public void A_coupon_that_no_journey_gives_cannot_be_asked_for()
    {
        var sources = SmallPlaybook.WithSteps("  - give: { coupon: BACK10, worth: 10%, valid: 14d }\n  - if: holds-coupon('BACK01')\n    then: [ end: held ]");

        Assert.Equal("journeys/trial/journey.yaml(8,22): There is no coupon 'BACK01'. Did you mean 'BACK10'?", Assert.Single(sources.Problems).ToString());
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_told_once_not_at_every_name_it_would_define()
    {
        var sources = SmallPlaybook.With(
            ("segments.yaml", "big: {"),
            ("surveys.yaml", "- no"),
            ("loyalty.yaml", "tiers: gold"),
            ("policies.yaml", "staff: ["),
            ("journeys/trial/journey.yaml", SmallPlaybook.Journey("  - if: in-segment('big') and tier-at-least('gold')\n    then: [ { task: { for: agent, do: Call } } ]\n  - ask: how")));

        Assert.Equal(["loyalty.yaml", "policies.yaml", "segments.yaml", "surveys.yaml"], sources.Problems.Select(problem => problem.At.File));
    }

    [Fact]
    public void A_journey_that_cannot_be_read_still_has_its_name()
    {
        var sources = SmallPlaybook.With(
            ("journeys/broken/journey.yaml", "journey: ["),
            ("journeys/trial/journey.yaml", SmallPlaybook.Journey("  - start: broken")));

        Assert.Equal("journeys/broken/journey.yaml", Assert.Single(sources.Problems).At.File);
    }

    [Fact]
    public void Journeys_that_start_each_other_after_a_rest_are_no_loop()
    {
        var sources = SmallPlaybook.With(
            ("journeys/a/journey.yaml", SmallPlaybook.Journey("  - wait: 1d\n  - start: b", "a")),
            ("journeys/b/journey.yaml", SmallPlaybook.Journey("  - start: a", "b")));

        Assert.Empty(sources.Problems);
    }

    [Fact]
    public void Journeys_that_do_not_let_people_back_in_are_no_loop()
    {
        var sources = SmallPlaybook.With(
            ("journeys/a/journey.yaml", SmallPlaybook.Journey("  - start: b", "a")),
            ("journeys/b/journey.yaml", SmallPlaybook.Journey("  - start: a", "b").Replace("enter:", "again-after: 1d\nenter:")));

        Assert.Empty(sources.Problems);
    }

    [Fact]
    public void An_earlier_version_compiles_by_the_names_of_today()
    {
        var playbook = SmallPlaybook.WithSteps("  - send: we-miss-you").Playbook!;
        var earlier = SmallPlaybook.Journey("  - give: { coupon: OLD, worth: 5%, valid: 7d }\n  - if: holds-coupon('OLD') and times-in('gone') > 1\n    then: [ send: small-present ]", "gone", 2);

        var (journey, problems) = PlaybookFolder.ParseJourney(new("gone", 2, earlier), playbook);

        Assert.Empty(problems);
        Assert.Equal(("gone", 2, 3), (journey!.Name, journey.Version, journey.Steps.Length));
    }

    [Fact]
    public void An_earlier_version_says_what_it_misses()
    {
        var playbook = SmallPlaybook.WithSteps("  - send: we-miss-you").Playbook!;

        var (journey, problems) = PlaybookFolder.ParseJourney(new("trial", 7, SmallPlaybook.Journey("  - send: we-mis-you", version: 7)), playbook);

        Assert.Null(journey);
        Assert.Equal("trial version 7(7,11): There is no template 'we-mis-you'. Did you mean 'we-miss-you'?", Assert.Single(problems).ToString());
    }

    [Fact]
    public void A_made_id_gives_way_to_a_written_one()
    {
        var sources = SmallPlaybook.WithSteps("  - wait: 7d\n  - wait: 1d\n    id: wait-7d\n  - wait: 7d");

        Assert.Equal(["wait-7d-2", "wait-7d", "wait-7d-3"], sources.Playbook!.Journeys[0].Steps.Select(step => step.Id));
    }

    [Fact]
    public void A_read_journey_is_kept_as_it_was_written()
    {
        var text = SmallPlaybook.Journey("  - wait: 7d # a week");

        var sources = SmallPlaybook.With(("journeys/trial/journey.yaml", text));

        Assert.Equal(new JourneyText("trial", 1, text), Assert.Single(sources.Texts));
    }

    [Fact]
    public void Examples_and_hidden_files_are_not_read()
    {
        var sources = SmallPlaybook.With(
            (".vscode/settings.yaml", "x"),
            ("README.md", "Read me."),
            ("journeys/trial/journey.yaml", SmallPlaybook.Journey("  - wait: 7d")),
            ("journeys/trial/examples/quiet.yaml", ": not for us"),
            ("journeys/trial/messages/.DS_Store", "\0"));

        Assert.Empty(sources.Problems);
    }
}
