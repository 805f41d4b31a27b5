namespace Cvm.Tests;

public sealed class RedemptionTests
{
    static readonly Playbook Playbook = Some.Playbook();
    static readonly Dossier Member = Some.Ann with
    {
        Ledger = Ledger.Empty.Earn(100, new(2028, 3, 31)),
        Coupons = [new() { Code = "BACK10-8ZAJMQHD", Name = "BACK10", Worth = "10%", GivenAt = Some.Now, ValidUntil = Some.Now.AddDays(9) }],
    };

    static Dossier Take(Dossier dossier, Signal signal, DateTimeOffset? now = null) => Kernel.Take(Playbook, dossier, signal, now ?? signal.At).Dossier;

    static Dossier Ask(Dossier dossier, string id, long points, DateTimeOffset? at = null) => Take(dossier, new Signal.RedemptionAsked(id, at ?? Some.Now, id, points));

    static Dossier AskFor(Dossier dossier, string id, string code, DateTimeOffset? at = null) => Take(dossier, new Signal.RedemptionAsked(id, at ?? Some.Now, id, 0, code));

    static Dossier Settle(Dossier dossier, string id, bool completed, string? order = null, DateTimeOffset? at = null) =>
        Take(dossier, new Signal.RedemptionSettled(id + completed, at ?? Some.Now, id, completed, order));

    [Fact]
    public void Points_are_reserved_then_spent()
    {
        var reserved = Ask(Member, "r1", 60);
        var spent = Settle(reserved, "r1", true, "o1");

        Assert.Equal((40, 60, 0), (reserved.Ledger.Balance, reserved.Ledger.Reserved, reserved.Ledger.Spent));
        Assert.Equal((40, 0, 60), (spent.Ledger.Balance, spent.Ledger.Reserved, spent.Ledger.Spent));
        Assert.Same(spent.Ledger, Settle(spent, "r1", true, "o1").Ledger);
    }

    [Fact]
    public void The_last_points_go_to_one_checkout_only()
    {
        var both = Ask(Ask(Member, "r1", 60), "r2", 60);

        Assert.Equal((RedemptionState.Reserved, RedemptionState.Refused), (both.Ledger.Redemption("r1")!.State, both.Ledger.Redemption("r2")!.State));
        Assert.Equal("there are not enough points", both.Ledger.Redemption("r2")!.Problem);
    }

    [Fact]
    public void A_checkout_that_nobody_settles_lapses_at_its_time_and_wakes_the_customer_for_it()
    {
        var reserved = Ask(Member, "r1", 60);
        Assert.Equal(Some.Now.AddMinutes(30), reserved.DueAt);

        var lapsed = Take(reserved, new Signal.Woke(Some.Now.AddMinutes(30)));

        Assert.Equal((100, RedemptionState.Lapsed), (lapsed.Ledger.Balance, lapsed.Ledger.Redemption("r1")!.State));
        Assert.Null(lapsed.DueAt);
    }

    [Fact]
    public void Who_pays_late_has_it_all_the_same_where_it_is_still_there()
    {
        var late = Some.Now.AddHours(2);
        var reserved = Ask(Member, "r1", 60);

        Assert.Equal((40, 60), Spent(Settle(reserved, "r1", true, "o1", late)));
        Assert.Equal((40, 0), Spent(Settle(Ask(reserved, "r2", 60, late), "r1", true, "o1", late)));

        static (long, long) Spent(Dossier dossier) => (dossier.Ledger.Balance, dossier.Ledger.Spent);
    }

    [Fact]
    public void An_order_that_is_taken_back_gives_back_what_was_spent_on_it()
    {
        var bought = Take(Settle(Ask(Member, "r1", 60), "r1", true, "o1"), Some.Order("o1", 50));

        var part = Take(bought, new Signal.Refunded("f1", Some.Now, "o1", 20));
        var whole = Take(part, new Signal.Refunded("f2", Some.Now, "o1", 30));

        Assert.Equal((60, 0), (part.Ledger.Spent, whole.Ledger.Spent));
        Assert.Equal(100, whole.Ledger.Balance);
    }

    [Fact]
    public void A_coupon_is_reserved_used_once_and_told_of()
    {
        var reserved = AskFor(Member, "r1", "back10-8zajmqhd");
        var second = AskFor(reserved, "r2", "BACK10-8ZAJMQHD");
        var used = Kernel.Take(Playbook, second, new Signal.RedemptionSettled("s", Some.Now, "r1", true, "o1"), Some.Now);
        var ordered = Kernel.Take(Playbook, used.Dossier, Some.Order("o1", 90) with { Coupon = "BACK10-8ZAJMQHD" }, Some.Now);

        Assert.Equal("another checkout has reserved the coupon", second.Ledger.Redemption("r2")!.Problem);
        Assert.Single(used.Lines, line => line.What == Happening.CouponUsed);
        Assert.DoesNotContain(ordered.Lines, line => line.What is Happening.CouponUsed or Happening.Ignored);
        Assert.Equal(1, ordered.Dossier.Purchases.WithCoupon);
        Assert.Equal("the coupon was used before", AskFor(ordered.Dossier, "r3", "BACK10-8ZAJMQHD").Ledger.Redemption("r3")!.Problem);
    }

    [Fact]
    public void What_a_coupon_took_off_is_known_whichever_comes_first()
    {
        var order = Some.Order("o1", 90) with { Coupon = "BACK10-8ZAJMQHD" };
        var reserved = AskFor(Member, "r1", "BACK10-8ZAJMQHD");

        var orderFirst = Settle(Take(reserved, order), "r1", true, "o1");
        var checkoutFirst = Take(Settle(reserved, "r1", true, "o1"), order);

        Assert.Equal((1, 10m), (orderFirst.Purchases.WithCoupon, orderFirst.Purchases.Discounts));
        Assert.Equal((1, 10m), (checkoutFirst.Purchases.WithCoupon, checkoutFirst.Purchases.Discounts));
        Assert.Equal((0, 0m), Counted(Settle(orderFirst, "r1", false)));
        Assert.Equal((0, 0m), Counted(Settle(checkoutFirst, "r1", false)));
    }

    [Fact]
    public void What_a_coupon_took_off_is_counted_back_however_many_orders_came_since()
    {
        var bought = Take(Settle(AskFor(Member, "r1", "BACK10-8ZAJMQHD"), "r1", true, "o1"), Some.Order("o1", 90) with { Coupon = "BACK10-8ZAJMQHD" });
        for (var i = 0; i < Purchases.MaxRecent; i++) bought = Take(bought, Some.Order($"later-{i}", 20));

        Assert.Equal((1, 10m), Counted(bought));
        Assert.Equal((0, 0m), Counted(Settle(bought, "r1", false)));
    }

    static (int, decimal) Counted(Dossier dossier) => (dossier.Purchases.WithCoupon, dossier.Purchases.Discounts);

    [Fact]
    public void A_coupon_that_is_given_back_can_be_used_again()
    {
        var back = Settle(AskFor(Member, "r1", "BACK10-8ZAJMQHD"), "r1", false);

        Assert.Equal(RedemptionState.Reserved, AskFor(back, "r2", "BACK10-8ZAJMQHD").Ledger.Redemption("r2")!.State);
    }

    [Fact]
    public void Codes_cannot_be_found_by_trying()
    {
        var guessing = Member;
        for (var i = 0; i < 10; i++) guessing = AskFor(guessing, $"r{i}", $"BACK10-{i:D8}");

        Assert.Equal("no such coupon was given to this customer", guessing.Ledger.Redemption("r9")!.Problem);
        Assert.StartsWith("too many wrong codes", AskFor(guessing, "r10", "BACK10-8ZAJMQHD").Ledger.Redemption("r10")!.Problem, StringComparison.Ordinal);
        Assert.Equal(RedemptionState.Reserved, AskFor(guessing, "r11", "BACK10-8ZAJMQHD", Some.Now.AddMinutes(61)).Ledger.Redemption("r11")!.State);
    }

    [Fact]
    public void Other_checkouts_do_not_make_wrong_codes_forgotten()
    {
        var guessing = Member;
        for (var i = 0; i < 10; i++) guessing = AskFor(guessing, $"r{i}", $"BACK10-{i:D8}");
        for (var i = 0; i < 40; i++) guessing = Settle(Ask(guessing, $"p{i}", 1), $"p{i}", false);

        Assert.StartsWith("too many wrong codes", AskFor(guessing, "last", "BACK10-8ZAJMQHD").Ledger.Redemption("last")!.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_never_reserved_cannot_be_settled()
    {
        var turn = Kernel.Take(Playbook, Member, new Signal.RedemptionSettled("s", Some.Now, "r9", true), Some.Now);

        Assert.Single(turn.Lines, line => line.What == Happening.Ignored);
        Assert.Same(Member.Ledger, turn.Dossier.Ledger);
    }

    [Fact]
    public void Points_by_hand_have_a_name_and_a_reason()
    {
        var turn = Kernel.Take(Playbook, Member, new Signal.PointsAdjusted("a1", Some.Now, -30, "maria", "given twice"), Some.Now);
        var tooMany = Kernel.Take(Playbook, Member, new Signal.PointsAdjusted("a2", Some.Now, -130, "maria", "given twice"), Some.Now);

        Assert.Equal(70, turn.Dossier.Ledger.Balance);
        Assert.Equal(("maria", "given twice"), (turn.Lines[0].By, turn.Lines[0].Because));
        Assert.Equal(100, tooMany.Dossier.Ledger.Balance);
        Assert.Equal(Happening.NotGiven, tooMany.Lines[0].What);
    }
}
