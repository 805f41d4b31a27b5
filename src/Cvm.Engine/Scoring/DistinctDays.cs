namespace Cvm.Engine;

/// <summary>How many different days each customer of a bin ordered on, before and after the calibration's end; and the last of them.</summary>
readonly record struct DistinctDays(int[] Before, int[] After, int[] Last)
{
    const int Few = 32;

    public static DistinctDays Of(CustomerBin bin, int calibrationEnd)
    {
        var result = new DistinctDays(new int[bin.Count], new int[bin.Count], new int[bin.Count]);
        var noted = bin.Days;
        var (days, ends) = (new int[noted.Length], new int[bin.Count + 1]);

        // A counting sort by customer, then each customer's few days by themselves.
        foreach (var note in noted) ends[(note >> 32) + 1]++;
        for (var i = 0; i < bin.Count; i++) ends[i + 1] += ends[i];
        foreach (var note in noted) days[ends[note >> 32]++] = (int)note;

        for (var i = 0; i < bin.Count; i++) result.Count(i, days.AsSpan((i == 0 ? 0 : ends[i - 1])..ends[i]), calibrationEnd);
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
