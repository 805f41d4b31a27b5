namespace Cvm.Tests;

public sealed class EarningTests
{
    static readonly LoyaltyRules Rules = Some.Playbook().Loyalty;

    static Dossier After(LoyaltyRules rules, Dossier dossier, Signal signal, DateTimeOffset? now = null, ImmutableSortedDictionary<string, string>? categories = null) =>
        Kernel.Take(Some.Playbook() with { Loyalty = rules, Categories = categories ?? ImmutableSortedDictionary<string, string>.Empty }, dossier, signal, now ?? signal.At).Dossier;

    static Signal.Ordered Order(decimal amount, params OrderItem[] items) => Some.Order("o1", amount) with { Items = [.. items] };

    [Fact]
    public void Each_category_earns_at_its_own_rate_and_what_the_items_do_not_cover_at_the_usual()
    {
        var rules = Rules with { Categories = Rates(("tea", 2), ("gift-card", 0)) };
        var order = Order(100, new("a", 2, 10, "tea"), new("b", 1, 50, "gift-card"), new("c", 1, 20));

        Assert.Equal(20 * 2 + 0 + 20 + 10, After(rules, Some.Ann, order).Ledger.Balance);
    }

    [Fact]
    public void The_category_of_an_article_is_known_from_the_playbook()
    {
        var rules = Rules with { Categories = Rates(("tea", 3)) };

        Assert.Equal(30, After(rules, Some.Ann, Order(10, new OrderItem("earl-grey", 1, 10)), categories: ImmutableSortedDictionary<string, string>.Empty.Add("earl-grey", "tea")).Ledger.Balance);
    }

    [Fact]
    public void Items_that_come_to_more_than_was_paid_earn_for_what_was_paid()
    {
        var rules = Rules with { Categories = Rates(("tea", 2)) };

        Assert.Equal(50 * 2, After(rules, Some.Ann, Order(50, new OrderItem("a", 1, 100, "tea"))).Ledger.Balance);
    }

    [Theory]
    [InlineData(2, 100)]
    [InlineData(1, 150)]  // the campaign
    [InlineData(-20, 300)] // the birthday, which is better
    public void The_best_multiplier_that_holds_counts(int days, long expected)
    {
        var rules = Rules with
        {
            Multipliers = [new("birthday", 3, Some.When("days-to-birthday <= 3")), new("spring", 1.5m, null, new(2027, 2, 8), new(2027, 3, 2)), new("none", 1)],
        };
        var ann = Some.Ann with { Profile = Some.Ann.Profile with { Birthday = new(1990, 2, 10) } };
        var at = Some.Now.AddDays(days);

        Assert.Equal(expected, After(rules, ann, Some.Order("o1", 100, at)).Ledger.Balance);
    }

    [Fact]
    public void A_tier_multiplies_on_top()
    {
        var rules = Rules with { Tiers = [new("gold", 1500, 1.25m)], Multipliers = [new("spring", 2)] };
        var gold = Some.Ann with { Ledger = Ledger.Empty with { Tier = "gold", TierGrantedUntil = Some.Now.AddYears(1) } };

        Assert.Equal(250, After(rules, gold, Some.Order("o1", 100)).Ledger.Balance);
    }

    [Fact]
    public void Fractions_round_down_once_and_a_refund_takes_back_exactly_its_share()
    {
        var rules = Rules with { PointsPerUnit = 1.5m };
        var ordered = After(rules, Some.Ann, Some.Order("o1", 99.99m));
        var half = After(rules, ordered, new Signal.Refunded("r1", Some.Now, "o1", 50m));
        var whole = After(rules, half, new Signal.Refunded("r2", Some.Now, "o1", 49.99m));

        Assert.Equal((149, 74, 0), (ordered.Ledger.Balance, half.Ledger.Balance, whole.Ledger.Balance));
    }

    [Fact]
    public void Points_are_pending_until_the_order_can_no_longer_be_returned()
    {
        var rules = Rules with { ReturnDays = 14 };
        var ordered = After(rules, Some.Ann, Some.Order("o1", 600));
        var before = After(rules, ordered, Some.Day(Some.Now.AddDays(13)));
        var after = After(rules, before, Some.Day(Some.Now.AddDays(14)));

        Assert.Equal((0, 600, null), (ordered.Ledger.Balance, ordered.Ledger.Coming, ordered.Ledger.Tier));
        Assert.Same(ordered.Ledger, before.Ledger);
        Assert.Equal((600, 0, "silver"), (after.Ledger.Balance, after.Ledger.Coming, after.Ledger.Tier));
    }

    [Fact]
    public void An_order_of_long_ago_has_nothing_to_wait_for()
    {
        var rules = Rules with { ReturnDays = 14 };

        Assert.Equal(100, After(rules, Some.Ann, Some.Order("o1", 100, Some.Now.AddDays(-40)), Some.Now).Ledger.Balance);
    }

    [Fact]
    public void What_comes_back_while_it_is_pending_never_counts_for_a_tier()
    {
        var rules = Rules with { ReturnDays = 14 };
        var ordered = After(rules, Some.Ann, Some.Order("o1", 600));
        var returned = After(rules, ordered, new Signal.Refunded("r1", Some.Now.AddDays(3), "o1", 200));

        Assert.Null(After(rules, returned, Some.Day(Some.Now.AddDays(14))).Ledger.Tier);
    }

    [Fact]
    public void Tiers_can_be_reached_by_what_is_spent()
    {
        var rules = Rules with { TierBy = TierBasis.Spend, PointsPerUnit = 0 };
        var bought = After(rules, Some.Ann, Some.Order("o1", 500));

        Assert.Equal("silver", bought.Ledger.Tier);
        Assert.Null(After(rules, After(rules, bought, new Signal.Refunded("r1", Some.Now, "o1", 1)), Some.Day(Some.Now.AddDays(1))).Ledger.Tier);
    }

    [Fact]
    public void A_tier_that_is_no_longer_reached_is_kept_for_the_grace_and_falls_softly()
    {
        var rules = Rules with { GraceDays = 60, SoftLanding = true };
        var gold = Some.Ann with { Ledger = Ledger.Empty with { Tier = "gold" } };

        var falling = Kernel.Take(Some.Playbook() with { Loyalty = rules }, gold, Some.Day(Some.Now), Some.Now);
        var kept = After(rules, falling.Dossier, Some.Day(Some.Now.AddDays(59)));
        var silver = After(rules, kept, Some.Day(Some.Now.AddDays(60)));
        var none = After(rules, After(rules, silver, Some.Day(Some.Now.AddDays(61))), Some.Day(Some.Now.AddDays(121)));

        Assert.Single(falling.Lines, line => line.What == Happening.TierFalling);
        Assert.Equal(("gold", "silver", null), (kept.Ledger.Tier, silver.Ledger.Tier, none.Ledger.Tier));
    }

    [Fact]
    public void Who_reaches_it_again_within_the_grace_keeps_it()
    {
        var rules = Rules with { GraceDays = 60 };
        var falling = After(rules, Some.Ann with { Ledger = Ledger.Empty with { Tier = "silver" } }, Some.Day(Some.Now));

        var again = After(rules, falling, Some.Order("o1", 500, Some.Now.AddDays(5)));
        var later = After(rules, again, Some.Day(Some.Now.AddDays(70)));

        Assert.Equal((null, "silver"), (again.Ledger.TierFallsOn, later.Ledger.Tier));
    }

    [Fact]
    public void Without_a_grace_it_is_lost_with_the_next_day()
    {
        var silver = Some.Ann with { Ledger = Ledger.Empty with { Tier = "silver" } };

        Assert.Null(After(Rules, silver, Some.Day(Some.Now)).Ledger.Tier);
    }

    [Theory]
    [InlineData(true, -500)]
    [InlineData(false, 0)]
    public void Spent_points_of_a_returned_order_are_owed_or_forgiven(bool owed, long balance)
    {
        var rules = Rules with { OwesReturned = owed };
        var bought = After(rules, Some.Ann, Some.Order("o1", 500));
        var spent = bought with { Ledger = bought.Ledger.Spend(500)! };

        Assert.Equal(balance, After(rules, spent, new Signal.Refunded("r1", Some.Now, "o1", 500)).Ledger.Balance);
    }

    static ImmutableSortedDictionary<string, decimal> Rates(params (string Name, decimal Rate)[] rates) =>
        rates.ToImmutableSortedDictionary(rate => rate.Name, rate => rate.Rate, StringComparer.Ordinal);
}
