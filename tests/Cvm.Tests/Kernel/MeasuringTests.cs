using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>What becomes of those who entered, members and held out alike.</summary>
public sealed class MeasuringTests
{
    static readonly Journey Care = Some.Journey("care", new("complaint"), new Step.Wait("rest", Step.Done, new(Some.Lapse("2d")), null)) with
    {
        Goal = new(new("order"), Some.Lapse("30d")),
        AgainAfter = Some.Lapse("1d"),
    };

    static readonly Journey Held = Care with { Holdout = 0.999999 };

    static Turn Take(Playbook playbook, Dossier dossier, Signal signal, DateTimeOffset? at = null) => Kernel.Take(playbook, dossier, signal, at ?? signal.At);

    static Dossier Entered(Playbook playbook, Dossier? who = null) => Take(playbook, who ?? Some.Ann, Some.Complaint()).Dossier;

    static Turn AfterWindow(Playbook playbook, Dossier dossier) => Take(playbook, dossier, Some.Day(Some.Now.AddDays(31)));

    static Measured? Result(Turn turn) => turn.Lines.FirstOrDefault(line => line.What == Happening.Measured)?.Measured;

    [Fact]
    public void Who_entered_comes_to_what_the_window_brought_and_took()
    {
        var playbook = Some.Playbook(Care);
        var before = Take(playbook, Some.Ann, Some.Order("old", 500, Some.Now.AddDays(-1)), Some.Now.AddDays(-1)).Dossier;
        var inside = Take(playbook, Entered(playbook, before), Some.Order("new", 80, Some.Now.AddDays(3))).Dossier;
        inside = Take(playbook, inside, new Signal.Refunded("refund:1", Some.Now.AddDays(4), "new", 30)).Dossier;

        var turn = AfterWindow(playbook, inside);

        // 40% of what was kept, less a point for each unit of money at 0.01; the complaint's case is no case of this journey.
        Assert.Equal(new Measured(1, "member", new(true, 1, 50, 20, 0, 0.50m, 0, 0)), Result(turn));
        Assert.Equal(19.50m, Result(turn)!.Outcome!.Profit);
        Assert.Empty(turn.Dossier.Goals);
    }

    [Fact]
    public void Who_is_held_out_is_measured_the_same()
    {
        var playbook = Some.Playbook(Held);

        var turn = AfterWindow(playbook, Take(playbook, Entered(playbook), Some.Order("new", 80, Some.Now.AddDays(3))).Dossier);

        Assert.Equal(("held out", true, 80m), (Result(turn)!.Group, Result(turn)!.Outcome!.Goal, Result(turn)!.Outcome!.Revenue));
    }

    [Fact]
    public void What_comes_after_the_window_is_not_counted_and_what_came_late_from_within_is()
    {
        var playbook = Some.Playbook(Care);

        var after = Take(playbook, Entered(playbook), Some.Order("after", 80, Some.Now.AddDays(31)));
        var late = AfterWindow(playbook, Take(playbook, Entered(playbook), Some.Order("late", 80, Some.Now.AddDays(29)), Some.Now.AddDays(30.5)).Dossier);

        Assert.Equal((false, 0), (Result(after)!.Outcome!.Goal, Result(after)!.Outcome!.Orders));
        Assert.Equal((true, 1), (Result(late)!.Outcome!.Goal, Result(late)!.Outcome!.Orders));
    }

    [Fact]
    public void The_goal_is_told_once_and_the_window_stays_open()
    {
        var playbook = Some.Playbook(Care);
        var first = Take(playbook, Entered(playbook), Some.Order("1", 80, Some.Now.AddDays(3)));

        var second = Take(playbook, first.Dossier, Some.Order("2", 80, Some.Now.AddDays(4)));

        Assert.Contains(first.Lines, line => line.What == Happening.GoalReached);
        Assert.DoesNotContain(second.Lines, line => line.What == Happening.GoalReached);
        Assert.Equal(2, Result(AfterWindow(playbook, second.Dossier))!.Outcome!.Orders);
    }

    [Fact]
    public void Without_a_goal_a_month_is_measured()
    {
        var playbook = Some.Playbook(Care with { Goal = null });

        var turn = AfterWindow(playbook, Entered(playbook));

        Assert.Equal(new Measured(1, "member", new(false, 0, 0, 0, 0, 0, 0, 0)), Result(turn));
    }

    [Fact]
    public void Nobody_counts_twice_in_a_version()
    {
        var playbook = Some.Playbook(Care);
        var twice = Take(playbook, AfterWindow(playbook, Entered(playbook)).Dossier with { Enrollments = [] }, Some.Complaint(Some.Now.AddDays(40)) with { Id = "c2" });
        var next = Take(Some.Playbook(Care with { Version = 2 }), twice.Dossier with { Enrollments = [] }, Some.Complaint(Some.Now.AddDays(80)) with { Id = "c3" });

        Assert.Null(twice.Lines.Single(line => line.What == Happening.Entered).Measured);
        Assert.Equal(new Measured(2, "member"), next.Lines.Single(line => line.What == Happening.Entered).Measured);
    }

    [Fact]
    public void A_second_visit_still_has_its_goal()
    {
        var playbook = Some.Playbook(Care);
        var again = Take(playbook, AfterWindow(playbook, Entered(playbook)).Dossier with { Enrollments = [] }, Some.Complaint(Some.Now.AddDays(40)) with { Id = "c2" }).Dossier;

        var turn = Take(playbook, again, Some.Order("1", 80, Some.Now.AddDays(41)));

        Assert.Contains(turn.Lines, line => line.What == Happening.GoalReached);
        Assert.Empty(turn.Dossier.Goals);
    }

    [Fact]
    public void Arms_are_measured_from_where_they_part()
    {
        var split = new Step.Split("gift", Step.Done, [new("coupon", 0.5, Step.Done), new("points", 0.5, Step.Done)]);
        var journey = Some.Journey("care", new("complaint"), new Step.Wait("rest", 1, new(Some.Lapse("2d")), null), split) with { Goal = Care.Goal };
        var playbook = Some.Playbook(journey);
        var before = Take(playbook, Entered(playbook), Some.Order("before", 70, Some.Now.AddDays(1))).Dossier;

        var took = Take(playbook, before, new Signal.Woke(Some.Now.AddDays(2)));
        var arm = took.Lines.Single(line => line.What == Happening.Took).Measured!;
        var end = Take(playbook, Take(playbook, took.Dossier, Some.Order("after", 30, Some.Now.AddDays(5))).Dossier, Some.Day(Some.Now.AddDays(33)));

        var results = end.Lines.Where(line => line.What == Happening.Measured).ToDictionary(line => line.Measured!.Group, line => line.Measured!.Outcome!.Revenue);
        Assert.StartsWith("gift:", arm.Group, StringComparison.Ordinal);
        Assert.Equal(100, results["member"]);
        Assert.Equal(30, results[arm.Group]);
    }

    [Fact]
    public void A_merge_brings_neither_record_the_others_past()
    {
        var playbook = Some.Playbook(Care);
        var mine = Take(playbook, Entered(playbook), Some.Order("m", 50, Some.Now.AddDays(1))).Dossier;
        var theirs = Take(playbook, Take(playbook, Dossier.For("bob"), Some.Order("t1", 900, Some.Now.AddDays(-9)), Some.Now).Dossier, Some.Complaint()).Dossier;
        theirs = Take(playbook, theirs, Some.Order("t2", 7, Some.Now.AddDays(1))).Dossier;

        var joined = Take(playbook, mine, new Signal.Merged("merge:bob", Some.Now.AddDays(2), theirs, "eve")).Dossier;
        var end = AfterWindow(playbook, Take(playbook, joined, Some.Order("both", 100, Some.Now.AddDays(3))).Dossier);

        Assert.Equal([107m, 150m], end.Lines.Where(line => line.What == Happening.Measured).Select(line => line.Measured!.Outcome!.Revenue).Order());
    }

    [Fact]
    public void Too_many_windows_close_the_oldest_early_and_lose_nobody()
    {
        var journeys = Enumerable.Range(0, 45).Select(i => Care with { Name = $"care-{i:00}" }).ToArray();
        var (playbook, dossier, lines) = (Some.Playbook(journeys), Some.Ann, new List<Line>());
        foreach (var journey in journeys)
        {
            var turn = Take(playbook with { Journeys = [journey] }, dossier with { Enrollments = [] }, Some.Complaint() with { Id = journey.Name });
            dossier = turn.Dossier;
            lines.AddRange(turn.Lines);
        }

        lines.AddRange(AfterWindow(playbook, dossier).Lines);

        Assert.Equal(45, lines.Count(line => line.Measured is { Outcome: null }));
        Assert.Equal(45, lines.Count(line => line.Measured is { Outcome: not null }));
    }

    [Fact]
    public void Dossiers_from_before_keep_their_goals_and_are_not_measured()
    {
        var playbook = Some.Playbook(Care);
        var text = """{"customer":"ann","goals":[{"enrollment":"care:ann:1","journey":"care","version":1,"since":"2027-03-01T09:00:00+00:00","until":"2027-03-31T09:00:00+00:00"}]}"""u8;

        var turn = Take(playbook, DossierText.Read<Dossier>(text), Some.Order("1", 80, Some.Now.AddDays(3)));

        Assert.Contains(turn.Lines, line => line.What == Happening.GoalReached);
        Assert.Empty(turn.Dossier.Goals);
        var kept = Entered(playbook);
        Assert.Equal(DossierText.Write(kept), DossierText.Write(DossierText.Read<Dossier>(DossierText.Write(kept))));
    }
}
