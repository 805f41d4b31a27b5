using System.Collections.Concurrent;

namespace Cvm;

/// <summary>Every conversion between an instant and a wall clock, in one place. A local time that a clock change skips
/// moves forward by the gap; one that happens twice takes the earlier.</summary>
public static class LocalTimes
{
    // A zone that crosses the date line eastwards has a day twice.
    static readonly TimeSpan LongestDay = TimeSpan.FromHours(48);

    static readonly ConcurrentDictionary<string, TimeZoneInfo> Zones = new(StringComparer.Ordinal);

    /// <summary>Whether the IANA name is known.</summary>
    public static bool Knows(string zone) => Find(zone) is not null;

    /// <summary>The instant as this zone's wall clock. An unknown zone reads as UTC.</summary>
    public static DateTimeOffset In(string zone, DateTimeOffset instant) =>
        Find(zone) is { } info ? TimeZoneInfo.ConvertTime(instant, info) : instant.ToUniversalTime();

    /// <summary>The day it is in this zone.</summary>
    public static DateOnly Day(string zone, DateTimeOffset instant) => DateOnly.FromDateTime(In(zone, instant).DateTime);

    /// <summary>Whether both fall on the same day in this zone.</summary>
    public static bool SameDay(string zone, DateTimeOffset a, DateTimeOffset b) => (a - b).Duration() < LongestDay && Day(zone, a) == Day(zone, b);

    /// <summary>The instant of a wall-clock date and time, in UTC.</summary>
    public static DateTimeOffset At(string zone, DateOnly date, TimeOnly time)
    {
        var wall = date.ToDateTime(time);
        if (Find(zone) is not { } info) return new(wall, TimeSpan.Zero);

        if (info.IsInvalidTime(wall))
        {
            // The offset before the gap carries a skipped time forward by exactly the gap.
            var before = info.GetUtcOffset(wall.AddDays(-1));
            return new DateTimeOffset(wall, before).ToUniversalTime();
        }

        var offset = info.IsAmbiguousTime(wall) ? info.GetAmbiguousTimeOffsets(wall).Max() : info.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset).ToUniversalTime();
    }

    /// <summary>The first instant at or after <paramref name="from"/> at which this zone's clock shows the time.</summary>
    public static DateTimeOffset Next(string zone, DateTimeOffset from, TimeOnly time)
    {
        for (var day = Day(zone, from); ; day = day.AddDays(1))
        {
            var at = At(zone, day, time);
            if (at >= from) return at;
        }
    }

    /// <summary>Whole calendar days later at the same wall-clock time.</summary>
    public static DateTimeOffset PlusDays(string zone, DateTimeOffset from, int days)
    {
        var local = In(zone, from);
        return At(zone, DateOnly.FromDateTime(local.DateTime).AddDays(days), TimeOnly.FromDateTime(local.DateTime));
    }

    // Only zones that exist are remembered: names come from outside, and there is no end of wrong ones.
    static TimeZoneInfo? Find(string zone)
    {
        if (Zones.TryGetValue(zone, out var known)) return known;

        // Only names of the tz database: no local time, no path of the machine.
        var found = zone == "UTC" ? TimeZoneInfo.Utc : TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var info) && info.HasIanaId ? info : null;
        return found is null ? null : Zones.GetOrAdd(zone, found);
    }
}
