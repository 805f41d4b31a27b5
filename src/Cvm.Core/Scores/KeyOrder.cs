namespace Cvm;

/// <summary>Sorts keys in a few passes over the bits that they use.</summary>
static class KeyOrder
{
    const int MostBits = 12; // 4096 counters stay in the fastest cache

    /// <summary>The keys from the smallest to the largest; what was given is used up.</summary>
    public static ulong[] Sorted(ulong[] keys)
    {
        var used = 0UL;
        foreach (var key in keys) used |= key;

        var bits = 64 - (int)ulong.LeadingZeroCount(used);
        var passes = (bits + MostBits - 1) / MostBits;
        var width = passes == 0 ? 1 : (bits + passes - 1) / passes;

        var other = new ulong[keys.Length];
        for (var pass = 0; pass < passes; pass++)
        {
            Pass(keys, other, pass * width, width);
            (keys, other) = (other, keys);
        }

        return keys;
    }

    static void Pass(ulong[] from, ulong[] to, int shift, int width)
    {
        var mask = (1UL << width) - 1;
        var next = new int[(int)mask + 1];
        foreach (var key in from) next[(int)((key >> shift) & mask)]++;

        var start = 0;
        for (var digit = 0; digit < next.Length; digit++) (next[digit], start) = (start, start + next[digit]);

        foreach (var key in from) to[next[(int)((key >> shift) & mask)]++] = key;
    }
}
