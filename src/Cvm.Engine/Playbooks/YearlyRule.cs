using System.Globalization;

namespace Cvm.Engine;

/// <summary>An RRULE that comes back once a year: on the same date, or on a weekday of a month.</summary>
sealed record YearlyRule(DateOnly From, int Every, int? Count, DateOnly Until, int Month, (int Nth, DayOfWeek Day)? Weekday)
{
    static readonly string[] Weekdays = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
    static readonly string[] Known = ["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "WKST"];

    // Until the calendar of conditions and messages ends.
    static readonly DateOnly Last = new(2099, 12, 31);

    /// <summary>The rule, or null and what to do instead.</summary>
    public static YearlyRule? Read(string text, DateOnly from, out string fix)
    {
        fix = "Write each year as an event of its own, or the holiday as a rule in calendar.yaml.";
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).ToList();
        if (parts.Exists(part => part.Length != 2 || !Known.Contains(part[0].ToUpperInvariant())) || parts.Select(part => part[0].ToUpperInvariant()).Distinct().Count() < parts.Count) return null;

        var values = parts.ToDictionary(part => part[0].ToUpperInvariant(), part => part[1].ToUpperInvariant(), StringComparer.Ordinal);
        if (values.GetValueOrDefault("FREQ") != "YEARLY") return null;
        if (Whole(values, "INTERVAL", 1) is not { } every || Whole(values, "COUNT", int.MaxValue) is not { } count || Whole(values, "BYMONTH", from.Month) is not { } month) return null;
        if (Whole(values, "BYMONTHDAY", from.Day) != from.Day || every < 1 || count < 1 || month is < 1 or > 12) return null;

        (int, DayOfWeek)? weekday = null;
        if (values.TryGetValue("BYDAY", out var byDay) && (weekday = WeekdayOf(byDay)) is null) return null;
        if (weekday is null ? month != from.Month : values.ContainsKey("BYMONTHDAY") || !values.ContainsKey("BYMONTH")) return null;

        var until = Last;
        if (values.TryGetValue("UNTIL", out var end) && !DateOnly.TryParseExact(end.Split('T')[0], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out until)) return null;
        return new(from, every, count, until < Last ? until : Last, month, weekday);
    }

    static int? Whole(Dictionary<string, string> values, string key, int otherwise) =>
        !values.TryGetValue(key, out var text) ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static (int, DayOfWeek)? WeekdayOf(string text)
    {
        if (text.Length < 3 || Array.IndexOf(Weekdays, text[^2..]) is not (>= 0 and var day)) return null;
        return int.TryParse(text[..^2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var nth) && nth is >= 1 and <= 4 or -1 ? (nth, (DayOfWeek)day) : null;
    }

    public IEnumerable<DateOnly> Days()
    {
        var left = Count ?? int.MaxValue;
        for (var year = From.Year; year <= Until.Year && left > 0; year += Every)
        {
            if (On(year) is not { } day || day < From || day > Until) continue;
            left--;
            yield return day;
        }
    }

    DateOnly? On(int year)
    {
        if (Weekday is not { } weekday) return From.Day <= DateTime.DaysInMonth(year, Month) ? new(year, Month, From.Day) : null;

        var rule = new HolidayDay.Weekday(Month, weekday.Day, weekday.Nth);
        return Enumerable.Range(1, DateTime.DaysInMonth(year, Month)).Select(day => new DateOnly(year, Month, day)).First(rule.Falls);
    }
}
