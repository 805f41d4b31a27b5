namespace Cvm;

/// <summary>Who bought how often, when last, and for how long they have been watched: all that the models of repeat buying read of a
/// customer. Equal customers are kept once, with their number.</summary>
public sealed class Histories
{
    readonly Run[] runs;
    readonly int[] last;
    readonly double[] count;

    Histories(double daysPerUnit, Run[] runs, int[] last, double[] count)
    {
        (DaysPerUnit, this.runs, this.last, this.count) = (daysPerUnit, runs, last, count);

        foreach (var run in runs)
        {
            Customers += run.Customers;
            if (run.Repeats > 0) Repeaters += run.Customers;
            MeanAge += run.Customers * run.Age / daysPerUnit;
            LongestAge = Math.Max(LongestAge, run.Age);
            Orders += run.Customers * run.Repeats;
        }

        if (Customers > 0) MeanAge /= Customers;
    }

    public double DaysPerUnit { get; }

    public double Customers { get; }

    /// <summary>Customers who came back at least once.</summary>
    public double Repeaters { get; }

    /// <summary>Repeat orders of all customers.</summary>
    public double Orders { get; }

    /// <summary>Mean time since the first order, in units.</summary>
    public double MeanAge { get; }

    /// <summary>Longest time since the first order, in days.</summary>
    public int LongestAge { get; }

    public int Groups => last.Length;

    /// <summary>Customers with the same repeats and age; inside, groups by the day of the last order.</summary>
    internal ReadOnlySpan<Run> Runs => runs;

    internal ReadOnlySpan<int> Last => last;
    internal ReadOnlySpan<double> Count => count;

    /// <summary>Groups customers.</summary>
    /// <param name="repeats">Orders after the first, those of one day counted once.</param>
    /// <param name="lastDays">Days from the first to the last order; 0 without repeats.</param>
    /// <param name="ageDays">Days from the first order to the end of what was watched.</param>
    /// <param name="daysPerUnit">Days in the unit of time that parameters are told in: 7 for weeks.</param>
    public static Histories Of(ReadOnlySpan<int> repeats, ReadOnlySpan<int> lastDays, ReadOnlySpan<int> ageDays, double daysPerUnit = 7)
    {
        if (repeats.Length != lastDays.Length || repeats.Length != ageDays.Length) throw new ArgumentException("Every customer needs repeats, last and age.");
        if (!(daysPerUnit > 0) || double.IsInfinity(daysPerUnit)) throw new ArgumentOutOfRangeException(nameof(daysPerUnit), daysPerUnit, "A unit of time is longer than nothing.");

        var (most, longest, repeaters) = (0, 0, 0);
        for (var i = 0; i < repeats.Length; i++)
        {
            if (repeats[i] < 0 || lastDays[i] < 0 || lastDays[i] > ageDays[i] || (repeats[i] == 0 && lastDays[i] > 0)) throw Impossible(i, repeats[i], lastDays[i], ageDays[i]);
            most = Math.Max(most, repeats[i]);
            longest = Math.Max(longest, ageDays[i]);
            if (repeats[i] > 0) repeaters++;
        }

        var span = (ulong)longest + 1;
        if (UInt128.CreateChecked(span) * span * ((ulong)most + 1) > ulong.MaxValue) throw new ArgumentException($"{most:N0} repeats over {longest:N0} days are more than any shop has.");

        // Most customers never come back: of them only the age is to be counted, and there is nothing to sort.
        var (once, keys, next) = (new double[longest + 1], new ulong[repeaters], 0);
        for (var i = 0; i < repeats.Length; i++)
            if (repeats[i] == 0) once[ageDays[i]]++;
            else keys[next++] = ((ulong)repeats[i] * span + (ulong)ageDays[i]) * span + (ulong)lastDays[i];

        return Grouped(once, KeyOrder.Sorted(keys), span, daysPerUnit);
    }

    static ArgumentException Impossible(int i, int repeats, int last, int age) =>
        new($"Customer {i} has {repeats} repeats, the last after {last} days, watched for {age}: no such history exists.");

    static Histories Grouped(double[] once, ulong[] sorted, ulong span, double daysPerUnit)
    {
        var (runs, last, count) = (new List<Run>(), new List<int>(), new List<double>());
        for (var age = 0; age < once.Length; age++)
        {
            if (once[age] == 0) continue;
            runs.Add(new(0, age, last.Count, last.Count + 1, once[age]));
            last.Add(0);
            count.Add(once[age]);
        }

        for (var i = 0; i < sorted.Length;)
        {
            var pair = sorted[i] / span;
            var (first, end, begin, from) = (pair * span, (pair + 1) * span, i, last.Count);
            while (i < sorted.Length && sorted[i] < end)
            {
                var (key, at) = (sorted[i], i);
                while (++i < sorted.Length && sorted[i] == key) { }
                last.Add((int)(key - first));
                count.Add(i - at);
            }

            runs.Add(new((int)(pair / span), (int)(pair % span), from, last.Count, i - begin));
        }

        return new(daysPerUnit, [.. runs], [.. last], [.. count]);
    }

    /// <summary>Every n-th customer, in the order of repeats, age and last order, so that the few are like the many.</summary>
    internal Histories Thinned(double n)
    {
        var (fewRuns, fewLast, fewCount) = (new List<Run>(), new List<int>(), new List<double>());
        var seen = 0.0;

        foreach (var run in runs)
        {
            var (from, customers) = (fewLast.Count, 0.0);
            for (var group = run.From; group < run.To; group++)
            {
                var taken = -Math.Floor(seen / n);
                seen += count[group];
                taken += Math.Floor(seen / n);
                if (taken == 0) continue;

                fewLast.Add(last[group]);
                fewCount.Add(taken);
                customers += taken;
            }

            if (customers > 0) fewRuns.Add(run with { From = from, To = fewLast.Count, Customers = customers });
        }

        return new(DaysPerUnit, [.. fewRuns], [.. fewLast], [.. fewCount]);
    }

    internal readonly record struct Run(int Repeats, int Age, int From, int To, double Customers);
}
