using System.Collections.Immutable;
using Cvm.Engine;

namespace Cvm.Web;

/// <summary>What the overview shows, reckoned from the tallies. Days are UTC days, as the tallies keep them.</summary>
public sealed record Overview
{
    /// <summary>How many days "lately" means; the comparison is the same number of days before.</summary>
    public const int Window = 30;

    // More colours than this nobody tells apart.
    const int MostSeries = 5;

    public required DateOnly Today { get; init; }
    public required ImmutableArray<Headline> Headlines { get; init; }
    public required Bars Messages { get; init; }
    public required ImmutableArray<Glance> Journeys { get; init; }
    public required ImmutableArray<Hindrance> Hindrances { get; init; }
    public required Attention Attention { get; init; }

    /// <summary>Of the last days.</summary>
    public Deliverability News { get; init; } = Deliverability.None;

    public required bool NoCustomers { get; init; }

    public static Overview Of(IReadOnlyList<(Tally Tally, long Count)> tallies, Playbook playbook, DateOnly today, Attention attention)
    {
        var counts = new Counts(tallies, today);
        var customers = counts.Standing("customers");
        var news = Deliverability.Of(tallies.Where(t => t.Tally.Day > today.AddDays(-Window)));

        return new()
        {
            Today = today,
            NoCustomers = customers == 0,
            Headlines = HeadlinesOf(counts, customers),
            Messages = MessagesOf(tallies, today),
            Journeys = JourneysOf(tallies, playbook),
            Hindrances = HindrancesOf(tallies, today),
            Attention = attention with { GaveUp = counts.Lately(Tallies.Failed), News = news },
            News = news,
        };
    }

    static ImmutableArray<Headline> HeadlinesOf(Counts counts, long customers) =>
    [
        new(T("Customers"), customers, null, null),
        new(T("Orders"), counts.Lately(Tallies.Happened, "orders"), counts.Before(Tallies.Happened, "orders"), null),
        new(T("Messages sent"), counts.Lately(Tallies.Sent, ToCustomers), counts.Before(Tallies.Sent, ToCustomers), null),
        new(T("Open cases"), counts.Standing("cases"), null, T("{0} opened in {1} days", Words.Count(counts.Lately(Tallies.Happened, "cases-opened")), Window)),
        new(T("Points outstanding"), counts.Standing("points"), null, T("{0} earned in {1} days", Words.Count(counts.Lately(Tallies.Happened, "points-earned")), Window)),
    ];

    static bool ToCustomers(string channel) => channel != "staff";

    static Bars MessagesOf(IReadOnlyList<(Tally Tally, long Count)> tallies, DateOnly today)
    {
        var first = today.AddDays(1 - Window);
        var sent = tallies.Where(t => t.Tally.Kind == Tallies.Sent && ToCustomers(t.Tally.Detail) && t.Tally.Day >= first && t.Tally.Day <= today).ToList();
        var names = sent.GroupBy(t => t.Tally.Journey).OrderByDescending(g => g.Sum(t => t.Count)).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key).ToList();
        var own = names.Take(names.Count > MostSeries ? MostSeries - 1 : MostSeries).ToList();
        var series = own.Select(name => new Series(name, Daily(sent.Where(t => t.Tally.Journey == name)))).ToList();
        if (names.Count > own.Count) series.Add(new(T("others"), Daily(sent.Where(t => !own.Contains(t.Tally.Journey)))));

        return new([.. Enumerable.Range(0, Window).Select(first.AddDays)], [.. series]);

        ImmutableArray<long> Daily(IEnumerable<(Tally Tally, long Count)> of)
        {
            var days = new long[Window];
            foreach (var (tally, count) in of) days[tally.Day!.Value.DayNumber - first.DayNumber] += count;
            return [.. days];
        }
    }

    static ImmutableArray<Glance> JourneysOf(IReadOnlyList<(Tally Tally, long Count)> tallies, Playbook playbook) =>
        [.. playbook.Journeys.Select(journey => Glance.Of(journey, tallies))];

    static ImmutableArray<Hindrance> HindrancesOf(IReadOnlyList<(Tally Tally, long Count)> tallies, DateOnly today) =>
        [.. tallies
            .Where(t => t.Tally.Kind is Tallies.Skipped or Tallies.Shifted && t.Tally.Day > today.AddDays(-Window))
            .GroupBy(t => t.Tally.Detail)
            .Select(g => new Hindrance(
                g.Key == "" ? T("no reason noted") : g.Key,
                g.Where(t => t.Tally.Kind == Tallies.Skipped).Sum(t => t.Count),
                g.Where(t => t.Tally.Kind == Tallies.Shifted).Sum(t => t.Count)))
            .OrderByDescending(h => h.NotSent + h.Later).ThenBy(h => h.Reason, StringComparer.Ordinal)
            .Take(12)];

    sealed class Counts(IReadOnlyList<(Tally Tally, long Count)> tallies, DateOnly today)
    {
        public long Standing(string what) => tallies.Where(t => t.Tally.Kind == Tallies.Now && t.Tally.Detail == what).Sum(t => t.Count);

        public long Lately(string kind, string detail) => Lately(kind, d => d == detail);

        public long Lately(string kind, Func<string, bool>? of = null) => Within(kind, of, today.AddDays(-Window), today);

        public long Before(string kind, string detail) => Before(kind, d => d == detail);

        public long Before(string kind, Func<string, bool>? of = null) => Within(kind, of, today.AddDays(-2 * Window), today.AddDays(-Window));

        long Within(string kind, Func<string, bool>? of, DateOnly after, DateOnly last) =>
            tallies.Where(t => t.Tally.Kind == kind && t.Tally.Day > after && t.Tally.Day <= last && of?.Invoke(t.Tally.Detail) != false).Sum(t => t.Count);
    }
}

/// <summary>One number at the top.</summary>
/// <param name="Before">The same number for the time before; null where the number stands rather than happens.</param>
public sealed record Headline(string Label, long Value, long? Before, string? Note);

/// <summary>Amounts by day, stacked by name.</summary>
public sealed record Bars(ImmutableArray<DateOnly> Days, ImmutableArray<Series> Series)
{
    public long Total => Series.Sum(series => series.Amounts.Sum());

    public long On(int day) => Series.Sum(series => series.Amounts[day]);
}

public sealed record Series(string Name, ImmutableArray<long> Amounts);

/// <summary>A journey in one row: everybody who ever entered, and who reached its goal.</summary>
public sealed record Glance(string Journey, int Version, string About, bool HasGoal, long Entered, long Inside, long HeldBack, long GoalMembers, long GoalHeldBack)
{
    public static Glance Of(Journey journey, IReadOnlyList<(Tally Tally, long Count)> tallies)
    {
        var own = tallies.Where(t => t.Tally.Journey == journey.Name).ToList();

        return new(
            journey.Name, journey.Version, journey.About, journey.Goal is not null,
            Sum(Tallies.Entered),
            Sum(Tallies.At, detail => !detail.EndsWith("/" + Enrollment.Holdout, StringComparison.Ordinal)),
            Sum(Tallies.HeldOut),
            Sum(Tallies.Goal, detail => detail != "held out"),
            Sum(Tallies.Goal, detail => detail == "held out"));

        long Sum(string kind, Func<string, bool>? of = null) => own.Where(t => t.Tally.Kind == kind && of?.Invoke(t.Tally.Detail) != false).Sum(t => t.Count);
    }
}

/// <summary>A reason for which messages did not go out, or went out later.</summary>
public sealed record Hindrance(string Reason, long NotSent, long Later);

/// <summary>What a person should look at.</summary>
public sealed record Attention
{
    public required ImmutableArray<(string Customer, OutboxEntry Entry)> InDoubt { get; init; }
    public required ImmutableArray<(string Customer, Case Case)> Overdue { get; init; }
    public required int TryingAgain { get; init; }

    /// <summary>Tasks of the team whose time has passed.</summary>
    public int LateTasks { get; init; }

    public long GaveUp { get; init; }

    /// <summary>Ways out of the house by which nothing goes for now.</summary>
    public ImmutableArray<Blockage> Blocked { get; init; } = [];

    public Deliverability News { get; init; } = Deliverability.None;

    /// <summary>Measures that have left their usual range.</summary>
    public ImmutableArray<MeasureWeek> Alerts { get; init; } = [];

    /// <summary>The shop's, for what they are told in.</summary>
    public string Currency { get; init; } = "";

    public bool Nothing => Alerts.IsEmpty && Blocked.IsEmpty && News.Spam < Deliverability.Watch && InDoubt.IsEmpty && Overdue.IsEmpty && TryingAgain == 0 && LateTasks == 0 && GaveUp == 0;
}
