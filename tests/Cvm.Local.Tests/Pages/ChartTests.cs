using System.Collections.Immutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Cvm.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cvm.Local.Tests.Pages;

public sealed partial class ChartTests
{
    static readonly ImmutableArray<ChartPlace> Days = [.. Enumerable.Range(1, 28).Select(day => new ChartPlace($"{day} Mar", $"{day} March 2027"))];

    static Func<double, string> Plain { get; } = value => value.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(0, 7, false, 0, 8, 2)]
    [InlineData(0, 0.31, false, 0, 0.4, 0.1)]
    [InlineData(0, 0.3, false, 0, 0.3, 0.1)]
    [InlineData(-30, 120, false, -50, 150, 50)]
    [InlineData(0, 1_234_567, false, 0, 1_500_000, 500_000)]
    [InlineData(0, 2, true, 0, 2, 1)]
    [InlineData(0, 0, false, 0, 1, 1)]
    [InlineData(-0.4, 0, false, -0.4, 0, 0.1)]
    public void An_axis_has_few_round_numbers_that_hold_everything(double least, double most, bool whole, double from, double to, double step)
    {
        var scale = ChartScale.For([least, double.NaN, most, (least + most) / 3], whole);

        Assert.Equal((from, to, step), (Math.Round(scale.Least, 9), Math.Round(scale.Most, 9), Math.Round(scale.Step, 9)));
        Assert.Contains(0, scale.Ticks);
    }

    [Fact]
    public void Any_axis_holds_its_values_in_two_to_five_steps()
    {
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var (a, b) = (Math.Pow(10, random.NextDouble() * 12 - 4), -Math.Pow(10, random.NextDouble() * 12 - 4));
            double[] values = random.Next(3) switch { 0 => [a], 1 => [b], _ => [a, b] };
            var scale = ChartScale.For(values);

            Assert.All(values, value => Assert.InRange(value, scale.Least - scale.Step * 1e-6, scale.Most + scale.Step * 1e-6));
            Assert.InRange(scale.Ticks.Length, 3, ChartScale.MostSteps + 1);
            Assert.Matches("^[125]0*$", Math.Round(scale.Step / Math.Pow(10, Math.Floor(Math.Log10(scale.Step) + 1e-9))).ToString("0", System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public async Task A_line_is_parted_where_there_is_no_value_and_a_lone_value_is_a_dot()
    {
        var drawn = await Draw<LineChart>(new()
        {
            ["Id"] = "lone",
            ["Title"] = "Orders",
            ["Places"] = "Day",
            ["Axis"] = Days[..5],
            ["Say"] = Plain,
            ["Series"] = ImmutableArray.Create(new ChartSeries("orders", [1, 2, double.NaN, 4, double.NaN])),
        });

        Assert.Equal(2, Regex.Count(Assert.Single(Paths(drawn)), "M"));
        Assert.Single(drawn.Descendants("circle"));
        Assert.Equal(["–", "4", "–", "2", "1"], drawn.Descendants("td").Select(cell => cell.Value));
    }

    [Fact]
    public async Task Every_chart_has_a_name_an_account_and_a_table_behind_it()
    {
        foreach (var drawn in await All())
        {
            var picture = drawn.Descendants("svg").First(svg => (string?)svg.Attribute("role") == "img");
            var named = ((string)picture.Attribute("aria-labelledby")!).Split(' ');

            Assert.Equal(named, picture.Elements().Where(part => part.Name == "title" || part.Name == "desc").Select(part => (string)part.Attribute("id")!));
            Assert.All(picture.Elements().Take(2), part => Assert.NotEqual("", part.Value));
            Assert.NotEmpty(Assert.Single(drawn.Descendants("details")).Descendants("td"));
            Assert.Contains(drawn.Descendants("ul"), list => (string?)list.Attribute("class") == "legend");
            Assert.DoesNotContain(drawn.DescendantNodes().OfType<XText>(), text => text.Value.Contains("NaN", StringComparison.Ordinal));
            Assert.Empty(drawn.Descendants().Attributes("style"));
        }
    }

    [Fact]
    public async Task Stacks_begin_where_the_one_below_ends_and_less_than_nothing_goes_down()
    {
        var drawn = await Draw<BarChart>(new()
        {
            ["Id"] = "stack",
            ["Title"] = "Points",
            ["Places"] = "Month",
            ["Axis"] = Days[..1],
            ["Say"] = Plain,
            ["Series"] = ImmutableArray.Create(new ChartSeries("earned", [60]), new ChartSeries("spent", [-30]) { Look = 1 }, new ChartSeries("given", [20]) { Look = 2 }),
        });

        var bars = drawn.Descendants("rect").Where(rect => ((string)rect.Attribute("class")!).StartsWith('s'))
            .ToDictionary(rect => (string)rect.Attribute("class")!, rect => (Top: (double)rect.Attribute("y")!, Foot: (double)rect.Attribute("y")! + (double)rect.Attribute("height")!));
        Assert.Equal(bars["s0"].Top, bars["s2"].Foot);
        Assert.Equal(bars["s0"].Foot, bars["s1"].Top);
        Assert.Equal(2 * (bars["s1"].Foot - bars["s1"].Top), bars["s0"].Foot - bars["s0"].Top, 1.0);
    }

    [Fact]
    public async Task Parts_of_a_funnels_step_add_up_to_who_came()
    {
        var drawn = await Draw<Funnel>(new() { ["Id"] = "f", ["Title"] = "Win-back", ["Steps"] = ImmutableArray.Create(new FunnelStep("Send", 200, 30, [("won-back", 50), ("tried", 20)]), new FunnelStep("Wait", 100, 0, [])) });

        double[] Widths(string look) => [.. drawn.Descendants("rect").Where(rect => (string)rect.Attribute("class")! == look).Select(rect => double.Parse(((string)rect.Attribute("width")!).TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal([50, 50], Widths("s0"));
        Assert.Equal([15.0], Widths("s1"));
        Assert.Equal([35.0], Widths("s4"));
        Assert.Contains("won-back 50, tried 20", drawn.ToString());
    }

    static async Task<XElement[]> All() =>
    [
        await Draw<LineChart>(new() { ["Id"] = "a", ["Title"] = "A", ["Places"] = "Day", ["Axis"] = Days, ["Say"] = Plain, ["Usual"] = (2.0, 9.0), ["Series"] = ImmutableArray.Create(new ChartSeries("now", [.. Days.Select((_, i) => i % 7 == 0 ? double.NaN : i)])) }),
        await Draw<BarChart>(new() { ["Id"] = "b", ["Title"] = "B", ["Places"] = "Day", ["Axis"] = Days, ["Say"] = Plain, ["Series"] = ImmutableArray.Create(new ChartSeries("in", [.. Days.Select((_, i) => (double)i)]), new ChartSeries("out", [.. Days.Select((_, i) => i % 3 == 0 ? double.NaN : -i)])) }),
        await Draw<HeatGrid>(new() { ["Id"] = "c", ["Title"] = "C", ["About"] = "Cohorts.", ["Rowname"] = "First order", ["Columns"] = Days[..3], ["Say"] = Plain, ["Most"] = 1.0, ["Rows"] = ImmutableArray.Create(new HeatRow(Days[0], [1, 0.4, double.NaN]), new HeatRow(Days[1], [1, double.NaN, double.NaN])) }),
        await Draw<Funnel>(new() { ["Id"] = "d", ["Title"] = "D", ["Steps"] = ImmutableArray.Create(new FunnelStep("Send", 9, 2, [("done", 3)])) }),
    ];

    static IEnumerable<string> Paths(XElement drawn) => drawn.Descendants("path").Select(path => (string)path.Attribute("d")!);

    internal static async Task<XElement> Draw<TChart>(Dictionary<string, object?> with) where TChart : IComponent
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TChart>(ParameterView.FromDictionary(with))).ToHtmlString());
        return XElement.Parse($"<drawn>{Quoted().Replace(html, "&#160;")}</drawn>");
    }

    [GeneratedRegex("&nbsp;")]
    private static partial Regex Quoted();
}
