using Cvm.Engine;

namespace Cvm.Tests.Checking;

/// <summary>Bounds that can be counted on the fingers.</summary>
public sealed class PressureTests
{
    static readonly Lapse Quarter = Some.Lapse("90d");

    static Pressure Of(params Journey[] journeys) => Of(Some.Playbook(journeys));

    static Pressure Of(Playbook playbook) => PlaybookCheck.Of(new LoadedPlaybook(playbook with { Policies = playbook.Policies with { Caps = Caps } }, new PlainRenderer(), []), Some.Now).Pressure!;

    static ImmutableArray<Cap> Caps => [new(Channel.Email, Purpose.Promotional, 2, TimeSpan.FromDays(7))];

    static Step.Send Send(string id, int next, string validFor = "1d", Channel[]? via = null) => new Step.Send(id, next, Some.Sending(validFor: validFor, via: via));

    static Step.Wait Wait(string id, int next, string span, string? until = null) => new Step.Wait(id, next, new(Some.Lapse(span)), until is null ? null : new(until));

    static Journey Service(string name, string on, params Step[] steps) => Some.Journey(name, new(on), steps) with { Purpose = Purpose.Service, AgainAfter = Quarter };

    [Fact]
    public void Three_messages_in_a_row_are_three()
    {
        var figure = Of(Service("a", "order", Send("s0", 1), Send("s1", 2), Send("s2", Step.Done))).All;

        Assert.Equal(3, figure.Most);
        Assert.Equal(["s0", "s1", "s2"], Assert.Single(figure.Shares).Path.Select(step => step.Step));
    }

    [Theory]
    [InlineData("3d", "1d", 3)]
    [InlineData("5d", "1d", 2)] // ten days lie between the first and the last, and nothing is on its way for three
    [InlineData("9d", "1d", 1)]
    [InlineData("9d", "3d", 2)] // the first may come three days late
    public void Waits_and_the_time_on_the_way_set_them_apart(string wait, string valid, int most) =>
        Assert.Equal(most, Of(Service("a", "order", Send("s0", 1, valid), Wait("w0", 2, wait), Send("s1", 3, valid), Wait("w1", 4, wait), Send("s2", Step.Done, valid))).All.Most);

    [Fact]
    public void A_wait_that_an_event_ends_sets_nothing_apart() =>
        Assert.Equal(2, Of(Service("a", "order", Send("s0", 1), Wait("w0", 2, "30d", "opened"), Send("s1", Step.Done))).All.Most);

    [Fact]
    public void Only_one_of_two_ways_is_taken()
    {
        var fork = new Step.If("f", 3, Some.When("spent > 10"), 1, 2);

        Assert.Equal(2, Of(Service("a", "order", fork, Send("s0", 3), Send("s1", 3), Send("s2", Step.Done))).All.Most);
    }

    [Fact]
    public void A_way_that_nobody_takes_counts_nothing()
    {
        var fork = new Step.If("f", 2, Some.When("orders < 1"), 1, 2);

        Assert.Equal(1, Of(Service("a", "order", fork, Send("s0", 2), Send("s1", Step.Done))).All.Most);
    }

    [Fact]
    public void Caps_are_exact_and_other_channels_come_beside_them()
    {
        var journey = Service("a", "order", Send("s0", 1), Send("s1", 2), Send("s2", Step.Done)) with { Purpose = Purpose.Promotional };

        var pressure = Of(journey);

        Assert.Equal((2, 3), (pressure.Of(Channel.Email, Purpose.Promotional).Most, pressure.Of(Channel.Email, Purpose.Promotional).Uncapped));
        Assert.Equal((3, 3), (pressure.Of(Channel.Sms, Purpose.Promotional).Most, pressure.All.Most));
        Assert.Equal(2, Of(journey with { Steps = [Send("s0", 1, via: [Channel.Email]), Send("s1", 2, via: [Channel.Email]), Send("s2", Step.Done, via: [Channel.Email])] }).All.Most);
    }

    [Fact]
    public void A_run_follows_the_one_before_as_soon_as_it_may()
    {
        var journey = Service("a", "order", Send("s0", Step.Done)) with { AgainAfter = Some.Lapse("3d") };

        Assert.Equal(4, Of(journey).All.Most); // days 0, 3 and 6, and one that is a day late
        Assert.Equal(1, Of(journey with { Once = true }).All.Most);
        Assert.Equal(1, Of(Service("a", "birthday", Send("s0", Step.Done)) with { AgainAfter = null }).All.Most);
    }

    [Fact]
    public void What_recurs_without_end_is_told_for_each_event()
    {
        var figure = Of(Service("a", "order", Send("s0", 1), Send("s1", Step.Done)) with { AgainAfter = null }, Service("b", "birthday", Send("s0", Step.Done))).All;

        Assert.Equal(1, figure.Most);
        var each = Assert.Single(figure.Each);
        Assert.Equal(("a", 2, "order"), (each.Journey, each.Most, Assert.Single(each.Events)));
    }

    [Fact]
    public void What_recurs_without_end_is_bounded_by_caps_where_all_its_ways_have_one()
    {
        var journey = Service("a", "order", Send("s0", Step.Done, via: [Channel.Email])) with { AgainAfter = null, Purpose = Purpose.Promotional };

        var figure = Of(journey).All;

        Assert.Empty(figure.Each);
        Assert.Equal((2, null), (figure.Most, figure.Uncapped));
    }

    [Fact]
    public void Nobody_is_asked_two_surveys_at_once()
    {
        static Journey Asking(string name) => Service(name, "order", new Step.Ask("ask", 1, "csat", Some.Sending("survey", [Channel.Email]), Some.Lapse("5d")), Send("s", Step.Done));

        Assert.Equal(4, Of(Asking("a"), Asking("b"), Asking("c")).All.Most); // one of them asks
    }

    [Fact]
    public void The_bound_is_reached()
    {
        var playbook = Some.Playbook(
            Service("a", "order", Send("s0", 1), Send("s1", 2), Send("s2", Step.Done)),
            Service("b", "order", Send("s0", Step.Done, via: [Channel.Sms])) with { Purpose = Purpose.Promotional });

        var dossier = Kernel.Take(playbook, Some.Ann, Some.Order("o1", 10), Some.Now).Dossier;

        Assert.Equal(Of(playbook).All.Most, dossier.Outbox.Length);
    }

    [Fact]
    public void In_words()
    {
        var pressure = Of(Service("a", "order", Send("s0", 1, "3d"), Wait("w0", 2, "9d"), Send("s1", Step.Done)), Service("b", "refund", Send("s0", Step.Done)) with { AgainAfter = null });

        Assert.Equal(
            [
                "Pressure: at most 2 messages to one person in any 7 days; and beside them so many for each event of 1 journey that nothing bounds.",
                "  service: 2 messages (e-mail 2, SMS 2)",
                "    a 2: s0, s1 9 days later (s0 on its way for 2 days)",
                "    b 1 for each refund: s0",
            ],
            PressureWords.Of(pressure));
    }
}
