using Cvm.Web;

namespace Cvm.Local.Tests.Pages;

public sealed class HeatMapTests
{
    [Fact]
    public void Every_segment_is_named_once_and_every_cell_is_there()
    {
        var map = HeatMap.Of(new(), RfmMap.Usual);

        var cells = map.Rows.SelectMany(row => row).ToList();
        Assert.Equal(25, cells.Select(cell => cell.Name).Distinct().Count());
        Assert.Equal(RfmMap.Usual.Segments.Select(segment => segment.Name).Order(), cells.Where(cell => cell.Named).Select(cell => cell.Segment.Name).Order());
        Assert.Equal(("15", "51"), (map.Rows[0][0].Name, map.Rows[4][4].Name));
    }

    [Fact]
    public void A_segment_in_two_places_is_named_in_both()
    {
        var map = RfmMap.Make([new("corners", "corners", ["11", "55"]), new("rest", "rest", ["1[2345]", "[234][12345]", "5[1234]"])], out _)!;

        var named = HeatMap.Of(new(), map).Rows.SelectMany(row => row).Where(cell => cell.Named).Select(cell => (cell.Name, cell.Segment.Name));

        Assert.Equal([("15", "rest"), ("55", "corners"), ("11", "corners")], named);
    }

    [Fact]
    public void Shades_grow_with_the_customers_and_nobody_has_none()
    {
        var summary = new ScoreSummary();
        for (var i = 0; i < 100; i++) summary.Add(new(5, 5, 5), 10, new());
        summary.Add(new(1, 1, 1), 10, new());

        var cells = HeatMap.Of(summary, RfmMap.Usual).Rows.SelectMany(row => row).ToDictionary(cell => cell.Name);

        Assert.Equal((7, 1, 0), (cells["55"].Shade, cells["11"].Shade, cells["33"].Shade));
        Assert.True(cells["55"] is { Above: true, Right: true, Wide: false } && cells["54"] is { Above: false, Right: true });
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(949.6, "950")]
    [InlineData(999.7, "1.0k")]
    [InlineData(9_960, "10k")]
    [InlineData(12_300, "12k")]
    [InlineData(999_600, "1.0M")]
    [InlineData(-1_500, "-1.5k")]
    public void Money_is_brief_where_there_is_little_room(double amount, string expected) => Assert.Equal(expected, Words.Roughly(amount));
}
