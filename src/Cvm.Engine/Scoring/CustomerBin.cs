namespace Cvm.Engine;

/// <summary>What is known of a customer while the file is being read. Money is in cents, so that the order of the rows does not matter.</summary>
struct CustomerSums
{
    public ulong Hash;
    public long At, Spent, FirstSpent, Refunded, HoldoutSpent;
    public int Name, Length, FirstDay, LastDay, LastNoted, Orders;

    public readonly bool Ordered => Orders > 0;
}

/// <summary>A hash table of customers with open addressing, and a list of the days each ordered on.</summary>
/// <remarks>80 bytes and the name for a customer, doubled while a table grows; 8 bytes for an order on another day than the one before.</remarks>
sealed class CustomerBin(OrderDays window)
{
    readonly Lock gate = new();
    CustomerSums[] customers = new CustomerSums[16];
    byte[] names = new byte[CustomerBins.MostName];
    ulong[] slots = new ulong[32]; // the hash's upper half, and the customer's place counted from 1
    long[] days = new long[32]; // the customer's place, and the day
    int count, named, noted;

    public int Count => count;

    public long Holdout { get; private set; }

    public long Refunds { get; private set; }

    public ref readonly CustomerSums this[int customer] => ref customers[customer];

    public ReadOnlySpan<byte> Name(int customer) => names.AsSpan(customers[customer].Name, customers[customer].Length);

    /// <summary>The customer's place and the day, in no order and some of them twice.</summary>
    public ReadOnlySpan<long> Days => days.AsSpan(0, noted);

    public void Take(OrderRow[] rows, ReadOnlySpan<int> which, byte[] text)
    {
        lock (gate)
        {
            foreach (var i in which)
            {
                ref readonly var row = ref rows[i];
                var customer = Find(row, text);
                if (row.Cents < 0) Refund(ref customers[customer], row);
                else Order(ref customers[customer], row, customer);
            }
        }
    }

    void Refund(ref CustomerSums customer, in OrderRow row)
    {
        Refunds++;
        if (row.Day <= window.Calibration) customer.Refunded -= row.Cents;
    }

    void Order(ref CustomerSums customer, in OrderRow row, int place)
    {
        if (row.Day <= window.Calibration) Keep(ref customer, row);
        else
        {
            Holdout++;
            customer.HoldoutSpent += row.Cents;
        }

        if (row.Day == customer.LastNoted) return;
        customer.LastNoted = row.Day;
        if (noted == days.Length) Array.Resize(ref days, noted * 2);
        days[noted++] = (long)place << 32 | (uint)row.Day;
    }

    static void Keep(ref CustomerSums customer, in OrderRow row)
    {
        customer.Spent += row.Cents;
        if (!customer.Ordered || row.Day < customer.FirstDay) (customer.FirstDay, customer.FirstSpent) = (row.Day, row.Cents);
        else if (row.Day == customer.FirstDay) customer.FirstSpent += row.Cents;
        if (!customer.Ordered || row.Day > customer.LastDay) customer.LastDay = row.Day;
        customer.Orders++;
    }

    int Find(in OrderRow row, byte[] text)
    {
        var tag = row.Hash & 0xFFFFFFFF00000000;
        for (var slot = (int)row.Hash & (slots.Length - 1); ; slot = (slot + 1) & (slots.Length - 1))
        {
            var held = slots[slot];
            if (held == 0) return Add(row, text, slot);
            if ((held & 0xFFFFFFFF00000000) != tag) continue;

            var place = (int)(uint)held - 1;
            ref var customer = ref customers[place];
            if (!names.AsSpan(customer.Name, customer.Length).SequenceEqual(text.AsSpan(row.Name, row.Length))) continue;
            if (row.At < customer.At) customer.At = row.At;
            return place;
        }
    }

    int Add(in OrderRow row, byte[] text, int slot)
    {
        if (count == customers.Length)
        {
            Array.Resize(ref customers, count * 2);
            slot = Rehash(row.Hash);
        }

        if (names.Length - named < row.Length) Array.Resize(ref names, names.Length * 2); // never less than the longest name
        text.AsSpan(row.Name, row.Length).CopyTo(names.AsSpan(named));
        customers[count] = new() { Hash = row.Hash, At = row.At, Name = named, Length = row.Length };
        named += row.Length;
        slots[slot] = row.Hash & 0xFFFFFFFF00000000 | (uint)++count;
        return count - 1;
    }

    // Twice as many slots as customers; gives the free slot for the hash.
    int Rehash(ulong hash)
    {
        slots = new ulong[customers.Length * 2];
        for (var i = 0; i < count; i++) slots[Free(customers[i].Hash)] = customers[i].Hash & 0xFFFFFFFF00000000 | (uint)(i + 1);
        return Free(hash);
    }

    int Free(ulong hash)
    {
        var slot = (int)hash & (slots.Length - 1);
        while (slots[slot] != 0) slot = (slot + 1) & (slots.Length - 1);
        return slot;
    }
}
