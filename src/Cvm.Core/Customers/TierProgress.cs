namespace Cvm;

/// <summary>How far a customer has come among the tiers: what orders brought within the window, and what is missing.</summary>
/// <param name="Present">Null for none.</param>
/// <param name="Next">The one above; null at the top, or where there are no tiers.</param>
/// <param name="Brought">Points that orders earned, or money spent, as the rules say; what is pending does not count yet.</param>
/// <param name="FallsOn">The present tier is no longer reached, and is lost on this day unless it is reached again.</param>
public sealed record TierProgress(Tier? Present, Tier? Next, decimal Brought, DateOnly? FallsOn)
{
    /// <summary>What is missing for the next tier; 0 where there is none, or where the next day's round will see that it is reached.</summary>
    public decimal Missing => Next is null ? 0 : Math.Max(0, Next.From - Brought);

    /// <summary>What is missing to keep the present tier; 0 where it is reached, or given.</summary>
    public decimal MissingToKeep => FallsOn is null || Present is null ? 0 : Math.Max(0, Present.From - Brought);

    /// <summary>How much of the way to the next tier is behind the customer, from 0 to 1; 1 where there is none.</summary>
    public double Share => Next is not { From: > 0 } ? 1 : (double)Math.Clamp(Brought / Next.From, 0, 1);

    /// <summary>Where the customer stands at that moment.</summary>
    public static TierProgress Of(LoyaltyRules rules, Ledger ledger, DateTimeOffset now)
    {
        var rank = rules.Rank(ledger.Tier);
        var next = rank + 1 < rules.Tiers.Length ? rules.Tiers[rank + 1] : null;
        return new(rules.Find(ledger.Tier), next, BroughtBy(rules, ledger, now), ledger.TierFallsOn);
    }

    /// <summary>What counts for tiers at that moment: points or money of the window, as the rules say.</summary>
    public static decimal BroughtBy(LoyaltyRules rules, Ledger ledger, DateTimeOffset now)
    {
        var (points, spend) = ledger.Since(now.AddMonths(-rules.TierMonths));
        return rules.TierBy == TierBasis.Spend ? spend : points;
    }
}
