using System.Collections.Immutable;
using Cvm.Engine;

namespace Cvm.Web;

/// <summary>Amounts by month, stacked: what comes above the line, what goes below.</summary>
public sealed record MonthBars(ImmutableArray<DateOnly> Months, ImmutableArray<MonthSeries> Series)
{
    public long Highest => Extreme(1);

    /// <summary>How deep the deepest column goes, as a positive number.</summary>
    public long Lowest => Extreme(-1);

    /// <summary>The amount as it stands in the chart: less than 0 goes down.</summary>
    public long Signed(int series, int month) => Series[series].Down ? -Series[series].Amounts[month] : Series[series].Amounts[month];

    long Extreme(int sign) => Months.IsEmpty ? 0 : Enumerable.Range(0, Months.Length).Max(month => Enumerable.Range(0, Series.Length).Sum(series => Math.Max(0, sign * Signed(series, month))));

    /// <summary>What can be spent by when it expires; what of it probably will, set apart where that is known.</summary>
    public static MonthBars Expiring(LoyaltyReport report) => new(
        [.. report.Expiring.Select(one => one.Month)],
        report.Breakage is null
            ? [new(T("Expire then"), 0, [.. report.Expiring.Select(one => one.Points)])]
            : [new(T("Expected to be spent"), 0, [.. report.Expiring.Select(one => one.Points - one.Lost)]), new(T("Expected to expire"), 1, [.. report.Expiring.Select(one => one.Lost)])]);

    /// <summary>What came and went.</summary>
    public static MonthBars Flows(LoyaltyReport report)
    {
        ImmutableArray<MonthSeries> all =
        [
            Of(T("Earned"), 0, false, month => month.Earned), Of(T("Adjusted"), 2, false, month => month.Adjusted),
            Of(T("Spent"), 1, true, month => month.Spent), Of(T("Expired"), 3, true, month => month.Expired), Of(T("Taken back"), 4, true, month => month.Reversed),
        ];
        return new([.. report.Months.Select(month => month.Month)], [.. all.Where(series => series.Amounts.Any(amount => amount != 0))]);

        MonthSeries Of(string name, int colour, bool down, Func<PointMonth, long> amount) => new(name, colour, [.. report.Months.Select(amount)], down);
    }
}

/// <param name="Colour">Number of the colour, 0 to 4.</param>
/// <param name="Down">Whether its amounts are what goes.</param>
public sealed record MonthSeries(string Name, int Colour, ImmutableArray<long> Amounts, bool Down = false);
