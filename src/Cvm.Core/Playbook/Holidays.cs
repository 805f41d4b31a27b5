namespace Cvm;

/// <summary>Which day is which holiday where.</summary>
public sealed record HolidayCalendar(ImmutableArray<HolidayRule> Rules)
{
    public static HolidayCalendar Empty { get; } = new([]);

    public IEnumerable<string> Names => Rules.Select(rule => rule.Name).Distinct(StringComparer.Ordinal);

    /// <summary>Whether the named holiday begins on that day in that country. What lasts several days begins once.</summary>
    public bool Begins(string name, DateOnly date, string? country)
    {
        foreach (var rule in Rules) if (rule.Name == name && rule.In(country) && rule.Day.Begins(date)) return true;
        return false;
    }

    /// <summary>The year that the named holiday about that date belongs to. It hangs on the name alone, so that it is the same by
    /// every rule and file that speaks of it, and for who moves to a country with another rule.</summary>
    public int YearOf(string name, DateOnly date)
    {
        foreach (var rule in Rules) if (rule.Name == name && rule.Day.DaysIntoYear() is not 0 and var days) return date.AddDays(days).Year;
        return date.Year;
    }

    /// <summary>Whether that day is a public holiday in that country, on which it is quiet where the policies say so.</summary>
    public bool IsPublic(DateOnly date, string? country)
    {
        foreach (var rule in Rules) if (rule.Public && rule.In(country) && rule.Falls(date)) return true;
        return false;
    }
}

/// <summary>A holiday: a fixed day, a lunisolar day, a weekday of a month, or days from Easter.</summary>
/// <param name="Countries">Empty for everywhere.</param>
/// <param name="Public">Whether people are off work.</param>
public sealed record HolidayRule(string Name, HolidayDay Day, ImmutableArray<string> Countries, bool Public = false)
{
    public bool In(string? country) => Countries.IsEmpty || (country is not null && Countries.Contains(country, StringComparer.Ordinal));

    public bool Falls(DateOnly date) => Day.Falls(date);
}

/// <summary>How the day of a holiday is found in each year.</summary>
public abstract record HolidayDay
{
    HolidayDay() { }

    public abstract bool Falls(DateOnly date);

    /// <summary>Whether it is the first of its days.</summary>
    public virtual bool Begins(DateOnly date) => Falls(date);

    /// <summary>Days to add to any of its dates to come into the year it belongs to. A lunar December falls in January of one
    /// year and in December of the next, and would be kept twice in a year and never in another.</summary>
    public virtual int DaysIntoYear() => 0;

    /// <summary>The same date each year, in either calendar.</summary>
    public sealed record Yearly(Birthday Date) : HolidayDay
    {
        const int LastMonths = 11;

        public override bool Falls(DateOnly date) => Date.KeptOn(date, LeapDay.February28) is not null;

        public override int DaysIntoYear() => Date is { Lunar: true, Month: >= LastMonths } ? -60 : 0;
    }

    /// <summary>The nth weekday of a month; -1 for the last.</summary>
    public sealed record Weekday(int Month, DayOfWeek Day, int Nth) : HolidayDay
    {
        public override bool Falls(DateOnly date) => date.Month == Month && date.DayOfWeek == Day
            && (Nth > 0 ? (date.Day - 1) / 7 + 1 == Nth : date.AddDays(7).Month != Month);
    }

    /// <summary>Days after Western Easter Sunday (Gauss, in Meeus, Astronomical Algorithms, ch. 8).</summary>
    public sealed record FromEaster(int Days) : HolidayDay
    {
        public override bool Falls(DateOnly date) => Easter(date.AddDays(-Days).Year).AddDays(Days) == date;

        public override int DaysIntoYear() => -Days;

        static DateOnly Easter(int year)
        {
            var (a, b, c) = (year % 19, year / 100, year % 100);
            var h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
            var l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
            var m = (a + 11 * h + 22 * l) / 451;
            var n = h + l - 7 * m + 114;
            return new(year, n / 31, n % 31 + 1);
        }
    }

    /// <summary>Dates from a file, for what no rule gives. Days in a row are one holiday.</summary>
    public sealed record Listed(ImmutableHashSet<DateOnly> Dates) : HolidayDay
    {
        public override bool Falls(DateOnly date) => Dates.Contains(date);

        public override bool Begins(DateOnly date) => Falls(date) && !Falls(date.AddDays(-1));
    }
}
