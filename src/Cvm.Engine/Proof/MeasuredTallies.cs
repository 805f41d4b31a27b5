using System.Globalization;

namespace Cvm.Engine;

/// <summary>What groups come to, as tallies: how many joined and how many windows have ended, and over those that ended the sums that averages and their errors need. Kept for good.</summary>
public static class MeasuredTallies
{
    /// <summary>People who joined, and whose window has ended.</summary>
    public const string Joined = "joined", Ended = "ended";

    /// <summary>Of those whose window has ended: who reached the goal, who ordered, and how many orders.</summary>
    public const string Goals = "goals", Buyers = "buyers", Orders = "orders";

    /// <summary>Of those whose window has ended, in hundredths of the currency.</summary>
    public const string Revenue = "revenue", Margin = "margin", Discounts = "discounts", Points = "points", Service = "service", Messages = "messages", Profit = "profit";

    // Squares of hundredths outgrow a long with some currencies, so they are kept in two parts.
    const string Small = "²", Large = "²e9";
    const long Part = 1_000_000_000;

    /// <summary>Calls <paramref name="bump"/> with what a line adds.</summary>
    public static void Add(string journey, Measured measured, Action<Tally, long> bump)
    {
        if (measured.Outcome is not { } outcome)
        {
            Bump(Joined, 1);
            return;
        }

        Bump(Ended, 1);
        Bump(Goals, outcome.Goal ? 1 : 0);
        Bump(Buyers, outcome.Orders > 0 ? 1 : 0);
        Bump(Orders, outcome.Orders);
        Bump(Margin, Cents(outcome.Margin));
        Bump(Discounts, Cents(outcome.Discounts));
        Bump(Points, Cents(outcome.Points));
        Bump(Service, Cents(outcome.Service));
        Bump(Messages, Cents(outcome.Messages));
        Squared(Revenue, Cents(outcome.Revenue));
        Squared(Profit, Cents(outcome.Profit));

        void Squared(string what, long cents)
        {
            var (large, small) = Int128.DivRem((Int128)cents * cents, Part);
            Bump(what, cents);
            Bump(what + Small, (long)small);
            Bump(what + Large, (long)Int128.Min(large, long.MaxValue));
        }

        void Bump(string what, long by) => bump(Named(journey, measured.Version, measured.Group, what), by);
    }

    /// <summary>Takes a customer who is erased out of those still being measured: nothing can come of their windows.</summary>
    public static void Remove(Dossier dossier, Action<Tally, long> bump)
    {
        foreach (var watch in dossier.Goals) if (watch.Start is not null) bump(Named(watch.Journey, watch.Version, watch.Group, Joined), -1);
    }

    /// <summary>Every group that the tallies speak of, by journey, version and name.</summary>
    public static ImmutableArray<MeasuredGroup> Groups(IEnumerable<(Tally Tally, long Count)> tallies)
    {
        var found = new SortedDictionary<(string Journey, int Version, string Group), Dictionary<string, long>>(
            Comparer<(string Journey, int Version, string Group)>.Create(static (a, b) =>
                string.CompareOrdinal(a.Journey, b.Journey) is not 0 and var journey ? journey : a.Version != b.Version ? a.Version.CompareTo(b.Version) : string.CompareOrdinal(a.Group, b.Group)));

        foreach (var (tally, count) in tallies)
        {
            if (tally.Kind != Tallies.Measured || tally.Detail.Split('/', 3) is not [var written, var what, var group] || !int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var version)) continue;

            var key = (tally.Journey, version, group);
            if (!found.TryGetValue(key, out var sums)) found[key] = sums = new(StringComparer.Ordinal);
            sums[what] = sums.GetValueOrDefault(what) + count;
        }

        return [.. found.Select(pair => Of(pair.Key.Journey, pair.Key.Version, pair.Key.Group, pair.Value))];
    }

    static MeasuredGroup Of(string journey, int version, string group, Dictionary<string, long> sums)
    {
        var ended = Count(Ended);
        return new(journey, version, group, Count(Joined), ended)
        {
            Goals = Count(Goals),
            Buyers = Count(Buyers),
            Orders = Count(Orders),
            Margin = Money(Margin),
            Discounts = Money(Discounts),
            Points = Money(Points),
            Service = Money(Service),
            Messages = Money(Messages),
            Revenue = Sampled(Revenue),
            Profit = Sampled(Profit),
        };

        long Count(string what) => sums.GetValueOrDefault(what);
        decimal Money(string what) => Count(what) / 100m;
        Sample Sampled(string what) => new(ended, Count(what) / 100.0, (Count(what + Large) * (double)Part + Count(what + Small)) / 10_000);
    }

    static Tally Named(string journey, int version, string group, string what) => new(Tallies.Measured, journey, string.Create(CultureInfo.InvariantCulture, $"{version}/{what}/{group}"), null);

    static long Cents(decimal amount) => (long)decimal.Round(amount * 100);
}

/// <summary>What a group has come to. All but <paramref name="Joined"/> is of those whose window has ended.</summary>
/// <param name="Version">Of the journey; of the programme the quarter, such as 20271.</param>
/// <param name="Name">As <see cref="Measured.Group"/>.</param>
public sealed record MeasuredGroup(string Journey, int Version, string Name, long Joined, long Ended)
{
    public long Goals { get; init; }
    public long Buyers { get; init; }
    public long Orders { get; init; }
    public Sample Revenue { get; init; }
    public Sample Profit { get; init; }
    public decimal Margin { get; init; }
    public decimal Discounts { get; init; }
    public decimal Points { get; init; }
    public decimal Service { get; init; }
    public decimal Messages { get; init; }

    /// <summary>Of the same, in another version: what both came to together.</summary>
    public MeasuredGroup With(MeasuredGroup other) => this with
    {
        Joined = Joined + other.Joined,
        Ended = Ended + other.Ended,
        Goals = Goals + other.Goals,
        Buyers = Buyers + other.Buyers,
        Orders = Orders + other.Orders,
        Revenue = Revenue + other.Revenue,
        Profit = Profit + other.Profit,
        Margin = Margin + other.Margin,
        Discounts = Discounts + other.Discounts,
        Points = Points + other.Points,
        Service = Service + other.Service,
        Messages = Messages + other.Messages,
    };

    /// <summary>Whose window is still open.</summary>
    public long Running => Math.Max(0, Joined - Ended);
}
