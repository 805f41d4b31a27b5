using System.Buffers.Binary;

namespace Cvm.Engine;

/// <summary>A row that was read: whose order, on which day, for how many cents.</summary>
/// <param name="At">Where the row stands in the file.</param>
/// <param name="Name">Where the customer's name stands in the batch.</param>
readonly record struct OrderRow(ulong Hash, long At, long Cents, int Day, int Name, int Length);

/// <summary>Some thousand rows on their way from the file into the bins, so that a bin is locked once for many of them.</summary>
sealed class OrderBatch
{
    const int MostRows = 16 * 1024, MostBytes = 512 * 1024;

    readonly OrderRow[] rows = new OrderRow[MostRows];
    readonly int[] order = new int[MostRows];
    readonly byte[] names = new byte[MostBytes];
    readonly int[] ends = new int[CustomerBins.Count];
    int count, filled;

    public bool Full => count == MostRows || filled > MostBytes - CustomerBins.MostName;

    public void Add(ReadOnlySpan<byte> customer, int day, long cents, long at)
    {
        customer.CopyTo(names.AsSpan(filled));
        rows[count++] = new(Hash(customer), at, cents, day, filled, customer.Length);
        filled += customer.Length;
    }

    /// <summary>Hands all rows over, those of each bin together, and is empty again.</summary>
    /// <param name="first">The bin to begin with, so that two workers seldom want the same.</param>
    public void Empty(CustomerBins bins, int first)
    {
        Group();
        for (var i = 0; i < CustomerBins.Count; i++)
        {
            var bin = (first + i) % CustomerBins.Count;
            var start = bin == 0 ? 0 : ends[bin - 1];
            bins[bin].Take(rows, order.AsSpan(start, ends[bin] - start), names);
        }

        (count, filled) = (0, 0);
    }

    // A counting sort by bin; rows of a bin stay in their order.
    void Group()
    {
        Span<int> starts = stackalloc int[CustomerBins.Count + 1];
        starts.Clear();
        for (var i = 0; i < count; i++) starts[CustomerBins.Of(rows[i].Hash) + 1]++;
        for (var bin = 0; bin < CustomerBins.Count; bin++) starts[bin + 1] += starts[bin];
        starts[1..].CopyTo(ends);
        for (var i = 0; i < count; i++) order[starts[CustomerBins.Of(rows[i].Hash)]++] = i;
    }

    // Good for this run only: nothing made from it is kept, and names are compared in full.
    static ulong Hash(ReadOnlySpan<byte> name)
    {
        const ulong first = 0xA0761D6478BD642F, second = 0xE7037ED1A0B428DB;
        var hash = first ^ (ulong)name.Length;

        for (; name.Length > 8; name = name[8..]) hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(name), second);

        ulong rest = 0;
        for (var i = name.Length - 1; i >= 0; i--) rest = rest << 8 | name[i];
        return Mix(Mix(hash ^ rest, second), first);
    }

    static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
