using Cvm.Engine;

namespace Cvm.Tests.Pivoting;

public sealed class PivotQueryTests
{
    [Theory]
    [InlineData("rows=stage&columns=tier&measure=revenue")]
    [InlineData("rows=country&columns=&measure=people&country=DE&country=none&orders=2-3&tag=%22a%2Cb%22")]
    [InlineData("rows=journey&columns=tag&measure=nps&silence=731-up&tag=%3D1%2B1")]
    public void An_address_reads_back_as_the_same_address(string address) => Assert.Equal(address, PivotTests.Query(address).Address);

    [Fact]
    public void Values_may_stand_together_or_apart()
    {
        var together = PivotTests.Query("stage=loyal, repeat ,loyal&country=");
        var apart = PivotTests.Query("stage=loyal&stage=repeat");

        Assert.Equal(apart.Address, together.Address);
        Assert.Equal("loyal repeat", string.Join(" ", Assert.Single(together.Filters).Values));
    }

    [Fact]
    public void Rows_and_columns_by_the_same_are_rows_alone() => Assert.Null(PivotTests.Query("rows=value&columns=value").Columns);

    [Theory]
    [InlineData("rows", "stagge", "rows: There is nothing called 'stagge' to sort people by. Did you mean 'stage'?")]
    [InlineData("measure", "revenu", "measure: There is no measure 'revenu'. Did you mean 'revenue'?")]
    [InlineData("stage", "gone", "stage: It has no value 'gone'. It may be prospect, new, repeat, mature, loyal, at-risk, lapsed, none.")]
    [InlineData("orders", "2", "orders: It has no value '2'. It may be 0, 1, 2-3, 4-6, 7-12, 13-24, 25-49, 50-up, none.")]
    [InlineData("colour", "red", "colour: It is neither rows, columns nor measure, nor anything to filter by. It may be stage, ")]
    [InlineData("", "x", ": It is neither rows, columns nor measure, nor anything to filter by.")]
    public void What_cannot_be_asked_is_told_by_name_with_what_may_stand_there(string name, string value, string expected)
    {
        var (query, mistakes) = PivotQuery.Read([KeyValuePair.Create(name, value)]);

        Assert.Null(query);
        Assert.StartsWith(expected, Assert.Single(mistakes).ToString());
    }

    [Fact]
    public void All_mistakes_are_told_at_once_and_long_ones_in_short()
    {
        var (_, mistakes) = PivotQuery.Read([KeyValuePair.Create("rows", new string('x', 10_000)), KeyValuePair.Create("country", new string('y', 300)), KeyValuePair.Create("tag", string.Join(',', Enumerable.Range(0, 60)))]);

        Assert.Equal(["rows", "country", "tag"], mistakes.Select(mistake => mistake.Parameter).Distinct());
        Assert.All(mistakes, mistake => Assert.InRange(mistake.ToString().Length, 20, 200));
    }

    [Fact]
    public void Names_are_unique_and_hide_no_parameter_of_the_page()
    {
        string[] names = [.. Dimensions.All.Select(one => one.Name), "rows", "columns", "measure", "after", "choose", "lang"];

        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.Equal(PivotMeasures.All.Length, PivotMeasures.All.DistinctBy(one => one.Name).Count());
        Assert.All(PivotViews.Shipped, view => Assert.Equal(view.Address, PivotTests.Query(view.Address).Address));
    }

    [Fact]
    public void The_page_of_the_documentation_lists_what_there_is()
    {
        var page = File.ReadAllText(Repository.File("docs/pivot.md"));

        Assert.All(Dimensions.All, one => Assert.Contains($"| `{one.Name}` | {one.Label} | {one.About} |", page));
        Assert.All(PivotMeasures.All, one => Assert.Contains($"| `{one.Name}` | {one.Label} | {one.About} |", page));
    }
}
