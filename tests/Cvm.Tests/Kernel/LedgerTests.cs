namespace Cvm.Tests;

public sealed class LedgerTests
{
    static readonly DateOnly March = new(2028, 3, 31), April = new(2028, 4, 30), Today = new(2027, 3, 1);

    [Fact]
    public void Points_are_spent_in_order_of_expiry()
    {
        var ledger = Ledger.Empty.Earn(100, April).Earn(50, March);

        var after = ledger.Spend(70)!;

        Assert.Equal(new Lot(80, April), Assert.Single(after.Lots));
        Assert.Null(after.Spend(81));
    }

    [Fact]
    public void Points_taken_back_after_they_were_spent_are_owed_and_paid_off()
    {
        var ledger = Ledger.Empty.Earn(100, April).Spend(80)!.Reverse("o1", 100, 100, Some.Now, April);

        Assert.Equal(-80, ledger.Balance);
        Assert.Equal(20, ledger.Earn(100, April).Balance);
    }

    [Fact]
    public void Or_they_are_forgiven()
    {
        var ledger = Ledger.Empty.Earn(100, April).Spend(80)!.Reverse("o1", 100, 100, Some.Now, April, owes: false);

        Assert.Equal((0, 0, 20), (ledger.Balance, ledger.Owed, ledger.Reversed));
    }

    [Fact]
    public void What_goes_back_while_it_is_pending_touches_nothing_else()
    {
        var ledger = Ledger.Empty.Earn(30, April).Await(new("o1", 100, 100, Some.Now, Today.AddDays(14), April));

        var half = ledger.Reverse("o1", 50, 50, Some.Now, April);
        var whole = half.Reverse("o1", 50, 50, Some.Now, April);

        Assert.Equal((30, 50), (half.Balance, half.Coming));
        Assert.Equal((30, 0), (whole.Balance, whole.Coming));
        Assert.Empty(whole.Pending);
        Assert.True(whole.Balances);
    }

    [Fact]
    public void Pending_points_come_on_their_day_and_count_for_the_month_of_the_order()
    {
        var ledger = Ledger.Empty.Await(new("o1", 100, 99.5m, Some.Now, Today.AddDays(14), April));

        Assert.Same(ledger, ledger.Mature(Today.AddDays(13)));
        var after = ledger.Mature(Today.AddDays(14));

        Assert.Equal((100, 0), (after.Balance, after.Coming));
        Assert.Equal((100, 99.5m), after.Since(Some.Now));
        Assert.Equal((0, 0m), ledger.Since(Some.Now));
    }

    [Fact]
    public void A_refund_takes_the_lot_of_its_own_month_first()
    {
        var ledger = Ledger.Empty.Earn(100, March).Earn(50, April).Reverse("o1", 60, 60, Some.Now, March);

        Assert.Equal([new Lot(40, March), new Lot(50, April)], ledger.Lots.ToArray());
    }

    [Fact]
    public void What_a_checkout_reserves_nobody_else_can_spend()
    {
        var ledger = Ledger.Empty.Earn(100, April).Reserve("r1", 80, Some.Now, Some.Now.AddMinutes(30));

        Assert.Equal((20, 80), (ledger.Balance, ledger.Reserved));
        Assert.Null(ledger.Spend(21));
        Assert.Equal(RedemptionState.Refused, ledger.Reserve("r2", 21, Some.Now, Some.Now.AddMinutes(30)).Redemption("r2")!.State);
    }

    [Fact]
    public void A_checkout_that_is_given_up_leaves_no_trace_in_the_lots()
    {
        var ledger = Ledger.Empty.Earn(50, March).Earn(50, April);

        var after = ledger.Reserve("r1", 80, Some.Now, Some.Now.AddMinutes(30)).GiveBack("r1", Some.Now, Today);

        Assert.Equal(ledger.Lots.ToArray(), after.Lots.ToArray());
        Assert.True(after.Balances);
        Assert.Same(after, after.GiveBack("r1", Some.Now, Today));
    }

    [Fact]
    public void Who_cancels_an_order_has_a_month_to_spend_what_comes_back()
    {
        var spent = Ledger.Empty.Earn(100, Today.AddDays(3)).Reserve("r1", 100, Some.Now, Some.Now.AddMinutes(30)).Confirm("r1", "o1", Some.Now);

        var after = spent.GiveBack("r1", Some.Now, Today);

        Assert.Equal((100, 0), (spent.Spent, after.Spent));
        Assert.Equal(new Lot(100, Today.AddDays(30)), Assert.Single(after.Lots));
    }

    [Fact]
    public void Taking_off_more_than_there_is_is_no_adjustment()
    {
        var ledger = Ledger.Empty.Adjust(30, April)!;

        Assert.Equal(10, ledger.Adjust(-20, April)!.Balance);
        Assert.Null(ledger.Adjust(-31, April));
    }

    [Fact]
    public void Two_ledgers_join_as_if_they_had_been_one()
    {
        var owing = Ledger.Empty.Earn(100, April).Spend(80)!.Reverse("o1", 100, 100, Some.Now, April);
        var rich = Ledger.Empty.Earn(50, March).Await(new("o2", 40, 40, Some.Now, Today, April)).Reserve("r1", 20, Some.Now, Some.Now.AddMinutes(30));

        var joined = rich.Join(owing);

        Assert.Equal((-50, 40, 20), (joined.Balance, joined.Coming, joined.Reserved));
        Assert.True(joined.Balances);
    }
}
