namespace Cvm.Tests;

/// <summary>What the kernel makes of the sweep's findings.</summary>
public sealed class ScoreChangeTests
{
    static readonly Scores Good = new() { AsOf = new(2027, 3, 1), Model = "bg-nbd 2027-03-01", Rfm = "543", Segment = "loyal", Stage = Stage.Mature, Alive = 0.9, Value = Band.High };
    static readonly Scores Worse = Good with { AsOf = new(2027, 3, 2), Stage = Stage.AtRisk, Alive = 0.35 };

    [Fact]
    public void The_first_scores_are_kept_and_start_nothing()
    {
        var turn = Kernel.Take(Watching("alive < 1"), Some.Ann, Scored(Good), Some.Now);

        Assert.Equal(Good, turn.Dossier.Scores);
        Assert.Empty(turn.Dossier.Enrollments);
        Assert.Equal([Happening.Scored], turn.Lines.Select(line => line.What));
    }

    [Fact]
    public void Scores_that_moved_start_journeys_that_know_the_old_and_the_new()
    {
        var playbook = Watching("alive < 0.4 and alive-before >= 0.4 and stage == 'at-risk' and stage-before == 'mature' and value-before == 'high' and rfm-segment == 'loyal' and recency-score == 5 and monetary-score == 3");

        var turn = Kernel.Take(playbook, Some.Ann with { Scores = Good }, Scored(Worse), Some.Now);

        Assert.Equal("watch", Assert.Single(turn.Dossier.Enrollments).Journey);
        Assert.Contains(turn.Lines, line => line.Because is { } because && because.Contains("chance of staying 90 % to 35 %, stage mature to at-risk", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sweep_that_comes_late_changes_nothing()
    {
        var turn = Kernel.Take(Watching("alive < 1"), Some.Ann with { Scores = Worse }, Scored(Good), Some.Now);

        Assert.Equal(Worse, turn.Dossier.Scores);
        Assert.Empty(turn.Lines);
    }

    [Fact]
    public void Why_it_was_not_entered_is_not_said_every_night()
    {
        var inside = Kernel.Take(Watching("alive < 0.4"), Some.Ann with { Scores = Good }, Scored(Worse), Some.Now).Dossier;

        var turn = Kernel.Take(Watching("alive < 0.4"), inside, Scored(Worse with { AsOf = new(2027, 3, 3), Alive = 0.2 }), Some.Now);

        Assert.DoesNotContain(turn.Lines, line => line.What == Happening.NotEntered);
    }

    [Fact]
    public void Before_the_first_scores_facts_are_unknown_and_value_goes_by_money()
    {
        var dossier = Some.Ann with { Purchases = Purchases.None.With(new("o1", Some.Now, 600), "UTC") };
        var view = new View(Watching("alive < 1"), dossier, null, null, Some.Now);

        Assert.True(double.IsNaN(Facts.All["alive"].Read(view).Number));
        Assert.Null(Facts.All["stage"].Read(view).Text);
        Assert.Equal("high", Facts.All["value"].Read(view).Text);
    }

    [Fact]
    public void A_mark_tells_apart_what_somebody_would_call_different_and_nothing_else()
    {
        Assert.Equal(Good.Mark, (Good with { Alive = 0.91, Value365 = 0.5, AsOf = new(2028, 1, 1), Contribution = 7 }).Mark);
        Assert.NotEqual(Good.Mark, (Good with { Alive = 0.84 }).Mark);
        Assert.NotEqual(Good.Mark, (Good with { Stage = Stage.Loyal }).Mark);
        Assert.NotEqual(Good.Mark, (Good with { Need = Need.Price }).Mark);
        Assert.Equal(Band.High, Scores.ValueOf(Good.Mark));
        Assert.Null(Scores.ValueOf(""));
    }

    [Theory]
    [InlineData("10%", 90, 10)]
    [InlineData("5.00", 42, 5)]
    [InlineData("100%", 0, 0)]
    [InlineData("free", 42, 0)]
    public void What_a_coupon_took_off_follows_from_what_was_paid(string worth, double paid, double off)
    {
        var coupon = new Coupon { Code = "C", Name = "C", Worth = worth, GivenAt = Some.Now, ValidUntil = Some.Now.AddDays(9) };
        var dossier = Some.Ann with { Coupons = [coupon] };

        var after = Kernel.Take(Some.Playbook(), dossier, new Signal.Ordered("s", Some.Now, "o1", (decimal)paid, "C"), Some.Now).Dossier;

        Assert.Equal((1, (decimal)off), (after.Purchases.WithCoupon, after.Purchases.Discounts));
    }

    [Fact]
    public void The_money_of_the_first_day_is_kept_apart_whatever_the_order_orders_come_in()
    {
        var day = new DateTimeOffset(2027, 1, 10, 12, 0, 0, TimeSpan.Zero);
        RecentOrder[] orders = [new("a", day, 10), new("b", day.AddHours(2), 5), new("c", day.AddDays(3), 7), new("d", day.AddDays(9), 1)];

        foreach (var (one, two, three, four) in new[] { (0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1), (1, 3, 0, 2) })
        {
            var purchases = Purchases.None;
            foreach (var place in new[] { one, two, three, four }) purchases = purchases.With(orders[place], "UTC");
            Assert.Equal(15, purchases.FirstSpent);
        }
    }

    [Fact]
    public void Who_has_not_ordered_has_no_standing()
    {
        Assert.Null(Standing.Of(Some.Ann));
        Assert.NotNull(Standing.Of(Some.Ann with { Purchases = Purchases.None.With(new("o1", Some.Now, 6), "UTC") }));
    }

    static Signal.Scored Scored(Scores scores) => new($"scores:{scores.AsOf}", Some.Now, scores);

    static Playbook Watching(string when) => Some.Playbook(
        Some.Journey("watch", new("score-changed", Some.When(when)), new Step.Wait("wait", Step.Done, new(Some.Lapse("9d")), null)));
}
