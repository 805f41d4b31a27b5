using Cvm.Engine;

namespace Cvm.Tests;

public sealed class JourneyExplanationTests
{
    static readonly Journey Back = Some.Journey("back", new("order", Some.When("spent >= 100 and not open-case")), new Step.Wait("rest", Step.Done, new(Some.Lapse("9d")), null)) with { AgainAfter = Some.Lapse("90d") };
    static readonly Playbook Playbook = Some.Playbook(Back);

    static JourneyExplanation Explain(Dossier dossier, params Line[] lines) => JourneyExplanation.Of(Playbook, dossier, Back, lines, Some.Now);

    static Turn Take(Dossier dossier, Signal signal, DateTimeOffset? now = null) => Kernel.Take(Playbook, dossier, signal, now ?? signal.At);

    [Fact]
    public void Who_never_came_to_it_is_told_the_smallest_change()
    {
        var explained = Explain(Some.Ann);

        Assert.Equal("Was never in it.", explained.State);
        var hurdle = Assert.Single(explained.Hurdles);
        Assert.Equal(("order", "of 'spent >= 100 and not open-case' this does not hold: spent >= 100"), (hurdle.On, hurdle.Because));
        Assert.Equal("spent >= 100 (spent is 0)", Assert.Single(hurdle.Turns).ToString());
    }

    [Fact]
    public void Who_is_inside_stands_somewhere_until_a_moment()
    {
        var turn = Take(Some.Ann, Some.Order("o1", 120));

        var explained = Explain(turn.Dossier, [.. turn.Lines.Reverse()]);

        Assert.Equal("Is in it since 1 Mar 2027 10:00 because of 'order'. Stands at 'rest' of version 1, until 10 Mar 2027 10:00 at the latest.", explained.State);
        Assert.Contains(explained.Hurdles, hurdle => hurdle.Because == "already in this journey");
        Assert.NotEmpty(explained.Story);
    }

    [Fact]
    public void Who_was_in_it_lately_hears_of_the_rule()
    {
        var inside = Take(Some.Ann, Some.Order("o1", 120)).Dossier;
        var over = Take(inside, new Signal.Woke(Some.Now.AddDays(9))).Dossier;

        var explained = JourneyExplanation.Of(Playbook, over, Back, [], Some.Now.AddDays(10));

        Assert.StartsWith("Was in it once. Last from 1 Mar 2027 10:00 to 10 Mar 2027 10:00, ended as 'finished'", explained.State, StringComparison.Ordinal);
        Assert.Contains(explained.Hurdles, hurdle => hurdle.Because == "again-after: 90d");
    }

    [Fact]
    public void Nothing_is_said_to_stand_in_the_way_of_who_could_enter()
    {
        var rich = Some.Ann with { Purchases = Purchases.None with { Orders = 3, Days = 3, Spent = 400 } };

        var explained = Explain(rich, new Line(Some.Now.AddDays(-3), Happening.Ordered) { Subject = "o1", Figure = 40 });

        Assert.Contains("'order' came last on 26 Feb 2027 10:00", Assert.Single(explained.Hurdles).Because, StringComparison.Ordinal);
        Assert.Equal("yes", explained.Sending[0].Word);
    }

    [Fact]
    public void Whoever_a_message_must_not_reach_hears_which_rule_says_so()
    {
        var silent = Some.Ann with { Consents = [] };

        Assert.All(Explain(silent).Sending, pair => Assert.Equal("no: no consent", pair.Word));
    }
}
