using Cvm.Engine;

namespace Cvm.Tests;

public sealed class MovingPassTests
{
    static readonly string First = PublishingShop.Greeting(1), Second = PublishingShop.Greeting(2, "14d"), Third = PublishingShop.Greeting(3, "3d");

    static async Task<PublishingShop> Shop(params string[] customers)
    {
        var shop = await new PublishingShop().Start(First);
        await shop.Order(customers);
        return shop;
    }

    [Fact]
    public async Task The_plan_says_how_many_stand_where_and_touches_nobody()
    {
        var shop = await Shop("ann", "bob");

        var plan = await shop.Plan(Second);

        var place = Assert.Single(plan.Places);
        Assert.Equal(("1/rest", 2L, "rest"), (place.Place, place.People, place.Same));
        Assert.Equal("rest letter", string.Join(' ', place.Choices));
        Assert.Equal((1, 2, 2L, 1), (plan.Live!.Version, plan.Candidate.Version, plan.People, plan.After));
        Assert.Equal([StepChange.Same, StepChange.Changed, StepChange.Same], plan.Difference!.Steps.Select(pair => pair.Change));
        Assert.Equal("1 1", await shop.Versions("ann", "bob"));
    }

    [Fact]
    public async Task Everybody_stays_unless_the_plan_moves_them()
    {
        var shop = await Shop("ann", "bob");

        await shop.Publish(Second);
        var stayed = await shop.Moving.GoOn(default);
        await shop.Publish(Third, move: true);
        var moved = await shop.Moving.GoOn(default);

        Assert.Equal((0, true), stayed);
        Assert.Equal((2, true), moved);
        Assert.Equal("3 3", await shop.Versions("ann", "bob"));
        Assert.Equal(Some.Now.AddDays(3), (await shop.Dossier("ann")).DueAt);
        Assert.Equal((0, true), await shop.Moving.GoOn(default));
    }

    [Fact]
    public async Task Those_who_stayed_can_be_moved_later_to_the_version_that_is_live()
    {
        var shop = await Shop("ann");
        await shop.Publish(Second);

        var nothing = await shop.Publish(Second);
        var moved = await shop.Publish(Second, move: true);
        await shop.Moving.GoOn(default);

        Assert.Equal("Version 2 is live already, and nobody was to be moved.", Assert.IsType<Published.Refused>(nothing).Reasons.Single());
        Assert.IsType<Published.Landed>(moved);
        Assert.Equal("2", await shop.Versions("ann"));
    }

    [Theory]
    [InlineData("1/rest", "hello", "Whoever moves from 'rest' to 'hello' could get 'hello' a second time. Choose a later step.")]
    [InlineData("1/rest", "lettr", "Version 2 has no step 'lettr'. Did you mean 'letter'?")]
    [InlineData("1/rst", "rest", "Version 1 has no step 'rst'. Did you mean 'rest'?")]
    [InlineData("9/rest", "rest", "Nobody can be moved out of version 9: it is not known, or it is this one.")]
    [InlineData("1/rest", "holdout", "Whoever is held back for comparison stays so, and nobody else comes to it.")]
    public async Task What_cannot_be_is_refused_in_words_before_anything_is_published(string place, string step, string because)
    {
        var shop = await Shop("ann");

        var plan = await shop.Plan(Second);
        var refused = await shop.Publisher.Publish(plan, ImmutableSortedDictionary<string, string>.Empty.Add(place, step), "Kim", PublishedFrom.Page, default);

        Assert.Equal(because, Assert.IsType<Published.Refused>(refused).Reasons.Single());
        Assert.Equal(1, shop.Live.Now.Playbook.Find("greeting")!.Version);
    }

    [Fact]
    public async Task A_pass_that_dies_goes_on_where_it_was_and_tells_nobody_twice()
    {
        for (var seed = 0; seed < 24; seed++)
        {
            string[] customers = [.. Enumerable.Range(0, 30).Select(i => $"c{i}")];
            var shop = await Shop(customers);
            await shop.Publish(Second, move: true);
            var random = new Random(seed);
            var crashes = new CrashingStore(shop.Store, random, 0.4);

            for (var tries = 0; ; tries++)
            {
                Assert.True(tries < 99, $"seed {seed} never ends");
                try
                {
                    await shop.Start(Second, crashes);
                    await shop.Moving.GoOn(default);
                    break;
                }
                catch (Crash)
                {
                    // The next start goes on.
                }
            }

            Assert.Equal(string.Join(' ', customers.Select(_ => 2)), await shop.Versions(customers));
            foreach (var customer in customers) Assert.Single(await Lines(shop, customer), line => line.What == Happening.Moved);
            Assert.Equal(30, (await Moving.Of(shop.Live.Publications[^1], shop.Store, default))!.People);
        }
    }

    [Fact]
    public async Task A_few_pages_at_a_time_come_to_the_same()
    {
        var shop = await Shop([.. Enumerable.Range(0, Moving.PageSize + 1).Select(i => $"c{i:D4}")]);
        await shop.Publish(Second, move: true);

        var first = await shop.Moving.GoOn(default, pages: 1);
        var second = await shop.Moving.GoOn(default, pages: 1);

        Assert.Equal([(Moving.PageSize, false), (1, true)], new[] { first, second });
    }

    [Fact]
    public async Task What_is_published_meanwhile_overtakes_the_move_that_was_under_way()
    {
        var shop = await Shop("ann");
        await shop.Publish(Second, move: true);
        await shop.Publish(Third);

        await shop.Moving.GoOn(default);

        Assert.Equal("1", await shop.Versions("ann"));
    }

    [Fact]
    public async Task A_stop_ends_everybody_inside_and_a_stop_that_is_lifted_ends_nobody()
    {
        var shop = await Shop("ann", "bob");
        var pauses = new Pauses(shop.Store, shop.Clock, shop.Live.Follow);

        await pauses.Begin("greeting", "Lee", default, PauseKind.Stop);
        await pauses.End("greeting", default);
        var lifted = await shop.Moving.GoOn(default);
        await pauses.Begin("greeting", "Kim", default, PauseKind.Stop);
        var stopped = await shop.Moving.GoOn(default);
        await pauses.End("greeting", default);

        Assert.Equal((0, 2), (lifted.People, stopped.People));
        Assert.All(await Lines(shop, "ann"), line => Assert.NotEqual("stopped by Lee", line.Because));
        Assert.Single(await Lines(shop, "bob"), line => line.What == Happening.Ended && line.Because == "stopped by Kim");
        Assert.Empty(await pauses.Standing(default));
    }

    [Fact]
    public async Task Pauses_kept_before_there_were_kinds_are_pauses()
    {
        var shop = await Shop();
        await shop.Store.Keep("pauses", """[{"journey":"greeting","since":"2027-02-01T10:00:00+00:00","by":"Kim"}]""", default);

        await shop.Live.Look(default);

        Assert.Equal(PauseKind.Pause, Assert.Single(shop.Live.Now.Playbook.Pauses).Kind);
        Assert.Null(shop.Live.Now.Playbook.Closed("greeting"));
    }

    static async Task<List<Line>> Lines(PublishingShop shop, string customer) => [.. (await shop.Store.Timeline(customer, long.MaxValue, 100, default)).Select(row => row.Line)];
}
