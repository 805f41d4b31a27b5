using Cvm.Engine;

namespace Cvm.Tests;

public sealed class PublishingTests
{
    static readonly string First = PublishingShop.Greeting(1), Second = PublishingShop.Greeting(2, "14d"), Third = PublishingShop.Greeting(3, "3d");

    static Task<PublishingShop> Shop(string? greeting) => new PublishingShop().Start(greeting);

    [Fact]
    public async Task A_start_publishes_what_was_never_live_and_people_inside_keep_their_version()
    {
        var shop = await Shop(First);
        await shop.Order("ann");

        await shop.Start(Second);
        await shop.Order("bob");

        Assert.Equal("1 2", await shop.Versions("ann", "bob"));
        Assert.Equal([(1, PublishedFrom.Start), (2, PublishedFrom.Start)], shop.Live.Publications.Select(one => (one.Version, one.From)));
        Assert.Equal(Second, Assert.Single(shop.Live.Now.Texts).Yaml);
    }

    [Fact]
    public async Task The_same_version_with_other_steps_is_refused_at_a_start_and_on_a_page()
    {
        var shop = await Shop(First);

        var start = await Assert.ThrowsAsync<PlaybookProblems>(() => shop.Start(PublishingShop.Greeting(1, "2d")));
        var (plan, problems) = await shop.Publisher.Plan("greeting", PublishingShop.Greeting(1, "2d"), default);

        Assert.Equal("Version 1 of this journey has been live with other steps.", Assert.Single(start.Problems).What);
        Assert.Null(plan);
        Assert.Equal("Write 'version: 2'.", Assert.Single(problems).Fix);
        Assert.Empty((await shop.Publisher.Plan("greeting", "# a comment\n" + First, default)).Problems);
    }

    [Fact]
    public async Task What_is_proven_wrong_does_not_go_live()
    {
        var (store, clock, shipped) = (new MemoryStore(), new VirtualTime(Some.Now), PlaybookLoader.Load(Repository.File("src/Playbook")));
        var live = new LivePlaybook(shipped, store, clock);
        await live.Open(default);
        var text = VersionAdvice.Write(shipped.Texts.Single(text => text.Journey == "win-back").Yaml, 900);
        var publisher = new Publisher(store, store, live, clock);

        var (plan, problems) = await publisher.Plan("win-back", text.Replace("- if: value == 'high'", "- if: alive > 1.5", StringComparison.Ordinal), default);
        var (sound, none) = await publisher.Plan("win-back", text, default);

        Assert.Null(plan);
        Assert.Equal("Here 'alive' lies from 0 to 1.", Assert.Single(problems).Fix);
        Assert.Equal((900, true), (sound!.Candidate.Version, none.IsEmpty));
    }

    [Fact]
    public async Task A_lower_version_that_never_was_live_is_refused()
    {
        var shop = await Shop(Third);

        var start = await Assert.ThrowsAsync<PlaybookProblems>(() => shop.Start(Second));

        Assert.Equal("Version 3 of this journey has been live already, and 2 never was.", Assert.Single(start.Problems).What);
    }

    [Fact]
    public async Task What_was_published_on_a_page_is_live_at_once_and_after_a_restart_and_written_into_the_folder()
    {
        var shop = await Shop(First);

        var published = await shop.Publish(Second);
        await shop.Order("ann");

        var publication = Assert.IsType<Published.Landed>(published).Publication;
        Assert.Equal(("Kim", Some.Now, 2, 2), (publication.By, publication.At!.Value, publication.Version, publication.Number));
        Assert.Equal("2", await shop.Versions("ann"));
        Assert.Equal(Second, Assert.Single(shop.Written).Yaml);
        Assert.Equal(2, (await shop.Start(First)).Live.Now.Playbook.Find("greeting")!.Version);
    }

    [Fact]
    public async Task Going_back_survives_a_restart_though_the_folder_still_has_the_newer_text()
    {
        var shop = await Shop(First);
        await shop.Start(Second);
        await shop.Order("ann");

        var back = await shop.Publisher.PlanBack("greeting", default);
        await shop.Publisher.Publish(back!, PublishingShop.Nobody, "Kim", PublishedFrom.Back, default);
        await shop.Start(Second);
        await shop.Order("bob");

        Assert.Equal("2 1", await shop.Versions("ann", "bob"));
        Assert.Equal((PublishedFrom.Back, "Kim", 1), shop.Live.Publications[^1] is var last ? (last.From, last.By, last.Version) : default);
        Assert.Empty(shop.Written);
        Assert.Equal(2, (await shop.Publisher.PlanBack("greeting", default))!.Candidate.Version);
    }

    [Fact]
    public async Task There_is_nothing_to_go_back_to_before_a_second_version() => Assert.Null(await (await Shop(First)).Publisher.PlanBack("greeting", default));

    [Fact]
    public async Task The_second_of_two_who_publish_at_once_is_told_and_nothing_is_overwritten()
    {
        var shop = await Shop(First);
        var (kims, lees) = (await shop.Plan(Second), await shop.Plan(PublishingShop.Greeting(2, "9d")));

        var first = await shop.Publisher.Publish(kims, PublishingShop.Nobody, "Kim", PublishedFrom.Page, default);
        var same = await shop.Publisher.Publish(lees, PublishingShop.Nobody, "Lee", PublishedFrom.Page, default);
        var other = await shop.Publisher.Publish(await shop.Plan(Third) with { After = 1 }, PublishingShop.Nobody, "Lee", PublishedFrom.Page, default);

        Assert.IsType<Published.Landed>(first);
        Assert.Equal("Version 2 has been live with other steps.", Assert.IsType<Published.Refused>(same).Reasons.Single());
        Assert.Equal("Kim", Assert.IsType<Published.Second>(other).First.By);
        Assert.Equal(Second, Assert.Single(shop.Live.Now.Texts).Yaml);
    }

    [Fact]
    public async Task A_store_from_before_publications_were_noted_goes_on_with_what_it_kept()
    {
        var shop = new PublishingShop();
        await shop.Store.Keep("journey:greeting:000001", First, default);
        await shop.Store.Keep("journey:greeting:000002", Second, default);

        await shop.Start(Third);

        Assert.Equal([(1, PublishedFrom.Before), (2, PublishedFrom.Before), (3, PublishedFrom.Start)], shop.Live.Publications.Select(one => (one.Version, one.From)));
        Assert.Equal([1, 2], shop.Live.Now.Playbook.Earlier.Select(journey => journey.Version).Order());
    }

    [Fact]
    public async Task A_journey_taken_out_of_the_folder_is_not_entered_any_more_and_people_inside_finish()
    {
        var shop = await Shop(First);
        await shop.Order("ann");

        await shop.Start(null);
        await shop.Order("bob");
        shop.Clock.To(Some.Now.AddDays(7));
        await shop.Engine.Wake("ann", default);

        Assert.Empty((await shop.Dossier("bob")).Enrollments);
        Assert.Equal("finished", (await shop.Dossier("ann")).Visits.Single().LastOutcome);
    }

    [Fact]
    public async Task A_draft_of_a_new_journey_goes_live_without_the_folder_and_stays_so()
    {
        var shop = await new PublishingShop { Writes = false }.Start(null);
        var drafts = new Drafts(shop.Store, shop.Clock);
        await drafts.Save("greeting", First, 0, "Kim");

        var next = await shop.Publisher.Next("greeting", default);
        await shop.Publish(next!.Value.Yaml);
        await shop.Start(null);
        await shop.Order("ann");

        Assert.Equal("Kim", next.Value.Draft!.By);
        Assert.Null(await drafts.Of("greeting"));
        Assert.Equal("1", await shop.Versions("ann"));
    }

    [Fact]
    public async Task A_journey_that_the_page_wrote_into_the_folder_goes_with_it()
    {
        var shop = await Shop(null);
        await new Drafts(shop.Store, shop.Clock).Save("greeting", First, 0, "Kim");
        await shop.Publish(First);

        Assert.NotNull((await shop.Start(First)).Live.Now.Playbook.Find("greeting"));
        Assert.Null((await shop.Start(null)).Live.Now.Playbook.Find("greeting"));
    }

    [Fact]
    public async Task A_journey_that_somebody_copied_into_the_folder_later_goes_with_it_too()
    {
        var shop = await new PublishingShop { Writes = false }.Start(null);
        await shop.Publish(First);

        Assert.NotNull((await shop.Start(First)).Live.Now.Playbook.Find("greeting"));
        Assert.Null((await shop.Start(null)).Live.Now.Playbook.Find("greeting"));
    }

    [Fact]
    public async Task Who_is_a_moment_too_late_with_other_steps_of_the_same_version_leaves_nothing_behind()
    {
        var shop = await Shop(First);
        var (kims, lees) = (await shop.Plan(Second), await shop.Plan(PublishingShop.Greeting(2, "9d")));
        var published = new List<Published>();
        var late = new Publisher(new Between(shop.Store, async () => published.Add(await shop.Publisher.Publish(kims, PublishingShop.Nobody, "Kim", PublishedFrom.Page, default))), shop.Store, shop.Live, shop.Clock);

        published.Add(await late.Publish(lees, PublishingShop.Nobody, "Lee", PublishedFrom.Page, default));

        Assert.IsType<Published.Landed>(published[0]);
        Assert.IsType<Published.Refused>(published[1]);
        Assert.Equal(Second, Assert.Single(shop.Live.Now.Texts).Yaml);
        Assert.Equal(Second, (await Publications.Texts(shop.Store, default)).Single(text => text.Version == 2).Yaml);
    }

    [Theory]
    [InlineData("- wait: 5d   # five days", "- wait: 5d   # as agreed with Kim", true)]
    [InlineData("- {on: order, as: bought}", "- { on: order,  as: bought }", true)]
    [InlineData("- wait: 5d", "- wait: 6d", false)]
    [InlineData("- do: |\n    # call", "- do: |\n    # write", false)]
    [InlineData("- wait: [", "- wait: [ ", true)]
    [InlineData("- wait: [", "- wait: {", false)]
    public void Only_what_a_text_says_counts_as_its_steps(string one, string other, bool same) => Assert.Equal(same, Publishing.Same(one, other));

    [Fact]
    public async Task A_segment_that_only_a_draft_waits_for_is_watched_once_that_is_published_and_for_those_who_stay_in_it()
    {
        var shop = await Shop(First);
        Assert.Empty(shop.Live.Now.Playbook.WatchedSegments);

        await shop.Publish(PublishingShop.Greeting(2).Replace("enter: order", "enter: { on: segment, of: buyers }", StringComparison.Ordinal));
        Assert.Equal("buyers", Assert.Single(shop.Live.Now.Playbook.WatchedSegments));

        await shop.Publish(PublishingShop.Greeting(3));
        Assert.Equal("buyers", Assert.Single(shop.Live.Now.Playbook.WatchedSegments));
    }

    [Fact]
    public async Task Another_process_notices_what_was_published_and_what_is_paused()
    {
        var shop = await Shop(First);
        var other = new LivePlaybook(shop.Live.Folder, shop.Store, shop.Clock);
        await other.Look(default);

        await shop.Publish(Second);
        await new Pauses(shop.Store, shop.Clock).Begin("greeting", "Lee", default, PauseKind.Drain);
        await other.Look(default);

        Assert.Equal(2, other.Now.Playbook.Find("greeting")!.Version);
        Assert.Equal("Lee", other.Now.Playbook.Closed("greeting")!.By);
    }

    [Fact]
    public async Task A_pause_that_begins_while_another_looks_is_not_lost()
    {
        var shop = await Shop(First);
        var pauses = new Pauses(shop.Store, shop.Clock, shop.Live.Follow);

        await Task.WhenAll(shop.Publish(Second), pauses.Begin("greeting", "Lee", default), pauses.Begin(null, "Ada", default));

        Assert.Equal(["Ada", "Lee"], shop.Live.Now.Playbook.Pauses.Select(pause => pause.By).Order());
    }

    [Fact]
    public async Task Whoever_is_in_a_version_that_a_process_does_not_know_makes_it_look_first()
    {
        var shop = await Shop(First);
        var other = new LivePlaybook(shop.Live.Folder, shop.Store, shop.Clock);
        await other.Look(default);
        await shop.Publish(Second);
        await shop.Order("ann");
        shop.Clock.To(Some.Now.AddDays(14));

        var engine = new CustomerEngine(shop.Store, () => other.Now, Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)new MemoryMailbox(shop.Store, shop.Clock)), shop.Clock, look: other.Look);
        await engine.Wake("ann", default);

        Assert.Equal("finished", (await shop.Dossier("ann")).Visits.Single().LastOutcome);
    }
}
