namespace Cvm.Engine;

/// <summary>How a customer's days are told apart from the holdout's and from what counts for nothing.</summary>
/// <param name="Calibration">Last day that counts; the greatest number where all count.</param>
/// <param name="Holdout">Last day of the holdout.</param>
readonly record struct OrderDays(int Calibration, int Holdout);

/// <summary>Customers by hash, in so many bins with a lock each that workers seldom meet in one.</summary>
sealed class CustomerBins
{
    const int Bits = 4;

    public const int Count = 1 << Bits;

    /// <summary>Most bytes of a customer's name: 64 characters.</summary>
    public const int MostName = 4 * Check.MostId;

    readonly CustomerBin[] bins;

    public CustomerBins(OrderDays days) => bins = [.. Enumerable.Range(0, Count).Select(_ => new CustomerBin(days))];

    /// <summary>Prepares for one of so many readings of the file; each notes the days of its share of the bins.</summary>
    public void Begin(int reading, int readings)
    {
        for (var bin = 0; bin < Count; bin++) bins[bin].Begin(reading == 0, bin % readings == reading);
    }

    public void Close() => Parallel.ForEach(bins, bin => bin.Close());

    public CustomerBin this[int bin] => bins[bin];

    public static int Of(ulong hash) => (int)(hash >> (64 - Bits));
}
