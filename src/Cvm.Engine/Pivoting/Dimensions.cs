using System.Collections.Frozen;

namespace Cvm.Engine;

/// <summary>Everything that people can be sorted by. The list below is all of it.</summary>
public static class Dimensions
{
    const string NotKnown = "Not known", NotScored = "Not scored yet", NoOrder = "No order yet", NoAnswer = "No answer yet";

    static readonly Bands Counts = Bands.Whole(NotKnown, 0, 1, 2, 4, 7, 13, 25, 50), Few = Bands.Whole(NotKnown, 0, 1, 2, 4), Many = Bands.Whole(NotKnown, 0, 1, 6, 11, 26, 51, 101);
    static readonly Bands Silence = Bands.Whole(NoOrder, 0, 8, 31, 61, 91, 181, 366, 731), Known = Bands.Whole(NotKnown, 0, 31, 91, 181, 366, 731, 1_096, 1_826);
    static readonly Bands Spending = Bands.Money(NotKnown), Expected = Bands.Money(NotScored), Chances = Bands.Chance(NotScored);

    static readonly ImmutableArray<PivotValue> Stages =
        [new("prospect", "Prospect"), new("new", "New"), new("repeat", "Repeat"), new("mature", "Mature"), new("loyal", "Loyal"), new("at-risk", "At risk"), new("lapsed", "Lapsed"), new(PivotValue.None, NotScored)];

    static readonly ImmutableArray<PivotValue> Heights = [new("high", "High"), new("middle", "Middle"), new("low", "Low"), new(PivotValue.None, NotScored)];
    static readonly ImmutableArray<PivotValue> Relations = [new("strategic", "Strategic"), new("core", "Core"), new("general", "General"), new(PivotValue.None, NotScored)];
    static readonly ImmutableArray<PivotValue> Cares = [new("product", "Product"), new("service", "Service"), new("price", "Price"), new(PivotValue.None, NotScored)];
    static readonly ImmutableArray<PivotValue> YesNo = [new("yes", "Yes"), new("no", "No"), new(PivotValue.None, NotKnown)];
    static readonly ImmutableArray<PivotValue> Ways = [new("both", "E-mail and SMS"), new("email", "E-mail only"), new("sms", "SMS only"), new(PivotValue.None, "Neither")];
    static readonly ImmutableArray<PivotValue> Recommending = [new("promoter", "Promoter"), new("passive", "Passive"), new("detractor", "Detractor"), new(PivotValue.None, NoAnswer)];
    static readonly ImmutableArray<PivotValue> Pleased = [new("satisfied", "Satisfied"), new("neutral", "So-so"), new("unsatisfied", "Not satisfied"), new(PivotValue.None, NoAnswer)];

    /// <summary>All of them, in the order in which they are offered.</summary>
    public static ImmutableArray<Dimension> All { get; } =
    [
        Chosen("stage", "Stage", "Where in life with us the customer is, by the last sweep: prospect, new, repeat, mature, loyal, at risk, lapsed.", Stages, Trait.Stage),
        Free("segment", "Segment", "The named segment of recency and frequency, by the last sweep.", Trait.Segment, NotScored, playbook => [.. playbook.Scores.Segments.Segments.Select(one => new PivotValue(one.Name, Capital(one.Label)))]),
        Chosen("value", "Value", "How much the customer has spent, less refunds: high, middle or low by the bounds in policies.yaml.", Heights, Trait.Value),
        Chosen("potential", "Potential", "What could still come from the customer within a year.", Heights, Trait.Potential),
        Chosen("relationship", "Relationship", "How closely the customer is looked after: strategic, core or general, by value and potential.", Relations, Trait.Relationship),
        Chosen("need", "Need", "What the customer cares for most: product, service or price.", Cares, Trait.Need),
        Free("tier", "Loyalty tier", "The tier of the loyalty programme.", Trait.Tier, "No tier", playbook => [.. playbook.Loyalty.Tiers.Select(tier => new PivotValue(tier.Name, Capital(tier.Name)))]),
        Free("rfm", "RFM cell", "Recency, frequency and money from 1 to 5 each: 555 bought last, most often and most.", Trait.Rfm, NotScored),
        Free("country", "Country", "Country code.", Trait.Country, NotKnown),
        Free("region", "Region", "Region of a country, where the law differs within it.", Trait.Region, NotKnown),
        Free("language", "Language", "The language the customer reads.", Trait.Language, NotKnown),
        Time("first-order-month", "Month of first order", "The cohort: the month of the customer's first order.", Quantity.First, 1, NoOrder),
        Time("first-order-quarter", "Quarter of first order", "The cohort: the quarter of the customer's first order.", Quantity.First, 3, NoOrder),
        Time("first-order-year", "Year of first order", "The cohort: the year of the customer's first order.", Quantity.First, 12, NoOrder),
        Time("joined-month", "Month of joining", "The month in which the customer joined.", Quantity.Joined, 1, NotKnown),
        Time("joined-year", "Year of joining", "The year in which the customer joined.", Quantity.Joined, 12, NotKnown),
        Band("known-for", "Days since joining", "Days since the customer joined.", Known, Days(Quantity.Joined)),
        Band("silence", "Days since last order", "Days since the last order, by the customer's own calendar.", Silence, Days(Quantity.Last)),
        Band("orders", "Orders", "Orders so far.", Counts, Of(Quantity.Orders)),
        Band("spent", "Spent", "Spent so far, less refunds.", Spending, (image, _) => row => image[Quantity.Spent][row] - image[Quantity.Refunded][row]),
        Band("expected", "Expected within a year", "Margin to be expected within a year, discounted, by the last sweep.", Expected, Of(Quantity.Value365)),
        Band("alive", "Chance of staying", "Chance of still being a customer, by the last sweep.", Chances, Of(Quantity.Alive)),
        Chosen("agreed", "Agreed to promotions", "The channels by which the customer said yes to promotions (and confirmed it, where that is asked for).", Ways, Trait.Agreed),
        Chosen("reachable", "Can be reached", "The channels with an address that is known and not suppressed.", Ways, Trait.Reachable),
        Asked("recommends", "Recommends us", "The newest answer to how likely the customer is to recommend us: 9 and 10 promoter, 7 and 8 passive, below that detractor.", SurveyKind.Nps, Recommending, score => score >= 9 ? 0 : score >= 7 ? 1 : 2),
        Asked("satisfied", "Satisfied", "The newest answer on the scale from 1 to 5: 4 and 5 satisfied, 3 so-so, below that not satisfied.", SurveyKind.Csat, Pleased, score => score >= 4 ? 0 : score == 3 ? 1 : 2),
        Band("complaints", "Complaints", "Complaints so far.", Few, Of(Quantity.Complaints)),
        Chosen("open-case", "Case is open", "Whether a case is open now.", YesNo, Trait.OpenCase),
        Chosen("on-hold", "Promotions are paused", "Whether promotions are paused for this customer: an open case, an unhappy answer, or a wish.", YesNo, Trait.OnHold),
        Band("messages", "Messages sent", "E-mails and SMS segments sent so far.", Many, (image, _) => row => image[Quantity.Emails][row] + image[Quantity.SmsSegments][row]),
        Listed("journey", "In journey", "The journeys the customer is in now, those held out for comparison included. Who is in several stands in several rows.", Trait.Journeys, "In none"),
        Listed("tag", "Tag", "The customer's tags. Who has several stands in several rows.", Trait.Tags, "No tag"),
    ];

    static readonly FrozenDictionary<string, Dimension> ByName = All.ToFrozenDictionary(dimension => dimension.Name, StringComparer.Ordinal);

    /// <summary>The dimension of this name, or null.</summary>
    public static Dimension? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The newest answer to a survey of this kind; NaN where there is none.</summary>
    /// <param name="answers">As <see cref="Portrait.Answers"/>.</param>
    internal static double Score(Playbook playbook, string answers, SurveyKind kind)
    {
        foreach (var line in answers.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (survey, score) = (line[..line.LastIndexOf(' ')], line[(line.LastIndexOf(' ') + 1)..]);
            if (playbook.Surveys.TryGetValue(survey, out var rule) && rule.Kind == kind) return int.Parse(score, System.Globalization.CultureInfo.InvariantCulture);
        }

        return double.NaN;
    }

    static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    static Dimension Chosen(string name, string label, string about, ImmutableArray<PivotValue> values, Trait trait) => new((image, _) => Sortings.ByText(image[trait], values, values[^1].Label))
    {
        Name = name,
        Label = label,
        About = about,
        Values = values,
    };

    static Dimension Free(string name, string label, string about, Trait trait, string none, Func<Playbook, ImmutableArray<PivotValue>>? known = null) => new((image, moment) => Sortings.ByText(image[trait], known?.Invoke(moment.Playbook) ?? [], none))
    {
        Name = name,
        Label = label,
        About = about,
    };

    static Dimension Listed(string name, string label, string about, Trait trait, string none) => new((image, _) => Sortings.ByLines(image[trait], none))
    {
        Name = name,
        Label = label,
        About = about,
        Several = true,
    };

    static Dimension Time(string name, string label, string about, Quantity days, int months, string none) => new((image, _) => Sortings.ByMonth(image, image[days], months, none))
    {
        Name = name,
        Label = label,
        About = about,
    };

    static Dimension Band(string name, string label, string about, Bands bands, Func<PivotImage, PivotMoment, Func<int, double>> number) => new((image, moment) => Sortings.ByBand(bands, number(image, moment)))
    {
        Name = name,
        Label = label,
        About = about,
        Values = bands.Values,
    };

    static Dimension Asked(string name, string label, string about, SurveyKind kind, ImmutableArray<PivotValue> values, Func<double, int> meaning) => new((image, moment) => Sortings.ByMeaning(image[Trait.Answers], values, answers => Score(moment.Playbook, answers, kind) is var score && double.IsNaN(score) ? -1 : meaning(score)))
    {
        Name = name,
        Label = label,
        About = about,
        Values = values,
    };

    static Func<PivotImage, PivotMoment, Func<int, double>> Of(Quantity quantity) => (image, _) =>
    {
        var column = image[quantity];
        return row => column[row];
    };

    // Days from then to today; a day to come counts as today.
    static Func<PivotImage, PivotMoment, Func<int, double>> Days(Quantity day) => (image, moment) =>
    {
        var column = image[day];
        return row => column[row] is > 0 and var then ? Math.Max(0, moment.Today - then) : double.NaN;
    };
}
