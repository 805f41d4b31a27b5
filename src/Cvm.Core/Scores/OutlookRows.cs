namespace Cvm;

/// <summary>What customers who are still there are expected to do, by repeats and age in days: worked out when first asked for, and then known. Several threads may
/// ask at once; who comes second finds or makes the same.</summary>
public sealed class OutlookRows
{
    // Who has ordered more often, or is older, is worked out anew: there are few of them.
    const int MostRepeats = 512, MostDays = 8_192;

    readonly double[]?[]?[] known = new double[]?[]?[MostRepeats];

    internal double[]? Find(int repeats, int age) => repeats < MostRepeats && age < MostDays ? known[repeats]?[age] : null;

    internal double[] Keep(int repeats, int age, double[] row)
    {
        if (repeats >= MostRepeats || age >= MostDays) return row;

        var byAge = known[repeats] ?? Interlocked.CompareExchange(ref known[repeats], new double[]?[MostDays], null) ?? known[repeats]!;
        return byAge[age] = row;
    }
}
