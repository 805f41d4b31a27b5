namespace Cvm;

// Points and coupons that checkouts reserve, spend and give back.
sealed partial class Deciding
{
    void RecordAsked(Signal.RedemptionAsked asked)
    {
        if (dossier.Ledger.Redemption(asked.Redemption) is not null) return;

        var until = now + playbook.Loyalty.ReserveFor;
        if (asked.Coupon is { } code) ReserveCoupon(asked, code, until);
        else dossier = dossier with { Ledger = dossier.Ledger.Reserve(asked.Redemption, asked.Points, now, until) };

        var made = dossier.Ledger.Redemption(asked.Redemption)!;
        if (made.State == RedemptionState.Reserved) Say(new(now, Happening.Reserved) { Subject = made.Coupon, Figure = made.Coupon is null ? made.Points : null, Until = until, Key = made.Id });
        else Say(new(now, Happening.NotGiven) { Subject = made.Coupon ?? $"{made.Points} points", Because = made.Problem, Key = made.Id });
    }

    void ReserveCoupon(Signal.RedemptionAsked asked, string code, DateTimeOffset until)
    {
        var at = FindCoupon(code);
        var locked = dossier.Ledger.CodesFrom(now) is not null;
        var refusal = locked ? Redemption.TooManyWrongCodes
            : at < 0 ? Redemption.NoSuchCoupon
            : dossier.Coupons[at] switch
            {
                { UsedAt: not null } => "the coupon was used before",
                { ValidUntil: var last } when last < now => "the coupon has expired",
                { Redemption: not null } => "another checkout has reserved the coupon",
                _ => null,
            };

        if (refusal is not null)
        {
            var ledger = at < 0 && !locked ? dossier.Ledger.GuessedWrong(now) : dossier.Ledger;
            dossier = dossier with { Ledger = ledger.Refuse(new(asked.Redemption, now, 0) { Coupon = Excerpt(code) }, refusal) };
            return;
        }

        var coupon = dossier.Coupons[at];
        dossier = dossier with { Ledger = dossier.Ledger.ReserveCoupon(asked.Redemption, coupon.Code, now, until) };
        if (dossier.Ledger.Redemption(asked.Redemption)!.State == RedemptionState.Reserved)
            dossier = dossier with { Coupons = dossier.Coupons.SetItem(at, coupon with { Redemption = asked.Redemption }) };
    }

    int FindCoupon(string code)
    {
        for (var i = 0; i < dossier.Coupons.Length; i++) if (string.Equals(dossier.Coupons[i].Code, code, StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }

    void RecordSettled(Signal.RedemptionSettled settled)
    {
        switch (dossier.Ledger.Redemption(settled.Redemption))
        {
            case null or { State: RedemptionState.Refused }:
                Say(new(now, Happening.Ignored) { Subject = settled.Redemption, Because = "nothing is reserved under this id" });
                break;
            case var known when !settled.Completed:
                GiveBack(known, settled.At, RedemptionState.Cancelled, settled.Order);
                break;
            case { State: RedemptionState.Reserved } known:
                Confirm(known, settled);
                break;
            case { State: RedemptionState.Lapsed } known:
                ConfirmLate(known, settled);
                break;
            case { State: RedemptionState.Cancelled }:
                Say(new(now, Happening.Ignored) { Subject = settled.Redemption, Because = "it was cancelled before" });
                break;
        }
    }

    void Confirm(Redemption known, Signal.RedemptionSettled settled)
    {
        dossier = dossier with { Ledger = dossier.Ledger.Confirm(known.Id, settled.Order, settled.At) };
        if (known.Coupon is null) Say(new(now, Happening.PointsSpent) { Figure = known.Points, Subject = settled.Order is { } order ? $"order {order}" : null, Key = known.Id });
        else if (FindCoupon(known.Coupon) is >= 0 and var at) UseCoupon(at, settled.Order ?? known.Id, settled.At, AmountOf(settled.Order));
    }

    // The customer has paid; so it is taken all the same, where it is still to be had.
    void ConfirmLate(Redemption known, Signal.RedemptionSettled settled)
    {
        var coupon = known.Coupon is null ? -1 : FindCoupon(known.Coupon);
        var free = known.Coupon is null || (coupon >= 0 && dossier.Coupons[coupon] is { UsedAt: null, Redemption: null });
        if (!free || dossier.Ledger.ReserveAgain(known.Id, now) is not { } again)
        {
            Say(new(now, Happening.Ignored) { Subject = known.Id, Because = "the time of the reservation was over, and what it had kept is gone" });
            return;
        }

        dossier = dossier with { Ledger = again };
        if (coupon >= 0) dossier = dossier with { Coupons = dossier.Coupons.SetItem(coupon, dossier.Coupons[coupon] with { Redemption = known.Id }) };
        Confirm(again.Redemption(known.Id)!, settled);
    }

    void UseCoupon(int at, string order, DateTimeOffset when, decimal amount)
    {
        var coupon = dossier.Coupons[at];
        var saved = coupon.TakenOff(amount);
        dossier = dossier with { Coupons = dossier.Coupons.SetItem(at, coupon with { UsedAt = when, Order = order, Saved = saved }) };
        CountCoupon(1, saved);
        Say(new(now, Happening.CouponUsed) { Subject = coupon.Name, Because = order });
        Raise(new Signal.CouponUsed(when, coupon.Code, order));
    }

    // What the order came to, as far as it is known; without it nobody knows what a percentage took off.
    decimal AmountOf(string? order) => order is null ? 0 : dossier.Purchases.Order(order)?.Amount ?? 0;

    void CountCoupon(int used, decimal takenOff)
    {
        var purchases = dossier.Purchases;
        dossier = dossier with { Purchases = purchases with { WithCoupon = purchases.WithCoupon + used, Discounts = purchases.Discounts + takenOff } };
    }

    void GiveBack(Redemption known, DateTimeOffset at, RedemptionState as_, string? because)
    {
        var after = dossier.Ledger.GiveBack(known.Id, at, LocalTimes.Day(Zone, now), as_);
        if (ReferenceEquals(after, dossier.Ledger)) return;

        dossier = dossier with { Ledger = after };
        if (known.State == RedemptionState.Lapsed) return;

        if (known.Coupon is { } code && FindCoupon(code) is >= 0 and var i)
        {
            var coupon = dossier.Coupons[i];
            if (coupon.UsedAt is not null) CountCoupon(-1, -(coupon.Saved ?? coupon.TakenOff(AmountOf(coupon.Order))));
            dossier = dossier with { Coupons = dossier.Coupons.SetItem(i, coupon with { Redemption = null, UsedAt = null, Order = null, Saved = null }) };
        }

        var spent = known is { State: RedemptionState.Confirmed, Coupon: null };
        Say(new(now, spent ? Happening.PointsReturned : Happening.GivenBack) { Subject = known.Coupon, Figure = known.Coupon is null ? known.Points : null, Because = because, Key = known.Id });
    }

    // An order that was taken back in full gives back what was spent on it.
    void GiveBackRedemptions(string order, DateTimeOffset at)
    {
        foreach (var known in dossier.Ledger.Redemptions)
            if (known.State == RedemptionState.Confirmed && known.Order == order) GiveBack(known, at, RedemptionState.Cancelled, $"order {order} was taken back");
    }

    void LapseReservations()
    {
        foreach (var known in dossier.Ledger.Redemptions)
            if (known is { State: RedemptionState.Reserved } && known.Until <= now) GiveBack(known, now, RedemptionState.Lapsed, "the checkout was not finished in time");
    }
}
