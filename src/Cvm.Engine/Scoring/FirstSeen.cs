namespace Cvm.Engine;

/// <summary>Puts customers in the order in which they first appear in the file.</summary>
sealed class FirstSeen(int most)
{
    const int Digit = 11, Radix = 1 << Digit;

    long[] places = new long[most];
    long[] customers = new long[most];

    public int Count { get; private set; }

    public void Add(long at, int bin, int customer) => (places[Count], customers[Count++]) = (at, (long)bin << 32 | (uint)customer);

    /// <summary>The customers in order: a radix sort, digit by digit from the lowest.</summary>
    public IEnumerable<(int Bin, int Customer)> InOrder(long length)
    {
        var (otherPlaces, others) = (new long[Count], new long[Count]);
        for (var shift = 0; length >> shift > 0; shift += Digit)
        {
            var starts = new int[Radix + 1];
            for (var i = 0; i < Count; i++) starts[(int)(places[i] >> shift) & Radix - 1]++;
            for (int digit = 0, sum = 0; digit < Radix; digit++) (starts[digit], sum) = (sum, sum + starts[digit]);
            for (var i = 0; i < Count; i++)
            {
                var to = starts[(int)(places[i] >> shift) & Radix - 1]++;
                (otherPlaces[to], others[to]) = (places[i], customers[i]);
            }

            (places, otherPlaces, customers, others) = (otherPlaces, places, others, customers);
        }

        for (var i = 0; i < Count; i++) yield return ((int)(customers[i] >> 32), (int)(uint)customers[i]);
    }
}
