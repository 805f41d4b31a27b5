namespace Cvm;

/// <summary>Sorts keys in a few passes over the bits that they use.</summary>
static class KeyOrder
{
    const int MostBits = 12; // 4096 counters stay in the fastest cache

    /// <summary>Sorts the keys in place and says where each came from. Equal keys keep their order.</summary>
    public static int[] Sort(ulong[] keys)
    {
        var most = 0UL;
        foreach (var key in keys) most |= key;

        var bits = 64 - (int)ulong.LeadingZeroCount(most);
        var passes = (bits + MostBits - 1) / MostBits;
        var width = passes == 0 ? 1 : (bits + passes - 1) / passes;

        var (origin, otherKeys, otherOrigin) = (new int[keys.Length], new ulong[keys.Length], new int[keys.Length]);
        for (var i = 0; i < origin.Length; i++) origin[i] = i;

        var (from, to) = (keys, otherKeys);
        for (var pass = 0; pass < passes; pass++)
        {
            Pass(from, origin, to, otherOrigin, pass * width, width);
            (from, to) = (to, from);
            (origin, otherOrigin) = (otherOrigin, origin);
        }

        if (from != keys) from.CopyTo(keys, 0);
        return origin;
    }

    static void Pass(ulong[] keys, int[] origin, ulong[] toKeys, int[] toOrigin, int shift, int width)
    {
        var mask = (1UL << width) - 1;
        var next = new int[(int)mask + 1];
        foreach (var key in keys) next[(int)((key >> shift) & mask)]++;

        var start = 0;
        for (var digit = 0; digit < next.Length; digit++)
        {
            var size = next[digit];
            next[digit] = start;
            start += size;
        }

        for (var i = 0; i < keys.Length; i++)
        {
            var at = next[(int)((keys[i] >> shift) & mask)]++;
            toKeys[at] = keys[i];
            toOrigin[at] = origin[i];
        }
    }
}
