namespace Cvm.Engine;

/// <summary>loyalty.yaml: how points are earned, spent and lost, and the tiers they lead to.</summary>
static class LoyaltyFile
{
    // The ledger keeps that many months of earnings.
    const int MaxTierMonths = 36;

    static readonly Field<decimal> PointsPerUnit = new("points-per-unit", Shapes.Amount, "Points for one unit of money; 0 where it is absent.");
    static readonly Field<ImmutableArray<(string Name, Where At, decimal Value)>> Categories = new(
        "categories", Shapes.Amount.Named(Shapes.Text, "a mapping of categories"), "Points for one unit of money spent on a category, instead of points-per-unit.");
    static readonly Field<ImmutableArray<(string Name, Where At, Multiplier Value)>> Multipliers = new(
        "multipliers", LoyaltyShapes.Multiplier.Named(Shapes.Slug, "a mapping of multipliers"), "More points for a time, for some customers, or for a category; the best that holds counts.");
    static readonly Field<int> ReturnWindow = new("return-window", LoyaltyShapes.DaysOrNone, "How long an order may be returned: its points are pending until then. None where it is absent.");
    static readonly Field<int> ExpireAfter = new("expire-after", LoyaltyShapes.Months(120), "12 months where it is absent.");
    static readonly Field<int> WarnBefore = new("warn-before", Shapes.Days, "30d where it is absent.");
    static readonly Field<bool> Returned = new(
        "spent-and-returned", Shapes.OneOf("a rule for points that are spent already", ("owed", true), ("forgiven", false)),
        "Whether points of a returned order that are spent are owed and paid off by the next ones, or forgiven; owed where it is absent.");
    static readonly Field<TimeSpan> ReserveFor = new("reserve-for", Shapes.Window, "How long a checkout keeps points or a coupon it has reserved; 30m where it is absent.");
    static readonly Field<TierBasis> TierBy = new(
        "tier-by", Shapes.OneOf("a basis of tiers", ("points", TierBasis.Points), ("spend", TierBasis.Spend)), "What tiers are reached by: points that orders earned, or money spent; points where it is absent.");
    static readonly Field<int> TierWindow = new("tier-window", LoyaltyShapes.Months(MaxTierMonths), "12 months where it is absent.");
    static readonly Field<int> TierGrace = new("tier-grace", Shapes.Days, "How long a tier is kept after it is no longer reached; not at all where it is absent.");
    static readonly Field<bool> SoftLanding = new("soft-landing", LinkShapes.YesNo, "Whether a tier that is lost leads to the one below, which has a grace of its own; no where it is absent.");
    static readonly Field<ImmutableArray<Tier>> Tiers = new("tiers", LoyaltyShapes.Tiers, "Tiers and what they begin at.");
    static readonly Field<ReferralRules> Referral = new("referral", LoyaltyShapes.Referral, "What counts as a friend that a customer has brought.");

    static readonly Shape<LoyaltyRules> File = Combining.Mapping<LoyaltyRules>(
        "the loyalty rules",
        [PointsPerUnit, Categories, Multipliers, ReturnWindow, ExpireAfter, WarnBefore, Returned, ReserveFor, TierBy, TierWindow, TierGrace, SoftLanding, Tiers, Referral],
        Make);

    public static LoyaltyRules Read(Node node, Reading reading) => File.Read(node, reading) ?? new();

    static LoyaltyRules Make(Values values, Reading reading)
    {
        var usual = new LoyaltyRules();
        var rules = new LoyaltyRules
        {
            PointsPerUnit = values.Get(PointsPerUnit, usual.PointsPerUnit),
            Categories = values.Get(Categories, []).ToImmutableSortedDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal),
            Multipliers = [.. values.Get(Multipliers, []).Select(one => one.Value with { Name = one.Name })],
            ReturnDays = values.Get(ReturnWindow, usual.ReturnDays),
            ExpireMonths = values.Get(ExpireAfter, usual.ExpireMonths),
            WarnDays = values.Get(WarnBefore, usual.WarnDays),
            OwesReturned = values.Get(Returned, usual.OwesReturned),
            ReserveFor = values.Get(ReserveFor, usual.ReserveFor),
            TierBy = values.Get(TierBy, usual.TierBy),
            TierMonths = values.Get(TierWindow, usual.TierMonths),
            GraceDays = values.Get(TierGrace, usual.GraceDays),
            SoftLanding = values.Get(SoftLanding, usual.SoftLanding),
            Tiers = values.Get(Tiers, usual.Tiers),
            Referral = values.Get(Referral, usual.Referral),
        };

        if (rules.SoftLanding && rules.GraceDays == 0) reading.Wrong(values.PlaceOf(SoftLanding), "A soft landing without a grace loses a tier every day.", "Add tier-grace: 60d.");
        if (rules.ReturnDays >= rules.ExpireMonths * 28) reading.Wrong(values.PlaceOf(ReturnWindow), "Points would expire before they can be spent.", "Shorten return-window, or lengthen expire-after.");
        return rules;
    }
}
