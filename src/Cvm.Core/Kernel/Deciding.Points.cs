namespace Cvm;

// Points and the tiers they lead to.
sealed partial class Deciding
{
    const double MaxGift = 1_000_000_000;

    void GivePoints(long points, DateTimeOffset at, Enrollment? by, string? step)
    {
        dossier = dossier with { Ledger = dossier.Ledger.Earn(points, ExpiryOf(at)) };
        Say(new(now, Happening.PointsGiven) { Figure = points, Journey = by?.Journey, Step = step });
        Raise(new Signal.PointsGained(at, points, dossier.Ledger.Balance));
    }

    // The end of a month, by the customer's calendar.
    DateOnly ExpiryOf(DateTimeOffset at)
    {
        var local = LocalTimes.Day(Zone, at).AddMonths(playbook.Loyalty.ExpireMonths);
        return new(local.Year, local.Month, DateTime.DaysInMonth(local.Year, local.Month));
    }

    void RecordAdjusted(Signal.PointsAdjusted adjusted)
    {
        if (dossier.Ledger.Adjust(adjusted.Points, ExpiryOf(now)) is not { } after)
        {
            Say(new(now, Happening.NotGiven) { Subject = $"{adjusted.Points} points", Because = $"only {dossier.Ledger.Balance} are there ({Excerpt(adjusted.Reason)})", Figure = dossier.Ledger.Balance, By = adjusted.By, Key = adjusted.Id });
            return;
        }

        dossier = dossier with { Ledger = after };
        Say(new(now, Happening.PointsAdjusted) { Figure = adjusted.Points, Because = Excerpt(adjusted.Reason), By = adjusted.By, Key = adjusted.Id });
        if (adjusted.Points > 0) Raise(new Signal.PointsGained(adjusted.At, adjusted.Points, dossier.Ledger.Balance));
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

    // Up at once; down only with a new day and after a grace, and never below a tier that was given.
    void Retier(DateTimeOffset at, DateOnly? day = null)
    {
        var rules = playbook.Loyalty;
        if (rules.Tiers.IsEmpty) return;

        var ledger = dossier.Ledger;
        var (reached, present) = (Reached(), rules.Rank(ledger.Tier));
        if (reached >= present)
        {
            if (ledger.TierFallsOn is not null) dossier = dossier with { Ledger = ledger with { TierFallsOn = null } };
            if (reached > present) ChangeTier(rules.Tiers[reached].Name, at, true, null, null);
            return;
        }

        if (day is not { } today || ledger.TierGrantedUntil > now) return;

        if (rules.GraceDays > 0 && ledger.TierFallsOn is null) BeginGrace(ledger.Tier!, today.AddDays(rules.GraceDays), at);
        else if (!(ledger.TierFallsOn > today)) FallTo(rules.SoftLanding ? present - 1 : reached, at);
    }

    int Reached()
    {
        var brought = TierProgress.BroughtBy(playbook.Loyalty, dossier.Ledger, now);
        var rank = -1;
        while (rank + 1 < playbook.Loyalty.Tiers.Length && playbook.Loyalty.Tiers[rank + 1].From <= brought) rank++;
        return rank;
    }

    void BeginGrace(string tier, DateOnly on, DateTimeOffset at)
    {
        dossier = dossier with { Ledger = dossier.Ledger with { TierFallsOn = on } };
        Say(new(now, Happening.TierFalling) { Subject = tier, Until = LocalTimes.At(Zone, on, playbook.Policies.DayStarts) });
        Raise(new Signal.TierFalling(at, tier, on));
    }

    void FallTo(int rank, DateTimeOffset at) => ChangeTier(rank < 0 ? null : playbook.Loyalty.Tiers[rank].Name, at, false, null, null);

    void ChangeTier(string? to, DateTimeOffset at, bool up, DateTimeOffset? until, Enrollment? by)
    {
        var from = dossier.Ledger.Tier;
        dossier = dossier with { Ledger = dossier.Ledger with { Tier = to, TierSince = now, TierGrantedUntil = until, TierFallsOn = null } };
        Say(new(now, Happening.TierChanged) { Subject = to, Because = from, Journey = by?.Journey, Step = by?.Step });
        Raise(new Signal.TierChanged(at, from, to, up));
    }

    void Give(Step.Give step, Signal? signal, ref Enrollment e)
    {
        switch (step.Gift)
        {
            case Gift.Points gift:
                var points = Math.Floor(gift.Amount.Read(View(signal, e)).Number);
                if (points is > 0 and <= MaxGift) GivePoints((long)points, now, e, step.Id);
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
