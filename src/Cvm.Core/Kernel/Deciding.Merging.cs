using System.Globalization;

namespace Cvm;

// Two records of one person become one. docs/merging.md says every rule.
sealed partial class Deciding
{
    const string Merging = "merged";

    // What a provider may be told of at this moment must end first: nobody could tell whose message it was.
    void Close(Signal.Closed closed)
    {
        var open = dossier.Outbox.Count(entry => entry.State != OutboxState.Queued);
        if (open > 0 || closed.Into == dossier.Customer)
        {
            Say(new(now, Happening.Ignored) { Subject = $"the merge into {closed.Into}", Because = open > 0 ? $"messages on their way or in doubt: {open}" : "it is this very record", By = Named(closed.By) });
            return;
        }

        dossier = dossier with { MergedInto = closed.Into, Leaving = new(now, Named(closed.By) ?? "somebody of the team") };
        Say(new(now, Happening.MergedInto) { Subject = closed.Into, By = dossier.Leaving.By });
    }

    // A closed record takes nothing but the word that the other has everything.
    Turn HandOver(Signal signal)
    {
        if (signal is Signal.Reopened && dossier is { Leaving: not null, MergedInto: { } into })
        {
            Say(new(now, Happening.Ignored) { Subject = $"the merge into {into}", Because = "the two were merged into each other at the same moment" });
            dossier = dossier with { MergedInto = null, Leaving = null };
        }

        if (signal is Signal.HandedOver && dossier.Leaving is not null) dossier = Dossier.For(dossier.Customer) with { MergedInto = dossier.MergedInto, Lines = dossier.Lines };
        return Made();
    }

    void RecordMerged(Signal.Merged merged)
    {
        var from = merged.From;
        if (from.Customer == dossier.Customer || dossier.Merged.Any(known => known.Customer == from.Customer)) return;

        Say(new(now, Happening.Merged) { Subject = from.Customer, By = Named(merged.By), Because = Counted(from) });
        var mine = Account.Of(dossier);
        JoinProfile(from);
        JoinConsents(from, dossier.Profile);
        JoinBlocks(from);
        JoinStanding(from);
        JoinWork(from);
        JoinJourneys(from);
        JoinWindows(from, mine);
        JoinMessages(from);
        dossier = dossier with { Merged = [.. dossier.Merged, .. from.Merged, new(from.Customer, now, from.Profile.Name, from.Profile.Email, from.Profile.Phone)] };
        JoinTier(from, merged.At);
    }

    static string? Counted(Dossier from)
    {
        string[] parts =
        [
            Count(from.Purchases.Orders, "order"), Count(from.Ledger.Balance, "point"), Count(from.Coupons.Length, "coupon"), Count(from.Cases.Length, "case"),
            Count(from.Tasks.Length, "task"), Count(from.Satisfaction.Answers.Length, "answer"), Count(from.Enrollments.Length, "journey"), Count(from.Outbox.Length, "queued message"),
        ];
        return string.Join(", ", parts.Where(part => part != "")) is { Length: > 0 } all ? all : null;

        static string Count(long number, string what) => number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");
    }

    // Gaps are filled; where both know something else, this record's stands and the other is told.
    void JoinProfile(Dossier other)
    {
        var (mine, theirs) = (dossier.Profile, other.Profile);
        var birthday = mine.Birthday is { IsPlaceholder: false } || theirs.Birthday is null ? mine.Birthday : theirs.Birthday;
        Become(mine with
        {
            Name = Kept("name", mine.Name, theirs.Name),
            Email = Kept("e-mail address", mine.Email, theirs.Email),
            Phone = Kept("phone number", mine.Phone, theirs.Phone),
            Birthday = birthday,
            Zone = Kept("time zone", mine.Zone, theirs.Zone),
            Locale = Kept("language", mine.Locale, theirs.Locale),
            Country = Kept("country", mine.Country, theirs.Country),
            Region = mine.Country is null || mine.Country == theirs.Country ? mine.Region ?? theirs.Region : mine.Region,
            Joined = mine.Joined is null || theirs.Joined < mine.Joined ? theirs.Joined ?? mine.Joined : mine.Joined,
            Tags = [.. mine.Tags.Union(theirs.Tags).Order(StringComparer.Ordinal)],
            Attributes = Merged(theirs.Attributes.RemoveRange(mine.Attributes.Keys)),
        });

        foreach (var (name, value) in theirs.Attributes) Kept(name, mine.Attributes.GetValueOrDefault(name), value);
        if (birthday is { } day && mine.Birthday is { IsPlaceholder: false } && theirs.Birthday is { IsPlaceholder: false } another && another != day) SayKept("the birthday", $"{day}", $"{another}");
    }

    string? Kept(string what, string? mine, string? theirs)
    {
        if (mine is not null && theirs is not null && !Same(mine, theirs)) SayKept(what, mine, theirs);
        return mine ?? theirs;
    }

    void SayKept(string what, string mine, string theirs) => Say(new(now, Happening.MergeKept) { Subject = $"{what} {Excerpt(mine)}", Because = $"not {Excerpt(theirs)}" });

    void JoinConsents(Dossier other, Profile kept)
    {
        foreach (var theirs in other.Consents)
        {
            var mine = dossier.Consents.FirstOrDefault(word => word.Channel == theirs.Channel && word.Purpose == theirs.Purpose);
            var (address, before) = theirs.Channel == Channel.Email ? (other.Profile.Email, kept.Email) : (other.Profile.Phone, kept.Phone);
            var sameAddress = address is not null && Same(address, before);
            var joined = Joined(mine, Carried(theirs, sameAddress), sameAddress);
            if (joined == mine) continue;

            dossier = dossier with { Consents = mine is null ? dossier.Consents.Add(joined) : dossier.Consents.Replace(mine, joined) };
            var word = joined.Pending ? "agreed to, and to be confirmed" : joined.Given ? "agreed to" : "withdrawn";
            Say(new(now, Happening.MergeKept)
            {
                Channel = joined.Channel,
                Subject = $"{joined.Purpose.ToString().ToLowerInvariant()} {(joined.Channel == Channel.Email ? "e-mail" : "SMS")}, {word}",
                Because = $"as said at {other.Customer}, {joined.Source}",
                Wording = joined.Wording,
            });
        }
    }

    // An agreement that was confirmed through a link to another address proves nothing of this one.
    Consent Carried(Consent theirs, bool sameAddress) =>
        sameAddress || !theirs.Given || theirs.ConfirmedAt is null || !NeedsConfirming(theirs) ? theirs : theirs with { Pending = true, ConfirmedAt = null };

    // A no outweighs a yes, unless the yes is the later word and was given for the very same address.
    static Consent Joined(Consent? mine, Consent theirs, bool sameAddress)
    {
        if (mine is null) return theirs;
        if (mine.Given != theirs.Given)
        {
            var (yes, no) = mine.Given ? (mine, theirs) : (theirs, mine);
            return sameAddress && yes.At > no.At ? yes : no;
        }

        if (!mine.Given) return theirs.At > mine.At ? theirs : mine;
        if (!sameAddress) return mine;
        if (mine.Pending != theirs.Pending) return mine.Pending ? theirs : mine;
        return theirs.At > mine.At ? theirs with { ConfirmedAt = theirs.ConfirmedAt ?? mine.ConfirmedAt } : mine with { ConfirmedAt = mine.ConfirmedAt ?? theirs.ConfirmedAt };
    }

    void JoinBlocks(Dossier other)
    {
        var holds = dossier.Holds;
        foreach (var hold in other.Holds)
        {
            var known = holds.FirstOrDefault(mine => mine.By == hold.By);
            holds = known is null ? holds.Add(hold) : known.Until is null || known.Until >= hold.Until ? holds : holds.Replace(known, hold);
        }

        dossier = dossier with
        {
            Suppressions = dossier.Suppressions.AddRange(other.Suppressions.Where(block => !dossier.Suppressions.Any(known => known.Channel == block.Channel && Same(known.Address, block.Address)))),
            Holds = holds,
            TopicsOff = [.. dossier.TopicsOff.Union(other.TopicsOff).Order(StringComparer.Ordinal)],
            StartedTexting = Joining.Later(dossier.StartedTexting, other.StartedTexting),
        };
    }

    void JoinStanding(Dossier other)
    {
        var both = dossier.Purchases.Recent.Select(order => order.Id).Intersect(other.Purchases.Recent.Select(order => order.Id), StringComparer.Ordinal);
        foreach (var order in both) Say(new(now, Happening.MergeKept) { Subject = $"order {order} twice", Because = "both records have one of this id" });

        var purchases = dossier.Purchases.Join(other.Purchases, Zone, out var exact);
        if (!exact) Say(new(now, Happening.MergeKept) { Subject = string.Create(CultureInfo.InvariantCulture, $"{purchases.Days} days with an order"), Because = "older days that both records have may be counted twice" });

        dossier = dossier with
        {
            Purchases = purchases,
            Satisfaction = dossier.Satisfaction.Join(other.Satisfaction),
            Effort = dossier.Effort.Join(other.Effort),
            Scores = dossier.Scores.AsOf is null ? other.Scores : dossier.Scores,
            Ledger = dossier.Ledger.Join(other.Ledger, id => Moved(id, other)),
            Referral = JoinedReferral(other, purchases.First),
            Friends = [.. dossier.Friends.AddRange(other.Friends).Order()],
        };
    }

    // Checkouts name redemptions for a customer, so two records may have one of the same name.
    static string Moved(string redemption, Dossier from) => $"{from.Customer}>{redemption}";

    // Whoever was thanked stays thanked. Nobody brings himself, and who had ordered before was not brought.
    Referral? JoinedReferral(Dossier other, DateTimeOffset? firstOrder)
    {
        return Valid(dossier.Referral) is var mine && Valid(other.Referral) is var theirs && (mine is null || (mine.KeptAt is null && theirs?.KeptAt is not null)) ? theirs : mine;

        Referral? Valid(Referral? one) => one is null || IsMe(one.By) || IsOneOf(one.By, other) || (one.KeptAt is null && firstOrder < one.At) ? null : one;
    }

    bool IsMe(string customer) => IsOneOf(customer, dossier);

    static bool IsOneOf(string customer, Dossier record) => record.Customer == customer || record.Merged.Any(known => known.Customer == customer);

    // The higher of two tiers, and from there up where the points of both say so.
    void JoinTier(Dossier other, DateTimeOffset at)
    {
        var (mine, theirs) = (dossier.Ledger, other.Ledger);
        var (rank, otherRank) = (playbook.Loyalty.Rank(mine.Tier), playbook.Loyalty.Rank(theirs.Tier));
        if (otherRank > rank)
        {
            dossier = dossier with { Ledger = mine with { Tier = theirs.Tier, TierSince = theirs.TierSince, TierGrantedUntil = theirs.TierGrantedUntil } };
            Say(new(now, Happening.MergeKept) { Subject = $"tier {theirs.Tier}", Because = mine.Tier is null ? "the other record had none" : $"not {mine.Tier}" });
        }
        else if (otherRank == rank && rank >= 0)
        {
            dossier = dossier with { Ledger = mine with { TierGrantedUntil = Joining.Later(mine.TierGrantedUntil, theirs.TierGrantedUntil) } };
        }

        Retier(at);
    }
}
