namespace Cvm.Engine;

/// <summary>How many different days each customer of a bin ordered on, before and after the calibration's end; and the last of them.</summary>
readonly record struct DistinctDays(int[] Before, int[] After, int[] Last)
{
    const int Few = 32;

    public static DistinctDays None { get; } = new([], [], []);

    public static DistinctDays Of(DayNotes notes, int customers, int calibrationEnd)
    {
        var result = new DistinctDays(new int[customers], new int[customers], new int[customers]);
        var days = notes.ByCustomer(customers, out var ends);
        for (var i = 0; i < customers; i++) result.Count(i, days.AsSpan((i == 0 ? 0 : ends[i - 1])..ends[i]), calibrationEnd);
        return result;
    }

    // Most customers have few days, often in order already: insertion beats a call.
    static void Sort(Span<int> days)
    {
        for (var i = 1; i < days.Length; i++)
        {
            var (day, at) = (days[i], i);
            for (; at > 0 && days[at - 1] > day; at--) days[at] = days[at - 1];
            days[at] = day;
        }
    }

    void Count(int customer, Span<int> days, int calibrationEnd)
    {
        if (days.Length <= Few) Sort(days);
        else days.Sort();
        var before = 0;
        foreach (var day in days)
        {
            if (day == before) continue;
            if (day <= calibrationEnd) Before[customer]++;
            else After[customer]++;
            before = day;
        }

        Last[customer] = before;
    }
}
