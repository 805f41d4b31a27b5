namespace Cvm;

/// <summary>How points are earned, spent and lost, and the tiers they lead to.</summary>
public sealed record LoyaltyRules
{
    /// <summary>Points for one unit of money; a fraction rounds down per order.</summary>
    public decimal PointsPerUnit { get; init; }

    /// <summary>Points for one unit of money spent on articles of a category, instead of <see cref="PointsPerUnit"/>.</summary>
    public ImmutableSortedDictionary<string, decimal> Categories { get; init; } = ImmutableSortedDictionary<string, decimal>.Empty;

    /// <summary>Campaigns; the best that holds counts, and a tier's own multiplier on top of it.</summary>
    public ImmutableArray<Multiplier> Multipliers { get; init; } = [];

    /// <summary>Days after an order within which it may be returned: its points are pending until they are over. 0 for none.</summary>
    public int ReturnDays { get; init; }

    /// <summary>Points expire at the end of the month this many months after they were earned.</summary>
    public int ExpireMonths { get; init; } = 12;

    /// <summary>How many days before expiry <c>points-expiring</c> is raised.</summary>
    public int WarnDays { get; init; } = 30;

    /// <summary>Whether points of a returned order that are spent already are owed, and paid off by the next ones; else they are forgiven.</summary>
    public bool OwesReturned { get; init; } = true;

    /// <summary>How long points or a coupon are kept for a checkout that has reserved them.</summary>
    public TimeSpan ReserveFor { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>What tiers are reached by.</summary>
    public TierBasis TierBy { get; init; }

    /// <summary>Months of points or money that count for a tier.</summary>
    public int TierMonths { get; init; } = 12;

    /// <summary>Days for which a tier is kept after it is no longer reached, so that there is time to reach it again.</summary>
    public int GraceDays { get; init; }

    /// <summary>Whether a tier that is lost leads to the one below, with a grace of its own, rather than to what is reached.</summary>
    public bool SoftLanding { get; init; }

    /// <summary>Lowest first. Names are unique.</summary>
    public ImmutableArray<Tier> Tiers { get; init; } = [];

    public ReferralRules Referral { get; init; } = new();

    /// <summary>How high a tier stands; -1 for none.</summary>
    public int Rank(string? tier)
    {
        for (var i = 0; i < Tiers.Length; i++) if (Tiers[i].Name == tier) return i;
        return -1;
    }

    /// <summary>The tier, or null for none.</summary>
    public Tier? Find(string? tier) => Rank(tier) is >= 0 and var rank ? Tiers[rank] : null;
}

/// <summary>What leads to tiers: points that orders earned, or money spent on orders less what went back.</summary>
public enum TierBasis { Points, Spend }

/// <param name="From">Points earned, or money spent, within the window.</param>
/// <param name="Times">Points of orders are multiplied by this while the customer is in the tier.</param>
public sealed record Tier(string Name, long From, decimal Times = 1)
{
    /// <summary>What it brings, by language, as statements and messages say it.</summary>
    public ImmutableSortedDictionary<string, string> Benefits { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>More points for orders for a time, for some, or for a category.</summary>
/// <param name="When">Holds at the time of the order; null for everybody.</param>
/// <param name="From">First and last day, by the customer's own calendar; null for without end.</param>
/// <param name="Category">Only for articles of this category; null for all.</param>
public sealed record Multiplier(string Name, decimal Times, Expression? When = null, DateOnly? From = null, DateOnly? Until = null, string? Category = null);

/// <summary>What counts as a friend that a customer has brought.</summary>
/// <param name="Least">The friend's first order is at least so much, less what went back.</param>
/// <param name="MostPerYear">Friends that a customer is thanked for within 365 days.</param>
/// <param name="Page">The shop's page that a referral link leads to; null where referrals are not offered.</param>
public sealed record ReferralRules(decimal Least = 0, int MostPerYear = 12, string? Page = null);
