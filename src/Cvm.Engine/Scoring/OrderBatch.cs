using System.Buffers.Binary;

namespace Cvm.Engine;

/// <summary>A row that was read: whose order, on which day, for how many cents.</summary>
/// <param name="At">Where the row stands in the file.</param>
/// <param name="Name">Where the customer's name stands in the batch.</param>
readonly record struct OrderRow(ulong Hash, long At, long Cents, int Day, int Name, int Length);

/// <summary>Rows on their way from the file into the bins: some hundred for each bin, so that it is locked once for many of them.</summary>
sealed class OrderBatch(CustomerBins bins)
{
    readonly BinBatch[] waiting = [.. Enumerable.Range(0, CustomerBins.Count).Select(_ => new BinBatch())];

    public void Add(ReadOnlySpan<byte> customer, int day, long cents, long at)
    {
        var hash = Hash(customer);
        var bin = CustomerBins.Of(hash);
        var batch = waiting[bin];
        if (batch.Full) batch.Empty(bins[bin]);
        batch.Add(customer, hash, day, cents, at);
    }

    /// <summary>Hands over all rows that still wait.</summary>
    public void Empty()
    {
        for (var bin = 0; bin < CustomerBins.Count; bin++) waiting[bin].Empty(bins[bin]);
    }

    // Good for this run only: nothing made from it is kept, and names are compared in full.
    static ulong Hash(ReadOnlySpan<byte> name)
    {
        const ulong first = 0xA0761D6478BD642F, second = 0xE7037ED1A0B428DB;
        var hash = first ^ (ulong)name.Length;
        for (; name.Length > 8; name = name[8..]) hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(name), second);
        return Mix(Mix(hash ^ Rest(name), second), first);
    }

    // The last eight bytes or fewer; where two reads overlap the length tells names apart.
    static ulong Rest(ReadOnlySpan<byte> name) => name.Length switch
    {
        8 => BinaryPrimitives.ReadUInt64LittleEndian(name),
        >= 4 => (ulong)BinaryPrimitives.ReadUInt32LittleEndian(name) << 32 | BinaryPrimitives.ReadUInt32LittleEndian(name[^4..]),
        >= 2 => (ulong)BinaryPrimitives.ReadUInt16LittleEndian(name) << 16 | BinaryPrimitives.ReadUInt16LittleEndian(name[^2..]),
        1 => name[0],
        _ => 0,
    };

    static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}

/// <summary>Rows that wait for one bin, and their customers' names.</summary>
sealed class BinBatch
{
    const int MostBytes = 8 * 1024;

    readonly OrderRow[] rows = new OrderRow[CustomerBin.Wave];
    readonly byte[] names = new byte[MostBytes];
    int count, filled;

    public bool Full => count == rows.Length || filled > MostBytes - CustomerBins.MostName;

    public void Add(ReadOnlySpan<byte> customer, ulong hash, int day, long cents, long at)
    {
        customer.CopyTo(names.AsSpan(filled));
        rows[count++] = new(hash, at, cents, day, filled, customer.Length);
        filled += customer.Length;
    }

    public void Empty(CustomerBin bin)
    {
        bin.Take(rows.AsSpan(0, count), names);
        (count, filled) = (0, 0);
    }
}
