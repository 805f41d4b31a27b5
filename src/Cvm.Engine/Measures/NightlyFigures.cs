using System.Globalization;
using System.Text.Json;

namespace Cvm.Engine;

/// <summary>What a nightly sweep found of everybody who has ordered, kept for good: a line for each night, a memo for each month.</summary>
/// <param name="Customers">Those who have ordered.</param>
/// <param name="Staying">How many of them are still customers, by the model.</param>
/// <param name="ToCome">Margin to be expected within a year, discounted.</param>
/// <param name="SoFar">What they have contributed so far.</param>
public sealed record NightlyFigures(long Customers, double Staying, double ToCome, double SoFar)
{
    const string Names = "measures/nights/";

    /// <summary>By the name that formulas give it; null for one that no night finds.</summary>
    public double? Of(string series) => series switch
    {
        BaseSeries.Scored => Customers,
        BaseSeries.Staying => Staying,
        BaseSeries.ToCome => ToCome,
        BaseSeries.SoFar => SoFar,
        _ => null,
    };

    /// <summary>What a sweep's summary says of everybody.</summary>
    public static NightlyFigures Of(ScoreSummary summary) => summary.All is var all
        ? new(all.Customers, Math.Round(all.Staying, 2), Math.Round(all.Expected, 2), Math.Round(all.Contributed, 2)) : null!;

    /// <summary>Keeps a night; one that is made again takes the place of the first.</summary>
    public static async Task Keep(IMemo memo, DateOnly night, NightlyFigures found, CancellationToken stop)
    {
        var month = await Month(memo, night, stop);
        month[night.Day] = found;
        await memo.Keep(NameOf(night), JsonSerializer.Serialize(month), stop);
    }

    /// <summary>The nights between two days, both counted.</summary>
    public static async Task<IReadOnlyDictionary<DateOnly, NightlyFigures>> Read(IMemo memo, DateOnly from, DateOnly until, CancellationToken stop)
    {
        var nights = new Dictionary<DateOnly, NightlyFigures>();
        for (var month = new DateOnly(from.Year, from.Month, 1); month <= until; month = month.AddMonths(1))
            foreach (var (day, found) in await Month(memo, month, stop)) nights[month.AddDays(day - 1)] = found;
        return nights;
    }

    static async Task<SortedDictionary<int, NightlyFigures>> Month(IMemo memo, DateOnly day, CancellationToken stop) =>
        await memo.Kept(NameOf(day), stop) is { } text ? JsonSerializer.Deserialize<SortedDictionary<int, NightlyFigures>>(text)! : [];

    static string NameOf(DateOnly day) => Names + day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
