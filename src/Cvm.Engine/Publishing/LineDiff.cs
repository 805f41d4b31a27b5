namespace Cvm.Engine;

/// <summary>A row of two texts side by side. Where both sides are there and differ, one line took the place of the other.</summary>
/// <param name="Left">Null where only the right has this line.</param>
/// <param name="Right">Null where only the left has this line.</param>
/// <param name="LeftLine">Number of the line, from 1; 0 where there is none.</param>
/// <param name="RightLine">Number of the line, from 1; 0 where there is none.</param>
public sealed record DiffRow(string? Left, string? Right, int LeftLine, int RightLine)
{
    public bool Same => Left == Right;
}

/// <summary>What differs between two texts, by lines: the longest common subsequence, as in Hunt and McIlroy, "An Algorithm for Differential File Comparison" (1976).</summary>
public static class LineDiff
{
    // Beyond so many pairs of lines that might be the same, what lies between the common beginning and end counts as replaced.
    const long MostPairs = 4_000_000;

    /// <summary>Every line of both texts, in order.</summary>
    public static ImmutableArray<DiffRow> Of(string left, string right)
    {
        var (a, b) = (Lines(left), Lines(right));
        var (head, tail) = (0, 0);
        while (head < a.Length && head < b.Length && a[head] == b[head]) head++;
        while (tail < a.Length - head && tail < b.Length - head && a[^(tail + 1)] == b[^(tail + 1)]) tail++;

        var rows = new List<DiffRow>();
        for (var i = 0; i < head; i++) rows.Add(new(a[i], b[i], i + 1, i + 1));
        Between(a, b, head, a.Length - tail, b.Length - tail, rows);
        for (var i = tail; i > 0; i--) rows.Add(new(a[^i], b[^i], a.Length - i + 1, b.Length - i + 1));
        return [.. rows];
    }

    /// <summary>Both texts in one: what is the same once, and where they differ first the left, then the right, each under a comment that says whose it is.</summary>
    public static string Both(string left, string right, string leftName, string rightName)
    {
        var (rows, text, at) = (Of(left, right), new List<string>(), 0);
        while (at < rows.Length)
        {
            if (rows[at].Same)
            {
                text.Add(rows[at++].Left!);
                continue;
            }

            var end = at;
            while (end < rows.Length && !rows[end].Same) end++;
            var (ours, theirs) = (rows[at..end].Select(row => row.Left).OfType<string>().ToList(), rows[at..end].Select(row => row.Right).OfType<string>().ToList());
            if (ours.Count > 0) text.AddRange([$"# >>> {leftName}", .. ours]);
            if (theirs.Count > 0) text.AddRange([$"# >>> {rightName}", .. theirs]);
            text.Add("# <<<");
            at = end;
        }

        return string.Join('\n', text);
    }

    static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    static void Between(string[] a, string[] b, int from, int endA, int endB, List<DiffRow> rows)
    {
        var (ours, theirs) = (new List<int>(), new List<int>());
        var (i, j) = (from, from);
        foreach (var (x, y) in Common(a, b, from, endA, endB).Append((endA, endB)))
        {
            while (i < x) ours.Add(i++);
            while (j < y) theirs.Add(j++);
            for (var k = 0; k < Math.Max(ours.Count, theirs.Count); k++)
                rows.Add(new(k < ours.Count ? a[ours[k]] : null, k < theirs.Count ? b[theirs[k]] : null, k < ours.Count ? ours[k] + 1 : 0, k < theirs.Count ? theirs[k] + 1 : 0));

            ours.Clear();
            theirs.Clear();
            if (x < endA && y < endB) rows.Add(new(a[x], b[y], x + 1, y + 1));
            (i, j) = (x + 1, y + 1);
        }
    }

    // The pairs of lines that both texts have in the same order.
    static List<(int A, int B)> Common(string[] a, string[] b, int from, int endA, int endB)
    {
        var (n, m) = (endA - from, endB - from);
        if ((long)n * m is 0 or > MostPairs) return [];

        var longest = new int[n + 1, m + 1];
        for (var i = n - 1; i >= 0; i--)
            for (var j = m - 1; j >= 0; j--)
                longest[i, j] = a[from + i] == b[from + j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);

        var pairs = new List<(int, int)>();
        for (var (i, j) = (0, 0); i < n && j < m;)
        {
            if (a[from + i] == b[from + j]) pairs.Add((from + i++, from + j++));
            else if (longest[i + 1, j] >= longest[i, j + 1]) i++;
            else j++;
        }

        return pairs;
    }
}
