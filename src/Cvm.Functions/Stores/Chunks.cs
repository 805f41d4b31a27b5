using Azure.Data.Tables;

namespace Cvm.Functions;

/// <summary>Long texts in a row: a property holds 64 KiB, a row 1 MiB, so a text is spread over several properties.</summary>
static class Chunks
{
    const int Size = 64 * 1024;
    const string Name = "d", Length = "length";

    /// <summary>The most bytes a row can hold, with room left for its other properties.</summary>
    public const int Most = 15 * Size;

    /// <summary>Puts a text into the row. Throws <see cref="RowTooLarge"/> where it has more than <see cref="Most"/> bytes.</summary>
    /// <param name="what">What it is, for the error.</param>
    public static TableEntity Put(TableEntity row, byte[] text, string what)
    {
        if (text.Length > Most) throw new RowTooLarge(what, text.Length);

        row[Length] = text.Length;
        for (var at = 0; at < text.Length; at += Size)
            row[Name + (at / Size)] = at == 0 && text.Length <= Size ? text : text[at..Math.Min(at + Size, text.Length)];
        return row;
    }

    public static byte[] Get(TableEntity row)
    {
        var length = row.GetInt32(Length) ?? throw new InvalidDataException($"The row '{row.PartitionKey}', '{row.RowKey}' holds no text.");
        if (length <= Size) return length == 0 ? [] : Part(row, 0);

        var text = new byte[length];
        for (var at = 0; at < length; at += Size) Part(row, at / Size).CopyTo(text, at);
        return text;
    }

    static byte[] Part(TableEntity row, int number) =>
        row.GetBinary(Name + number) ?? throw new InvalidDataException($"The row '{row.PartitionKey}', '{row.RowKey}' lacks part {number} of its text.");
}

/// <summary>Something grew beyond what Table Storage holds in one row. Nothing of it was written.</summary>
public sealed class RowTooLarge(string what, int bytes) : Exception(
    $"{what} has {bytes:N0} bytes; Table Storage holds at most {Chunks.Most:N0} in one row. Nothing was written.");
