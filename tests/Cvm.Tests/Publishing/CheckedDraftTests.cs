using Cvm.Engine;

namespace Cvm.Tests;

public class CheckedDraftTests
{
    static readonly LoadedPlaybook Shipped = PlaybookLoader.Load(Repository.File("src/Playbook"));

    static string WinBack => Shipped.Texts.Single(text => text.Journey == "win-back").Yaml;

    [Fact]
    public void What_is_live_has_no_mistakes_and_is_part_of_the_whole()
    {
        var read = CheckedDraft.Of(Shipped, "win-back", WinBack, Some.Now);

        Assert.Equal(0, read.Mistakes);
        Assert.Equal("win-back", read.Journey!.Name);
        Assert.Equal(Shipped.Playbook.Journeys.Length, read.Whole!.Playbook.Journeys.Length);
        Assert.Empty(read.Elsewhere);
    }

    [Fact]
    public void A_mistake_has_its_place_and_leaves_no_journey()
    {
        var read = CheckedDraft.Of(Shipped, "win-back", WinBack.Replace("- send: we-miss-you", "- send: we-miss-yu", StringComparison.Ordinal), Some.Now);

        var problem = Assert.Single(read.Problems, problem => problem.Severity == Severity.Mistake);
        Assert.Equal(WinBack[..WinBack.IndexOf("- send: we-miss-you", StringComparison.Ordinal)].Count(letter => letter == '\n') + 1, problem.At.Line);
        Assert.Contains("we-miss-you", problem.Fix);
        Assert.Null(read.Journey);
        Assert.Null(read.Whole);
    }

    [Fact]
    public void A_new_journey_stands_beside_the_others_and_a_changed_one_lets_the_live_one_be_finished()
    {
        var added = CheckedDraft.Of(Shipped, "thank-you", WinBack.Replace("journey: win-back", "journey: thank-you", StringComparison.Ordinal), Some.Now);
        var changed = CheckedDraft.Of(Shipped, "win-back", VersionAdvice.Write(WinBack, 900), Some.Now);

        Assert.Equal(Shipped.Playbook.Journeys.Length + 1, added.Whole!.Playbook.Journeys.Length);
        Assert.Equal(900, changed.Whole!.Playbook.Find("win-back")!.Version);
        Assert.NotNull(changed.Whole.Playbook.Find("win-back", Shipped.Playbook.Find("win-back")!.Version));
    }

    [Fact]
    public void What_is_proven_of_it_stands_at_its_lines_with_the_most_that_one_person_could_get()
    {
        var asItIs = CheckedDraft.Of(Shipped, "win-back", WinBack, Some.Now);
        var never = CheckedDraft.Of(Shipped, "win-back", WinBack.Replace("- if: value == 'high'", "- if: alive > 1.5", StringComparison.Ordinal), Some.Now);
        var more = CheckedDraft.Of(Shipped, "win-back", WinBack.Replace("purpose: promotional", "purpose: transactional", StringComparison.Ordinal), Some.Now);

        var mistake = Assert.Single(never.Hindrances);
        Assert.Equal("This never holds, so nobody takes 'then'. Here 'alive' lies from 0 to 1.", mistake.What + " " + mistake.Fix);
        Assert.Equal(WinBack[..WinBack.IndexOf("- if: value", StringComparison.Ordinal)].Count(letter => letter == '\n') + 1, mistake.At.Line);
        Assert.NotNull(never.Whole);
        Assert.Equal(PlaybookCheck.AsItStands(Shipped, Some.Now).Pressure!.All.Most, asItIs.Pressure!.All.Most);
        Assert.True(more.Pressure!.Of(null, Purpose.Transactional).Most > asItIs.Pressure.Of(null, Purpose.Transactional).Most);
    }

    [Fact]
    public void What_was_wrong_before_in_other_files_does_not_hinder_it()
    {
        var welcome = Shipped.Texts.Single(text => text.Journey == "welcome").Yaml.Replace("steps:\n", "steps:\n  - if: alive > 1.5\n    then: [ { wait: 1d } ]\n", StringComparison.Ordinal);
        Assert.NotEmpty(CheckedDraft.Of(Shipped, "welcome", welcome, Some.Now).Hindrances);
        var broken = PlaybookLoader.CheckDraft(Shipped, "welcome", welcome).Loaded!;

        Assert.Empty(CheckedDraft.Of(broken, "win-back", WinBack, Some.Now).Hindrances);
    }

    [Fact]
    public void A_segment_that_only_the_draft_waits_for_is_watched_where_it_is_tried()
    {
        var segment = Shipped.Playbook.Segments.Keys.First(name => !Shipped.Playbook.WatchedSegments.Contains(name));

        var read = CheckedDraft.Of(Shipped, "thanks", $"journey: thanks\nversion: 1\nabout: Thanks.\npurpose: service\nenter: {{ on: segment, of: {segment} }}\nsteps:\n  - send: we-miss-you\n    via: email\n", Some.Now);

        Assert.Contains(segment, read.Whole!.Playbook.WatchedSegments);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("[")]
    [InlineData("steps: [[[[[[[[[[[[[[")]
    [InlineData("journey: another-name\nversion: 1\n")]
    [InlineData("- a\n- b\n")]
    public void Any_text_gets_an_answer(string yaml) => Assert.NotEqual(0, CheckedDraft.Of(Shipped, "win-back", yaml, Some.Now).Mistakes);

    [Fact]
    public async Task Examples_of_the_folder_are_played_with_the_draft()
    {
        var sound = CheckedDraft.Of(Shipped, "win-back", WinBack, Some.Now).Whole!;
        var slower = CheckedDraft.Of(Shipped, "win-back", WinBack.Replace("- wait: 10d", "- wait: 11d", StringComparison.Ordinal), Some.Now).Whole!;
        var examples = await PlayedExample.Of(Shipped, "win-back", default);
        Assert.NotEmpty(examples);

        foreach (var example in examples) Assert.True((await PlayedExample.Play(example, sound, "win-back", default)).Matches, example.Name);
        var played = await Task.WhenAll(examples.Select(example => PlayedExample.Play(example, slower, "win-back", default)));

        Assert.Contains(played, one => one is { Matches: false, Transcript: not null });
        Assert.Empty(await PlayedExample.Of(Shipped, "no-such-journey", default));
        Assert.Empty(await PlayedExample.Of(Shipped, "../win-back", default));
    }

    [Fact]
    public void Words_are_those_that_the_language_and_the_playbook_know()
    {
        var words = JourneyLanguage.Words(Shipped.Playbook);

        Assert.Contains("again-after", words["key"]);
        Assert.Contains("split", words["step"]);
        Assert.Contains("valid-for", words["option"]);
        Assert.Contains("silence", words["fact"]);
        Assert.Contains("score-changed", words["on"]);
        Assert.Contains("we-miss-you", words["send"]);
        Assert.Contains("birthday-care", words["start"]);
    }
}
