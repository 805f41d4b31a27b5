namespace Cvm.Engine;

/// <summary>What one more order changes about who came back: repeat orders, customers of a month, cohorts. All by the day of the order itself, UTC, whenever it was heard of.</summary>
/// <remarks>Exact whatever the order in which orders come, for customers with no more orders than a dossier remembers one by one
/// (<see cref="Purchases.MaxRecent"/>); of others where they come in order of time. Records that are merged stay counted as the two they were.</remarks>
static class OrderTallies
{
    /// <summary>Counts the order of a change in.</summary>
    /// <param name="day">The day of the order.</param>
    public static void Add(Change change, DateOnly day, decimal amount, Dictionary<Tally, long> into)
    {
        var before = change.Before.Purchases;
        var first = before.First is { } known ? DateOnly.FromDateTime(known.UtcDateTime) : (DateOnly?)null;
        AddNew(first, day, into);

        var month = MonthOf(day);
        var seen = before.Recent.Any(order => MonthOf(order) == month);
        var cohort = first is { } at && MonthOf(at) is var began && began <= month ? began : month;
        if (first is { } old && MonthOf(old) > month) Move(before, MonthOf(old), month, into);

        if (!seen) AddMonth(before, day, month, into);
        if (!seen) Tallies.Bump(into, new(Tallies.Cohort, "", Name(cohort), month), 1);
        Tallies.Bump(into, new(Tallies.CohortMoney, "", Name(cohort), month), Tallies.Cents(amount));
    }

    /// <summary>Takes a refund out of the money of the customer's cohort, in the month in which it was paid.</summary>
    public static void Refund(Change change, DateOnly day, decimal amount, Dictionary<Tally, long> into)
    {
        if (change.After.Purchases.First is not { } first) return;
        Tallies.Bump(into, new(Tallies.CohortMoney, "", Name(MonthOf(DateOnly.FromDateTime(first.UtcDateTime))), MonthOf(day)), -Tallies.Cents(amount));
    }

    // One that lies before all that were known is the first, and the one that was the first a repeat.
    static void AddNew(DateOnly? first, DateOnly day, Dictionary<Tally, long> into)
    {
        if (first is not { } known || day < known) Tallies.Bump(into, Happened("customers-new", day), 1);
        else Tallies.Bump(into, Happened("repeat-orders", day), 1);
        if (first is not { } late || day >= late) return;

        Tallies.Bump(into, Happened("customers-new", late), -1);
        Tallies.Bump(into, Happened("repeat-orders", late), 1);
    }

    // The customer's first order of a month, which may make the next month's first one a customer kept.
    static void AddMonth(Purchases before, DateOnly day, DateOnly month, Dictionary<Tally, long> into)
    {
        Tallies.Bump(into, Happened("customers-active", day), 1);
        if (before.Recent.Any(order => MonthOf(order) == month.AddMonths(-1))) Tallies.Bump(into, Happened("customers-kept", day), 1);

        foreach (var order in before.Recent)
        {
            if (MonthOf(order) != month.AddMonths(1)) continue;
            Tallies.Bump(into, Happened("customers-kept", DateOnly.FromDateTime(order.At.UtcDateTime)), 1);
            break;
        }
    }

    static void Move(Purchases before, DateOnly from, DateOnly to, Dictionary<Tally, long> into)
    {
        foreach (var month in before.Recent.Select(MonthOf).Distinct())
        {
            Tallies.Bump(into, new(Tallies.Cohort, "", Name(from), month), -1);
            Tallies.Bump(into, new(Tallies.Cohort, "", Name(to), month), 1);
        }

        foreach (var order in before.Recent)
        {
            Tallies.Bump(into, new(Tallies.CohortMoney, "", Name(from), MonthOf(order)), -Tallies.Cents(order.Amount));
            Tallies.Bump(into, new(Tallies.CohortMoney, "", Name(to), MonthOf(order)), Tallies.Cents(order.Amount));
        }
    }

    static Tally Happened(string what, DateOnly day) => new(Tallies.Happened, "", what, day);

    static DateOnly MonthOf(RecentOrder order) => MonthOf(DateOnly.FromDateTime(order.At.UtcDateTime));

    static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);

    /// <summary>A month as a detail has it: 2026-03.</summary>
    public static string Name(DateOnly month) => month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
}
