namespace Cvm.Engine;

/// <summary>What the shop owes its members in points, when it falls due, and what of it will probably never be claimed. Reckoned from the tallies.</summary>
public sealed record LoyaltyReport
{
    const int MonthsShown = 12;

    static readonly (string Detail, Func<PointMonth, long, PointMonth> Add)[] Counted =
    [
        ("points-earned", (m, n) => m with { Earned = m.Earned + n }), ("points-adjusted", (m, n) => m with { Adjusted = m.Adjusted + n }),
        ("points-spent", (m, n) => m with { Spent = m.Spent + n }), ("points-returned", (m, n) => m with { Spent = m.Spent - n }),
        ("points-expired", (m, n) => m with { Expired = m.Expired + n }), ("points-reversed", (m, n) => m with { Reversed = m.Reversed + n }),
    ];

    /// <summary>The tallies it is reckoned from, and no others: of what happened every day there are many.</summary>
    public static async Task<IReadOnlyList<(Tally Tally, long Count)>> Read(IRecords records, CancellationToken stop) =>
    [
        .. await records.Tallies([Tallies.Now, Tallies.Members, Tallies.Expiring], stop),
        .. await records.Tallies(new TallyQuery(Tallies.Happened) { Details = [.. Counted.Select(one => one.Detail)] }, stop),
    ];

    public required DateOnly Today { get; init; }

    /// <summary>Points that can be spent.</summary>
    public required long Available { get; init; }

    public required long Pending { get; init; }
    public required long Reserved { get; init; }

    /// <summary>Points that members owe, because they had been spent when their order came back. Not set off: who owes may never earn again.</summary>
    public required long Owed { get; init; }

    /// <summary>Members without a tier first, then by tier from the lowest; tiers that the playbook does not know any more come last.</summary>
    public required ImmutableArray<(string Tier, long Members)> Tiers { get; init; }

    /// <summary>Points that can be spent by the month at whose end they expire, soonest first.</summary>
    public required ImmutableArray<ExpiryMonth> Expiring { get; init; }

    /// <summary>The last 12 finished months and the present one, oldest first.</summary>
    public required ImmutableArray<PointMonth> Months { get; init; }

    /// <summary>Null before the first month whose points have run their whole time: then nothing is known, and the full value stands.</summary>
    public required Breakage? Breakage { get; init; }

    /// <summary>What a point costs, in money.</summary>
    public required decimal PointWorth { get; init; }

    public long Members => Tiers.Sum(tier => tier.Members);

    public long Outstanding => Available + Pending + Reserved;

    public decimal FullValue => Outstanding * PointWorth;

    /// <summary>The value less what is expected to expire; the full value where nothing is known of that.</summary>
    public decimal ExpectedValue => (Outstanding - (Breakage?.Points ?? 0)) * PointWorth;

    /// <param name="tallies">Those of <see cref="Read"/>; others are passed over.</param>
    /// <param name="today">In the shop's zone; tallies are by days of UTC, so the turn of a month may be a day off.</param>
    public static LoyaltyReport Of(IEnumerable<(Tally Tally, long Count)> tallies, Playbook playbook, DateOnly today)
    {
        var all = tallies as IReadOnlyList<(Tally Tally, long Count)> ?? [.. tallies];
        var (months, lost) = MonthsOf(all);
        var (rules, first) = (playbook.Loyalty, Month(today));
        var outstanding = all.Where(t => t.Tally.Kind == Tallies.Expiring).Select(t => (Month: MonthOf(t.Tally.Detail), t.Count)).Where(one => one.Month is not null)
            .Select(one => (Month: one.Month!.Value, Points: one.Count)).OrderBy(one => one.Month).ToImmutableArray();

        long Base(DateOnly expiry) => months.TryGetValue(expiry.AddMonths(-rules.ExpireMonths), out var earned) ? Math.Max(0, earned.Earned + earned.Adjusted - earned.Reversed) : 0;
        var rates = RatesOf(Base, month => lost.GetValueOrDefault(month), today);
        var owed = Standing(all, "points-owed");

        return new()
        {
            Today = today,
            Available = Standing(all, "points") + owed,
            Pending = Standing(all, "points-pending"),
            Reserved = Standing(all, "points-reserved"),
            Owed = owed,
            Tiers = TiersOf(all, rules),
            Expiring = [.. outstanding.Select(one => new ExpiryMonth(one.Month, one.Points, rates is { } known ? Lost(known.Rate, one) : 0))],
            Months = [.. Enumerable.Range(-MonthsShown, MonthsShown + 1).Select(first.AddMonths).Select(month => months.GetValueOrDefault(month) ?? new(month))],
            Breakage = rates is not { } r ? null : r with { Points = Sum(r.Rate), Fewest = Sum(r.Lowest), Most = Sum(r.Highest) },
            PointWorth = playbook.Scores.Costs.Point,
        };

        long Lost(double rate, (DateOnly Month, long Points) one) => Math.Min(one.Points, (long)Math.Round(rate * Base(one.Month)));
        long Sum(double rate) => outstanding.Sum(one => Lost(rate, one));
    }

    static long Standing(IEnumerable<(Tally Tally, long Count)> tallies, string what) => tallies.Where(t => t.Tally.Kind == Tallies.Now && t.Tally.Detail == what).Sum(t => t.Count);

    // Lots that expire with a month are written off at the beginning of the next, by each customer's own calendar: in UTC that may be its last day still.
    static (Dictionary<DateOnly, PointMonth> Months, Dictionary<DateOnly, long> Lost) MonthsOf(IEnumerable<(Tally Tally, long Count)> tallies)
    {
        var (months, lost) = (new Dictionary<DateOnly, PointMonth>(), new Dictionary<DateOnly, long>());
        foreach (var (tally, count) in tallies)
        {
            if (tally is not { Kind: Tallies.Happened, Day: { } day }) continue;
            foreach (var (detail, add) in Counted)
            {
                if (detail != tally.Detail) continue;
                var month = Month(day);
                months[month] = add(months.GetValueOrDefault(month) ?? new(month), count);
            }

            if (tally.Detail != "points-expired") continue;
            var expired = Month(day.AddDays(1)).AddMonths(-1);
            lost[expired] = lost.GetValueOrDefault(expired) + count;
        }

        return (months, lost);
    }

    // Each finished month is one piece of evidence: what was earned in it ran its whole time.
    static Breakage? RatesOf(Func<DateOnly, long> earned, Func<DateOnly, long> lost, DateOnly today)
    {
        const int DaysUntilWrittenOff = 3;
        var last = Month(today.AddDays(-DaysUntilWrittenOff)).AddMonths(-1);
        var known = Enumerable.Range(0, MonthsShown).Select(back => last.AddMonths(-back)).Select(month => (Earned: earned(month), Lost: lost(month))).Where(one => one.Earned > 0).ToList();
        if (known.Count == 0) return null;

        static double Rate(long lost, long earned) => Math.Min(1, (double)lost / earned);
        var rates = known.ConvertAll(one => Rate(one.Lost, one.Earned));
        return new(Rate(known.Sum(one => one.Lost), known.Sum(one => one.Earned)), rates.Min(), rates.Max(), known.Count);
    }

    static ImmutableArray<(string, long)> TiersOf(IEnumerable<(Tally Tally, long Count)> tallies, LoyaltyRules rules)
    {
        var members = tallies.Where(t => t.Tally.Kind == Tallies.Members).ToDictionary(t => t.Tally.Detail, t => t.Count, StringComparer.Ordinal);
        var names = rules.Tiers.Select(tier => tier.Name).Prepend("").ToList();
        if (members.Count == 0) return [];
        return [.. names.Concat(members.Keys.Except(names).Order(StringComparer.Ordinal)).Select(name => (name, members.GetValueOrDefault(name)))];
    }

    static DateOnly Month(DateOnly day) => new(day.Year, day.Month, 1);

    static DateOnly? MonthOf(string detail) => DateOnly.TryParseExact(detail + "-01", "yyyy-MM-dd", out var month) ? month : null;
}

/// <summary>Points that expire at the end of a month.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Lost">Of them, those expected never to be spent; 0 where nothing is known.</param>
public sealed record ExpiryMonth(DateOnly Month, long Points, long Lost);

/// <summary>What happened to points in a month.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Earned">By orders and as presents.</param>
/// <param name="Adjusted">Added by people, less what they took off.</param>
/// <param name="Spent">Less what was given back.</param>
/// <param name="Reversed">Taken back with returned orders.</param>
public sealed record PointMonth(DateOnly Month, long Earned = 0, long Adjusted = 0, long Spent = 0, long Expired = 0, long Reversed = 0)
{
    /// <summary>What it added to the points outstanding.</summary>
    public long Net => Earned + Adjusted - Spent - Expired - Reversed;

    public bool IsEmpty => this is { Earned: 0, Adjusted: 0, Spent: 0, Expired: 0, Reversed: 0 };
}

/// <summary>Share of points that nobody spends before they expire: over the last 12 months whose points ran their whole time, what expired of what
/// was earned (less what went back). <paramref name="Lowest"/> and <paramref name="Highest"/> are the extremes of single months, not a confidence interval.</summary>
/// <param name="Months">How many of the twelve there were; with few, the extremes say little.</param>
public sealed record Breakage(double Rate, double Lowest, double Highest, int Months)
{
    /// <summary>Points outstanding that are expected to expire: of each month no more than are left of it.</summary>
    public long Points { get; init; }

    /// <summary>The same by the lowest rate, and <see cref="Most"/> by the highest.</summary>
    public long Fewest { get; init; }

    public long Most { get; init; }
}
