namespace Cvm.Engine;

/// <summary>How soon after entering a journey somebody can enter it again.</summary>
static class EntryTimes
{
    // As the kernel has it: the same birthday by another date comes no sooner.
    const double HalfAYear = 183;

    /// <summary>The least days from one entry to the next, and whether there is only one for good.</summary>
    public static (double Again, bool Once) Of(JourneyFlow flow, DateTimeOffset now)
    {
        var (playbook, journey) = (flow.Playbook, flow.Journey);
        var again = journey.AgainAfter is { } span ? WalkTimes.SureLeast(span, playbook.Policies.Hours) : 0;
        if (journey.Once) return (again, true);

        // Who is started comes by no occasion.
        if (JourneyFlow.StartedBy(playbook, journey)) return (again, false);
        if (journey.Enter is [{ On: "joined" or "referral-kept" }]) return (again, true);
        if (journey.Enter.All(trigger => trigger.On == "birthday")) return (Math.Max(again, HalfAYear), false);
        if (journey.Enter is [{ On: "holiday", Of: { } holiday }, ..] && journey.Enter.All(trigger => trigger.On == "holiday" && trigger.Of == holiday)) return (Math.Max(again, HolidaysApart(playbook, journey, holiday, now)), false);
        return (again, false);
    }

    /// <summary>Whether runs stand beside each other, so that nothing but their number bounds them.</summary>
    public static bool Overlap(Journey journey) => !journey.Once && journey.Enter.Any(trigger => trigger.On == "issue-fixed");

    // Between the last day of it in one year and the first in the next, wherever somebody lives; told late, and ahead, at most so much.
    static double HolidaysApart(Playbook playbook, Journey journey, string name, DateTimeOffset now)
    {
        const int YearsAhead = 3;
        var (first, last) = (new DateOnly(now.Year - 1, 1, 1), new DateOnly(Math.Min(now.Year + YearsAhead, 9998), 12, 31));
        var rules = playbook.Holidays.Rules.Where(rule => rule.Name == name).ToList();
        var years = new SortedDictionary<int, (DateOnly First, DateOnly Last)>();

        for (var day = first; day <= last; day = day.AddDays(1))
        {
            if (!rules.Exists(rule => rule.Day.Begins(day))) continue;
            var year = playbook.Holidays.YearOf(name, day);
            years[year] = years.TryGetValue(year, out var known) ? (known.First, day) : (day, day);
        }

        var apart = years.Values.Zip(years.Values.Skip(1), (one, next) => next.First.DayNumber - one.Last.DayNumber).Append(366).Min();
        var before = journey.Enter.Max(trigger => trigger.BeforeDays) - journey.Enter.Min(trigger => trigger.BeforeDays);
        return Math.Max(0, apart - before - playbook.Policies.StaleAfter.TotalDays - 1);
    }
}
