using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>Any line can be asked why: the rule, the facts it saw, the smallest change that would have turned it.</summary>
public sealed class LineExplanationTests
{
    static readonly Journey Back = Some.Journey("back", new("order", Some.When("spent >= 100 and not open-case")),
        new Step.If("rich", Step.Done, Some.When("spent >= 200 and orders >= 3"), 1, 1),
        new Step.Send("hello", 2, Some.Sending()),
        new Step.End("end", "over")) with
    { AgainAfter = Some.Lapse("90d") };

    static readonly Playbook Playbook = Some.Playbook(Back);

    static LineExplanation Explain(params Line[] newestFirst) =>
        LineExplanation.Of(Playbook, Some.Ann, [.. newestFirst.Select((line, i) => ((long)newestFirst.Length - i, line))]);

    static string Said(FormattableString text) => LineExplanation.Said(text, "Europe/Berlin");

    static string Facts(LineExplanation one) => string.Join("; ", one.Facts.Select(fact => $"{Said(fact.Name)}: {Said(fact.Value)}"));

    static string Turns(LineExplanation one) => string.Join("; ", one.Turns.Select(Said));

    static Line Of(Happening what, Signal signal) => Kernel.Take(Playbook, Some.Ann, signal, Some.Now).Lines.First(line => line.What == what);

    [Fact]
    public void An_entry_says_its_condition_what_it_saw_and_what_would_have_kept_them_out()
    {
        var one = Explain(Of(Happening.Entered, Some.Order("o1", 120)));

        Assert.Equal("back is entered on 'order' when this holds: spent >= 100 and not open-case", Said(one.Rule));
        Assert.Equal("spent: 120; open-case: no", Facts(one));
        Assert.Equal("spent < 100", Turns(one));
        Assert.Null(one.Note);
    }

    [Fact]
    public void A_way_says_everything_that_would_have_been_needed_for_the_other()
    {
        var one = Explain(Of(Happening.Took, Some.Order("o1", 120)));

        Assert.Equal(("spent >= 200; orders >= 3", true), (Turns(one), one.Together));
        Assert.Equal("spent: 120; orders: 1", Facts(one));
    }

    [Fact]
    public void An_old_line_says_honestly_that_its_facts_are_gone()
    {
        var one = Explain(Of(Happening.Took, Some.Order("o1", 120)) with { Saw = null });

        Assert.Empty(one.Facts);
        Assert.Empty(one.Turns);
        Assert.Contains("not known any more", Said(one.Note!), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_did_not_enter_again_hears_how_long_ago_the_last_time_was()
    {
        var one = Explain(
            new(Some.Now, Happening.NotEntered) { Journey = "back", Subject = "order", Because = "again-after: 90d" },
            new(Some.Now.AddDays(-20), Happening.Entered) { Journey = "back" });

        Assert.Equal("back is not entered again within 90d of the last time", Said(one.Rule));
        Assert.Equal("The last time lies further back: it was 20 days before", Turns(one));
        Assert.Equal(1, Assert.Single(one.Facts).Line);
    }

    [Fact]
    public void A_message_over_the_cap_names_the_messages_that_were_in_its_way()
    {
        Line Sent(int daysAgo, long n) => new(Some.Now.AddDays(-daysAgo), Happening.Queued) { Channel = Channel.Email, Subject = $"m{n}", Journey = "back" };

        var one = Explain(new(Some.Now, Happening.Shifted) { Channel = Channel.Email, Subject = "hello", Journey = "back", Step = "hello", Because = Permission.Cap }, Sent(2, 1), Sent(5, 2), Sent(9, 3));

        Assert.Equal("At most 2 within 7 days: 2 had gone; 'm1': 27 Feb 2027 10:00; 'm2': 24 Feb 2027 10:00", Facts(one));
        Assert.Equal("1 fewer within 7 days, or a cap of at least 3", Turns(one));
    }

    [Fact]
    public void Without_consent_it_names_when_it_was_withdrawn()
    {
        var one = Explain(
            new(Some.Now, Happening.Skipped) { Channel = Channel.Email, Subject = "hello", Journey = "back", Step = "hello", Because = Permission.Withdrawn },
            new(Some.Now.AddDays(-1), Happening.Withdrew) { Channel = Channel.Sms, Subject = "promotional" },
            new(Some.Now.AddDays(-3), Happening.Withdrew) { Channel = Channel.Email, Subject = "promotional" },
            new(Some.Now.AddDays(-9), Happening.Agreed) { Channel = Channel.Email, Subject = "promotional" });

        Assert.Equal(("Agreement withdrawn on: 26 Feb 2027 10:00", 2L), (Facts(one), one.Facts[0].Line));
        Assert.Equal("The customer agrees", Turns(one));
    }

    [Fact]
    public void A_tier_says_what_was_earned_and_how_much_less_would_not_have_been_enough()
    {
        var one = Explain(
            new(Some.Now, Happening.TierChanged) { Subject = "silver" },
            new(Some.Now, Happening.PointsEarned) { Subject = "o2", Figure = 450 },
            new(Some.Now.AddDays(-40), Happening.PointsReversed) { Subject = "o1", Figure = 30 },
            new(Some.Now.AddDays(-50), Happening.PointsEarned) { Subject = "o1", Figure = 130 },
            new(Some.Now.AddDays(-500), Happening.PointsEarned) { Subject = "o0", Figure = 9_000 });

        Assert.StartsWith("Points earned within 12 months: 550; Tier silver from: 500", Facts(one), StringComparison.Ordinal);
        Assert.Equal("51 less of it", Turns(one));
    }

    [Fact]
    public void Points_name_the_order_that_earned_them()
    {
        var one = Explain(new(Some.Now, Happening.PointsEarned) { Subject = "o1", Figure = 120 }, new(Some.Now, Happening.Ordered) { Subject = "o1", Figure = 120.5m });

        Assert.Equal("An order earns 1 points for each unit of money, rounded down", Said(one.Rule));
        Assert.Equal("Order: 120.50", Facts(one));
    }

    public static TheoryData<Happening> Everything => [.. Enum.GetValues<Happening>()];

    [Theory, MemberData(nameof(Everything))]
    public void Every_line_has_a_rule_full_or_bare(Happening what)
    {
        var full = new Line(Some.Now, what) { Journey = "back", Step = "rich", Subject = "yes", Because = "spent >= 200", Figure = 3, Channel = Channel.Sms, By = "Kim", Until = Some.Now, Key = "k", Saw = "spent 250; orders 1" };

        foreach (var line in new[] { full, new(Some.Now, what), full with { Journey = "gone", Because = null }, full with { Journey = null, Step = null } })
        {
            var one = Explain(line, new(Some.Now.AddDays(-1), what));
            Assert.All([one.Rule, .. one.Turns, .. one.Facts.SelectMany(fact => new[] { fact.Name, fact.Value })], text => Assert.NotEmpty(Said(text)));
            Assert.False(Said(one.Rule).EndsWith('.'));
        }
    }
}
