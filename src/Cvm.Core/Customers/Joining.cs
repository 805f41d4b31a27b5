namespace Cvm;

/// <summary>What two records of one person come to together. Sums are exact; <see cref="Join(Purchases, Purchases, string, out bool)"/> says what is not.</summary>
static class Joining
{
    /// <summary>All orders of both. Money and counts are exact. Days with an order are, as far as the orders at hand tell which days both have.</summary>
    /// <param name="exact">Whether every day of at least one of the two is known.</param>
    public static Purchases Join(this Purchases one, Purchases other, string zone, out bool exact)
    {
        exact = true;
        if (other.First is not { } otherFirst) return one.With(other);
        if (one.First is not { } first) return other.With(one);

        var (days, otherDays) = (DaysOf(one, zone), DaysOf(other, zone));
        exact = days.Count >= one.Days && otherDays.Count >= other.Days;
        var sameFirst = LocalTimes.SameDay(zone, first, otherFirst);
        var recent = one.Recent.Concat(other.Recent).OrderBy(order => order.At).ThenBy(order => order.Id, StringComparer.Ordinal).TakeLast(Purchases.MaxRecent);

        return one.With(other) with
        {
            Days = Math.Max(Math.Max(one.Days, other.Days), one.Days + other.Days - days.Intersect(otherDays).Count()),
            First = first < otherFirst ? first : otherFirst,
            Last = one.Last > other.Last ? one.Last : other.Last,
            FirstSpent = sameFirst ? one.FirstSpent + other.FirstSpent : first < otherFirst ? one.FirstSpent : other.FirstSpent,
            Recent = [.. recent],
        };
    }

    // What is a sum, whatever the days.
    static Purchases With(this Purchases one, Purchases other) => one with
    {
        Orders = one.Orders + other.Orders,
        Spent = one.Spent + other.Spent,
        WithCoupon = one.WithCoupon + other.WithCoupon,
        Discounts = one.Discounts + other.Discounts,
        Refunds = one.Refunds + other.Refunds,
        Refunded = one.Refunded + other.Refunded,
    };

    static HashSet<DateOnly> DaysOf(Purchases purchases, string zone) =>
        [.. purchases.Recent.Select(order => order.At).Append(purchases.First!.Value).Append(purchases.Last!.Value).Select(at => LocalTimes.Day(zone, at))];

    public static Satisfaction Join(this Satisfaction one, Satisfaction other)
    {
        // Both have counted theirs already. Numbers below zero are nobody's, so that nothing is counted again, and one that is changed later still takes the place of itself.
        var number = one.Answers.Select(answer => Math.Min(answer.Number, 0)).DefaultIfEmpty().Min();
        var theirs = other.Answers.Select(answer => answer with { Number = --number }).ToList();

        return one with
        {
            Answers = [.. one.Answers.Concat(theirs).OrderBy(answer => answer.At).TakeLast(Satisfaction.MaxAnswers)],
            Unhappy = one.Unhappy + other.Unhappy,
            Complaints = one.Complaints + other.Complaints,
            LastComplaint = Later(one.LastComplaint, other.LastComplaint),
        };
    }

    public static Effort Join(this Effort one, Effort other) =>
        new(one.Cases + other.Cases, one.Tasks + other.Tasks, one.Emails + other.Emails, one.SmsSegments + other.SmsSegments);

    public static Visits Join(this Visits one, Visits other) => one with
    {
        Count = one.Count + other.Count,
        LastEntered = one.LastEntered > other.LastEntered ? one.LastEntered : other.LastEntered,
        Occurrences = [.. one.Occurrences.Union(other.Occurrences)],
        Counted = Math.Max(one.Counted, other.Counted),
        LastEnded = Later(one.LastEnded, other.LastEnded),
        LastOutcome = other.LastEnded is not null && !(one.LastEnded >= other.LastEnded) ? other.LastOutcome : one.LastOutcome,
    };

    public static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other ?? one : one;
}
