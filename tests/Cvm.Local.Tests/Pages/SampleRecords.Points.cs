using Cvm.Engine;

namespace Cvm.Local.Tests.Pages;

sealed partial class SampleRecords
{
    // Two years of points, so that what was earned in the first has expired in the second.
    void AddPointTallies()
    {
        foreach (var (what, count) in new[] { ("points-pending", 4_321), ("points-reserved", 1_212), ("points-owed", 0) }) if (count > 0) tallies[new(Tallies.Now, "", what, null)] = count;
        foreach (var (tier, members) in new[] { ("", 131), ("silver", 47), ("gold", 17) }) tallies[new(Tallies.Members, "", tier, null)] = members;

        var first = new DateOnly(2025, 3, 1);
        for (var month = 0; month <= 24; month++)
        {
            var day = first.AddMonths(month);
            var earned = 90_000 + month * 2_300 + (month % 12 is 8 or 9 ? 70_000 : 0) + month * 7_919 % 11_000;
            Happened("points-earned", day.AddDays(9), month == 24 ? earned / 2 : earned);
            Happened("points-spent", day.AddDays(10), earned / 2 - month * 311 % 7_000);
            Happened("points-returned", day.AddDays(11), earned / 60);
            Happened("points-reversed", day.AddDays(12), earned / 17);
            Happened("points-adjusted", day.AddDays(13), month % 3 == 0 ? 900 : -400);
            if (month > 12) Happened("points-expired", day, (90_000 + month * 1_900) / (6 + month % 4));
        }

        var left = 1_234_567L;
        for (var month = 0; month < 12; month++)
        {
            var points = month == 11 ? left : 61_000 + month * 7_300L + (month is 8 or 9 ? 60_000 : 0);
            tallies[new(Tallies.Expiring, "", $"{new DateOnly(2027, 3, 1).AddMonths(month):yyyy-MM}", null)] = points;
            left -= points;
        }

        void Happened(string what, DateOnly day, long count) => tallies[new(Tallies.Happened, "", what, day)] = tallies.GetValueOrDefault(new(Tallies.Happened, "", what, day)) + count;
    }
}
