using CsvHelper;

namespace Cvm.Engine;

/// <summary>The file of bad rows: each as it was, with its line, column and reason. Made with the first bad row; mended, it can be imported itself.</summary>
sealed class Quarantine(string path, CsvTable table) : IDisposable
{
    readonly ImmutableArray<int> own = [.. Enumerable.Range(0, table.Columns.Length).Where(at => !ColumnMap.Marks.Contains(table.Columns[at]))];
    CsvWriter? writer;

    public long Count { get; private set; }

    public void Add(ColumnMap columns, IReadOnlyList<FieldProblem> problems)
    {
        writer ??= Begin();
        foreach (var mark in (string[])[
            table.Line.ToString(),
            columns.NameOf(problems[0].Field),
            string.Join(" ", problems.Select(problem => problem with { Field = columns.NameOf(problem.Field) }))])
        {
            writer.WriteField(mark);
        }

        foreach (var column in own) writer.WriteField(table.Utf8(column));
        for (var extra = table.Columns.Length; extra < table.Count; extra++) writer.WriteField(table.Utf8(extra));
        writer.EndRecord();
        Count++;
    }

    public void Dispose() => writer?.Dispose();

    CsvWriter Begin()
    {
        var begun = CsvWriter.ToFile(path, new CsvWriterOptions { Separator = table.Delimiter, ValidateFieldCount = false });
        foreach (var mark in ColumnMap.Marks) begun.WriteField(mark);
        foreach (var column in own) begun.WriteField(table.Columns[column]);
        begun.EndRecord();
        return begun;
    }
}
