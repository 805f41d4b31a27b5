using System.Globalization;

namespace Cvm.Engine;

/// <summary>Reads the events of an iCalendar file (RFC 5545): whole days, once or every year. What it does not know it refuses, so that no
/// holiday is missed in silence.</summary>
sealed class CalendarEvents(string shown, List<Problem> problems)
{
    sealed record Entry(string Name, string Value, int Line);

    public IEnumerable<NamedDays> Read(string text)
    {
        Dictionary<string, Entry>? event_ = null;
        var (inner, begun) = (0, 0);

        foreach (var entry in Entries(text))
        {
            if (entry.Name == "BEGIN" && event_ is not null) inner++;
            else if (entry is { Name: "BEGIN", Value: "VEVENT" }) (event_, begun) = (new(StringComparer.Ordinal), entry.Line);
            else if (entry.Name == "END" && inner > 0) inner--;
            else if (entry is { Name: "END", Value: "VEVENT" } && event_ is not null)
            {
                foreach (var days in Days(event_, begun)) yield return days;
                event_ = null;
            }
            else if (event_ is not null && inner == 0) event_.TryAdd(entry.Name, entry);
        }

        if (event_ is not null) Wrong(begun, "This event is never ended.", "Write END:VEVENT.");
    }

    // A line that begins with a space goes on with the one before.
    static IEnumerable<Entry> Entries(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length;)
        {
            var (line, number) = (lines[i++], i);
            while (i < lines.Length && lines[i] is [' ' or '\t', .. var more]) (line, i) = (line + more, i + 1);

            var colon = Colon(line);
            if (colon > 0) yield return new(line[..colon].Split(';')[0].Trim().ToUpperInvariant(), line[(colon + 1)..].Trim(), number);
        }
    }

    // Parameters may hold colons within quotes.
    static int Colon(string line)
    {
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"') quoted = !quoted;
            if (line[i] == ':' && !quoted) return i;
        }

        return -1;
    }

    IEnumerable<NamedDays> Days(Dictionary<string, Entry> event_, int begun)
    {
        var name = event_.TryGetValue("SUMMARY", out var summary) ? Unescaped(summary.Value) : "";
        foreach (var unknown in (string[])["RDATE", "EXDATE", "EXRULE"])
        {
            if (!event_.TryGetValue(unknown, out var entry)) continue;
            Wrong(entry.Line, $"{unknown} is not read.", "Write the dates as events of their own.");
            yield break;
        }

        if (!event_.TryGetValue("DTSTART", out var start)) Wrong(begun, "This event has no DTSTART.", "Write DTSTART;VALUE=DATE:20270101.");
        else if (Date(start) is { } from && Until(event_, from) is { } until && HolidayDates.Checked(new(shown, start.Line), name, from, until, problems) is { } first)
        {
            var length = until.DayNumber - from.DayNumber;
            if (!event_.TryGetValue("RRULE", out var rule)) yield return first;
            else if (YearlyRule.Read(rule.Value, from, out var fix) is { } yearly) foreach (var day in yearly.Days()) yield return new(name, day, day.AddDays(length));
            else Wrong(rule.Line, $"The recurrence '{Reading.Short(rule.Value)}' is not read.", fix);
        }
    }

    // DTEND is the day after the last.
    DateOnly? Until(Dictionary<string, Entry> event_, DateOnly from)
    {
        if (event_.TryGetValue("DTEND", out var end)) return Date(end) is not { } after ? null : after == from ? from : after.AddDays(-1);
        if (!event_.TryGetValue("DURATION", out var duration)) return from;

        if (duration.Value is ['P', .. var digits, 'D' or 'W'] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 366)
            return from.AddDays(count * (duration.Value[^1] == 'W' ? 7 : 1) - 1);

        Wrong(duration.Line, $"'{Reading.Short(duration.Value)}' is not a number of days.", "Write it like P3D.");
        return null;
    }

    DateOnly? Date(Entry entry)
    {
        if (DateOnly.TryParseExact(entry.Value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1970 and < 2100) return date;

        if (entry.Value.Contains('T')) Wrong(entry.Line, $"'{Reading.Short(entry.Value)}' is a time of day, and holidays last whole days.", $"Make it an event of the whole day: {entry.Name};VALUE=DATE:20270101.");
        else Wrong(entry.Line, $"'{Reading.Short(entry.Value)}' is not a date.", "Write it like 20270131.");
        return null;
    }

    static string Unescaped(string value) =>
        value.Replace("\\,", ",", StringComparison.Ordinal).Replace("\\;", ";", StringComparison.Ordinal).Replace("\\n", " ", StringComparison.OrdinalIgnoreCase).Replace("\\\\", "\\", StringComparison.Ordinal);

    void Wrong(int line, string what, string? fix) => problems.Add(new(new(shown, line), what, fix));
}
