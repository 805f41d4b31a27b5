using System.Net;
using Cvm.Engine;

namespace Cvm.Local.Tests.Pages;

/// <summary>What the team does about versions on the pages: publish with a plan, go back, drain and stop.</summary>
public sealed class PublishPageTests
{
    static readonly string Longer = PublishHost.Greeting(2, "14d");

    static async Task<int> VersionOf(PublishHost host, string customer) => (await host.Store.Load(customer, "", default)).Dossier.Enrollments.Single().Version;

    [Fact]
    public async Task The_plan_shows_what_differs_and_where_everybody_stands_and_publishing_the_draft_makes_it_live()
    {
        await using var host = await PublishHost.Open("ann", "bob");
        await host.Draft(Longer);

        var plan = await host.Get("/journeys/greeting/publish");
        var done = await host.Post("/journeys/greeting/publish", [.. PublishHost.Hidden(plan.Text), ("at:1/rest", ""), ("by", "Kim")]);
        var versions = await host.Get("/journeys/greeting/versions");

        Assert.Contains("The draft that Lee saved just now.", plan.Text);
        Assert.Contains("Version 2 goes live instead of version 1.", plan.Text);
        Assert.Contains("2 people are in other versions", plan.Text);
        Assert.Contains("Move to: Wait 14 days (rest), the same place", plan.Text);
        Assert.DoesNotContain("(hello)", plan.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, "/journeys/greeting/versions"), (done.Status, done.Location));
        Assert.Equal(2, host.Live.Now.Playbook.Find("greeting")!.Version);
        Assert.Contains("By Kim", versions.Text);
        Assert.Equal((0, true), await host.Moving.GoOn(default));
        Assert.Null(await new Drafts(host.Store, host.Clock).Of("greeting"));
    }

    [Fact]
    public async Task Those_at_a_step_are_moved_as_chosen_and_the_page_tells_how_many()
    {
        await using var host = await PublishHost.Open("ann", "bob");
        await host.Draft(Longer);

        var plan = await host.Get("/journeys/greeting/publish");
        await host.Post("/journeys/greeting/publish", [.. PublishHost.Hidden(plan.Text), ("at:1/rest", "rest"), ("by", "Kim")]);
        var moving = await host.Get("/journeys/greeting/versions");
        await host.Moving.GoOn(default);
        var moved = await host.Get("/journeys/greeting/versions");

        Assert.Contains("moving people: 0 so far", moving.Text);
        Assert.Contains("2 moved to it", moved.Text);
        Assert.Equal((2, 2), (await VersionOf(host, "ann"), await VersionOf(host, "bob")));
    }

    [Fact]
    public async Task A_text_with_mistakes_cannot_go_live_and_the_page_says_where_they_are()
    {
        await using var host = await PublishHost.Open("ann");
        await host.Draft(PublishHost.Greeting(2).Replace("send: letter", "send: lettr", StringComparison.Ordinal));

        var plan = await host.Get("/journeys/greeting/publish");
        var done = await host.Post("/journeys/greeting/publish", ("after", "1"), ("by", "Kim"));

        Assert.Contains("This cannot go live: it has mistakes.", plan.Text);
        Assert.Contains("'lettr'", plan.Text);
        Assert.Equal(HttpStatusCode.Conflict, done.Status);
        Assert.Equal(1, host.Live.Now.Playbook.Find("greeting")!.Version);
    }

    [Fact]
    public async Task Whoever_publishes_second_is_told_who_was_first_and_nothing_is_overwritten()
    {
        await using var host = await PublishHost.Open("ann");
        await host.Draft(Longer);
        var (kims, lees) = (await host.Get("/journeys/greeting/publish"), await host.Get("/journeys/greeting/publish"));
        await host.Post("/journeys/greeting/publish", [.. PublishHost.Hidden(kims.Text), ("by", "Kim")]);
        await host.Draft(PublishHost.Greeting(3, "3d"), 2);

        var other = await host.Post("/journeys/greeting/publish", [.. PublishHost.Hidden(lees.Text), ("by", "Lee")]);
        var third = await host.Get("/journeys/greeting/publish");
        var late = await host.Post("/journeys/greeting/publish", [.. PublishHost.Hidden(third.Text).Select(field => field.Name == "after" ? ("after", "1") : field), ("by", "Lee")]);

        Assert.Equal(HttpStatusCode.Conflict, other.Status);
        Assert.Contains("The text has changed since you looked.", other.Text);
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("Kim has just published version 2.", late.Text);
        Assert.Equal(2, host.Live.Now.Playbook.Find("greeting")!.Version);
    }

    [Fact]
    public async Task One_button_goes_back_and_people_may_come_along()
    {
        await using var host = await PublishHost.Open("ann");
        await host.Draft(Longer);
        await host.Post("/journeys/greeting/publish", [.. PublishHost.Hidden((await host.Get("/journeys/greeting/publish")).Text), ("all", "1"), ("by", "Kim")]);
        await host.Moving.GoOn(default);

        var asked = await host.Get("/journeys/greeting/back");
        var back = await host.Post("/journeys/greeting/back", [.. PublishHost.Hidden(asked.Text), ("all", "1"), ("by", "Ada")]);
        await host.Moving.GoOn(default);
        var versions = await host.Get("/journeys/greeting/versions");

        Assert.Contains("Go back to version 1, and move everybody who has the same place", asked.Text);
        Assert.Equal(HttpStatusCode.SeeOther, back.Status);
        Assert.Contains("Back, by Ada", versions.Text);
        Assert.Equal(1, await VersionOf(host, "ann"));
        Assert.Equal(1, host.Live.Now.Playbook.Find("greeting")!.Version);
    }

    [Fact]
    public async Task Two_versions_stand_side_by_side_with_what_was_added_removed_and_changed()
    {
        await using var host = await PublishHost.Open("ann");
        await host.Draft(PublishHost.Greeting(2, "14d", "\n  - send: hello\n    id: again").Replace("about: Greets", "about: Warmly greets", StringComparison.Ordinal));
        await host.Post("/journeys/greeting/publish", [.. PublishHost.Hidden((await host.Get("/journeys/greeting/publish")).Text), ("by", "Kim")]);

        var sides = await host.Get("/journeys/greeting/versions?old=1&new=2");

        Assert.Contains("Warmly greets those who order.", sides.Text);
        Assert.Matches("<tr class=\"changed\">\\s*<th scope=\"row\">rest", sides.Text);
        Assert.Matches("<tr class=\"added\">\\s*<th scope=\"row\">again", sides.Text);
        Assert.Matches("<tr class=\"same\">\\s*<th scope=\"row\">letter", sides.Text);
    }

    [Fact]
    public async Task A_stop_says_first_for_how_many_it_ends_and_then_ends_it_for_them()
    {
        await using var host = await PublishHost.Open("ann", "bob");

        var asked = await host.Get("/journeys/greeting/stop");
        var before = host.Live.Now.Playbook.Pauses.Length;
        var done = await host.Post("/journeys/greeting/stop", ("by", "Kim"));
        var ended = (await host.Moving.GoOn(default)).People;
        var (page, again) = (await host.Get("/journeys/greeting"), await host.Get("/journeys/greeting/stop"));
        await host.Post("/resume", ("journey", "greeting"));

        Assert.Contains("It ends for 2 people who are inside now.", asked.Text);
        Assert.Equal((0, 2), (before, ended));
        Assert.Equal("/journeys/greeting", done.Location);
        Assert.Contains("Stopped by Kim.", page.Text);
        Assert.DoesNotContain("Drain<", page.Text, StringComparison.Ordinal);
        Assert.Contains("It is stopped already, since 1 Mar 10:00 by Kim.", again.Text);
        Assert.Empty(host.Live.Now.Playbook.Pauses);
    }

    [Fact]
    public async Task A_drained_journey_lets_nobody_in_and_no_banner_cries_about_it()
    {
        await using var host = await PublishHost.Open("ann");

        var asked = await host.Get("/journeys/greeting/drain");
        await host.Post("/journeys/greeting/drain", ("by", "Kim"));
        await host.Engine.Take("eve", new Signal.Ordered("o", host.Clock.GetUtcNow(), "o-eve", 50), default);

        Assert.Contains("One person is inside now.", asked.Text);
        Assert.Contains("Drained by Kim: nobody enters.", (await host.Get("/journeys/greeting")).Text);
        Assert.DoesNotContain("Messages wait.", (await host.Get("/customers")).Text, StringComparison.Ordinal);
        Assert.Empty((await host.Store.Load("eve", "", default)).Dossier.Enrollments);
        Assert.Single((await host.Store.Load("ann", "", default)).Dossier.Enrollments);
    }

    [Theory]
    [InlineData("/journeys/grating/publish"), InlineData("/journeys/grating/versions"), InlineData("/journeys/grating/back"), InlineData("/journeys/grating/drain"), InlineData("/journeys/grating/stop")]
    [InlineData("/journeys/greeting/back")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        await using var host = await PublishHost.Open();

        Assert.Equal(HttpStatusCode.NotFound, (await host.Get(path)).Status);
    }

    [Fact]
    public async Task Where_everything_is_live_there_is_nothing_to_publish_and_hostile_words_do_nothing()
    {
        await using var host = await PublishHost.Open();

        var nothing = await host.Get("/journeys/greeting/publish");
        var hostile = await host.Post("/journeys/greeting/publish", [.. PublishHost.Hidden(nothing.Text), ("after", "1"), ("at:1/rest", "<script>"), ("by", "x")]);

        Assert.Contains("There is nothing to publish.", nothing.Text);
        Assert.Equal(HttpStatusCode.Conflict, hostile.Status);
    }
}
