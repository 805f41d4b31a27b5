namespace Cvm;

// Points and the tiers they lead to.
sealed partial class Deciding
{
    const double MaxGift = 1_000_000_000;

    // Only what orders earn counts towards a tier; a present does not make somebody a better customer.
    void Earn(long points, DateTimeOffset at, Happening what, string? subject, Enrollment? by, string? step)
    {
        var local = LocalTimes.Day(Zone, at).AddMonths(playbook.Loyalty.ExpireMonths);
        var expires = new DateOnly(local.Year, local.Month, DateTime.DaysInMonth(local.Year, local.Month));
        dossier = dossier with { Ledger = dossier.Ledger.Earn(points, at, expires, towardsTier: what == Happening.PointsEarned) };
        Say(new(now, what) { Figure = points, Subject = subject, Journey = by?.Journey, Step = step });

        // The rarer news first: a journey that hears both has room for one.
        Retier(at, downToo: false);
        Raise(new Signal.PointsGained(at, points, dossier.Ledger.Balance));
    }

    void ExpirePoints(Signal.Day day)
    {
        var after = dossier.Ledger.Expire(day.Date);
        if (ReferenceEquals(after, dossier.Ledger)) return;

        Say(new(now, Happening.PointsExpired) { Figure = after.Expired - dossier.Ledger.Expired });
        dossier = dossier with { Ledger = after };
    }

    void WarnOfExpiry(Signal.Day day)
    {
        if (dossier.Ledger.Lots is not [var first, ..]) return;
        if (first.Expires > day.Date.AddDays(playbook.Loyalty.WarnDays) || dossier.Ledger.WarnedFor >= first.Expires) return;

        dossier = dossier with { Ledger = dossier.Ledger with { WarnedFor = first.Expires } };
        Raise(new Signal.PointsExpiring(day.At, first.Left, first.Expires));
    }

    // Up at once; down only with a new day, and never below a tier that was given.
    void Retier(DateTimeOffset at, bool downToo)
    {
        if (playbook.Loyalty.Tiers.IsEmpty) return;

        var ledger = dossier.Ledger;
        var earned = ledger.EarnedSince(now.AddMonths(-playbook.Loyalty.TierMonths));
        var rank = -1;
        while (rank + 1 < playbook.Loyalty.Tiers.Length && playbook.Loyalty.Tiers[rank + 1].From <= earned) rank++;

        var present = playbook.Loyalty.Rank(ledger.Tier);
        if (ledger.TierGrantedUntil > now && rank < present) return;
        if (rank == present || (rank < present && !downToo)) return;

        ChangeTier(rank < 0 ? null : playbook.Loyalty.Tiers[rank].Name, at, rank > present, null, null);
    }

    void ChangeTier(string? to, DateTimeOffset at, bool up, DateTimeOffset? until, Enrollment? by)
    {
        var from = dossier.Ledger.Tier;
        dossier = dossier with { Ledger = dossier.Ledger with { Tier = to, TierSince = now, TierGrantedUntil = until } };
        Say(new(now, Happening.TierChanged) { Subject = to, Because = from, Journey = by?.Journey, Step = by?.Step });
        Raise(new Signal.TierChanged(at, from, to, up));
    }

    void Give(Step.Give step, Signal? signal, ref Enrollment e)
    {
        switch (step.Gift)
        {
            case Gift.Points gift:
                var points = Math.Floor(gift.Amount.Read(View(signal, e)).Number);
                if (points is > 0 and <= MaxGift) Earn((long)points, now, Happening.PointsGiven, null, e, step.Id);
                else Say(new(now, Happening.NotGiven) { Subject = "points", Because = $"{gift.Amount.Source} comes to {(points > MaxGift ? "more than a billion" : "nothing")}", Journey = e.Journey, Step = step.Id });
                break;
            case Gift.Coupon gift:
                GiveCoupon(step, gift, ref e);
                break;
            case Gift.Tier gift when playbook.Loyalty.Rank(gift.Name) > playbook.Loyalty.Rank(dossier.Ledger.Tier):
                ChangeTier(gift.Name, now, true, gift.For.After(now, Zone, playbook.Policies.Hours), e);
                break;
            case Gift.Tier gift:
                Say(new(now, Happening.NotGiven) { Subject = gift.Name, Because = "the customer's tier is as high already", Journey = e.Journey, Step = step.Id });
                break;
        }
    }

    void GiveCoupon(Step.Give step, Gift.Coupon gift, ref Enrollment e)
    {
        if (gift.Costs > 0)
        {
            if (dossier.Ledger.Spend(gift.Costs) is not { } paid)
            {
                Say(new(now, Happening.NotGiven) { Subject = gift.Name, Because = "not enough points", Figure = gift.Costs, Journey = e.Journey, Step = step.Id });
                e = e with { Coupon = null };
                return;
            }

            dossier = dossier with { Ledger = paid };
            Say(new(now, Happening.PointsSpent) { Figure = gift.Costs, Subject = gift.Name, Journey = e.Journey, Step = step.Id });
        }

        var coupon = new Coupon
        {
            Code = $"{gift.Name}-{Chance.Code(playbook.CodeKey.AsSpan(), Key(e, step), 8)}",
            Name = gift.Name,
            Worth = gift.Worth,
            GivenAt = now,
            ValidUntil = gift.Valid.After(now, Zone, playbook.Policies.Hours),
        };
        dossier = dossier with { Coupons = RoomIn(dossier.Coupons, MaxCoupons, known => known.UsedAt is not null || known.ValidUntil < now).Add(coupon) };
        e = e with { Coupon = coupon.Code };
        Say(new(now, Happening.CouponGiven) { Subject = coupon.Name, Until = coupon.ValidUntil, Journey = e.Journey, Step = step.Id, Key = Key(e, step) });
    }
}
