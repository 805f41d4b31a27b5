using System.Buffers.Binary;
using System.Collections;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Cvm.Engine;

/// <summary>Names rows that have no order id: a hash of what the row says, and its ordinal among rows that say the same. So the same file gives
/// the same keys, rows appended to it get new ones, and rows that two exports share are known again.</summary>
/// <remarks>Only rows that may be doubled are remembered. A first pass over the file finds those with two bitmaps of at most 32 MB each.</remarks>
sealed class RowKeys
{
    const long MostBits = 1L << 28, LeastBits = 1L << 20;

    readonly BitArray seen;
    readonly BitArray doubled;
    readonly Dictionary<UInt128, (UInt128 Content, int Count, long Line)> known = [];
    readonly ImmutableArray<int> columns;
    readonly int idColumn;
    byte[] buffer = new byte[1024];

    RowKeys(CsvTable table, int idColumn)
    {
        var bits = (int)BitOperations.RoundUpToPowerOf2((ulong)Math.Clamp(table.Length / 2, LeastBits, MostBits));
        (seen, doubled) = (new(bits), new(bits));
        columns = [.. Enumerable.Range(0, table.Columns.Length).Where(at => !ColumnMap.Marks.Contains(table.Columns[at]))];
        this.idColumn = idColumn;
    }

    /// <summary>Reads the whole table once, to learn which rows may be doubled.</summary>
    /// <param name="idColumn">-1 where there is none.</param>
    public static RowKeys Learn(CsvTable table, int idColumn, CancellationToken stop)
    {
        var keys = new RowKeys(table, idColumn);
        while (table.Read())
        {
            stop.ThrowIfCancellationRequested();
            var bit = keys.Bit(table, keys.OwnId(table));
            if (keys.seen[bit]) keys.doubled[bit] = true;
            keys.seen[bit] = true;
        }

        return keys;
    }

    /// <summary>The order's id: its own, or one made from the row. Null where another row gave the same id and said something else;
    /// <paramref name="line"/> then is that row's.</summary>
    /// <exception cref="IOException">The file has changed since it was learned.</exception>
    public string? OrderId(CsvTable row, out long line)
    {
        line = 0;
        var own = OwnId(row);
        var bit = Bit(row, own);
        if (!seen[bit]) throw new IOException("The file changed while it was read. Import it again.");
        if (own is not null && !doubled[bit]) return own;

        var content = Murmur.Hash(Content(row));
        var ordinal = 0;
        if (doubled[bit])
        {
            ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(known, own is null ? content : Murmur.Hash(MemoryMarshal.AsBytes(own.AsSpan())), out var before);
            if (!before) entry = (content, 0, row.Line);
            if (entry.Content != content)
            {
                line = entry.Line;
                return null;
            }

            ordinal = entry.Count++;
        }

        return own ?? Name(content, ordinal);
    }

    static string Name(UInt128 content, int ordinal)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, content);
        return ordinal == 0 ? $"row-{Convert.ToHexStringLower(bytes)}" : $"row-{Convert.ToHexStringLower(bytes)}-{ordinal}";
    }

    string? OwnId(CsvTable row) => idColumn >= 0 && Check.Clean(row[idColumn]) is { Length: > 0 } id ? id : null;

    // Good for this run only: the hash differs between processes, and nothing made from it is kept.
    int Bit(CsvTable row, string? own)
    {
        var hash = new HashCode();
        hash.AddBytes(own is null ? Content(row) : MemoryMarshal.AsBytes(own.AsSpan()));
        return hash.ToHashCode() & (seen.Length - 1);
    }

    // Each field with its length, so that no two rows read the same.
    ReadOnlySpan<byte> Content(CsvTable row)
    {
        var size = 0;
        foreach (var column in columns)
        {
            var field = row.Utf8(column);
            if (buffer.Length < size + 4 + field.Length) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, size + 4 + field.Length));
            BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(size), field.Length);
            field.CopyTo(buffer.AsSpan(size + 4));
            size += 4 + field.Length;
        }

        return buffer.AsSpan(0, size);
    }
}
