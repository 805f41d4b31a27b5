using System.Numerics;
using System.Runtime.Intrinsics;

namespace Cvm.Engine;

/// <summary>Splits a row into its fields by the rules of RFC 4180. Rows without quotes are not copied.</summary>
sealed class OrderFields(byte delimiter, int columns)
{
    const byte Quote = (byte)'"', Feed = (byte)'\n', Return = (byte)'\r';

    /// <summary>Bytes behind the last that are read with it.</summary>
    public const int Slack = 64;

    readonly (int Start, int Length)[] fields = new (int, int)[columns];
    byte[] text = [];
    byte[] copy = new byte[1024];
    int copied, seen;

    /// <summary>Fields of the row, empty ones behind the header's last column not counted.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a quote stands where none may.</summary>
    public bool BadQuote { get; private set; }

    /// <summary>Line breaks within the row.</summary>
    public int Breaks { get; private set; }

    /// <summary>A field, until the next row is split; empty where the row is too short.</summary>
    public ReadOnlySpan<byte> this[int column] => column < Count ? text.AsSpan(fields[column].Start, fields[column].Length) : default;

    /// <summary>Whether the row holds printable ASCII only, so that no field needs to be looked at for that.</summary>
    public bool Printable { get; private set; }

    /// <summary>Splits a row without quotes, 64 bytes at a time. False where it holds a quote, or does not end before <paramref name="end"/>.</summary>
    /// <param name="buffer">With <see cref="Slack"/> bytes behind the end that may be read.</param>
    /// <param name="next">Where the next row begins.</param>
    public bool Plain(byte[] buffer, int start, int end, out int next)
    {
        (text, Count, seen, BadQuote, Breaks, Printable) = (buffer, 0, 0, false, 0, true);
        var begun = start;

        for (var block = start; block < end; block += Slack)
        {
            var bytes = Vector512.LoadUnsafe(ref buffer[block]);
            var marks = (Vector512.Equals(bytes, Vector512.Create(delimiter)) | Vector512.Equals(bytes, Vector512.Create(Feed)) | Vector512.Equals(bytes, Vector512.Create(Quote))).ExtractMostSignificantBits();
            var odd = Vector512.GreaterThan(bytes - Vector512.Create((byte)' '), Vector512.Create((byte)('~' - ' '))).ExtractMostSignificantBits();

            for (; marks != 0; marks &= marks - 1)
            {
                var at = block + BitOperations.TrailingZeroCount(marks);
                if (at >= end || buffer[at] == Quote) break;
                if (buffer[at] == Feed)
                {
                    var length = at - begun;
                    if (length > 0 && buffer[at - 1] == Return) length--;
                    Add(begun, length);
                    Printable &= (odd & ((1UL << (at - block)) - 1) & ~Ending(block, at)) == 0;
                    next = at + 1;
                    return true;
                }

                Add(begun, at - begun);
                begun = at + 1;
            }

            if (marks != 0) break;
            Printable &= odd == 0;
        }

        next = start;
        return false;

        // The carriage return before a line feed is no part of a field.
        ulong Ending(int block, int at) => at > block && buffer[at - 1] == Return ? 1UL << (at - block - 1) : 0;
    }

    /// <summary>Splits a row that may hold quotes. False where it does not end before <paramref name="end"/>.</summary>
    /// <param name="next">Where the next row begins.</param>
    /// <param name="last">Whether the file ends at <paramref name="end"/>.</param>
    public bool Quoted(byte[] buffer, int start, int end, bool last, out int next)
    {
        if (copy.Length < end - start) copy = new byte[Math.Max(copy.Length * 2, end - start)];
        (text, Count, seen, BadQuote, Breaks, copied, Printable, next) = (copy, 0, 0, false, 0, 0, false, start);

        while (true)
        {
            var begun = copied;
            var quoted = next < end && buffer[next] == Quote;
            if (quoted && !Closed(buffer, ref next, end)) break;
            Unquoted(buffer, ref next, end, quoted);
            Add(begun, copied - begun);

            if (next == end) return last;
            if (buffer[next++] == Feed) return true;
        }

        BadQuote = true;
        Add(0, copied);
        return last;
    }

    // Copies what stands in quotes; false where the closing quote is missing.
    bool Closed(byte[] buffer, ref int at, int end)
    {
        for (at++; at < end; at++)
        {
            if (buffer[at] == Quote && (++at == end || buffer[at] != Quote)) return true;
            if (buffer[at] == Feed) Breaks++;
            copy[copied++] = buffer[at];
        }

        return false;
    }

    // Copies up to the next delimiter or line end. Behind a closing quote there should be nothing.
    void Unquoted(byte[] buffer, ref int at, int end, bool quoted)
    {
        var rest = buffer.AsSpan(at, end - at);
        var length = rest.IndexOfAny(delimiter, Feed);
        if (length < 0) length = rest.Length;
        at += length;

        rest = rest[..length];
        if ((at == end || buffer[at] == Feed) && rest.EndsWith([Return])) rest = rest[..^1];
        if (quoted ? !rest.IsEmpty : rest.Contains(Quote)) BadQuote = true;
        rest.CopyTo(copy.AsSpan(copied));
        copied += rest.Length;
    }

    void Add(int start, int length)
    {
        if (seen < columns) fields[seen] = (start, length);
        if (++seen <= columns || length > 0) Count = seen;
    }
}
