using Cvm.Engine;
using Xunit;

namespace Cvm.Tests;

// Records that became part of others.
public abstract partial class StoreContract
{
    [Fact]
    public async Task A_record_that_became_part_of_another_is_found_through_that_one_and_no_score_counts_it()
    {
        await Land("ann", "s1", before => Reached("ann@example.com", null)(Ordering(Noon.AddDays(-1), 3)(before)), Ordered(1));
        await Land("bob", "s1", before => Complaining("b", Noon)(Asking("t", Noon)(Reached("bob@example.com", "+4915112345678")(Ordering(Noon.AddDays(-2), 4)(before)))), Ordered(2));
        await Land("bob", "s2", before => before with { MergedInto = "ann", Leaving = new(Noon, "Kim") });
        Assert.Contains("bob", await DueBy(Noon));

        await Land("ann", "merge:bob", before => before with { Merged = [new("bob", Noon, "Bella", "bob@example.com", "+4915112345678")] });
        await Land("bob", "s3", before => Dossier.For("bob") with { MergedInto = "ann", Lines = before.Lines });

        Assert.Equal(["ann"], (await Records.Search("bella", "", 10, Go)).Select(row => row.Customer));
        Assert.Equal(["ann"], (await Records.Search("bob@example.com", "", 10, Go)).Select(row => row.Customer));
        Assert.Equal([("ann", null), ("bob", "ann")], (await Records.Search("bob", "", 10, Go)).Select(row => (row.Customer, row.MergedInto)));
        Assert.Equal(["ann"], (await ((IStandings)Store).Standings("", 10, Go)).Select(standing => standing.Customer));
        Assert.Empty(await People.ReachedAt(Channel.Email, "bob@example.com", 10, Go));
        Assert.Empty(await Records.OpenCases(10, Go));
        Assert.Empty(await Records.OpenTasks(10, Go));
        Assert.DoesNotContain("bob", await DueBy(Noon.AddYears(1)));
        Assert.Single(await Records.Timeline("bob", long.MaxValue, 10, Go));
        Assert.Equal(1, (await Records.Tallies([Tallies.Now], Go)).Single(row => row.Tally.Detail == "customers").Count);
        Assert.True((await Store.Load("bob", "s1", Go)).Taken);
    }
}
