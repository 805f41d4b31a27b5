namespace Cvm.Engine;

/// <summary>What is known of a customer while the file is being read. Money is in cents, so that the order of the rows does not matter.</summary>
struct CustomerSums
{
    public ulong Hash;
    public long At, Spent, FirstSpent;
    public int Orders, Length, FirstDay, LastDay, LastNoted, Name;

    public readonly bool Ordered => Orders > 0;
}

/// <summary>A hash table of customers with open addressing, and a list of the days each ordered on.</summary>
/// <remarks>72 bytes and the name for a customer, doubled while a table grows; 8 bytes for an order on another day than the one before.</remarks>
sealed class CustomerBin(OrderDays window)
{
    /// <summary>Most rows at once.</summary>
    public const int Wave = 256;

    readonly Lock gate = new();
    readonly DayNotes notes = new();
    CustomerSums[] customers = new CustomerSums[16];
    byte[] names = new byte[CustomerBins.MostName];
    ulong[] slots = new ulong[32]; // the hash's upper half, and the customer's place counted from 1
    long[] refunded = [], heldOut = []; // grown when there is any
    int count, named, warmth;
    bool summing = true, noting = true;

    public int Count => count;

    public long Holdout { get; private set; }

    public long Refunds { get; private set; }

    /// <summary>Cents that went back, as a positive number.</summary>
    public long Refunded(int customer) => customer < refunded.Length ? refunded[customer] : 0;

    /// <summary>Cents of the holdout's orders.</summary>
    public long HeldOut(int customer) => customer < heldOut.Length ? heldOut[customer] : 0;

    public ref readonly CustomerSums this[int customer] => ref customers[customer];

    public ReadOnlySpan<byte> Name(int customer) => names.AsSpan(customers[customer].Name, customers[customer].Length);

    /// <summary>Filled when the bin has been closed after a reading in which it noted the days.</summary>
    public DistinctDays Days { get; private set; } = DistinctDays.None;

    /// <summary>Whether the bin has any use for rows in this reading.</summary>
    public bool Open => summing || noting;

    /// <summary>What the next reading of the file is for: sums in the first one, and the days of some bins in each.</summary>
    public void Begin(bool sums, bool days)
    {
        (summing, noting) = (sums, days);
        for (var i = 0; noting && i < count; i++) customers[i].LastNoted = 0;
    }

    /// <summary>Counts the days that were noted in this reading.</summary>
    public void Close()
    {
        if (noting) Days = DistinctDays.Of(notes, count, window.Calibration);
    }

    /// <summary>Takes at most <see cref="Wave"/> rows; any number of workers may at once.</summary>
    /// <remarks>First it only touches what the rows will need: loads that do not wait for each other overlap, where one row after the other
    /// would wait for memory each time.</remarks>
    public void Take(ReadOnlySpan<OrderRow> rows, byte[] text)
    {
        lock (gate)
        {
            Span<int> places = stackalloc int[Wave];
            Locate(rows, places);
            for (var i = 0; i < rows.Length; i++)
            {
                ref readonly var row = ref rows[i];
                var place = places[i] >= 0 && Same(ref customers[places[i]], row, text) ? places[i] : Find(row, text);
                if (row.Cents >= 0) Note(ref customers[place], row.Day, place);
                if (summing) Sum(row, place);
            }
        }
    }

    // The places of customers who are likely the right ones, -1 for others; all of their memory is on its way afterwards.
    void Locate(ReadOnlySpan<OrderRow> rows, Span<int> places)
    {
        var touched = 0;
        for (var i = 0; i < rows.Length; i++) touched += (int)slots[(int)rows[i].Hash & (slots.Length - 1)];
        for (var i = 0; i < rows.Length; i++) places[i] = Probe(rows[i].Hash);
        for (var i = 0; i < rows.Length; i++) if (places[i] >= 0) touched += customers[places[i]].Orders;
        for (var i = 0; i < rows.Length; i++) if (places[i] >= 0) touched += names[customers[places[i]].Name] + (int)customers[places[i]].Hash;
        warmth = touched;
    }

    int Probe(ulong hash)
    {
        for (var slot = (int)hash & (slots.Length - 1); ; slot = (slot + 1) & (slots.Length - 1))
        {
            var held = slots[slot];
            if (held == 0) return -1;
            if ((held ^ hash) >> 32 == 0) return (int)(uint)held - 1;
        }
    }

    bool Same(ref CustomerSums customer, in OrderRow row, byte[] text)
    {
        if (!names.AsSpan(customer.Name, customer.Length).SequenceEqual(text.AsSpan(row.Name, row.Length))) return false;
        if (row.At < customer.At) customer.At = row.At;
        return true;
    }

    void Note(ref CustomerSums customer, int day, int place)
    {
        if (day == customer.LastNoted) return;
        customer.LastNoted = day;
        if (noting) notes.Add(place, day);
    }

    void Sum(in OrderRow row, int place)
    {
        var counts = row.Day <= window.Calibration;
        if (row.Cents < 0)
        {
            Refunds++;
            if (counts) Of(ref refunded, place) -= row.Cents;
        }
        else if (counts) Keep(ref customers[place], row);
        else
        {
            Holdout++;
            Of(ref heldOut, place) += row.Cents;
        }
    }

    ref long Of(ref long[] sums, int place)
    {
        if (sums.Length <= place) Array.Resize(ref sums, customers.Length);
        return ref sums[place];
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
            if (Same(ref customers[place], row, text)) return place;
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
