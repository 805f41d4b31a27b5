using System.Collections.Immutable;
using Cvm.Engine;

namespace Cvm.Web;

/// <summary>A member's points, tier and coupons as the member reads them.</summary>
public sealed record StatementView
{
    const int MostListed = 6;

    public required LinkTexts Frame { get; init; }
    public required string Sender { get; init; }

    /// <summary>Path of this page, with its token.</summary>
    public required string Here { get; init; }

    /// <summary>Path of the preference centre; null where the link is too old to lead there.</summary>
    public required string? Preferences { get; init; }

    /// <summary>What a friend follows; null where the shop offers nothing for it.</summary>
    public required Uri? Referral { get; init; }

    public required long Available { get; init; }
    public required string Worth { get; init; }
    public required long Reserved { get; init; }
    public required long Owed { get; init; }

    /// <summary>By the day on which they can be spent.</summary>
    public required ImmutableArray<(DateOnly Day, long Points)> Coming { get; init; }

    /// <summary>By the last day on which they can be spent.</summary>
    public required ImmutableArray<(DateOnly Day, long Points)> Expiring { get; init; }

    /// <summary>Null where the shop has no tiers.</summary>
    public required TierCard? Tier { get; init; }

    public required ImmutableArray<CouponCard> Coupons { get; init; }
    public required ImmutableArray<Movement> Movements { get; init; }

    /// <summary>Number of the line to go on before; null at the end.</summary>
    public required long? Earlier { get; init; }

    /// <summary>Whether these are earlier movements, without all else.</summary>
    public required bool Paged { get; init; }

    public StatementTexts Texts => StatementTexts.In(Frame);

    public ImmutableArray<(DateOnly Day, long Points)> SoonExpiring => Expiring.Length <= MostListed ? Expiring : Expiring[..(MostListed - 1)];

    /// <summary>All that expires after the last day listed.</summary>
    public long LaterExpiring => Expiring.Skip(SoonExpiring.Length).Sum(lot => lot.Points);

    public bool IsBlank => Available == 0 && Coming.IsEmpty && Owed == 0 && Reserved == 0 && Movements.IsEmpty;

    internal static StatementView Of(Guest guest, SignedLinks links, MovementPage movements)
    {
        var (dossier, playbook, now) = (guest.Dossier, guest.Playbook, guest.Now);
        var (ledger, texts) = (dossier.Ledger, StatementTexts.In(guest.Texts));
        var zone = playbook.ZoneOf(dossier);

        return new()
        {
            Frame = guest.Texts,
            Sender = guest.Sender,
            Here = guest.AddressOf(links, LinkKind.Statement),
            Preferences = guest.Preferences is { } link ? "/" + SignedLinks.PathOf(link.Kind) + links.Token(link) : null,
            Referral = playbook.Loyalty.Referral.Page is null || dossier.Customer == "" ? null : links.Of(guest.ReferralLink),
            Available = PointsAnswer.Available(ledger),
            Worth = CustomerWords.Money(PointsAnswer.Available(ledger) * playbook.Scores.Costs.Point, playbook.Policies, guest.Locale),
            Reserved = ledger.Reserved,
            Owed = ledger.Owed,
            Coming = [.. ledger.Pending.Where(lot => lot.Points > 0).GroupBy(lot => lot.From).OrderBy(day => day.Key).Select(day => (day.Key, day.Sum(lot => lot.Points)))],
            Expiring = [.. ledger.Lots.Select(lot => (lot.Expires, lot.Left))],
            Tier = playbook.Loyalty.Tiers.IsEmpty ? null : TierCard.Of(guest, texts),
            Coupons = [.. dossier.Coupons.Where(coupon => coupon.UsedAt is null && coupon.ValidUntil >= now).OrderBy(coupon => coupon.ValidUntil).Select(coupon => CouponCard.Of(coupon, guest, texts, zone))],
            Movements = [.. movements.Lines.Select(line => Movement.Of(line, texts, zone, now))],
            Earlier = movements.Earlier,
            Paged = movements.Paged,
        };
    }
}

/// <summary>Where the member stands among the tiers, in words.</summary>
/// <param name="Name">Null for none yet.</param>
/// <param name="Share">How much of the way to the next one is behind, from 0 to 1; null at the top.</param>
/// <param name="Way">What is missing for the next.</param>
/// <param name="Kept">Until when it is kept although it is no longer reached, and what would keep it.</param>
public sealed record TierCard(string? Name, string? Benefits, double? Share, string Way, ImmutableArray<string> Kept)
{
    internal static TierCard Of(Guest guest, StatementTexts texts)
    {
        var (rules, policies) = (guest.Playbook.Loyalty, guest.Playbook.Policies);
        var progress = TierProgress.Of(rules, guest.Dossier.Ledger, guest.Now);
        string Said(decimal amount) => rules.TierBy == TierBasis.Spend ? CustomerWords.Money(amount, policies, guest.Locale) : texts.Points((long)Math.Ceiling(amount));

        var name = progress.Present is { } present ? Words.Capital(present.Name) : null;
        var way = progress.Next is not { } next ? texts.Top : progress.Missing > 0 ? texts.ToNext(Said(progress.Missing), Words.Capital(next.Name)) : texts.Reaching(Words.Capital(next.Name));
        ImmutableArray<string> kept = progress is { FallsOn: { } day, Present: not null } ? [texts.KeptUntil(name!, texts.Date(day)), .. progress.MissingToKeep > 0 ? new[] { texts.ToKeep(Said(progress.MissingToKeep)) } : []] : [];
        return new(name, CustomerWords.Benefits(progress.Present, policies, guest.Locale), progress.Next is null ? null : progress.Share, way, kept);
    }
}

/// <summary>A coupon that can be used.</summary>
public sealed record CouponCard(string Code, string Worth, string Until)
{
    internal static CouponCard Of(Coupon coupon, Guest guest, StatementTexts texts, string zone)
    {
        var (day, now) = (CustomerWords.LastDay(coupon.ValidUntil, zone), LocalTimes.Day(zone, guest.Now));
        var until = day >= now ? texts.Until(texts.Date(day)) : texts.Until(Words.Time(LocalTimes.In(zone, coupon.ValidUntil)));
        return new(coupon.Code, texts.Off(CustomerWords.Worth(coupon.Worth, guest.Playbook.Policies, guest.Locale)), coupon.Redemption is null ? until : texts.InACheckout);
    }
}
