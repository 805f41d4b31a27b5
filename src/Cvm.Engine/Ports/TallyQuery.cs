namespace Cvm.Engine;

/// <summary>Which tallies are read: of some kinds, and no more of them than asked for.</summary>
public sealed record TallyQuery(params ImmutableArray<string> Kinds)
{
    /// <summary>Only of this journey; those that belong to none where it is empty. All where null.</summary>
    public string? Journey { get; init; }

    /// <summary>Only with one of these details. All where null.</summary>
    public IReadOnlyCollection<string>? Details { get; init; }

    /// <summary>Only from this day on; what stands and has no day is then left out.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Only up to this day.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Adds up the days: one tally without a day for each kind, journey and detail.</summary>
    public bool Whole { get; init; }

    /// <summary>Whether the tally is one of those asked for.</summary>
    public bool Takes(Tally tally) => Kinds.Contains(tally.Kind) && (Journey is null || Journey == tally.Journey) && (Details is null || Details.Contains(tally.Detail)) && TakesDay(tally.Day);

    /// <summary>Whether the day is one of those asked for.</summary>
    public bool TakesDay(DateOnly? day) => (From is null || day >= From) && (Until is null || day is null || day <= Until);

    /// <summary>What these tallies come to for the query: those asked for, added up where it says so; none that is 0.</summary>
    public IReadOnlyList<(Tally Tally, long Count)> Of(IEnumerable<KeyValuePair<Tally, long>> tallies)
    {
        var taken = tallies.Where(pair => Takes(pair.Key)).Select(pair => (Tally: Whole ? pair.Key with { Day = null } : pair.Key, Count: pair.Value));
        if (Whole) taken = taken.GroupBy(pair => pair.Tally).Select(group => (group.Key, group.Sum(pair => pair.Count)));
        return [.. taken.Where(pair => pair.Count != 0)];
    }
}
