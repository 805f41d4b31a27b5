using System.Collections.Immutable;

namespace Cvm.Web;

/// <summary>The time zones that customers choose among: those of the tz database that are named after places, by part of the world.</summary>
static class Zones
{
    public static ImmutableArray<string> Areas { get; } = ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];

    public static ImmutableArray<(string Area, ImmutableArray<string> Zones)> ByArea { get; } = Read();

    public static bool Offers(string zone) => ByArea.Any(area => area.Zones.Contains(zone, StringComparer.Ordinal));

    /// <summary>The place, as people write it.</summary>
    public static string Place(string zone) => zone[(zone.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace('_', ' ').Replace("/", ", ", StringComparison.Ordinal);

    static ImmutableArray<(string, ImmutableArray<string>)> Read()
    {
        var all = TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.HasIanaId).Select(zone => zone.Id).ToList();
        return [.. Areas.Select(area => (area, all.Where(id => id.StartsWith(area + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToImmutableArray())).Where(one => !one.Item2.IsEmpty)];
    }
}
