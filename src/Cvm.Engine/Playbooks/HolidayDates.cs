using System.Globalization;

namespace Cvm.Engine;

/// <summary>Days in a row that a file gives one name.</summary>
/// <param name="Until">The last day.</param>
sealed record NamedDays(string Name, DateOnly From, DateOnly Until)
{
    public const int MostDays = 31;

    public IEnumerable<DateOnly> Days => Enumerable.Range(0, Until.DayNumber - From.DayNumber + 1).Select(From.AddDays);
}

/// <summary>Dates of holidays that come from a file beside calendar.yaml: a calendar (.ics) or a table (.csv).</summary>
static class HolidayDates
{
    /// <summary>The dates in the file, or only those of one name; what is wrong with the file is noted once, with its line.</summary>
    public static ImmutableHashSet<DateOnly> In(string path, string? named, Where at, Reading reading)
    {
        if (!reading.Dates.TryGetValue(path, out var days))
        {
            reading.Wrong(at, $"There is no file '{Reading.Short(path)}' beside calendar.yaml.", Nearest.To(path, reading.Dates.Keys) is { } near ? $"Did you mean '{near}'?" : "Put it into the playbook's folder.");
            return [];
        }

        var chosen = named is null ? days : days.RemoveAll(one => !one.Name.Equals(named, StringComparison.OrdinalIgnoreCase));
        if (chosen.IsEmpty && !days.IsEmpty) reading.Wrong(at, $"'{Reading.Short(named!)}' does not stand in {path}.", Reading.Hint(named!, [.. days.Select(one => one.Name).Distinct().Order(StringComparer.Ordinal)]));
        return [.. chosen.SelectMany(one => one.Days)];
    }

    public static bool IsPath(string path) => path.EndsWith(".ics", StringComparison.Ordinal) || path.EndsWith(".csv", StringComparison.Ordinal);

    /// <summary>Everything in the file, with a problem added for each mistake.</summary>
    public static ImmutableArray<NamedDays> Read(string shown, string text, List<Problem> problems)
    {
        var before = problems.Count;
        ImmutableArray<NamedDays> days = [.. shown.EndsWith(".ics", StringComparison.Ordinal) ? new CalendarEvents(shown, problems).Read(text) : Rows(shown, text, problems)];
        if (days.IsEmpty && problems.Count == before) problems.Add(new(new(shown), "There is no date in this file.", "Put one in, or delete the file."));
        return days;
    }

    // date or from,until, and a name if one likes: 2027-03-01,2027-03-04,Spring fair
    static IEnumerable<NamedDays> Rows(string shown, string text, List<Problem> problems)
    {
        var lines = text.Split('\n');
        var columns = Cells(lines[0]).Select(cell => cell.ToLowerInvariant()).ToList();
        var (from, until, name) = (columns.FindIndex(column => column is "date" or "from"), columns.IndexOf("until"), columns.IndexOf("name"));
        if (from < 0 || columns.Exists(column => column is not ("date" or "from" or "until" or "name")))
        {
            problems.Add(new(new(shown, 1), "The first line does not name the columns.", "Write date, or from,until; and name where the days have one."));
            yield break;
        }

        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Trim() is "" or ['#', ..]) continue;
            var cells = Cells(lines[i]);
            string Cell(int column) => column >= 0 && column < cells.Length ? cells[column] : "";

            if (Span(new(shown, i + 1), Cell(from), Cell(until) is { Length: > 0 } last ? last : Cell(from), Cell(name), problems) is { } days) yield return days;
        }
    }

    static string[] Cells(string line) => [.. line.Split(line.Contains(';') ? ';' : ',').Select(cell => cell.Trim().Trim('"').Trim())];

    static NamedDays? Span(Where at, string from, string until, string name, List<Problem> problems)
    {
        foreach (var text in (string[])[from, until])
        {
            if (Shapes.IsDate(text, out _)) continue;
            problems.Add(new(at, $"'{Reading.Short(text)}' is not a date.", "Write it like 2027-01-31."));
            return null;
        }

        return Checked(at, name, DateOnly.Parse(from, CultureInfo.InvariantCulture), DateOnly.Parse(until, CultureInfo.InvariantCulture), problems);
    }

    /// <summary>The days, or null with a problem where they end before they begin or last too long.</summary>
    public static NamedDays? Checked(Where at, string name, DateOnly from, DateOnly until, List<Problem> problems)
    {
        if (until < from) problems.Add(new(at, "These days end before they begin.", "Exchange the two dates."));
        else if (until.DayNumber - from.DayNumber >= NamedDays.MostDays) problems.Add(new(at, $"This lasts longer than {NamedDays.MostDays} days.", "A holiday is shorter; give each its own dates."));
        else return new(name, from, until);

        return null;
    }
}
