namespace Cvm;

/// <summary>The values that stand at given places in order, found by counting digits instead of sorting.</summary>
static class OrderStatistics
{
    const int Digit = 16, Radix = 1 << Digit;

    const int MostCounts = 4 * 1024 * 1024;

    /// <summary>Fills in the value at each place, counted from 0 in ascending order; what is not a number comes first.</summary>
    public static void Select(ReadOnlySpan<double> values, ReadOnlySpan<int> places, Span<double> found)
    {
        var keys = new ulong[values.Length];
        for (var i = 0; i < keys.Length; i++) keys[i] = Key(values[i]);
        Select(keys, places, found);
    }

    /// <summary>Fills in the value at each place, counted from 0 in ascending order.</summary>
    public static void Select(ReadOnlySpan<int> values, ReadOnlySpan<int> places, Span<double> found)
    {
        var (least, most) = (int.MaxValue, int.MinValue);
        foreach (var value in values) (least, most) = (Math.Min(least, value), Math.Max(most, value));

        if ((long)most - least < MostCounts)
        {
            var counts = new int[most - least + 1];
            foreach (var value in values) counts[value - least]++;
            for (var i = 0; i < places.Length; i++)
            {
                var place = places[i];
                found[i] = least + DigitAt(counts, ref place);
            }

            return;
        }

        var keys = new ulong[values.Length];
        for (var i = 0; i < keys.Length; i++) keys[i] = Key(values[i]);
        Select(keys, places, found);
    }

    static void Select(ulong[] keys, ReadOnlySpan<int> places, Span<double> found)
    {
        var counts = Count(keys, 64 - Digit);
        var scratch = new ulong[counts.Max()];
        for (var i = 0; i < places.Length; i++) found[i] = Value(Find(keys, counts, places[i], scratch));
    }

    // Keys stand in the order of their values.
    static ulong Key(double value)
    {
        if (double.IsNaN(value)) return 0;
        var bits = BitConverter.DoubleToInt64Bits(value == 0 ? 0.0 : value); // one zero only
        return bits < 0 ? ~(ulong)bits : (ulong)bits | 1UL << 63;
    }

    // Among the keys that share the first digit, the next digit decides, and so on.
    static ulong Find(ReadOnlySpan<ulong> keys, int[] counts, int place, ulong[] scratch)
    {
        for (var shift = 64 - Digit; ; shift -= Digit)
        {
            var digit = DigitAt(counts, ref place);
            var found = Sift(keys, shift, digit, scratch);
            if (shift == 0 || found == 1) return scratch[0];

            keys = scratch.AsSpan(0, found);
            counts = Count(keys, shift - Digit);
        }
    }

    static int[] Count(ReadOnlySpan<ulong> keys, int shift)
    {
        var counts = new int[Radix];
        foreach (var key in keys) counts[(int)(key >> shift) & Radix - 1]++;
        return counts;
    }

    // Afterwards the place counts from the first key with that digit.
    static int DigitAt(int[] counts, ref int place)
    {
        var digit = 0;
        for (; place >= counts[digit]; digit++) place -= counts[digit];
        return digit;
    }

    // Writes behind where it reads, so the keys may be the scratch itself.
    static int Sift(ReadOnlySpan<ulong> keys, int shift, int digit, ulong[] scratch)
    {
        var found = 0;
        foreach (var key in keys) if (((int)(key >> shift) & Radix - 1) == digit) scratch[found++] = key;
        return found;
    }

    static double Value(ulong key) => key == 0 ? double.NegativeInfinity
        : BitConverter.Int64BitsToDouble(key >> 63 == 1 ? (long)(key & ~(1UL << 63)) : ~(long)key);
}
