namespace Cvm;

/// <summary>When a team works: opening hours per weekday in its own zone, less holidays.</summary>
/// <param name="Week">Seven entries from Sunday; null on a day off. Opening before closing, within one day.</param>
public sealed record BusinessHours(string Zone, ImmutableArray<OpeningHours?> Week, ImmutableHashSet<DateOnly> Holidays)
{
    // A calendar with no working day in this many would make a clock run for ever.
    const int MaxDays = 366;

    /// <summary>Monday to Friday, 9 to 17, in UTC.</summary>
    public static BusinessHours Default { get; } = new(
        "UTC",
        [null, OpeningHours.Office, OpeningHours.Office, OpeningHours.Office, OpeningHours.Office, OpeningHours.Office, null],
        []);

    /// <summary>The length of the longest working day.</summary>
    public TimeSpan Day => Week.Max(hours => hours?.Length ?? TimeSpan.Zero);

    /// <summary>The moment at which the team has worked <paramref name="work"/> since <paramref name="from"/>.
    /// No work at all is the next moment the team is there.</summary>
    public DateTimeOffset After(DateTimeOffset from, TimeSpan work)
    {
        var day = LocalTimes.Day(Zone, from);

        for (var left = MaxDays; left > 0; day = day.AddDays(1))
        {
            if (On(day) is not { } hours)
            {
                left--;
                continue;
            }

            left = MaxDays;
            var open = LocalTimes.At(Zone, day, hours.Open);
            var close = LocalTimes.At(Zone, day, hours.Close);
            var start = from > open ? from : open;
            if (start >= close) continue;
            if (work <= close - start) return start + work;
            work -= close - start;
        }

        return from + work;
    }

    /// <summary>How much the team works from one moment to another; nothing where the second is not later.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        var worked = TimeSpan.Zero;
        if (to <= from) return worked;

        var last = LocalTimes.Day(Zone, to);
        for (var day = LocalTimes.Day(Zone, from); day <= last; day = day.AddDays(1))
        {
            if (On(day) is not { } hours) continue;
            var open = LocalTimes.At(Zone, day, hours.Open);
            var close = LocalTimes.At(Zone, day, hours.Close);
            var (start, end) = (from > open ? from : open, to < close ? to : close);
            if (end > start) worked += end - start;
        }

        return worked;
    }

    OpeningHours? On(DateOnly day) => Holidays.Contains(day) ? null : Week[(int)day.DayOfWeek];
}

/// <summary>From when to when on one day, local time.</summary>
public readonly record struct OpeningHours(TimeOnly Open, TimeOnly Close)
{
    public static OpeningHours Office { get; } = new(new(9, 0), new(17, 0));

    public TimeSpan Length => Close - Open;
}
