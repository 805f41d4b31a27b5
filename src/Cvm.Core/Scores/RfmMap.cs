namespace Cvm;

/// <summary>A named part of the (recency, frequency) map.</summary>
/// <param name="Name">Small letters, digits and hyphens, for conditions.</param>
/// <param name="Label">As people read it.</param>
/// <param name="Cells">Such as <c>[12][34]</c>: recency 1 or 2, frequency 3 or 4.</param>
public sealed record RfmSegment(string Name, string Label, ImmutableArray<string> Cells);

/// <summary>Which segment each of the 25 cells of (recency, frequency) is; each cell is in exactly one.</summary>
public sealed class RfmMap
{
    const int Side = 5;

    readonly int[] cells; // the segment's place

    RfmMap(ImmutableArray<RfmSegment> segments, int[] cells) => (Segments, this.cells) = (segments, cells);

    /// <summary>Ten segments as the field has them, the best first.</summary>
    public static RfmMap Usual { get; } = Make(
    [
        new("champion", "champion", ["5[45]"]),
        new("loyal", "loyal", ["[34][45]"]),
        new("potential-loyalist", "potential loyalist", ["[45][23]"]),
        new("new", "new", ["51"]),
        new("promising", "promising", ["41"]),
        new("need-attention", "need attention", ["33"]),
        new("about-to-sleep", "about to sleep", ["3[12]"]),
        new("cant-lose", "can't lose", ["[12]5"]),
        new("at-risk", "at risk", ["[12][34]"]),
        new("hibernating", "hibernating", ["[12][12]"]),
    ], out _)!;

    public ImmutableArray<RfmSegment> Segments { get; }

    public RfmSegment this[int recency, int frequency] => Segments[IndexOf(recency, frequency)];

    public RfmSegment Of(Rfm rfm) => this[rfm.Recency, rfm.Frequency];

    /// <summary>The segment's place in <see cref="Segments"/>.</summary>
    public int IndexOf(int recency, int frequency) => cells[Cell(recency, frequency)];

    /// <summary>The cells of a segment, such as 54.</summary>
    public ImmutableArray<string> CellsOf(RfmSegment segment) =>
        [.. Enumerable.Range(0, Side * Side).Where(cell => Segments[cells[cell]] == segment).Select(cell => $"{cell / Side + 1}{cell % Side + 1}")];

    /// <summary>The map, or null where a cell is in none or in several of them: <paramref name="wrong"/> then names the first such cell, and the
    /// segments it is in.</summary>
    public static RfmMap? Make(ImmutableArray<RfmSegment> segments, out (int Recency, int Frequency, ImmutableArray<string> In)? wrong)
    {
        var cells = new int[Side * Side];
        for (var cell = 0; cell < cells.Length; cell++)
        {
            var (recency, frequency) = (cell / Side + 1, cell % Side + 1);
            int[] holding = [.. Enumerable.Range(0, segments.Length).Where(at => segments[at].Cells.Sum(pattern => Covers(pattern, recency, frequency)) > 0)];
            var twice = holding.Length == 1 && segments[holding[0]].Cells.Sum(pattern => Covers(pattern, recency, frequency)) > 1;
            if (holding.Length == 1 && !twice)
            {
                cells[cell] = holding[0];
                continue;
            }

            wrong = (recency, frequency, [.. (twice ? [holding[0], holding[0]] : holding).Select(at => segments[at].Name)]);
            return null;
        }

        wrong = null;
        return new(segments, cells);
    }

    /// <summary>Whether the text names cells: two parts, each a digit from 1 to 5 or several in brackets.</summary>
    public static bool IsPattern(string text) => Parts(text) is not null;

    static int Covers(string pattern, int recency, int frequency) =>
        Parts(pattern) is var (first, second) && first.Contains((char)('0' + recency)) && second.Contains((char)('0' + frequency)) ? 1 : 0;

    static (string, string)? Parts(string text) =>
        Part(ref text) is { } recency && Part(ref text) is { } frequency && text == "" ? (recency, frequency) : null;

    static string? Part(ref string text)
    {
        var close = text.StartsWith('[') ? text.IndexOf(']') : 0;
        if (text == "" || close < 0) return null;

        var digits = close == 0 ? text[..1] : text[1..close];
        text = text[(close + 1)..];
        return digits != "" && digits.All(digit => digit is >= '1' and <= '5') ? digits : null;
    }

    static int Cell(int recency, int frequency)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(recency is >= 1 and <= Side && frequency is >= 1 and <= Side, true);
        return (recency - 1) * Side + frequency - 1;
    }
}
