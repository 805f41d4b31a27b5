namespace Cvm.Tests;

/// <summary>Checkouts that guess, ask in vain or speak late must not reach what is not theirs, nor push out what is.</summary>
public sealed class CheckoutMisuseTests
{
    static readonly Dossier Rich = Some.Ann with
    {
        Ledger = Ledger.Empty.Adjust(100, new(2028, 4, 30))!,
        Coupons = [new() { Code = "BACK10-ANNA", Name = "BACK10", Worth = "10%", GivenAt = Some.Now, ValidUntil = Some.Now.AddDays(9) }],
    };

    [Fact]
    public void Ten_wrong_codes_within_the_hour_lock_and_the_lock_ends_an_hour_after_the_first_of_them()
    {
        var dossier = Rich;
        for (var i = 0; i < 10; i++) dossier = Ask(dossier, $"g{i}", "WRONG", Some.Now.AddMinutes(i));

        var locked = Ask(dossier, "right", "BACK10-ANNA", Some.Now.AddMinutes(59));
        var free = Ask(dossier, "right", "BACK10-ANNA", Some.Now.AddMinutes(60));

        Assert.Equal(Some.Now.AddHours(1), dossier.Ledger.CodesFrom(Some.Now.AddMinutes(59)));
        Assert.Null(dossier.Ledger.CodesFrom(Some.Now.AddMinutes(60)));
        Assert.Equal(Redemption.TooManyWrongCodes, locked.Ledger.Redemption("right")!.Problem);
        Assert.Equal(RedemptionState.Reserved, free.Ledger.Redemption("right")!.State);
    }

    [Fact]
    public void Nine_do_not()
    {
        var dossier = Rich;
        for (var i = 0; i < 9; i++) dossier = Ask(dossier, $"g{i}", "WRONG", Some.Now);

        Assert.Equal(RedemptionState.Reserved, Ask(dossier, "right", "BACK10-ANNA", Some.Now).Ledger.Redemption("right")!.State);
    }

    [Fact]
    public void Asking_in_vain_pushes_out_neither_the_wrong_codes_nor_what_may_still_be_given_back()
    {
        var dossier = Settle(Take(Rich, new Signal.RedemptionAsked("a", Some.Now, "paid", 60)), "paid", completed: true);
        for (var i = 0; i < 10; i++) dossier = Ask(dossier, $"g{i}", "WRONG", Some.Now);

        for (var i = 0; i < 100; i++) dossier = Take(dossier, new Signal.RedemptionAsked($"v{i}", Some.Now, $"vain-{i}", 9_999));

        Assert.Equal(Ledger.MaxRedemptions, dossier.Ledger.Redemptions.Length);
        Assert.NotNull(dossier.Ledger.CodesFrom(Some.Now));
        Assert.Equal("vain-99", dossier.Ledger.Redemptions[^1].Id);
        Assert.Equal(100, Settle(dossier, "paid", completed: false).Ledger.Balance);
    }

    [Fact]
    public void A_refusal_among_nothing_but_settled_ones_is_kept_and_the_oldest_goes()
    {
        var dossier = Rich;
        for (var i = 0; i < Ledger.MaxRedemptions; i++) dossier = Settle(Take(dossier, new Signal.RedemptionAsked($"a{i}", Some.Now, $"r{i}", 1)), $"r{i}", completed: true);

        var after = Take(dossier, new Signal.RedemptionAsked("last", Some.Now, "last", 9_999)).Ledger;

        Assert.Equal((RedemptionState.Refused, null), (after.Redemption("last")!.State, after.Redemption("r0")));
        Assert.NotNull(after.Redemption("r1"));
        Assert.True(after.Balances);
    }

    [Fact]
    public void What_had_lapsed_and_was_cancelled_is_not_spent_by_a_late_word()
    {
        var asked = Take(Rich, new Signal.RedemptionAsked("a", Some.Now, "r", 60));
        var lapsed = Kernel.Take(Some.Playbook(), asked, new Signal.Woke(Some.Now.AddHours(1)), Some.Now.AddHours(1)).Dossier;

        var cancelled = Settle(lapsed, "r", completed: false, Some.Now.AddHours(2));
        var late = Settle(cancelled, "r", completed: true, Some.Now.AddHours(3));
        var without = Settle(lapsed, "r", completed: true, Some.Now.AddHours(3));

        Assert.Equal(RedemptionState.Lapsed, lapsed.Ledger.Redemption("r")!.State);
        Assert.Equal((RedemptionState.Cancelled, 100, true), (late.Ledger.Redemption("r")!.State, late.Ledger.Balance, late.Ledger.Balances));
        Assert.Equal(40, without.Ledger.Balance);
    }

    [Fact]
    public void What_a_person_books_carries_its_signal_so_that_its_answer_can_be_found_again()
    {
        var booked = Kernel.Take(Some.Playbook(), Rich, new Signal.PointsAdjusted("points:1", Some.Now, -30, "Kim", "twice"), Some.Now);
        var refused = Kernel.Take(Some.Playbook(), Rich, new Signal.PointsAdjusted("points:2", Some.Now, -130, "Kim", "twice"), Some.Now);

        Assert.Equal(("points:1", -30m), (booked.Lines[0].Key, booked.Lines[0].Figure));
        Assert.Equal((Happening.NotGiven, "points:2", 100m), (refused.Lines[0].What, refused.Lines[0].Key, refused.Lines[0].Figure));
    }

    static Dossier Ask(Dossier dossier, string id, string code, DateTimeOffset at) => Take(dossier, new Signal.RedemptionAsked($"ask:{id}", at, id, 0, code));

    static Dossier Settle(Dossier dossier, string id, bool completed, DateTimeOffset? at = null) =>
        Take(dossier, new Signal.RedemptionSettled($"settle:{id}:{completed}", at ?? Some.Now, id, completed, "o1"));

    static Dossier Take(Dossier dossier, Signal signal) => Kernel.Take(Some.Playbook(), dossier, signal, signal.At).Dossier;
}
