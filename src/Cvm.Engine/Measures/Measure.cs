namespace Cvm.Engine;

/// <summary>What a measure is told in.</summary>
public enum MeasureUnit { Count, Money, Share, Hours, Score }

/// <summary>What a measure speaks of; also the order in which dashboards show them.</summary>
public enum MeasureGroup { Trade, Customers, Service, Messages }

/// <summary>A figure of the shop as metrics.yaml defines it, once for every page and report.</summary>
/// <param name="Labels">Its name by language; the playbook's own is always there.</param>
/// <param name="Abouts">What exactly is counted, in a sentence, likewise.</param>
/// <param name="Written">The formula as it was written, on one line.</param>
/// <param name="Better">1 where more is better, -1 where less is.</param>
/// <param name="Alert">When it is out of its usual range; null where nobody is to be told.</param>
public sealed record Measure(
    string Name,
    ImmutableSortedDictionary<string, string> Labels,
    ImmutableSortedDictionary<string, string> Abouts,
    MeasureGroup Group,
    MeasureUnit Unit,
    Formula Formula,
    string Written,
    int Better,
    UsualRule? Alert)
{
    /// <summary>The name in a language, or in the nearest there is.</summary>
    public string Label(string locale) => In(Labels, locale);

    /// <summary>What exactly is counted, in a language or in the nearest there is.</summary>
    public string About(string locale) => In(Abouts, locale);

    /// <summary>Whether it can be told of whole months only, because it compares one with the one before.</summary>
    public bool Monthly => Formula.Series.Any(series => series.Before);

    static string In(ImmutableSortedDictionary<string, string> words, string locale) =>
        words.TryGetValue(locale, out var own) ? own : words.FirstOrDefault(pair => pair.Key.Split('-')[0] == locale.Split('-')[0]) is { Value: { } near } ? near : words.TryGetValue("en", out var english) ? english : words.Values.First();
}

/// <summary>What a formula may name besides numbers, functions and prices.</summary>
/// <param name="Name">As formulas write it.</param>
/// <param name="Unit"><see cref="MeasureUnit.Count"/> or <see cref="MeasureUnit.Money"/>; <see cref="MeasureUnit.Hours"/> for spans of time, of which there is only a median.</param>
/// <param name="Stands">Whether it stands at the end of each night rather than happens: over a time it is what was last known.</param>
public sealed record BaseSeries(string Name, MeasureUnit Unit, string About, bool Stands = false)
{
    /// <summary>The names of spans of time.</summary>
    public const string ResolvedIn = "resolved-in";

    /// <summary>What is found every night, as <see cref="NightlyFigures"/> keeps it.</summary>
    public const string Scored = "customers-scored", Staying = "customers-staying", ToCome = "value-to-come", SoFar = "contribution-so-far";

    /// <summary>All there are.</summary>
    public static ImmutableArray<BaseSeries> All { get; } =
    [
        new("money-in", MeasureUnit.Money, "paid for orders, by the day of the order"),
        new("money-back", MeasureUnit.Money, "paid back, by the day of the refund"),
        new("orders", MeasureUnit.Count, "orders, by their day"),
        new("refunds", MeasureUnit.Count, "refunds, by their day"),
        new("customers-new", MeasureUnit.Count, "customers, by the day of their first order"),
        new("repeat-orders", MeasureUnit.Count, "orders of customers who had ordered before"),
        new("customers-active", MeasureUnit.Count, "customers, by the day of their first order of each calendar month"),
        new("customers-kept", MeasureUnit.Count, "those of them who had ordered in the calendar month before, too"),
        new("discounts", MeasureUnit.Money, "taken off prices by coupons"),
        new("points-earned", MeasureUnit.Count, "points earned by orders and as presents"),
        new("points-spent", MeasureUnit.Count, "points spent"),
        new("points-returned", MeasureUnit.Count, "points given back with what they had been spent on"),
        new("points-expired", MeasureUnit.Count, "points that expired"),
        new("answers", MeasureUnit.Count, "answers to surveys"),
        new("complaints", MeasureUnit.Count, "complaints, by their day"),
        new("cases-opened", MeasureUnit.Count, "cases opened"),
        new("cases-resolved", MeasureUnit.Count, "cases resolved"),
        new("tasks-given", MeasureUnit.Count, "tasks given to the team"),
        new("tasks-done", MeasureUnit.Count, "tasks done"),
        new("emails", MeasureUnit.Count, "e-mails to customers that a provider took"),
        new("sms-segments", MeasureUnit.Count, "SMS to customers that a provider took, in the segments they are billed as"),
        new("opt-outs", MeasureUnit.Count, "agreements to promotional messages that were withdrawn, of each channel by itself"),
        new("friends", MeasureUnit.Count, "first orders kept by customers whom another had brought"),
        new(ResolvedIn, MeasureUnit.Hours, "time from the opening of a case until it was resolved, by the day it was"),
        new(Scored, MeasureUnit.Count, "customers with an order, as of the night", Stands: true),
        new(Staying, MeasureUnit.Count, "those of them who are still customers, by the model", Stands: true),
        new(ToCome, MeasureUnit.Money, "margin to be expected of them all within a year, discounted", Stands: true),
        new(SoFar, MeasureUnit.Money, "what they all have contributed so far", Stands: true),
    ];

    /// <summary>The series of this name, or null.</summary>
    public static BaseSeries? Find(string name) => All.FirstOrDefault(series => series.Name == name);
}
