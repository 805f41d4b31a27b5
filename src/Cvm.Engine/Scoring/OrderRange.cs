using Microsoft.Win32.SafeHandles;

namespace Cvm.Engine;

/// <summary>One worker's part of the file: reads the rows that begin in it, a megabyte at a time.</summary>
/// <param name="from">The part's first byte; unless the rows begin here, reading begins behind the first line break from the byte before.</param>
sealed class OrderRange(OrderLayout layout, SafeFileHandle file, long from, long to, CustomerBins bins, Action<long> read, CancellationToken stop)
{
    public const int MostRecord = 1024 * 1024, MostNamed = 20;
    const byte Feed = (byte)'\n', Return = (byte)'\r';

    readonly byte[] buffer = new byte[MostRecord + 1 + OrderFields.Slack];
    readonly OrderBatch batch = new(bins);
    readonly OrderFields fields = new((byte)layout.Delimiter, layout.Names.Length);
    readonly OrderValues values = new(layout);
    readonly List<(long Line, FieldProblem Problem)> firstBad = [];
    long offset; // of the buffer's first byte
    int at, end;
    bool last;

    /// <summary>Where its first row begins.</summary>
    public long Begin { get; private set; } = -1;

    /// <summary>Where the first row behind it begins.</summary>
    public long End { get; private set; } = -1;

    public long Rows { get; private set; }
    public long Lines { get; private set; }
    public long Bad { get; private set; }
    public long Later => values.Later;

    /// <summary>The first bad rows; lines are counted from the part's begin.</summary>
    public IReadOnlyList<(long Line, FieldProblem Problem)> FirstBad => firstBad;

    /// <summary>Why it could not be read to its end, and on which line counted from its begin.</summary>
    public (long Line, string What, string? Fix)? Stopped { get; private set; }

    public void Read()
    {
        try
        {
            FindBegin();
            while (offset + at < to && More())
            {
                Row();
            }

            batch.Empty();
            End = Math.Max(offset + at, Begin);
        }
        catch (EndlessRow)
        {
            Stopped = (Lines, "A row begins here that does not end within 1 MB.", "A closing quote is missing.");
        }
        catch (IOException e)
        {
            Stopped = (Lines, e.Message, null);
        }
    }

    void FindBegin()
    {
        offset = from;
        if (from > layout.Begin)
        {
            offset = from - 1;
            while (More())
            {
                var feed = buffer.AsSpan(at, end - at).IndexOf(Feed);
                at = feed < 0 ? end : at + feed + 1;
                if (feed >= 0) break;
            }
        }

        Begin = offset + at;
    }

    void Row()
    {
        while (true)
        {
            if (buffer[at] is Feed or Return && Blank()) return;
            if (fields.Plain(buffer, at, end, out var next) || fields.Quoted(buffer, at, end, last, out next))
            {
                Take(next, 1 + fields.Breaks);
                return;
            }

            if (end - at >= MostRecord) throw new EndlessRow();
            Fill();
        }
    }

    bool Blank()
    {
        var next = at;
        while (next < end && buffer[next] == Return) next++;
        if (next < end && buffer[next] != Feed || next == end && !last) return false;

        (at, Lines) = (Math.Min(next + 1, end), Lines + 1);
        return true;
    }

    void Take(int next, int lines)
    {
        Rows++;
        if (values.Take(fields, batch, offset + at) is { Count: > 0 } problems)
        {
            Bad++;
            if (firstBad.Count < MostNamed) firstBad.Add((Lines, problems[0]));
        }

        (at, Lines) = (next, Lines + lines);
    }

    // Whether there is anything left to read; reads on where the buffer is at its end.
    bool More() => at < end || Fill();

    bool Fill()
    {
        if (last) return false;
        stop.ThrowIfCancellationRequested();
        buffer.AsSpan(at, end - at).CopyTo(buffer);
        (offset, end, at) = (offset + at, end - at, 0);

        var got = RandomAccess.Read(file, buffer.AsSpan(end, MostRecord + 1 - end), offset + end);
        read(got);
        end += got;
        last = offset + end >= layout.Length || got == 0;
        return at < end;
    }

    sealed class EndlessRow : Exception;
}
