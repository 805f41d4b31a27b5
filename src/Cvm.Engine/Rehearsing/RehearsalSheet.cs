namespace Cvm.Engine;

/// <summary>A rehearsal with what it is held against, for people to read.</summary>
/// <param name="Journey">The one that is reported on; all where it is null.</param>
/// <param name="Responses">What customers did, in a word.</param>
/// <param name="Published">The same span with what is published now; null where nothing is.</param>
public sealed record RehearsalSheet(RehearsalPlan Plan, string? Journey, string Responses, RehearsalCount Played, RehearsalCount? Published, TimeSpan Took)
{
    /// <summary>Journeys reported on, in order of name.</summary>
    public IEnumerable<Journey> Journeys => Plan.Playbook.Journeys.Where(journey => Journey is null || journey.Name == Journey);

    /// <summary>What happened in a journey, most often first: detail, how often, how often with what is published, some of the customers.</summary>
    public IEnumerable<(string Detail, int Count, int? Before, ImmutableArray<string> Customers)> Of(string journey, string what) => Played.All
        .Where(pair => pair.Key.Journey == journey && pair.Key.What == what)
        .OrderByDescending(pair => pair.Value.Count).ThenBy(pair => pair.Key.Detail, StringComparer.Ordinal)
        .Select(pair => (pair.Key.Detail, pair.Value.Count, Published is null ? null : (int?)(Published.All.TryGetValue(pair.Key, out var before) ? before.Count : 0), pair.Value.Customers));

    /// <summary>What messages, points and coupons come to, in the playbook's currency; a coupon's worth is only known once it is used, so it is counted, not priced.</summary>
    public (decimal Email, decimal Sms, decimal Points, decimal Tasks) Costs(RehearsalCount count)
    {
        var costs = Plan.Playbook.Scores.Costs;
        var points = count.All.Where(pair => pair.Key.What == "points" && (Journey is null || pair.Key.Journey == Journey)).Sum(pair => pair.Value.Figure);
        return (count.Sent(Journey, Channel.Email) * costs.Email, count.SegmentsOf(Journey) * costs.Sms, points * costs.Point, count.Sum(Journey, "task") * costs.Task);
    }
}
