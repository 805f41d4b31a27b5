namespace Cvm.Benchmarks;

/// <summary>One line of the table: what was measured, beside its floor or peer of the same run.</summary>
sealed record Row(string What, string Figure)
{
    public string Floor { get; init; } = "";
    public string Ratio { get; init; } = "";
    public string Promise { get; init; } = "";

    /// <summary>Most memory resident while it was measured.</summary>
    public string Peak { get; init; } = "";
}

/// <summary>Rows as a Markdown table, aligned for reading in a terminal.</summary>
static class Table
{
    static readonly Row Heading = new("what", "figure") { Floor = "floor or peer in the same run", Ratio = "ratio", Promise = "promise", Peak = "peak memory" };

    public static void Print(IReadOnlyList<Row> rows, TextWriter to)
    {
        string[][] cells = [.. rows.Prepend(Heading).Select(row => new[] { row.What, row.Figure, row.Floor, row.Ratio, row.Promise, row.Peak })];
        int[] widths = [.. Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(line => line[column].Length))];

        for (var i = 0; i < cells.Length; i++)
        {
            to.WriteLine($"| {string.Join(" | ", cells[i].Select((cell, column) => cell.PadRight(widths[column])))} |");
            if (i == 0) to.WriteLine($"|{string.Join('|', widths.Select(width => new string('-', width + 2)))}|");
        }
    }
}
