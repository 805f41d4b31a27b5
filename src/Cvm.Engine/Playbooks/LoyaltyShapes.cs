using System.Globalization;

namespace Cvm.Engine;

/// <summary>The parts of loyalty.yaml.</summary>
static class LoyaltyShapes
{
    const decimal MostTimes = 100;

    static readonly Shape<decimal> Times = Shapes.Written<decimal>(
        (text, out times) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out times) && times is >= 1 and <= MostTimes,
        "a number of times from 1 to 100",
        "Write it like 1.5.",
        () => new() { ["type"] = "number", ["minimum"] = 1, ["maximum"] = MostTimes });

    /// <summary>Whole days, or none.</summary>
    public static Shape<int> DaysOrNone { get; } = Shapes.Written(
        static (string text, out int days) =>
        {
            days = 0;
            if (text is "0d" or "none") return true;
            var read = Lapse.TryParse(text, out var lapse) && lapse is { Days: >= 1 and <= 366, Unit: "d" or "w" } && lapse.Days % 1 == 0;
            days = read ? (int)lapse.Days : 0;
            return read;
        },
        "a number of whole days within a year, or none",
        "Write 14d or none.",
        () => Shapes.Schema("string", "^([0-9]+ ?(d|w)|none)$"));

    public static Shape<Multiplier> Multiplier { get; } = MakeMultiplier();

    public static Shape<ImmutableArray<Tier>> Tiers { get; } = MakeTiers();

    public static Shape<ReferralRules> Referral { get; } = MakeReferral();

    public static Shape<int> Months(int most) => Shapes.Written(
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

    static Shape<Multiplier> MakeMultiplier()
    {
        var times = new Field<decimal>("times", Times, "How many times the usual points.", required: true);
        var when = new Field<Expression>("when", Shapes.Condition, "Only for customers for whom this holds, such as days-to-birthday <= 3.");
        var from = new Field<DateOnly>("from", Shapes.Date, "The first day.");
        var until = new Field<DateOnly>("until", Shapes.Date, "The last day.");
        var category = new Field<string>("category", Shapes.Text, "Only for articles of this category.");

        return Combining.Mapping<Multiplier>("a multiplier", [times, when, from, until, category], (v, reading) =>
        {
            DateOnly? first = v.Has(from) ? v.Get(from) : null, last = v.Has(until) ? v.Get(until) : null;
            if (last < first) reading.Wrong(v.PlaceOf(until), "This day lies before the first one.", "Swap the two.");
            return new("", v.Get(times), v.Get(when), first, last, v.Get(category));
        });
    }

    static Shape<ImmutableArray<Tier>> MakeTiers()
    {
        var bound = Shapes.Whole(0, 1_000_000_000);
        var from = new Field<long>("from", bound, "Points or money it begins at.", required: true);
        var times = new Field<decimal>("times", Times, "How many times the usual points its members earn.");
        var benefits = new Field<ImmutableSortedDictionary<string, string>>("benefits", PreferenceShapes.Labels, "What it brings, in words: one text, or one for each language.");

        var single = new Shape<Tier>((node, reading) => new("", bound.Read(node, reading)), bound.Describe);
        var long_ = Combining.Mapping<Tier>("a tier", [from, times, benefits], (v, _) => new("", v.Get(from), v.Get(times, 1m))
        {
            Benefits = v.Get(benefits, ImmutableSortedDictionary<string, string>.Empty),
        });
        var named = single.OrAtLength(long_).Named(Shapes.Slug, "a mapping of tiers");

        return new(
            (node, reading) =>
            {
                var tiers = named.Read(node, reading);
                foreach (var doubled in tiers.GroupBy(tier => tier.Value?.From).SelectMany(group => group.Skip(1)))
                    reading.Wrong(doubled.At, $"Another tier begins at {doubled.Value?.From}, too.", "Let each begin at a number of its own.");
                return [.. tiers.Where(tier => tier.Value is not null).OrderBy(tier => tier.Value.From).Select(tier => tier.Value with { Name = tier.Name })];
            },
            named.Describe);
    }

    static Shape<ReferralRules> MakeReferral()
    {
        var usual = new ReferralRules();
        var least = new Field<decimal>("least", Shapes.Amount, "What the friend's first order must come to; anything where it is absent.");
        var most = new Field<long>("most", Shapes.Whole(1, 1_000), "Friends a customer is thanked for within a year; 12 where it is absent.");
        var page = new Field<string>("page", Shapes.Text, "The shop's page that a referral link leads to; without one, no links are offered.");

        return Combining.Mapping<ReferralRules>("the referral rules", [least, most, page], (v, reading) =>
        {
            if (v.Get(page) is { } link && !(Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", UserInfo: "", Fragment: "" }))
                reading.Wrong(v.PlaceOf(page), $"'{Reading.Short(link)}' is not a web address.", "Write it like https://shop.example/welcome.");
            return new(v.Get(least), (int)v.Get(most, usual.MostPerYear), v.Get(page));
        });
    }
}
