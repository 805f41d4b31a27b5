using Cvm.Engine;
using Xunit;

namespace Cvm.Tests;

// Reading some of what is counted.
public abstract partial class StoreContract
{
    [Fact]
    public async Task Of_tallies_just_those_asked_for_are_read()
    {
        var all = new Dictionary<Tally, long>();
        string[] journeys = ["care", "win-back", "z"], reasons = ["", "a/b", "cap", "quiet"];
        for (var i = 0; i < 90; i++)
        {
            var (at, journey) = (Noon.AddDays(i % 11), journeys[i % 3]);
            var change = await Next($"c{i % 5}", $"s{i}", Named($"n{i}"), Ordered(i) with { At = at }, new(at, Happening.Skipped) { Journey = journey, Because = reasons[i % 4] }, new(at, Happening.Entered) { Journey = journey });
            Tallies.Add(change, all);
            await Commit(change);
        }

        var (from, until) = (DateOnly.FromDateTime(Noon.AddDays(2).UtcDateTime), DateOnly.FromDateTime(Noon.AddDays(5).UtcDateTime));
        TallyQuery[] queries =
        [
            new(Tallies.Skipped) { From = from, Until = until }, new(Tallies.Skipped, Tallies.Entered) { Journey = "win-back" }, new(Tallies.Skipped) { Journey = "care", Whole = true },
            new(Tallies.Skipped) { Details = ["cap", "none such"], From = from }, new(Tallies.Happened) { Journey = "", Details = ["orders", "money-in"], Until = until }, new(Tallies.Now, Tallies.Skipped) { Whole = true },
            new(Tallies.Now) { From = from }, new(Tallies.Now) { Until = until }, new(Tallies.Skipped) { Journey = "care", Details = [""], From = from, Until = until, Whole = true }, new([.. Tallies.Kinds]) { Whole = true, From = from }, new([.. Tallies.Kinds]),
            new(Tallies.Cohort, Tallies.Goal), new(Tallies.Skipped) { From = until, Until = from },
        ];

        foreach (var query in queries)
            Assert.Equal(query.Of(all).Select(Written).Order(StringComparer.Ordinal), (await Records.Tallies(query, Go)).Select(Written).Order(StringComparer.Ordinal));

        static string Written((Tally Tally, long Count) row) => $"{row}";
    }

    [Fact]
    public async Task Steps_that_were_passed_count_in_their_month()
    {
        var change = (await Next("ann", "s1", Named("Ann"), Ordered(1))) with { Passed = [new("care", 2, "send"), new("care", 2, "wait"), new("care", 2, "wait", "won-back")] };

        await Commit(change);

        Assert.Equal(
            ["came 2/send 2026-03-01 1", "came 2/wait 2026-03-01 1", "left 2/wait/won-back 2026-03-01 1"],
            (await Records.Tallies(new TallyQuery(Tallies.Came, Tallies.Left), Go)).Select(row => $"{row.Tally.Kind} {row.Tally.Detail} {row.Tally.Day:yyyy-MM-dd} {row.Count}").Order(StringComparer.Ordinal));
    }
}
