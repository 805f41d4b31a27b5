using System.Globalization;

namespace Cvm.Engine;

/// <summary>Reads amounts as people and spreadsheets write them, and refuses those that could mean two things.</summary>
static class MoneyText
{
    /// <summary>The number, or null and how to mend it. With <paramref name="commas"/> a comma is the decimal sign, as in files whose delimiter is a semicolon.</summary>
    public static decimal? Read(string text, bool commas, out string fix)
    {
        fix = commas ? "Write it like 12,50." : "Write it like 12.50.";
        var number = text.AsSpan().Trim();
        var (point, group) = commas ? (',', '.') : ('.', ',');
        var pointAt = number.IndexOf(point);
        var groupAt = number.IndexOf(group);

        if (groupAt < 0) return Parse(pointAt < 0 || point == '.' ? text : text.Replace(',', '.'));
        if (pointAt < 0 && !Grouped(number, group)) return commas && number.Count('.') == 1 ? Parse(text) : null;
        if (pointAt < 0 && number.Count(group) == 1)
        {
            fix = $"It could be a decimal {(group == '.' ? "point" : "comma")} or mark thousands: write it without the mark.";
            return null;
        }

        var whole = pointAt < 0 ? number : number[..pointAt];
        return Grouped(whole, group) ? Parse(text.Replace(group.ToString(), "").Replace(',', '.')) : null;
    }

    // 1,234,567: one to three digits, then threes.
    static bool Grouped(ReadOnlySpan<char> whole, char group)
    {
        whole = whole.TrimStart('-');
        var first = whole.IndexOf(group);
        if (first is < 1 or > 3) return false;
        for (var at = first; at < whole.Length; at += 4)
        {
            if (whole[at] != group || whole.Length - at < 4 || whole.Slice(at + 1, 3).ContainsAnyExceptInRange('0', '9')) return false;
        }

        return true;
    }

    static decimal? Parse(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;
}
