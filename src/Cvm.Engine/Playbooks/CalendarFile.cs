using System.Globalization;
using System.Text.Json.Nodes;

namespace Cvm.Engine;

/// <summary>calendar.yaml: which day is which holiday where.</summary>
static class CalendarFile
{
    static readonly string[] Ordinals = ["first", "second", "third", "fourth"];

    static readonly Field<Birthday> On = new(
        "on",
        Shapes.Written<Birthday>(IsYearly, "a day of the year", "Write 12-25, or lunar:01-01 for a day of the Chinese calendar.", () => Shapes.Schema("string")),
        "The same day each year.",
        required: true);
    static readonly Field<HolidayDay.Weekday> Weekday = new(
        "weekday",
        Shapes.Written<HolidayDay.Weekday>(IsWeekday, "a weekday of a month", "Write it like second sunday of may, or last monday of may.", () => Shapes.Schema("string")),
        "A weekday of a month.",
        required: true);
    static readonly Field<int> Easter = new(
        "easter",
        Shapes.Written<int>(IsOffset, "a number of days from Easter Sunday", "Write it like -2 for Good Friday, or 39 for Ascension.", () => Shapes.Schema("integer")),
        "Days after Easter Sunday.",
        required: true);
    static readonly Field<ImmutableArray<DateOnly>> Dates = new(
        "dates",
        Shapes.Date.OneOrMany("a date").Distinct(),
        "Dates, for what no rule gives.",
        required: true);
    static readonly Field<string> DayFile = new(
        "file",
        Shapes.Written<string>((text, out path) => HolidayDates.IsPath(path = text) && !text.Contains('/'), "a file of dates", "Name an .ics or .csv file beside calendar.yaml.", () => Shapes.Schema("string")),
        "A file of dates: .ics or .csv.",
        required: true);
    static readonly Field<string> NamedSo = new("named", Shapes.Text, "Only what has this name in the file; everything in it where it is absent.");
    static readonly Field<ImmutableArray<string>> Countries = new(
        "countries",
        Shapes.Country.OneOrMany("a country").Distinct(),
        "Country codes; everywhere where it is absent.");

    static readonly Field<bool> Public = new("public", Shapes.OneOf("yes or no", ("yes", true), ("no", false)), "Whether people are off work, for quiet hours that mind holidays.");

    sealed record Body(HolidayDay Day, ImmutableArray<string> Countries, bool Public);

    static readonly Shape<Body> Rule = Combining.Variants(
        "a holiday",
        (On, Mapping([On, Countries, Public], v => new HolidayDay.Yearly(v.Get(On)))),
        (Weekday, Mapping([Weekday, Countries, Public], v => v.Get(Weekday)!)),
        (Easter, Mapping([Easter, Countries, Public], v => new HolidayDay.FromEaster(v.Get(Easter)))),
        (Dates, Mapping([Dates, Countries, Public], v => new HolidayDay.Listed([.. v.Get(Dates)]))),
        (DayFile, Combining.Mapping<Body>(
            "a holiday",
            [DayFile, NamedSo, Countries, Public],
            (v, reading) => new(new HolidayDay.Listed(HolidayDates.In(v.Get(DayFile)!, v.Get(NamedSo), v.PlaceOf(v.Has(NamedSo) ? NamedSo : DayFile), reading)), v.Get(Countries, []), v.Get(Public)))));

    static readonly Shape<ImmutableArray<(string Name, Where At, ImmutableArray<Body> Rules)>> File =
        Rule.OneOrMany("a rule").Named(Shapes.Slug, "a mapping of holidays");

    public static HolidayCalendar Read(Node node, Reading reading) =>
        new([.. File.Read(node, reading).SelectMany(one => one.Rules.Select(rule => new HolidayRule(one.Name, rule.Day, rule.Countries, rule.Public)))]);

    static Shape<Body> Mapping(IReadOnlyList<Field> fields, Func<Values, HolidayDay> day) =>
        Combining.Mapping<Body>("a holiday", fields, (v, _) => new(day(v), v.Get(Countries, []), v.Get(Public)));

    static bool IsYearly(string text, out Birthday day)
    {
        var lunar = text.StartsWith("lunar:", StringComparison.Ordinal);
        return Birthday.TryParse(lunar ? $"lunar:--{text[6..]}" : $"--{text}", out day);
    }

    static bool IsWeekday(string text, out HolidayDay.Weekday day)
    {
        day = new(0, default, 0);
        if (text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var ordinal, var weekday, "of", var month]) return false;

        var nth = ordinal == "last" ? -1 : Array.IndexOf(Ordinals, ordinal) + 1;
        var number = Array.FindIndex(CultureInfo.InvariantCulture.DateTimeFormat.MonthNames, name => name != "" && name.Equals(month, StringComparison.OrdinalIgnoreCase)) + 1;
        var on = Array.FindIndex(CultureInfo.InvariantCulture.DateTimeFormat.DayNames, name => name.Equals(weekday, StringComparison.OrdinalIgnoreCase));
        if (nth == 0 || number == 0 || on < 0) return false;

        day = new(number, (DayOfWeek)on, nth);
        return true;
    }

    static bool IsOffset(string text, out int days) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out days) && days is >= -100 and <= 100;
}
