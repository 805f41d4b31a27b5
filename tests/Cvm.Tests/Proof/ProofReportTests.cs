using Cvm.Engine;

namespace Cvm.Tests;

public sealed class ProofReportTests
{
    static readonly DateOnly Today = new(2027, 3, 1);

    static readonly Journey Care = Some.Journey("care", new("order"), new Step.Split("gift", Step.Done, [new("coupon", 0.5, Step.Done), new("points", 0.5, Step.Done)])) with
    {
        Goal = new(new("order"), Some.Lapse("14d")),
        Holdout = 0.2,
    };

    // So many joined and were all measured: a part of them bought for that much each and reached the goal.
    static List<(Tally, long)> Measured(string group, int people, int bought, decimal each, int version = 1, string journey = "care", int running = 0)
    {
        var counted = new Dictionary<Tally, long>();
        void Add(Measured measured) => MeasuredTallies.Add(journey, measured, (tally, by) => counted[tally] = counted.GetValueOrDefault(tally) + by);
        for (var i = 0; i < people + running; i++) Add(new(version, group));
        for (var i = 0; i < people; i++) Add(new(version, group, i < bought ? new(true, 1, each, each * 0.4m, 0, 0, 0, 0.01m) : new(false, 0, 0, 0, 0, 0, 0, 0.01m)));
        return [.. counted.Select(pair => (pair.Key, pair.Value))];
    }

    static ProofReport Report(params List<(Tally, long)>[] tallies) => ProofReport.Of([.. tallies.SelectMany(one => one)], Some.Playbook(Care), Today);

    static Comparison Whole(params List<(Tally, long)>[] tallies) => Report(tallies).Journeys.Single().Shown.Whole;

    [Fact]
    public void Members_stand_beside_those_held_out()
    {
        var whole = Whole(Measured("member", 800, 160, 50, running: 10), Measured("held out", 200, 20, 50, running: 3));

        Assert.Equal((810L, 800L, 10L, 203L), (whole.Group.Joined, whole.Group.Ended, whole.Group.Running, whole.Other.Joined));
        Assert.Equal(0.1, whole.Goal.Value, 12);
        Assert.Equal(5, whole.Revenue.Value, 9);
        Assert.Equal(2, whole.Profit.Value, 9);
        Assert.Equal(Finding.EarnsMore, whole.Finding);
    }

    public static TheoryData<Finding, int, int, int, int> Cases => new()
    {
        { Finding.Nobody, 0, 0, 0, 0 },
        { Finding.TooEarly, 80, 10, 20, 2 },
        { Finding.NoDifference, 800, 80, 200, 20 },
        { Finding.EarnsLess, 800, 40, 200, 40 },
        { Finding.ReachesMore, 800, 160, 200, 4 },
        { Finding.Mismatch, 950, 95, 50, 5 },
    };

    [Theory, MemberData(nameof(Cases))]
    public void What_can_be_said_is_said(Finding finding, int members, int bought, int heldOut, int boughtToo) =>
        Assert.Equal(finding, Whole(Measured("member", members, bought, 50), Measured("held out", heldOut, boughtToo, 50)).Finding);

    [Fact]
    public void Without_anybody_held_out_there_is_nothing_to_compare()
    {
        var report = ProofReport.Of(Measured("member", 800, 160, 50), Some.Playbook(Care with { Holdout = 0 }), Today);

        Assert.Equal(Finding.NothingToCompare, report.Journeys.Single().Shown.Whole.Finding);
    }

    [Fact]
    public void A_version_that_has_something_to_say_is_shown_first()
    {
        var tallies = Measured("member", 100, 10, 50).Concat(Measured("member", 0, 0, 0, version: 2, running: 5)).ToList();

        var journey = ProofReport.Of(tallies, Some.Playbook(Care with { Version = 2 }), Today).Journeys.Single();

        Assert.Equal((1, 2), (journey.Shown.Version, journey.Earlier.Single().Version));
    }

    [Fact]
    public void Arms_stand_beside_the_best()
    {
        var split = Report(Measured("gift:coupon", 600, 60, 50), Measured("gift:points", 600, 150, 50)).Journeys.Single().Shown.Splits.Single();
        var pair = split.Between(split.Best!, split.Arms[0]);

        Assert.Equal(("points", "coupon"), (split.Best!.Name, split.Arms[0].Name));
        Assert.Equal(Finding.EarnsMore, pair.Finding);
        Assert.False(split.Mismatch);
    }

    [Fact]
    public void Many_arms_share_what_may_be_missed()
    {
        var two = new SplitProof("gift", [Arm("a"), Arm("b")], true);
        var four = new SplitProof("gift", [Arm("a"), Arm("b"), Arm("c"), Arm("d")], true);

        Assert.Equal((0.05, 0.05 / 6), (two.Between(two.Arms[0], two.Arms[1]).Miss, four.Between(four.Arms[0], four.Arms[1]).Miss));

        static ArmProof Arm(string name) => new(name, new("care", 1, name, 0, 0), 0.5);
    }

    [Fact]
    public void What_is_needed_before_the_start_comes_from_what_is_known()
    {
        var entered = new List<(Tally, long)> { (new(Tallies.Entered, "care", "", Today.AddDays(-3)), 90), (new(Tallies.HeldOut, "care", "", Today.AddDays(-20)), 10), (new(Tallies.Entered, "care", "", Today.AddDays(-40)), 900) };

        var journey = Report(entered, Measured("member", 800, 160, 50), Measured("held out", 200, 20, 50)).Journeys.Single();

        Assert.Equal((25, 0.1, TimeSpan.FromDays(14)), (journey.PerWeek, journey.Rate, journey.Window));
    }

    [Fact]
    public void A_quarter_that_is_over_is_not_held_against_the_share_of_today()
    {
        var tallies = Measured("member", 9_500, 950, 50, 20264, "").Concat(Measured("held out", 500, 50, 50, 20264, "")).Concat(Measured("member", 9_500, 950, 50, 20271, "")).Concat(Measured("held out", 500, 50, 50, 20271, "")).ToList();
        var playbook = Some.Playbook();

        var programme = ProofReport.Of(tallies, playbook with { Policies = playbook.Policies with { Holdout = 0.1 } }, Today).Programme;

        Assert.Equal([true, false], programme.Select(quarter => quarter.Whole.Mismatch));
    }

    [Fact]
    public void The_programme_is_compared_by_quarter()
    {
        var tallies = Measured("member", 950, 95, 50, 20264, "").Concat(Measured("held out", 50, 5, 50, 20264, "")).Concat(Measured("member", 0, 0, 0, 20271, "", running: 9)).ToList();

        var programme = ProofReport.Of(tallies, Some.Playbook(), Today).Programme;

        Assert.Equal(["Q1 2027", "Q4 2026"], programme.Select(quarter => quarter.Name));
        Assert.Equal(new DateOnly(2027, 1, 1), programme[1].Ends);
        Assert.Equal((950L, 50L), (programme[1].Whole.Group.Ended, programme[1].Whole.Other.Ended));
    }
}
