using System.Globalization;

namespace Cvm.Engine;

/// <summary>loyalty.yaml: how points are earned and lost, and the tiers they lead to.</summary>
static class LoyaltyFile
{
    // The ledger keeps that many months of earnings.
    const int MaxTierMonths = 36;

    static readonly Field<decimal> PointsPerUnit = new("points-per-unit", Shapes.Amount, "Points for one unit of money; 0 where it is absent.");
    static readonly Field<int> ExpireAfter = new("expire-after", Months(120), "12 months where it is absent.");
    static readonly Field<int> WarnBefore = new("warn-before", Shapes.Days, "30d where it is absent.");
    static readonly Field<int> TierWindow = new("tier-window", Months(MaxTierMonths), "12 months where it is absent.");
    static readonly Field<ImmutableArray<Tier>> Tiers = new("tiers", TierShape(), "Tiers and the points they begin at.");

    static readonly Shape<LoyaltyRules> File = Combining.Mapping<LoyaltyRules>(
        "the loyalty rules", [PointsPerUnit, ExpireAfter, WarnBefore, TierWindow, Tiers], Make);

    public static LoyaltyRules Read(Node node, Reading reading) => File.Read(node, reading) ?? new();

    static LoyaltyRules Make(Values values, Reading reading)
    {
        var usual = new LoyaltyRules();
        return new()
        {
            PointsPerUnit = values.Get(PointsPerUnit, usual.PointsPerUnit),
            ExpireMonths = values.Get(ExpireAfter, usual.ExpireMonths),
            WarnDays = values.Get(WarnBefore, usual.WarnDays),
            TierMonths = values.Get(TierWindow, usual.TierMonths),
            Tiers = values.Get(Tiers, usual.Tiers),
        };
    }

    static Shape<ImmutableArray<Tier>> TierShape()
    {
        var named = Shapes.Whole(0, 1_000_000_000).Named(Shapes.Slug, "a mapping of tiers");

        return new(
            (node, reading) =>
            {
                var tiers = named.Read(node, reading);
                foreach (var doubled in tiers.GroupBy(tier => tier.Value).SelectMany(group => group.Skip(1)))
                    reading.Wrong(doubled.At, $"Another tier begins at {doubled.Value} points, too.", "Let each begin at a number of its own.");
                return [.. tiers.OrderBy(tier => tier.Value).Select(tier => new Tier(tier.Name, tier.Value))];
            },
            named.Describe);
    }

    static Shape<int> Months(int most) => Shapes.Written(
        (string text, out int months) =>
        {
            months = 0;
            if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var digits, "month" or "months" or "year" or "years"]) return false;
            if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return false;
            months = text.Contains("year", StringComparison.Ordinal) && count <= most ? count * 12 : count;
            return months >= 1 && months <= most;
        },
        $"a number of months from 1 to {most}",
        "Write it like 12 months or 1 year.",
        () => Shapes.Schema("string", "^[0-9]+ (months?|years?)$"));
}
