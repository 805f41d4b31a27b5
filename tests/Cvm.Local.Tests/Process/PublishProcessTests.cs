namespace Cvm.Local.Tests;

/// <summary>Versions from the command line: a plan, people moved and pinned, back, drain and stop; each over a restart.</summary>
public sealed class PublishProcessTests : IDisposable
{
    const string Place = "journeys/thanks/journey.yaml";

    readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Delete();

    static string Journey(int version, string rest) => Trial.Journey("thanks", version, $"- wait: {rest}\n    id: rest\n  - send: thank-you\n    via: email");

    Task<Ended> Cvm(string line) => CvmProcess.Run([.. line.Split(' '), "--data", temporary.In("data"), "--playbook", temporary.In("playbook")]);

    async Task Shop()
    {
        Trial.Write(Trial.Playbook(temporary), Place, Journey(1, "7d"));
        Trial.Write(temporary.Path, "orders.csv", "order,customer,date,amount\no1,c1,2026-01-05,10\n");
        Trial.Write(temporary.Path, "customers.csv", "id,name,email\nc1,Ann,ann@example.com\n");
        await Cvm($"import --customers {temporary.In("customers.csv")}");
        var today = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        Trial.Write(temporary.Path, "orders.csv", $"order,customer,date,amount\no1,c1,{today},10\n");
        await Cvm($"import --orders {temporary.In("orders.csv")}");
    }

    [Fact]
    public async Task A_version_is_planned_published_with_its_people_and_taken_back_over_a_start()
    {
        await Shop();
        Trial.Write(temporary.In("playbook"), Place, Journey(2, "9d"));

        var differs = await Cvm("publish");
        var plan = await Cvm("publish thanks --plan");
        var nameless = await Cvm("publish thanks");
        var published = await Cvm("publish thanks --by Kim --move rest=rest");
        var back = await Cvm("back thanks --by Lee");
        var start = await Cvm("tasks");
        var versions = await Cvm("versions thanks");
        var diff = await Cvm("versions thanks --diff 1 2");

        Assert.Equal("thanks: the folder has version 2, live is 1.\n", differs.Output);
        Assert.Equal("thanks: version 2 goes live, instead of 1.\n  ~ rest                         Wait 7 days -> Wait 9 days\n1 person is in flight in other versions:\n          1  version 1, at 'rest'                     stay; could move to 'rest'\n", plan.Output);
        Assert.True(nameless is { Code: 1, Output: "" } && nameless.Messages.Contains("--by NAME", StringComparison.Ordinal), nameless.ToString());
        Assert.EndsWith("Version 2 of thanks is live. 1 person was moved to it.\n", published.Output, StringComparison.Ordinal);
        Assert.EndsWith("Version 1 of thanks is live.\n", back.Output, StringComparison.Ordinal);
        Assert.Equal(0, start.Code);
        Assert.Matches(@"^version 1 .* back, by Lee .* 0 people inside, live\nversion 2 .* by Kim .* 1 person inside\nversion 1 .* from the folder, at a start\n$", versions.Output);
        Assert.Equal("  ~ rest                         Wait 7 days -> Wait 9 days\n", diff.Output);
    }

    [Theory]
    [InlineData("publish thnks --by Kim", "There is no journey 'thnks'. Did you mean 'thanks'?")]
    [InlineData("publish thanks --by Kim --move rest", "'rest' is no move. Write it like wait-5d=wait-7d.")]
    [InlineData("publish thanks --by Kim --move rset=rest", "No other version has a step 'rset'. Did you mean 'rest'?")]
    [InlineData("publish thanks --by Kim --move-all --pin", "--pin lets everybody stay")]
    [InlineData("back thanks --by Kim", "There is no version of thanks to go back to.")]
    [InlineData("versions thnks", "No version of 'thnks' was ever live. Did you mean 'thanks'?")]
    [InlineData("versions thanks --diff 1 7", "There is no version 7 of thanks, or it does not fit the playbook any more. Known: 1.")]
    [InlineData("stop thnks --by Kim", "There is no journey 'thnks'. Did you mean 'thanks'?")]
    public async Task What_cannot_be_done_says_why_and_changes_nothing(string line, string problem)
    {
        await Shop();
        Trial.Write(temporary.In("playbook"), Place, Journey(2, "9d"));

        var wrong = await Cvm(line);

        Assert.True(wrong.Code == 1, wrong.ToString());
        Assert.Contains(problem, wrong.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journey_is_drained_and_stopped_only_when_told_twice_and_each_says_for_how_many()
    {
        await Shop();

        var asked = await Cvm("drain thanks --by Kim");
        var drained = await Cvm("drain thanks --by Kim --yes");
        var stopped = await Cvm("stop thanks --by Kim --yes");
        var why = await Cvm("explain c1 thanks");
        var resumed = await Cvm("resume thanks");

        Assert.Equal("Nobody enters thanks any more. 1 person inside walks on to the end.\nNothing was done. Say it again with --yes.\n", asked.Output);
        Assert.EndsWith("The journey thanks lets nobody in any more.\n", drained.Output, StringComparison.Ordinal);
        Assert.Equal("thanks ends at once for 1 person inside. 0 queued messages of it are not sent.\nThe journey thanks is stopped. It ended for 1 person.\n", stopped.Output);
        Assert.Contains("stopped by Kim", why.Output, StringComparison.Ordinal);
        Assert.Equal("The journey thanks goes on.\n", resumed.Output);
    }
}
