using System.Text.Json.Nodes;

namespace Cvm.Local.Tests;

/// <summary>Tasks and merging on the command line.</summary>
public sealed class TeamProcessTests : IDisposable
{
    readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Delete();

    [Fact]
    public async Task Two_records_are_looked_at_merged_and_stay_merged()
    {
        var data = temporary.In("data");
        Trial.Write(temporary.Path, "customers.csv", "id,name,email\nann,Ann Lee,ann@example.com\nbob,A. Lee,lee@example.com\n");
        Trial.Write(temporary.Path, "orders.csv", "id,customer,at,amount\no1,ann,2026-03-01T10:00:00Z,20.00\no2,bob,2026-04-01T10:00:00Z,30.50\n");
        var imported = await CvmProcess.Run("import", "--customers", temporary.In("customers.csv"), "--orders", temporary.In("orders.csv"), "--data", data);
        Assert.True(imported.Code == 0, imported.ToString());

        var tried = await CvmProcess.Run("merge", "bob", "ann", "--dry-run", "--data", data);
        var done = await CvmProcess.Run("merge", "bob", "ann", "--by", "Kim", "--json", "--data", data);
        var again = await CvmProcess.Run("merge", "bob", "ann", "--data", data);
        var wrong = await CvmProcess.Run("merge", "ann", "bob", "--data", data);
        var tasks = await CvmProcess.Run("tasks", "--data", data);
        var none = await CvmProcess.Run("tasks", "--for", "agnet", "--data", data);

        Assert.Contains("Kept e-mail address ann@example.com, not lee@example.com", tried.Output);
        Assert.EndsWith("bob would be merged into ann. Nothing was done.\n", tried.Output);
        Assert.StartsWith("Merged with the record bob by Kim: 1 order", (string?)JsonNode.Parse(done.Output)!["sentences"]![0]);
        Assert.Equal((0, "bob is merged into ann.\n"), (again.Code, again.Output));
        Assert.Equal((1, ""), (wrong.Code, wrong.Output));
        Assert.Contains("'bob' was merged into 'ann' before", wrong.Messages);
        Assert.Equal("Nothing to do.\n", tasks.Output);
        Assert.Contains("Nobody of the team is 'agnet'. Did you mean 'agent'?", none.Messages);
    }

    [Fact]
    public async Task The_demo_leaves_tasks_to_do_and_they_are_listed()
    {
        var data = temporary.In("data");
        var demo = await CvmProcess.Run("demo", "--no-serve", "--customers", "400", "--days", "200", "--data", data);
        Assert.True(demo.Code == 0, demo.ToString());

        var table = await CvmProcess.Run("tasks", "--data", data);
        var json = JsonNode.Parse((await CvmProcess.Run("tasks", "--for", "account-manager", "--json", "--data", data)).Output)!.AsArray();

        Assert.Contains("Customer", table.Output);
        Assert.Matches(@"\d+ tasks?, \d+ overdue\.\n$", table.Output);
        Assert.NotEmpty(json);
        Assert.All(json, task => Assert.Equal("account-manager", (string?)task!["for"]));
        Assert.Contains(json, task => (string?)task!["plan"] == "strategic-call" && (string?)task["kind"] == "call");
    }
}
