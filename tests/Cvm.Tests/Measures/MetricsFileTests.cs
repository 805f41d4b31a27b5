using Cvm.Engine;
using Cvm.Tests.Playbooks;

namespace Cvm.Tests.Measures;

public class MetricsFileTests
{
    static readonly string Page = File.ReadAllText(Repository.File("docs/measures.md"));

    [Fact]
    public void Every_measure_that_the_issue_asks_for_is_there_in_both_languages()
    {
        var measures = PlaybookLoader.Load(Repository.File("src/Playbook")).Measures;

        Assert.Superset(
            new HashSet<string> { "revenue", "repeat-rate", "retention", "average-order", "lifetime-value", "satisfaction", "complaints", "time-to-resolve", "opt-outs", "message-cost", "contribution" },
            measures.Select(measure => measure.Name).ToHashSet());
        Assert.All(measures, measure => Assert.True(measure.Labels.ContainsKey("en") && measure.Labels.ContainsKey("zh-CN") && measure.Abouts.ContainsKey("en") && measure.Abouts.ContainsKey("zh-CN"), measure.Name));
        Assert.Equal(["retention"], measures.Where(measure => measure.Monthly).Select(measure => measure.Name));
    }

    [Fact]
    public void One_name_is_one_measure_on_the_dashboard_and_in_the_pivot()
    {
        var shared = SmallPlaybook.With().Measures.Join(PivotMeasures.All, measure => measure.Name, pivot => pivot.Name, (measure, pivot) => (measure.Name, Dashboard: measure.Label("en"), Pivot: pivot.Label)).ToList();

        Assert.Equal(["average-order", "complaints", "contribution", "orders", "revenue"], shared.Select(one => one.Name).Order(StringComparer.Ordinal));
        Assert.All(shared, one => Assert.Equal(one.Dashboard, one.Pivot));
    }

    [Fact]
    public void Without_a_file_the_measures_are_those_that_came_with_the_program()
    {
        var absent = SmallPlaybook.With();

        Assert.Equal(PlaybookLoader.Load(Repository.File("src/Playbook")).Measures.Select(measure => (measure.Name, measure.Written)), absent.Measures.Select(measure => (measure.Name, measure.Written)));
    }

    [Fact]
    public void The_documentation_has_each_measure_with_its_definition_and_everything_that_formulas_may_name()
    {
        foreach (var measure in SmallPlaybook.With().Measures)
            Assert.Contains($"| {measure.Label("en")} (`{measure.Name}`) | {measure.About("en")} | {measure.Unit.ToString().ToLowerInvariant()} | `{measure.Written}` | {(measure.Better > 0 ? "up" : "down")} |", Page);
        foreach (var series in BaseSeries.All) Assert.Contains($"| `{series.Name}` | {series.Unit.ToString().ToLowerInvariant()} | {series.About} |", Page);
        foreach (var price in Formula.Prices) Assert.Contains($"| `{price.Name}` | {price.About} |", Page);
    }

    [Theory]
    [InlineData("x: { label: X, about: X., group: trade, unit: money, formula: orders, better: up }", "metrics.yaml(1,63): This formula comes to count, not to money. Write 'unit: count', or another formula.")]
    [InlineData("x: { label: X, about: X., group: trade, unit: count, formula: ordrs, better: up }", "There is no 'ordrs' to reckon with. Did you mean 'orders'?")]
    [InlineData("x: { label: X, about: X., group: trade, unit: count, formula: orders, better: sideways }", "'sideways' is not a direction.")]
    [InlineData("x: { about: X., group: trade, unit: count, formula: orders, better: up }", "'label' is missing in a measure.")]
    [InlineData("x: { label: X, about: X., group: trade, unit: count, formula: orders, better: up, alert: { weeks: 3 } }", "'3' is not a whole number from 8 to 52.")]
    [InlineData("x: { label: X, about: X., group: trade, unit: count, formula: orders, better: up, alert: { width: 0.5 } }", "A range as narrow as this would be left every other week. Write 3 or more.")]
    [InlineData("x: { label: { zh-CN: X }, about: X., group: trade, unit: count, formula: orders, better: up }", "The label of 'x' is not written in en, the language of last resort. Add en: to it.")]
    public void A_mistake_is_told_with_its_place_and_its_mending(string text, string told)
    {
        var problems = SmallPlaybook.With(("metrics.yaml", text)).Problems;

        Assert.Contains(told, $"{Assert.Single(problems)}");
    }

    [Fact]
    public void An_alert_may_be_off_or_more_patient_and_the_file_decides_what_is_shown()
    {
        var measures = SmallPlaybook.With(("metrics.yaml", """
            late: { label: Late, about: Late., group: messages, unit: count, formula: opt-outs, better: down, alert: off }
            early: { label: Early, about: Early., group: trade, unit: count, formula: orders, better: up, alert: { weeks: 26, width: 5 } }
            """)).Measures;

        Assert.Equal(["early", "late"], measures.Select(measure => measure.Name));
        Assert.Equal((new UsualRule(26, 5), null), (measures[0].Alert, measures[1].Alert));
        Assert.Equal("Early", measures[0].Label("zh-CN"));
    }
}
