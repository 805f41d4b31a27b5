using System.Text.Json.Nodes;
using Cvm.Engine;

namespace Cvm.Local.Tests;

/// <summary><c>cvm loyalty</c> as people and scripts use it.</summary>
public sealed class LoyaltyProcessTests : IDisposable
{
    readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Delete();

    [Fact]
    public async Task Without_members_it_says_so_and_without_a_database_what_to_do()
    {
        var none = await CvmProcess.Run("loyalty", "--data", temporary.In("data"));
        await using (await CvmProcess.Serve(temporary.In("data"))) { }

        var done = await CvmProcess.Run("loyalty", "--data", temporary.In("data"));

        Assert.True(none is { Code: 1 }, none.ToString());
        Assert.Matches("^There is no database .* yet\\. Import customers first, or name another folder with --data\\.\n$", none.Messages);
        Assert.True(done is { Code: 0 }, done.ToString());
        Assert.Equal("No member yet: customers become members with their first points or tier.\n", done.Output);
    }

    [Fact]
    public async Task What_is_outstanding_is_told_to_people_and_to_programs()
    {
        var data = temporary.In("data");
        await File.WriteAllTextAsync(temporary.In("o.csv"), "id,customer,date,amount\no1,ann,2026-01-05,640\no2,ben,2026-01-06,60\n");
        var imported = await CvmProcess.Run("import", "--orders", temporary.In("o.csv"), "--data", data);
        Assert.True(imported.Code == 0, imported.ToString());

        var people = await CvmProcess.Run("loyalty", "--data", data);
        var sheet = JsonNode.Parse((await CvmProcess.Run("loyalty", "--json", "--data", data)).Output)!;

        await using var store = SqliteStore.Open(Path.Combine(data, "cvm.db"));
        var outstanding = (await store.Tallies([Tallies.Now], default)).Where(t => t.Tally.Detail is "points" or "points-pending").Sum(t => t.Count);
        Assert.Equal((outstanding, 2, 0.01m, outstanding * 0.01m), ((long)sheet["outstanding"]!, (long)sheet["members"]!, (decimal)sheet["pointWorth"]!, (decimal)sheet["fullValue"]!));
        Assert.Null(sheet["breakage"]);
        Assert.Contains(sheet["tiers"]!.AsArray(), tier => (string?)tier!["tier"] == "silver" && (long)tier["members"]! == 1);
        Assert.Contains("Expected breakage is not known yet", people.Output, StringComparison.Ordinal);
        Assert.Matches("silver +1", people.Output);
    }
}
