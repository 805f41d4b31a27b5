using System.Globalization;
using System.Text.RegularExpressions;

namespace Cvm.Engine;

/// <summary>The step that gives points, a coupon or a tier.</summary>
static partial class Gifts
{
    const long MaxPoints = 1_000_000_000;

    static readonly Shape<string> CouponName = Shapes.Written<string>(
        (text, out name) => Coupon().IsMatch(name = text),
        "a coupon's name (letters, digits and hyphens, at most 32)",
        "Write it like BACK10.",
        () => Shapes.Schema("string", Coupon().ToString()));

    static readonly Shape<string> Worth = Shapes.Written<string>(
        (text, out worth) => IsWorth(worth = text),
        "what a coupon is worth",
        "Write a percentage such as 10%, or an amount of money such as 5.00.",
        () => new() { ["type"] = new System.Text.Json.Nodes.JsonArray("string", "number") });

    public static StepKind Give()
    {
        var gift = new Field<Gift>("give", Gift(), "Points, a coupon, or a tier.", required: true);

        return new("give",
            "`give: { points: 500 }`, `give: { points: amount * 2 }`, `give: { coupon: NAME, worth: 10%, valid: 14d, costs: 500 }`, `give: { tier: gold, for: 90d }`",
            "gives; a coupon that costs points is given only where they are there", [gift])
        {
            Slug = v => v.Get(gift) switch
            {
                Cvm.Gift.Coupon coupon => $"give-coupon-{coupon.Name}",
                Cvm.Gift.Tier tier => $"give-tier-{tier.Name}",
                _ => "give-points",
            },
            Build = (v, spot) => new Step.Give(spot.Id, spot.Next, v.Get(gift)!),
        };
    }

    static Shape<Gift> Gift()
    {
        var points = new Field<Expression>("points", Shapes.Reckoning, "How many, or a reckoning such as amount * 2.", required: true);
        var coupon = new Field<string>("coupon", CouponName, "The coupon's name, such as BACK10; each customer gets a code of their own.", required: true);
        var worth = new Field<string>("worth", Worth, "A percentage such as 10%, or an amount of money such as 5.00.", required: true);
        var valid = new Field<Lapse>("valid", Shapes.Span, "How long it can be used, such as 14d.", required: true);
        var costs = new Field<long>("costs", Shapes.Whole(1, MaxPoints), "Points it is bought with; free where it is absent.");
        var tier = new Field<string>("tier", Shapes.Known("tier"), "A tier of loyalty.yaml.", required: true);
        var span = new Field<Lapse>("for", Shapes.Span, "How long the tier is granted, such as 90d.", required: true);

        return Combining.Variants<Gift>(
            "a gift",
            (points, Combining.Mapping<Gift>("a gift of points", [points], (v, reading) => Points(v, points, reading))),
            (coupon, Combining.Mapping<Gift>("a coupon", [coupon, worth, valid, costs],
                (v, _) => new Gift.Coupon(v.Get(coupon)!, v.Get(worth)!, v.Get(valid), v.Get(costs)))),
            (tier, Combining.Mapping<Gift>("a gift of a tier", [tier, span], (v, _) => new Gift.Tier(v.Get(tier)!, v.Get(span)))));
    }

    static Gift.Points? Points(Values values, Field<Expression> points, Reading reading)
    {
        var amount = values.Get(points)!;
        if (amount.Root is not Term.Constant { Value.Number: < 1 or > MaxPoints }) return new(amount);
        reading.Wrong(values.PlaceOf(points), $"A gift of {amount.Source} points makes no sense.", $"Give between 1 and {MaxPoints}.");
        return null;
    }

    static bool IsWorth(string text)
    {
        var isShare = text.EndsWith('%');
        if (!decimal.TryParse(isShare ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var worth)) return false;
        return worth > 0 && worth <= (isShare ? 100 : 1_000_000);
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9-]{0,31}$")]
    private static partial Regex Coupon();
}
