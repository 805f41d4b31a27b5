namespace Cvm.Engine;

/// <summary>Which customer of a bin ordered on which day: a list in pieces, so that it grows without being copied.</summary>
sealed class DayNotes
{
    const int LeastPiece = 64, MostPiece = 16 * 1024;

    readonly List<long[]> full = [];
    long[] piece = [];
    int filled;

    public void Add(int place, int day)
    {
        if (filled == piece.Length) Grow();
        piece[filled++] = (long)place << 32 | (uint)day;
    }

    /// <summary>The days of each customer, all in one: those of customer i end at place i of <paramref name="ends"/>. Forgets them.</summary>
    public int[] ByCustomer(int customers, out int[] ends)
    {
        ends = new int[customers + 1];
        var days = new int[full.Sum(one => one.Length) + filled];

        // A counting sort.
        for (var i = 0; i <= full.Count; i++) foreach (var note in Piece(i)) ends[(note >> 32) + 1]++;
        for (var i = 0; i < customers; i++) ends[i + 1] += ends[i];
        for (var i = 0; i <= full.Count; i++) foreach (var note in Piece(i)) days[ends[note >> 32]++] = (int)note;

        full.Clear();
        (piece, filled) = ([], 0);
        return days;
    }

    ReadOnlySpan<long> Piece(int i) => i < full.Count ? full[i] : piece.AsSpan(0, filled);

    void Grow()
    {
        if (filled > 0) full.Add(piece);
        (piece, filled) = (new long[Math.Clamp(filled * 2, LeastPiece, MostPiece)], 0);
    }
}
