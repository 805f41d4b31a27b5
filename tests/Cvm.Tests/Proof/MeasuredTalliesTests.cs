using Cvm.Engine;

namespace Cvm.Tests;

public sealed class MeasuredTalliesTests
{
    static readonly DateTimeOffset At = Some.Now;

    static Line Ended(decimal revenue, decimal margin, bool goal = false, string group = Measured.Member) =>
        new(At, Happening.Measured) { Journey = "care", Measured = new(3, group, new(goal, revenue > 0 ? 1 : 0, revenue, margin, 0, 0, 0, 0.07m)) };

    static Dictionary<Tally, long> Counted(params Line[] lines)
    {
        var into = new Dictionary<Tally, long>();
        Tallies.Add(new(Some.Ann, 1, Some.Ann with { Lines = lines.Length }, "", [.. lines]), into);
        return into;
    }

    static MeasuredGroup Group(Dictionary<Tally, long> tallies) => Assert.Single(MeasuredTallies.Groups(tallies.Select(pair => (pair.Key, pair.Value))));

    [Fact]
    public void Sums_and_squares_give_the_mean_and_the_spread()
    {
        var group = Group(Counted(Ended(100, 40, goal: true), Ended(0, 0), Ended(20.50m, 8.20m)));

        Assert.Equal(("care", 3, "member", 3L, 1L, 2L), (group.Journey, group.Version, group.Name, group.Ended, group.Goals, group.Buyers));
        Assert.Equal(120.50, group.Revenue.Sum, 9);
        Assert.Equal(100 * 100 + 20.5 * 20.5, group.Revenue.Squares, 6);
        Assert.Equal(39.93 * 39.93 + 0.07 * 0.07 + 8.13 * 8.13, group.Profit.Squares, 6);
        Assert.Equal(0.21m, group.Messages);
    }

    [Fact]
    public void Money_of_any_currency_fits()
    {
        var (one, group) = (25_000_000_000m, Group(Counted([.. Enumerable.Range(0, 50).Select(_ => Ended(25_000_000_000m, 0))])));

        Assert.Equal(50.0 * (double)(one * one), group.Revenue.Squares, 1e10);
    }

    [Fact]
    public void Who_joined_is_counted_and_who_is_erased_is_not_waited_for()
    {
        var entered = new Line(At, Happening.Entered) { Journey = "care", Measured = new(3, Measured.Member) };
        var tallies = Counted(entered, entered, Ended(1, 1));
        var watch = new GoalWatch("e", "care", 3, false, At, At.AddDays(1)) { Start = new() };

        Assert.Equal((2L, 1L, 1L), (Group(tallies).Joined, Group(tallies).Ended, Group(tallies).Running));
        Tallies.Remove(Some.Ann with { Goals = [watch] }, tallies);
        Assert.Equal((1L, 0L), (Group(tallies).Joined, Group(tallies).Running));
    }
}
