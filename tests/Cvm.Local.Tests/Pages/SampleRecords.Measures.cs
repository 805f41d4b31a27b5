using Cvm.Engine;

namespace Cvm.Local.Tests.Pages;

// Two years of trade, of which the last week was a bad one.
sealed partial class SampleRecords
{
    void AddMeasureTallies()
    {
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        for (var day = 1; day <= 800; day++)
        {
            var at = today.AddDays(-day);
            var orders = 40 - day / 40 + day % 7;
            Put("orders", orders);
            Put("money-in", orders * 4_210 + day % 5 * 900);
            Put("money-back", orders * 160);
            Put("repeat-orders", orders * 6 / 10);
            Put("customers-new", orders * 4 / 10);
            Put("customers-active", orders / 2);
            Put("customers-kept", orders / 5);
            Put("discounts", orders * 90);
            Put("emails", orders * 3);
            Put("sms-segments", orders / 4);
            Put("complaints", day <= 7 ? 21 : 3 + day % 3);
            Put("opt-outs", day % 2);
            tallies[new(Tallies.ResolvedIn, "", $"{36 + day % 5}", at)] = 3;

            void Put(string what, long count) => tallies[new(Tallies.Happened, "", what, at)] = count;
        }

        for (var cohort = new DateOnly(2026, 3, 1); cohort < new DateOnly(2027, 3, 1); cohort = cohort.AddMonths(1))
        {
            var size = 60 + cohort.Month * 3;
            for (var month = cohort; month <= new DateOnly(2027, 3, 1); month = month.AddMonths(1))
            {
                var since = 12 * (month.Year - cohort.Year) + month.Month - cohort.Month;
                tallies[new(Tallies.Cohort, "", $"{cohort:yyyy-MM}", month)] = since == 0 ? size : size * 4 / (8 + since);
                tallies[new(Tallies.CohortMoney, "", $"{cohort:yyyy-MM}", month)] = size * (since == 0 ? 4_000 : 4_000 / (2 + since));
            }
        }

        AddSteps(new(2027, 2, 1));
    }

    void AddSteps(DateOnly month)
    {
        var journey = SampleJourneys.Loaded.Playbook.Find("win-back")!;
        var came = 400L;
        foreach (var step in journey.Steps)
        {
            tallies[new(Tallies.Came, "win-back", $"{journey.Version}/{step.Id}", month)] = came;
            tallies[new(Tallies.Left, "win-back", $"{journey.Version}/{step.Id}/won-back", month)] = came / 10;
            came = came * 8 / 10;
        }
    }
}
