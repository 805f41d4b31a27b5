using Cvm.Engine;

namespace Cvm.Tests.Pivoting;

public sealed class PivotCsvTests
{
    [Fact]
    public async Task A_table_is_written_as_it_is_seen_with_n_behind_averages()
    {
        using var pivot = await PivotTests.Over(
        [
            Dossier.For("ann") with { Profile = new() { Country = "DE" }, Purchases = Bought(2, 30) },
            Dossier.For("bob") with { Profile = new() { Country = "CN" }, Purchases = Bought(1, 12.5m) },
            Dossier.For("carl") with { Profile = new() { Country = "DE" } },
        ]);

        var text = PivotCsv.Table(await pivot.Ask(PivotTests.Query("rows=country&columns=orders&measure=average-order"), default));

        Assert.Equal("\uFEFFCountry / Average order,0,1,2–3,Total,n: 0,n: 1,n: 2–3,n: Total\r\nCN,,12.5,,12.5,0,1,0,1\r\nDE,,,15,15,0,0,1,1\r\nTotal,,12.5,15,14.166667,0,1,1,2\r\n", text);
    }

    [Fact]
    public async Task What_a_spreadsheet_could_run_is_made_harmless_and_numbers_stay_numbers()
    {
        using var pivot = await PivotTests.Over(
        [
            Dossier.For("=cmd|' /C calc'!A0") with { Profile = new() { Tags = ["+1", "@sum(a1)", "-2", "a,\"b\""] }, Purchases = Purchases.None with { Refunded = 5 } },
        ]);

        var table = PivotCsv.Table(await pivot.Ask(PivotTests.Query("rows=tag&columns=&measure=revenue"), default));
        var people = await PivotTests.Csv(pivot, PivotQuery.Usual);

        Assert.Equal("\uFEFFTag / Revenue,Total\r\n'+1,-5\r\n'-2,-5\r\n'@sum(a1),-5\r\n\"a,\"\"b\"\"\",-5\r\nTotal,-5\r\n", table);
        Assert.Contains("\r\n'=cmd|' /C calc'!A0,prospect,", people);
    }

    [Fact]
    public async Task Everybody_is_in_the_file_once_and_nothing_names_them_but_the_id()
    {
        var random = new Random(4);
        var people = Enumerable.Range(0, 40).Select(i => RandomPeople.One(random, $"c{i:D2}")).ToList();
        using var pivot = await PivotTests.Over(people);

        var lines = (await PivotTests.Csv(pivot, PivotQuery.Usual)).TrimEnd().Split("\r\n");

        Assert.StartsWith("\uFEFFcustomer,stage,segment,value,", lines[0]);
        Assert.Equal(people.Select(one => one.Customer), lines[1..].Select(line => line.Split(',')[0]));
        Assert.DoesNotContain(lines, line => line.Contains("example.com", StringComparison.Ordinal) || line.Contains("Somebody", StringComparison.Ordinal) || line.Contains("+49", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Views_are_kept_by_name_and_never_overwritten()
    {
        var views = new PivotViews(new MemoryStore(), new VirtualTime(RandomPeople.Noon));
        var (mine, other) = (PivotTests.Query("rows=tier&columns=&measure=points"), PivotTests.Query("rows=country&columns=&measure=people"));

        Assert.Null(await views.Keep("  My   view ", mine, "Kim", default));
        Assert.Null(await views.Keep("my view", mine, "Lou", default));
        Assert.Contains("'My view' already, by Kim", await views.Keep("MY VIEW", other, "Lou", default));
        Assert.Contains("already", await views.Keep("cohorts by stage", other, "Lou", default));
        Assert.Equal("A view needs a name.", await views.Keep(" \n ", mine, "Kim", default));
        Assert.Contains("at most 80", await views.Keep(new('x', 81), mine, "Kim", default));
        Assert.Equal([("My view", mine.Address, "Kim")], (await views.Kept(default)).Select(view => (view.Name, view.Address, view.By!)));

        await views.Delete("My View", default);
        await views.Delete("never kept", default);
        Assert.Empty(await views.Kept(default));
    }

    static Purchases Bought(int orders, decimal spent) => Purchases.None with { Orders = orders, Days = orders, Spent = spent, FirstSpent = spent, First = RandomPeople.Noon, Last = RandomPeople.Noon };
}
