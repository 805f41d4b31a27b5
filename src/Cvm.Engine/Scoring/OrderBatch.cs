using System.Buffers.Binary;

namespace Cvm.Engine;

/// <summary>A row that was read: whose order, on which day, for how many cents.</summary>
/// <param name="At">Where the row stands in the file.</param>
/// <param name="Name">Where the customer's name stands in the batch.</param>
readonly record struct OrderRow(ulong Hash, long At, long Cents, int Day, int Name, int Length);

/// <summary>Rows on their way from the file into the bins: so many for each bin that it is locked once for all of them, so few that all fit into
/// a core's cache.</summary>
sealed class OrderBatch(CustomerBins bins)
{
    const int NameBytes = 4 * 1024;

    readonly OrderRow[] rows = new OrderRow[CustomerBins.Count * CustomerBin.Wave];
    readonly byte[] names = new byte[CustomerBins.Count * NameBytes];
    readonly int[] counts = new int[CustomerBins.Count];
    readonly int[] filled = new int[CustomerBins.Count];

    public void Add(ReadOnlySpan<byte> customer, int day, long cents, long at)
    {
        var hash = Hash(customer);
        var bin = CustomerBins.Of(hash);
        if (!bins[bin].Open) return;
        if (counts[bin] == CustomerBin.Wave || filled[bin] > NameBytes - CustomerBins.MostName) Empty(bin);

        var name = bin * NameBytes + filled[bin];
        customer.CopyTo(names.AsSpan(name));
        rows[bin * CustomerBin.Wave + counts[bin]++] = new(hash, at, cents, day, name, customer.Length);
        filled[bin] += customer.Length;
    }

    /// <summary>Hands over all rows that still wait.</summary>
    public void Empty()
    {
        for (var bin = 0; bin < CustomerBins.Count; bin++) Empty(bin);
    }

    void Empty(int bin)
    {
        bins[bin].Take(rows.AsSpan(bin * CustomerBin.Wave, counts[bin]), names);
        (counts[bin], filled[bin]) = (0, 0);
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
