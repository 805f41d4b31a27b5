namespace Cvm.Engine;

/// <summary>Reads how a file of orders is laid out from its first rows.</summary>
static class OrderHeader
{
    const int MostRowsLookedAt = 1_000;

    /// <summary>The layout, or null and why the file cannot be read.</summary>
    public static OrderLayout? Read(OrderFile file, out Problem? problem)
    {
        problem = Unreadable(file.Path);
        if (problem is not null) return null;

        using var table = CsvTable.Open(file.Path);
        if (table.Columns.IsEmpty) problem = new(new(file.Path), "The file is empty.", "Its first line must name the columns.");
        else if (ColumnMap.Find(ImportKind.Orders, table.Columns, file.Map, out var what, out var fix) is not { } columns) problem = new(new(file.Path, 1), what, fix);
        else
        {
            var (begin, line) = First(file.Path, table);
            var (rowBytes, currency) = Sample(table, columns.Of("currency"), begin);
            return new(file, table.Columns, columns, table.Delimiter, begin, table.Length, line, rowBytes, currency);
        }

        return null;
    }

    static Problem? Unreadable(string path)
    {
        if (Directory.Exists(path)) return new(new(path), "This is a folder.", "Name a CSV file.");
        if (!File.Exists(path)) return new(new(path), "There is no such file.", "Check its name and folder.");

        using var file = File.OpenRead(path);
        Span<byte> mark = stackalloc byte[2];
        return file.ReadAtLeast(mark, 2, throwOnEndOfStream: false) == 2 && mark is [0xFE, 0xFF] or [0xFF, 0xFE]
            ? new(new(path), "The file is UTF-16.", "Save it as CSV UTF-8.") : null;
    }

    // Behind the header, which may have line breaks in quotes.
    static (long Begin, int Line) First(string path, CsvTable table)
    {
        using var file = File.OpenRead(path);
        var head = new byte[Math.Min(file.Length, OrderRange.MostRecord + 3)];
        file.ReadExactly(head);

        var (at, line) = (head is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0, 1);
        for (; at < head.Length && head[at] is (byte)'\n' or (byte)'\r'; at++) if (head[at] == '\n') line++;
        var fields = new OrderFields((byte)table.Delimiter, table.Columns.Length);
        fields.Quoted(head, at, head.Length, last: true, out var next);
        return (next, line + fields.Breaks + 1);
    }

    // The mean length of the first rows, and the first currency that they name.
    static (double RowBytes, string? Currency) Sample(CsvTable table, int column, long begin)
    {
        var (rows, currency) = (0, (string?)null);
        for (; rows < MostRowsLookedAt && table.Read(); rows++)
        {
            if (column >= 0 && currency is null && table[column].Trim() is { Length: > 0 and <= 8 } named) currency = named;
        }

        return (Math.Max(1, (table.Position - begin) / Math.Max(1.0, rows)), currency);
    }
}
