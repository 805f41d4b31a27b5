using Cvm.Engine;
using Cvm.Tests.Playbooks;

namespace Cvm.Tests.Measures;

public class FormulaTests
{
    static readonly DateOnly Monday = new(2027, 3, 1);

    static MeasureBooks Books { get; } = new(Some.Playbook(), new(2027, 1, 1), new(2027, 3, 31),
    [
        (new(Tallies.Happened, "", "money-in", Monday), 12_000), (new(Tallies.Happened, "", "money-in", Monday.AddDays(1)), 8_000), (new(Tallies.Happened, "", "money-back", Monday), 500),
        (new(Tallies.Happened, "", "orders", Monday), 3), (new(Tallies.Happened, "", "orders", Monday.AddDays(1)), 1), (new(Tallies.Happened, "", "sms-segments", Monday), 10),
        (new(Tallies.Happened, "", "customers-active", new(2027, 2, 9)), 10), (new(Tallies.Happened, "", "customers-kept", new(2027, 3, 9)), 4),
        (new(Tallies.Answer, "", "csat/5", Monday), 3), (new(Tallies.Answer, "", "csat/1", Monday), 1),
        (new(Tallies.ResolvedIn, "", Durations.ClassOf(TimeSpan.FromHours(8)), Monday), 5), (new(Tallies.ResolvedIn, "", Durations.ClassOf(TimeSpan.FromDays(20)), Monday), 2),
    ],
    new Dictionary<DateOnly, NightlyFigures> { [Monday] = new(200, 120.5, 4_000, 6_000), [Monday.AddDays(5)] = new(220, 130, 4_400, 8_000) });

    [Theory]
    [InlineData("money-in - money-back", 195)]
    [InlineData("money-in / orders", 50)]
    [InlineData("(money-in - money-back) * margin - sms-segments * sms-cost", 77.3)]
    [InlineData("orders - 1 - 1", 2)]
    [InlineData("orders/2/2", 1)]
    [InlineData("satisfaction(csat)", 0.75)]
    [InlineData("(value-to-come + contribution-so-far) / customers-scored", 50)]
    public void A_formula_reckons_with_the_sums_of_a_time(string formula, double value) => Assert.Equal(value, Parse(formula).Over(Books, Monday, Monday.AddDays(2)), 1e-9);

    [Fact]
    public void What_there_is_nothing_for_has_no_value()
    {
        Assert.True(double.IsNaN(Parse("money-in / orders").Over(Books, Monday.AddDays(9), Monday.AddDays(12))));
        Assert.True(double.IsNaN(Parse("satisfaction(csat)").Over(Books, Monday.AddDays(9), Monday.AddDays(12))));
        Assert.True(double.IsNaN(Parse("median(resolved-in)").Over(Books, Monday.AddDays(9), Monday.AddDays(12))));
        Assert.True(double.IsNaN(Parse("customers-scored").Over(Books, Monday.AddDays(-9), Monday.AddDays(-1))));
        Assert.Equal(0, Parse("orders").Over(Books, Monday.AddDays(9), Monday.AddDays(12)));
    }

    [Fact]
    public void The_month_before_is_a_whole_month_and_what_stands_is_the_last_that_is_known()
    {
        Assert.Equal(0.4, Parse("customers-kept / before(customers-active)").Over(Books, new(2027, 3, 1), new(2027, 3, 31)));
        Assert.Equal(220, Parse("customers-scored").Over(Books, Monday, new(2027, 3, 31)));
    }

    [Fact]
    public void A_median_is_known_within_nine_percent_and_not_moved_by_one_long_case()
    {
        Assert.InRange(Parse("median(resolved-in)").Over(Books, Monday, Monday), 8 / 1.19, 8 * 1.09);

        var random = new Random(3);
        for (var i = 0; i < 200; i++)
        {
            double[] hours = [.. Enumerable.Range(0, 301).Select(_ => Math.Exp(3 * random.NextDouble() - 1) * (1 + i % 40)).Order()];
            var counts = hours.GroupBy(one => Durations.ClassOf(TimeSpan.FromHours(one))).Select(group => (int.Parse(group.Key), (double)group.Count()));
            Assert.InRange(Durations.Quantile(counts, 0.5) / hours[150], 1 / 1.09, 1.09);
        }
    }

    [Theory]
    [InlineData("money-in - orders", "1:9", "money and count do not go together by '-'")]
    [InlineData("ordres", "1:0", "There is no 'ordres' to reckon with. Did you mean 'orders'?")]
    [InlineData("orders / ", "1:8", "The formula stops too early.")]
    [InlineData("(orders", "1:0", "This bracket is not closed.")]
    [InlineData("orders orders", "1:7", "Here stands 'o', where the formula should be over.")]
    [InlineData("money-in * money-in", "1:9", "money cannot be multiplied with money.")]
    [InlineData("resolved-in", "1:0", "'resolved-in' is spans of time, which do not add up. Write median(resolved-in).")]
    [InlineData("median(orders)", "1:7", "'orders' is not spans of time.")]
    [InlineData("before(customers-scored)", "1:7", "'customers-scored' is nothing that is counted by the day.")]
    [InlineData("satisfaction(scat)", "1:13", "There is no survey 'scat'. Did you mean 'csat'?")]
    [InlineData("sum(orders)", "1:0", "There is no function 'sum'.")]
    [InlineData("orders + 1.2.3", "1:9", "'1.2.3' is not a number.")]
    [InlineData("orders + €", "1:9", "Here stands '€', where a name, a number or a bracket is needed.")]
    public void A_mistake_has_its_place_and_its_mending(string formula, string place, string told)
    {
        var problem = Assert.Single(File(formula).Problems);

        Assert.Equal(place, $"{problem.At.Line}:{problem.At.Column - Before}");
        Assert.StartsWith(told, $"{problem.What} {problem.Fix}");
    }

    [Fact]
    public void Brackets_without_end_are_a_mistake_and_no_crash()
    {
        Assert.Single(File(new string('(', 400)).Problems);
        Assert.Single(File(new string('1', 900)).Problems);
    }

    const string Start = "x: { label: X, about: X, group: trade, unit: money, better: up, formula: \"";
    static readonly int Before = Start.Length + 1;

    // Whatever it comes to: a mistake about the unit is told as the only one.
    static PlaybookSources File(string formula) => SmallPlaybook.With(("metrics.yaml", $"{Start}{formula}\" }}"));

    static Formula Parse(string formula)
    {
        foreach (var unit in Enum.GetValues<MeasureUnit>())
            if (SmallPlaybook.With(("metrics.yaml", $"x: {{ label: X, about: X, group: trade, unit: {unit.ToString().ToLowerInvariant()}, better: up, formula: \"{formula}\" }}")) is { Problems: [] } sources) return sources.Measures[0].Formula;
        throw new ArgumentException(formula);
    }
}
