namespace Cvm;

// Friends whom customers bring.
sealed partial class Deciding
{
    const string TellReferrer = "referral";
    static readonly TimeSpan Year = TimeSpan.FromDays(365);

    // Who has ordered before was not brought by anybody.
    void RecordReferral(string by, DateTimeOffset at)
    {
        if (dossier.Referral is not null) return;

        var refusal = IsMe(by) ? "nobody brings himself" : dossier.Purchases.Orders > 0 ? "the customer has ordered before" : null;
        if (refusal is not null)
        {
            Say(new(now, Happening.Ignored) { Subject = $"the referral by {by}", Because = refusal });
            return;
        }

        dossier = dossier with { Referral = new(by, at) };
        Say(new(now, Happening.Referred) { Subject = by });
    }

    // Both are thanked once the first order cannot be returned any more: the friend hears of it here, the other customer in a turn of his own.
    void KeepReferral(DateOnly today, DateTimeOffset at)
    {
        if (dossier.Referral is not { KeptAt: null } referral || FirstKept(today) is not { } order) return;

        dossier = dossier with { Referral = referral with { KeptAt = now } };
        var data = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (dossier.Profile.Email is { } email) data["email"] = email;
        if (dossier.Profile.Phone is { } phone) data["phone"] = phone;

        Queue(new()
        {
            Key = $"{TellReferrer}:{dossier.Customer}/kept/1",
            Kind = OutboxKind.Customer,
            Purpose = Purpose.Transactional,
            Subject = referral.By,
            Journey = "",
            Version = 0,
            Enrollment = "",
            Step = TellReferrer,
            QueuedAt = now,
            DueAt = now,
            Data = data.ToImmutable(),
        });
        Raise(new Signal.ReferralKept(at > order.At ? at : order.At));
    }

    RecentOrder? FirstKept(DateOnly today)
    {
        foreach (var order in dossier.Purchases.Recent)
        {
            var kept = order.Amount - order.Refunded;
            if (kept > 0 && kept >= playbook.Loyalty.Referral.Least && LocalTimes.Day(Zone, order.At).AddDays(playbook.Loyalty.ReturnDays) <= today) return order;
        }

        return null;
    }

    bool RecordFriend(Signal.FriendBought friend)
    {
        var year = dossier.Friends.RemoveAll(at => at + Year <= now);
        var refusal = IsOwn(dossier.Profile.Email, friend.Email) || IsOwn(dossier.Profile.Phone, friend.Phone) ? "the friend has this customer's own address"
            : year.Length >= playbook.Loyalty.Referral.MostPerYear ? $"{playbook.Loyalty.Referral.MostPerYear} friends a year are thanked for" : null;
        if (refusal is not null)
        {
            Say(new(now, Happening.Ignored) { Subject = "a friend's first order", Because = refusal });
            return false;
        }

        dossier = dossier with { Friends = year.Add(now) };
        Say(new(now, Happening.FriendBought));
        return true;
    }

    static bool IsOwn(string? own, string? friends) => own is not null && Same(own, friends);
}
