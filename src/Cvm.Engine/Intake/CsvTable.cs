using CsvHelper;

namespace Cvm.Engine;

/// <summary>A CSV file, one row at a time: RFC 4180 with a guessed delimiter (comma, semicolon, tab or bar), UTF-8 or what its byte order mark says.</summary>
sealed class CsvTable : IDisposable
{
    const int MostRecord = 1024 * 1024;

    readonly CsvReader reader;
    bool badQuote;

    CsvTable(FileStream file)
    {
        Length = file.Length;
        reader = CsvReader.Create(file, new CsvReaderOptions
        {
            TrackLineNumbers = true,
            MaxRecordSize = MostRecord,
            OnMalformedRecord = _ => badQuote = true,
        });
        Columns = [.. reader.Headers.Select(name => name.Trim())];
    }

    public char Delimiter => reader.Separator;

    /// <summary>The names in the first row; empty for an empty file.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>Line on which the present row begins, counted from 1.</summary>
    public long Line => reader.LineNumber;

    public int Count => reader.FieldCount;

    /// <summary>Bytes before the present row.</summary>
    public long Position => reader.ByteOffset;

    /// <summary>Bytes of the whole file.</summary>
    public long Length { get; }

    /// <summary>A field of the present row; empty where the row is too short.</summary>
    public string this[int column] => reader.GetString(column);

    /// <summary>A field of the present row as UTF-8, until the next one is read.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => reader.GetSpan(column);

    /// <exception cref="IOException">Or <see cref="UnauthorizedAccessException"/>: it cannot be opened.</exception>
    /// <exception cref="CsvFormatException">The first row never ends.</exception>
    public static CsvTable Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        if (file.CanSeek) return new(file);

        file.Dispose();
        throw new IOException("It is a pipe, and is to be read more than once. Write it to a file first.");
    }

    /// <summary>Steps to the next row; false at the end.</summary>
    /// <exception cref="CsvFormatException">A row never ends: a closing quote is missing.</exception>
    public bool Read()
    {
        badQuote = false;
        return reader.Read();
    }

    /// <summary>What is wrong with the shape of the present row, if anything.</summary>
    public FieldProblem? ShapeProblem()
    {
        if (badQuote) return new("", "has a quote out of place.", "Close every quoted field, and double the quotes within.");

        var last = Count - 1;
        while (last >= Columns.Length && Utf8(last).IsEmpty) last--;
        if (last >= Columns.Length) return new("", $"has {last + 1} fields where the header has {Columns.Length}.", "Put fields that hold the delimiter in quotes.");
        if (Count < Columns.Length) return new("", $"has {Count} fields where the header has {Columns.Length}.", "Check for a missing delimiter or a cut line.");

        for (var i = 0; i <= last; i++)
        {
            if (!System.Text.Unicode.Utf8.IsValid(Utf8(i))) return new(Columns[i], "holds bytes that are not UTF-8.", "Save the file as CSV UTF-8.");
        }

        return null;
    }

    public void Dispose() => reader.Dispose();
}
