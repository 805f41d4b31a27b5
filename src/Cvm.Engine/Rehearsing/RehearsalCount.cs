using System.Globalization;

namespace Cvm.Engine;

/// <summary>What a rehearsal comes to, as numbers that add up: over customers, and over parts played side by side.</summary>
public sealed class RehearsalCount
{
    /// <summary>Customers named as examples of each reason.</summary>
    public const int Examples = 5;

    static readonly Comparer<(string Journey, string What, string Detail)> Ordinal = Comparer<(string Journey, string What, string Detail)>.Create(static (a, b) =>
        string.CompareOrdinal(a.Journey, b.Journey) is not 0 and var journey ? journey : string.CompareOrdinal(a.What, b.What) is not 0 and var what ? what : string.CompareOrdinal(a.Detail, b.Detail));

    static readonly TimeSpan Week = TimeSpan.FromDays(7);

    readonly SortedDictionary<(string Journey, string What, string Detail), Found> found = new(Ordinal);
    readonly SortedDictionary<(DateOnly Day, string Journey, Channel Channel), int> messages = [];
    readonly SortedDictionary<string, int> segments = new(StringComparer.Ordinal);
    readonly SortedDictionary<int, int> pressure = [];
    (int Most, string? Customer) busiest;

    /// <summary>How often something was found, and of whom first.</summary>
    public sealed record Found(int Count, decimal Figure, ImmutableArray<string> Customers)
    {
        internal Found Plus(Found other) => new(Count + other.Count, Figure + other.Figure, [.. Customers.Concat(other.Customers).Order(StringComparer.Ordinal).Take(Examples)]);
    }

    public int Customers { get; private set; }

    /// <summary>By journey, what happened (entered, held out, not entered, not tried, sent, shifted, skipped, ended, goal, coupon, points, task), and its detail.</summary>
    public IReadOnlyDictionary<(string Journey, string What, string Detail), Found> All => found;

    /// <summary>Messages by day, UTC.</summary>
    public IReadOnlyDictionary<(DateOnly Day, string Journey, Channel Channel), int> Messages => messages;

    /// <summary>How many customers get at most so many messages in any seven days.</summary>
    public IReadOnlyDictionary<int, int> Pressure => pressure;

    /// <summary>The most messages anybody gets in any seven days, and who.</summary>
    public (int Most, string? Customer) Busiest => busiest;

    /// <summary>Counts a line of a customer's timeline.</summary>
    public void AddLine(string customer, Line line)
    {
        var journey = line.Journey ?? "";
        switch (line.What)
        {
            case Happening.Entered: Add(journey, "entered", "", customer); break;
            case Happening.HeldOut: Add(journey, "held out", "", customer); break;
            case Happening.NotEntered: Add(journey, "not entered", line.Because ?? "", customer); break;
            case Happening.Shifted: Add(journey, "shifted", line.Because ?? "", customer); break;
            case Happening.Skipped: Add(journey, "skipped", line.Because ?? "", customer); break;
            case Happening.Ended when line.Step != Enrollment.Holdout: Add(journey, "ended", line.Subject ?? "", customer); break;
            case Happening.GoalReached: Add(journey, "goal", line.Subject ?? "", customer); break;
            case Happening.Measured when line.Measured is { Outcome: { } outcome } measured: Add(journey, "measured", measured.Group, customer, outcome.Profit); break;
            case Happening.CouponGiven: Add(journey, "coupon", line.Subject ?? "", customer); break;
            case Happening.PointsGiven: Add(journey, "points", "given", customer, line.Figure ?? 0); break;
            case Happening.TaskGiven: Add(journey, "task", line.Because ?? "", customer); break;
            case Happening.CaseOpened: Add(journey, "case", "", customer); break;
            case Happening.Took when line.Step is { } step: Add(journey, "way", $"{step}: {line.Subject}", customer); break;
        }
    }

    internal void AddDelivery(OutboxEntry entry, int billed, DateTimeOffset now)
    {
        if (entry.Channel is not { } channel) return;

        if (billed > 0) segments[entry.Journey] = segments.GetValueOrDefault(entry.Journey) + billed;
        var key = (DateOnly.FromDateTime(now.UtcDateTime), entry.Journey, channel);
        messages[key] = messages.GetValueOrDefault(key) + 1;
    }

    internal void AddLife(Playbook playbook, Dossier dossier, List<DateTimeOffset> sent, DateTimeOffset now)
    {
        Customers++;
        var most = MostInAWeek(sent);
        pressure[most] = pressure.GetValueOrDefault(most) + 1;
        Top((most, dossier.Customer));

        foreach (var journey in playbook.Journeys)
            if (!dossier.Visits.Any(visits => visits.Journey == journey.Name)) Add(journey.Name, "not tried", WhyNot(playbook, dossier, journey, now), dossier.Customer);
    }

    // The part of its condition that fails; where none does, its event has not come.
    static string WhyNot(Playbook playbook, Dossier dossier, Journey journey, DateTimeOffset now)
    {
        var view = new View(playbook, dossier, null, null, now);
        foreach (var trigger in journey.Enter)
            if (trigger.When is { } when && !when.Holds(view)) return when.FirstFailing(view);
        return $"no {journey.Enter[0].On}";
    }

    static int MostInAWeek(List<DateTimeOffset> sent)
    {
        var (most, first) = (0, 0);
        for (var last = 0; last < sent.Count; last++)
        {
            while (sent[last] - sent[first] >= Week) first++;
            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    void Top((int Most, string? Customer) other)
    {
        if (other.Most > busiest.Most || (other.Most == busiest.Most && other.Most > 0 && string.CompareOrdinal(other.Customer, busiest.Customer) < 0)) busiest = other;
    }

    void Add(string journey, string what, string detail, string customer, decimal figure = 0)
    {
        var key = (journey, what, detail);
        if (!found.TryGetValue(key, out var known)) found[key] = new(1, figure, [customer]);
        else if (known.Customers.Length < Examples && !known.Customers.Contains(customer)) found[key] = new(known.Count + 1, known.Figure + figure, known.Customers.Add(customer));
        else found[key] = known with { Count = known.Count + 1, Figure = known.Figure + figure };
    }

    /// <summary>Adds what another part came to. Parts add up to the same in any order.</summary>
    public void Add(RehearsalCount other)
    {
        Customers += other.Customers;
        foreach (var (journey, count) in other.segments) segments[journey] = segments.GetValueOrDefault(journey) + count;
        foreach (var (key, value) in other.found) found[key] = found.TryGetValue(key, out var known) ? known.Plus(value) : value;
        foreach (var (key, value) in other.messages) messages[key] = messages.GetValueOrDefault(key) + value;
        foreach (var (key, value) in other.pressure) pressure[key] = pressure.GetValueOrDefault(key) + value;
        Top(other.busiest);
    }

    /// <summary>How often something happened in a journey; in all journeys where it is null.</summary>
    public int Sum(string? journey, string what) => found.Where(pair => (journey is null || pair.Key.Journey == journey) && pair.Key.What == what).Sum(pair => pair.Value.Count);

    /// <summary>Messages of a journey by a channel; of all where they are null.</summary>
    public int Sent(string? journey = null, Channel? channel = null) =>
        messages.Where(pair => (journey is null || pair.Key.Journey == journey) && (channel is null || pair.Key.Channel == channel)).Sum(pair => pair.Value);

    /// <summary>SMS segments of a journey; of all where it is null.</summary>
    public int SegmentsOf(string? journey) => segments.Where(pair => journey is null || pair.Key == journey).Sum(pair => pair.Value);

    /// <summary>The same numbers as lines of text, in a fixed order: for comparing.</summary>
    public string Fingerprint() => string.Join('\n', found.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key.Journey}|{pair.Key.What}|{pair.Key.Detail}: {pair.Value.Count} {pair.Value.Figure}"))
        .Concat(messages.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key.Day:yyyy-MM-dd}|{pair.Key.Journey}|{pair.Key.Channel}: {pair.Value}")))
        .Concat(pressure.Select(pair => string.Create(CultureInfo.InvariantCulture, $"pressure {pair.Key}: {pair.Value}"))));
}
