using Cvm.Engine;

namespace Cvm.Tests;

public class DraftsTests
{
    static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    readonly MemoryStore store = new();
    readonly VirtualTime clock = new(Noon);

    Drafts Drafts => new(store, clock);

    [Fact]
    public async Task The_revision_to_say_goes_on_counting_after_a_draft_is_dropped()
    {
        await Drafts.Save("win-back", "one", 0, "ann");
        var kept = await Drafts.Standing("win-back");
        await Drafts.Drop("win-back", 1);

        Assert.Equal(("one", 1), (kept.Draft!.Yaml, kept.Revision));
        Assert.Equal((null, 2), await Drafts.Standing("win-back"));
        Assert.Equal((null, 0), await Drafts.Standing("other"));
    }

    [Fact]
    public async Task A_draft_is_what_was_saved_with_who_and_when()
    {
        var saved = await Drafts.Save("win-back", "journey: win-back\n", 0, "ann");

        var draft = Assert.IsType<Saving.Landed>(saved).Draft;
        Assert.Equal(new("win-back", "journey: win-back\n", 1, "ann", Noon), draft);
        Assert.Equal(draft, await Drafts.Of("win-back"));
        Assert.Null(await Drafts.Of("birthday"));
    }

    [Fact]
    public async Task Who_saves_second_is_shown_the_first_and_overwrites_nothing()
    {
        await Drafts.Save("win-back", "one", 0, "ann");
        await Drafts.Save("win-back", "two", 1, "ann");

        var saved = await Drafts.Save("win-back", "other", 1, "bob");

        var first = Assert.IsType<Saving.Second>(saved);
        Assert.Equal(("two", "ann", 2), (first.First!.Yaml, first.By, first.Revision));
        Assert.Equal("two", (await Drafts.Of("win-back"))!.Yaml);
        Assert.Equal(3, Assert.IsType<Saving.Landed>(await Drafts.Save("win-back", "other", first.Revision, "bob")).Draft.Revision);
    }

    [Fact]
    public async Task Two_who_begin_at_once_do_not_overwrite_each_other()
    {
        await Drafts.Save("win-back", "ann's", 0, "ann");

        Assert.IsType<Saving.Second>(await Drafts.Save("win-back", "bob's", 0, "bob"));
        Assert.Equal("ann's", (await Drafts.Of("win-back"))!.Yaml);
    }

    [Fact]
    public async Task The_same_words_sent_twice_are_saved_once()
    {
        await Drafts.Save("win-back", "one", 0, "ann");

        var again = await Drafts.Save("win-back", "one", 0, "ann");

        Assert.Equal(1, Assert.IsType<Saving.Landed>(again).Draft.Revision);
    }

    [Fact]
    public async Task Somebody_who_comes_between_reading_and_writing_is_noticed()
    {
        await Drafts.Save("win-back", "one", 0, "ann");
        var between = new Between(store, () => Drafts.Save("win-back", "bob's", 1, "bob"));

        var saved = await new Drafts(between, clock).Save("win-back", "ann's", 1, "ann");

        Assert.Equal("bob's", Assert.IsType<Saving.Second>(saved).First!.Yaml);
        Assert.Equal("bob's", (await Drafts.Of("win-back"))!.Yaml);
    }

    [Fact]
    public async Task What_was_dropped_is_gone_and_its_revision_never_comes_again()
    {
        await Drafts.Save("win-back", "one", 0, "ann");

        Assert.False(await Drafts.Drop("win-back", 2, "bob"));
        Assert.True(await Drafts.Drop("win-back", 1, "bob"));

        Assert.Null(await Drafts.Of("win-back"));
        Assert.Empty(await Drafts.All());
        var late = Assert.IsType<Saving.Second>(await Drafts.Save("win-back", "late", 1, "ann"));
        Assert.Equal((null, "bob"), (late.First, late.By));
        Assert.Equal(3, Assert.IsType<Saving.Landed>(await Drafts.Save("win-back", "late", await Drafts.RevisionOf("win-back"), "ann")).Draft.Revision);
    }

    [Fact]
    public async Task A_draft_dropped_twice_or_never_there_is_gone()
    {
        await Drafts.Save("win-back", "one", 0, "ann");
        await Drafts.Drop("win-back", 1);

        Assert.True(await Drafts.Drop("win-back", 1));
        Assert.True(await Drafts.Drop("birthday", 7));
    }

    [Fact]
    public async Task All_drafts_come_the_newest_first()
    {
        await Drafts.Save("a", "one", 0, "ann");
        clock.To(Noon.AddHours(1));
        await Drafts.Save("b", "two", 0, "bob");
        await Drafts.Save("c", "three", 0, "bob");

        Assert.Equal(["b", "c", "a"], (await Drafts.All()).Select(draft => draft.Journey));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("Win-back")]
    [InlineData("")]
    public async Task A_name_that_is_none_is_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Drafts.Save(name, "one", 0, "ann"));
        Assert.Null(await Drafts.Of(name));
    }

    [Fact]
    public async Task A_text_too_long_is_refused_and_the_longest_is_kept_as_it_is()
    {
        var longest = string.Concat(Enumerable.Repeat("王\0\n\"\\", Drafts.MostLetters / 5));

        await Drafts.Save("win-back", longest, 0, "ann");

        Assert.Equal(longest, (await Drafts.Of("win-back"))!.Yaml);
        await Assert.ThrowsAsync<ArgumentException>(() => Drafts.Save("win-back", longest + "x", 1, "ann"));
    }
}
