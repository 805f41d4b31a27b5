namespace Cvm;

// What a signal changes about the customer, before any journey looks at it.
sealed partial class Deciding
{
    const int MaxCoupons = 50;

    // Whether it is news, and not a double or an older word that came late.
    bool Record(Signal signal)
    {
        switch (signal)
        {
            case Signal.Told told: RecordTold(told); break;
            case Signal.Consented { Consent: var consent }:
                HearConsent(consent);
                return false; // journeys hear what became of it: agreed to, or to be confirmed first
            case Signal.Ordered order: return RecordOrder(order);
            case Signal.Refunded refund: return RecordRefund(refund);
            case Signal.TaskDone done: return RecordTaskDone(done);
            case Signal.TaskWorked work: RecordTaskWork(work); break;
            case Signal.Answered answer: return RecordAnswer(answer);
            case Signal.Complained complaint: RecordComplaint(complaint); break;
            case Signal.Reported report: return RecordReport(report);
            case Signal.Confirmed confirmed: return RecordConfirmed(confirmed);
            case Signal.Preferred preferred: RecordPreferred(preferred); break;
            case Signal.Texted texted: return RecordTexted(texted);
            case Signal.CaseWorked work: RecordCaseWork(work); break;
            case Signal.IssueFixed issue: Say(new(now, Happening.IssueFixed) { Subject = issue.Title, Because = Excerpt(issue.Fix) }); break;
            case Signal.Day day: RecordDay(day); break;
            case Signal.Scored scored: RecordScores(scored); break;
            case Signal.RedemptionAsked asked: RecordAsked(asked); break;
            case Signal.RedemptionSettled settled: RecordSettled(settled); break;
            case Signal.PointsAdjusted adjusted: RecordAdjusted(adjusted); break;
            case Signal.FriendBought friend: return RecordFriend(friend);
            case Signal.Merged merged: RecordMerged(merged); break;
            case Signal.Closed closed: Close(closed); break;
            case Signal.Moved move: RecordMove(move); break;
            case Signal.Stopped stopped: RecordStop(stopped); break;
        }

        return true;
    }

    void RecordTold(Signal.Told told)
    {
        var old = dossier.Profile;
        var next = old with
        {
            Name = told.Profile.Name ?? old.Name,
            Email = told.Profile.Email ?? old.Email,
            Phone = told.Profile.Phone ?? old.Phone,
            Birthday = BirthdayAfter(told.Profile.Birthday),
            Zone = told.Profile.Zone ?? old.Zone,
            Locale = told.Profile.Locale ?? old.Locale,
            Country = told.Profile.Country ?? old.Country,
            Region = told.Profile.Region ?? (told.Profile.Country is { } country && country != old.Country ? null : old.Region),
            Joined = old.Joined ?? told.Profile.Joined ?? told.At,
            Tags = told.Profile.Tags.IsEmpty ? old.Tags : told.Profile.Tags,
            Attributes = told.Profile.Attributes.IsEmpty ? old.Attributes : Merged(told.Profile.Attributes),
        };

        Become(next);

        if (old.Joined is null)
        {
            Say(new(now, Happening.Joined) { Until = next.Joined });
            Raise(new Signal.Joined(next.Joined.Value));
        }
        else
        {
            Say(new(now, Happening.Told));
        }

        if (told.ReferredBy is { } by) RecordReferral(by, told.At);
        foreach (var consent in told.Consents) HearConsent(consent);
        if (old.Joined is not null) Reconfirm(old, told.Consents);
    }

    // A missing value must not take the place of a birthday that is known.
    Birthday? BirthdayAfter(Birthday? told)
    {
        var known = dossier.Profile.Birthday;
        if (told is not { IsPlaceholder: true } missing) return told ?? known;

        if (known != told) Say(new(now, Happening.Ignored) { Subject = $"the birthday {missing}", Because = "it is what stands where none is known" });
        return known ?? told;
    }

    void Become(Profile next)
    {
        var old = dossier.Profile;

        // Who moves on before a round has met them has seen no further day.
        var moved = next.Zone != old.Zone && dossier.Lines > 0;
        dossier = dossier with { Profile = next, DaySeen = moved ? dossier.DaySeen ?? DayBegun(old.Zone ?? playbook.Policies.Zone) : dossier.DaySeen };

        if (moved) WakeSenders(); // ten o'clock is another moment now
    }

    // A sender that makes up names must not make the dossier grow without end.
    ImmutableSortedDictionary<string, string> Merged(ImmutableSortedDictionary<string, string> told)
    {
        var merged = dossier.Profile.Attributes.ToBuilder();
        foreach (var (name, value) in told)
        {
            if (merged.Count < Profile.MaxAttributes || merged.ContainsKey(name)) merged[name] = value;
            else Say(new(now, Happening.Ignored) { Subject = $"attribute {name}", Because = $"{Profile.MaxAttributes} attributes are known already" });
        }

        return merged.ToImmutable();
    }

    // The local day whose round has been made, or is being made, in that zone.
    DateOnly DayBegun(string zone)
    {
        var local = LocalTimes.In(zone, now);
        var day = DateOnly.FromDateTime(local.DateTime);
        return TimeOnly.FromDateTime(local.DateTime) < playbook.Policies.DayStarts ? day.AddDays(-1) : day;
    }

    bool RecordOrder(Signal.Ordered order)
    {
        if (dossier.Purchases.Order(order.Order) is not null)
        {
            Say(new(now, Happening.Ignored) { Subject = order.Order, Because = "this order is already known" });
            return false;
        }

        var (reckoned, how) = Reckon(order);
        var points = (long)Math.Floor(reckoned);
        dossier = dossier with { Purchases = dossier.Purchases.With(new(order.Order, order.At, order.Amount, 0, points, reckoned), Zone) };
        Say(new(now, Happening.Ordered) { Subject = order.Order, Figure = order.Amount, Day = DayOf(order.At) });

        if (order.Coupon is { } code) UseCoupon(code, order);
        EarnFor(order, points, how);
        if (playbook.Loyalty.ReturnDays == 0) KeepReferral(LocalTimes.Day(Zone, now), order.At);
        return true;
    }

    void UseCoupon(string code, Signal.Ordered order)
    {
        for (var i = 0; i < dossier.Coupons.Length; i++)
        {
            var coupon = dossier.Coupons[i];
            if (!string.Equals(coupon.Code, code, StringComparison.OrdinalIgnoreCase)) continue;

            // The checkout that reserved it has said so already, but could not know what it took off.
            if (coupon.UsedAt is not null && coupon.Order == order.Order)
            {
                var saved = coupon.TakenOff(order.Amount);
                CountCoupon(0, saved - (coupon.Saved ?? coupon.TakenOff(0)));
                dossier = dossier with { Coupons = dossier.Coupons.SetItem(i, coupon with { Saved = saved }) };
                return;
            }

            if (coupon.UsedAt is not null || coupon.ValidUntil < order.At)
            {
                Say(new(now, Happening.Ignored) { Subject = code, Because = coupon.UsedAt is null ? "the coupon had expired" : "the coupon was used before" });
                return;
            }

            if (coupon.Redemption is { } reserved) dossier = dossier with { Ledger = dossier.Ledger.Confirm(reserved, order.Order, order.At) };
            UseCoupon(i, order.Order, order.At, order.Amount);
            return;
        }

        Say(new(now, Happening.Ignored) { Subject = code, Because = "no such coupon was given to this customer" });
    }

    bool RecordRefund(Signal.Refunded refund)
    {
        var order = dossier.Purchases.Order(refund.Order);
        var left = order is null ? refund.Amount : order.Amount - order.Refunded;
        var amount = Math.Min(refund.Amount, left);
        if (amount <= 0)
        {
            Say(new(now, Happening.Ignored) { Subject = refund.Order, Because = "this order has been refunded in full" });
            return false;
        }

        dossier = dossier with { Purchases = dossier.Purchases.WithRefund(refund.Order, amount) };
        Say(new(now, Happening.Refunded) { Subject = refund.Order, Figure = amount, Day = DayOf(refund.At) });

        TakeBackPoints(refund, order, left, amount);
        if (order is not null && amount == left) GiveBackRedemptions(refund.Order, refund.At);
        return true;
    }

    void RecordComplaint(Signal.Complained complaint)
    {
        var satisfaction = dossier.Satisfaction;
        var last = satisfaction.LastComplaint > complaint.At ? satisfaction.LastComplaint : complaint.At;
        dossier = dossier with { Satisfaction = satisfaction with { Complaints = satisfaction.Complaints + 1, LastComplaint = last } };
        Say(new(now, Happening.Complained) { Subject = complaint.Severity, Because = Excerpt(complaint.Text), Day = DayOf(complaint.At) });
        NoteOnOpenCase(complaint);
    }
}
