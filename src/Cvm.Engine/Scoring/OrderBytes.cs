namespace Cvm.Engine;

/// <summary>Reads days and amounts in their plainest form straight from bytes. What is not plain, wrong or right, is left to the rules for text.</summary>
static class OrderBytes
{
    const int FirstYear = 1900, LastYear = 2199;

    // Day number of the first of each month, and one month more.
    static readonly int[] Months = [.. Enumerable.Range(0, (LastYear - FirstYear + 1) * 12 + 1).Select(month => new DateOnly(FirstYear + month / 12, month % 12 + 1, 1).DayNumber)];

    /// <summary>The day of <c>2026-03-01</c>, <c>2026/03/01</c> or <c>20260301</c>, alone or with a time of hours, minutes and seconds behind it.</summary>
    public static bool Day(ReadOnlySpan<byte> text, out int day)
    {
        day = 0;
        if (text.Length < 8) return false;

        var mark = text[4];
        var apart = mark is (byte)'-' or (byte)'/';
        if (apart && (text.Length < 10 || text[7] != mark)) return false;

        var wrong = 0;
        var year = Two(text, 0, ref wrong) * 100 + Two(text, 2, ref wrong);
        var month = Two(text, apart ? 5 : 4, ref wrong);
        var number = Two(text, apart ? 8 : 6, ref wrong);
        if (wrong != 0 || year is < FirstYear or > LastYear || month is < 1 or > 12 || number < 1) return false;

        var at = (year - FirstYear) * 12 + month - 1;
        day = Months[at] + number - 1;
        return day < Months[at + 1] && Time(text[(apart ? 10 : 8)..]);
    }

    /// <summary>The cents of <c>12</c>, <c>12.5</c> or <c>-12.50</c> below a billion; with <paramref name="point"/> as decimal sign.</summary>
    public static bool Cents(ReadOnlySpan<byte> text, byte point, out long cents)
    {
        cents = 0;
        var minus = text.Length > 0 && text[0] == (byte)'-';
        if (minus) text = text[1..];
        if (text.Length is 0 or > 12 || text[0] == point) return false;

        // Two decimals are by far the most frequent.
        var decimals = text.Length > 3 && text[^3] == point ? 2 : text.Length > 2 && text[^2] == point ? 1 : 0;
        var whole = decimals == 0 ? text : text[..^(decimals + 1)];
        var (sum, wrong) = (0L, 0);
        foreach (var letter in whole) sum = sum * 10 + Digit(letter, ref wrong);
        sum = sum * 100 + (decimals switch { 2 => Two(text, text.Length - 2, ref wrong), 1 => 10 * Digit(text[^1], ref wrong), _ => 0 });

        cents = minus ? -sum : sum;
        return wrong == 0 && sum < 100_000_000_000;
    }

    /// <summary>Whether a name needs no cleaning: printable ASCII, nothing to trim, not too long.</summary>
    public static bool Plain(ReadOnlySpan<byte> name) => Trimmed(name) && !name.ContainsAnyExceptInRange((byte)' ', (byte)'~');

    /// <summary>Whether a name of printable ASCII has nothing to trim and is not too long.</summary>
    public static bool Trimmed(ReadOnlySpan<byte> name) => name.Length is > 0 and <= Check.MostId && name[0] != ' ' && name[^1] != ' ';

    static bool Time(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return true;
        if (text.Length is not (9 or 10) || text[0] is not ((byte)'T' or (byte)' ') || text[3] != ':' || text[6] != ':') return false;
        if (text.Length == 10 && text[9] != 'Z') return false;

        var wrong = 0;
        return Two(text, 1, ref wrong) <= 23 & Two(text, 4, ref wrong) <= 59 & Two(text, 7, ref wrong) <= 59 && wrong == 0;
    }

    static int Digit(byte letter, ref int wrong)
    {
        var digit = letter - '0';
        if ((uint)digit > 9) wrong = 1;
        return digit;
    }

    static int Two(ReadOnlySpan<byte> text, int at, ref int wrong)
    {
        var (tens, ones) = (text[at] - '0', text[at + 1] - '0');
        if ((uint)tens > 9 || (uint)ones > 9) wrong = 1;
        return tens * 10 + ones;
    }
}
