using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Cvm.Tests;

public sealed class RfmTests
{
    [Fact]
    public void Each_of_the_25_cells_has_its_name()
    {
        var table = new StringBuilder("recency 5 on top, frequency 1 to 5 from left to right\n");
        for (var recency = 5; recency >= 1; recency--)
            table.Append(string.Join(" | ", Enumerable.Range(1, 5).Select(frequency => $"{recency}{frequency} {RfmMap.Usual[recency, frequency].Label}"))).Append('\n');

        Golden.Check("Scores/rfm-cells.txt", table.ToString());
        Assert.Equal(10, RfmMap.Usual.Segments.Count(segment => Cells().Any(cell => RfmMap.Usual[cell.Recency, cell.Frequency] == segment)));
    }

    [Fact]
    public void A_map_with_a_cell_in_no_segment_or_in_two_is_refused()
    {
        RfmSegment Named(string name, params string[] cells) => new(name, name, [.. cells]);

        Assert.Null(RfmMap.Make([Named("a", "[1234][12345]"), Named("b", "5[1235]")], out var gap));
        Assert.Null(RfmMap.Make([Named("a", "[12345][12345]"), Named("b", "23")], out var doubled));
        Assert.Null(RfmMap.Make([Named("a", "[12345][12345]", "42")], out var twice));

        Assert.Equal((5, 4, ""), (gap!.Value.Recency, gap.Value.Frequency, string.Join(" ", gap.Value.In)));
        Assert.Equal((2, 3, "a b"), (doubled!.Value.Recency, doubled.Value.Frequency, string.Join(" ", doubled.Value.In)));
        Assert.Equal((4, 2, "a a"), (twice!.Value.Recency, twice.Value.Frequency, string.Join(" ", twice.Value.In)));
    }

    [Theory]
    [InlineData("51", true), InlineData("[12][345]", true), InlineData("1[2]", true)]
    [InlineData("", false), InlineData("5", false), InlineData("511", false), InlineData("[]1", false), InlineData("[12", false), InlineData("61", false), InlineData("[1-3]1", false), InlineData("1]2", false)]
    public void Cells_are_written_in_one_way(string text, bool right) => Assert.Equal(right, RfmMap.IsPattern(text));

    [Fact]
    public void Ten_different_customers_fill_each_quintile_with_two()
    {
        double[] values = [70, 10, 20, 90, 50, 30, 100, 40, 80, 60];

        foreach (var ties in new[] { Ties.Lowest, Ties.Best })
        {
            var cuts = Cuts.Of(values, ties);
            Assert.Equal([4, 1, 1, 5, 3, 2, 5, 2, 4, 3], values.Select(cuts.Of));
        }
    }

    [Fact]
    public void Equal_customers_share_a_quintile()
    {
        int[] days = [1, 1, 1, 1, 1, 1, 1, 2, 3, 9];

        var (lowest, best) = (Cuts.Of(days, Ties.Lowest), Cuts.Of(days, Ties.Best));

        Assert.Equal([1, 1, 1, 1, 1, 1, 1, 4, 5, 5], days.Select(day => lowest.Of(day)));
        Assert.Equal([4, 4, 4, 4, 4, 4, 4, 4, 5, 5], days.Select(day => best.Of(day)));
    }

    [Fact]
    public void One_customer_and_many_equal_ones_are_new_and_nobody_is_nothing()
    {
        foreach (var many in new[] { 1, 2, 3, 4, 7, 1_000 })
        {
            int[] ones = [.. Enumerable.Repeat(1, many)];
            var cuts = RfmCuts.Of(ones, ones, [.. Enumerable.Repeat(9.5, many)]);
            Assert.Equal("511", cuts.Of(1, 1, 9.5).ToString());
            Assert.Equal("new", RfmMap.Usual.Of(cuts.Of(1, 1, 9.5)).Label);
        }

        Assert.Equal(new(0, 0, 0, 0, Ties.Best), RfmCuts.Of([], [], []).Recency);
    }

    [Fact]
    public void Bounds_are_those_of_counting_customers_one_by_one()
    {
        var odd = Gen.Elements(0.0, -0.0, 1, 2, 2.5, -3, 1e9, -1e9, 1e-300, double.PositiveInfinity, double.NegativeInfinity, double.NaN, double.MaxValue);
        var values = Gen.OneOf(odd, Gen.Choose(-50, 50).Select(number => (double)number), Gen.Choose(0, int.MaxValue).Select(number => number / 7.0));

        Prop.ForAll(values.ArrayOf().ToArbitrary(), all =>
        {
            var (lowest, best) = (Cuts.Of(all, Ties.Lowest), Cuts.Of(all, Ties.Best));
            foreach (var value in all.Where(value => !double.IsNaN(value)))
            {
                var (below, above) = (all.Count(other => other < value || double.IsNaN(other)), all.Count(other => other > value));
                if (double.IsNegativeInfinity(value)) below = 0; // what is not a number counts as the lowest
                Assert.Equal(1 + 5 * below / all.Length, lowest.Of(value));
                Assert.Equal(5 - 5 * above / all.Length, best.Of(value));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(1, 3));
    }

    [Fact]
    public void Whole_numbers_and_money_stand_in_the_same_order()
    {
        var random = new Random(1);
        foreach (var most in new[] { 5, 800_000, int.MaxValue })
        {
            int[] numbers = [.. Enumerable.Range(0, 10_000).Select(_ => random.Next(-most, most))];
            Assert.Equal(Cuts.Of([.. numbers.Select(number => (double)number)], Ties.Lowest), Cuts.Of(numbers, Ties.Lowest));
        }

        Assert.Equal(new(int.MinValue, int.MinValue, int.MaxValue, int.MaxValue, Ties.Lowest), Cuts.Of([int.MinValue, int.MaxValue, int.MinValue, int.MaxValue, int.MaxValue], Ties.Lowest));
    }

    static IEnumerable<(int Recency, int Frequency)> Cells() => Enumerable.Range(0, 25).Select(cell => (cell / 5 + 1, cell % 5 + 1));
}
