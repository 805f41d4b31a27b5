using Cvm.Engine;
using Xunit;

namespace Cvm.Tests;

// Who is behind an address, and who asked to be forgotten.
public abstract partial class StoreContract
{
    protected virtual IPeople People => (IPeople)Store;

    [Fact]
    public async Task Customers_are_found_by_the_address_they_have_now_in_any_case()
    {
        await Land("bob", "", Reached("Shared@Example.com", "+4915112345678"));
        await Land("ann", "", Reached("shared@example.com", null));
        await Land("carl", "", Reached("old@example.com", "+4915187654321"));
        await Land("carl", "", Reached("new@example.com", null));

        Assert.Equal(["ann", "bob"], await People.ReachedAt(Channel.Email, "SHARED@example.COM", 10, Go));
        Assert.Equal(["ann"], await People.ReachedAt(Channel.Email, "shared@example.com", 1, Go));
        Assert.Equal(["bob"], await People.ReachedAt(Channel.Sms, "+4915112345678", 10, Go));
        Assert.Equal(["carl"], await People.ReachedAt(Channel.Email, "new@example.com", 10, Go));
        Assert.Empty(await People.ReachedAt(Channel.Email, "old@example.com", 10, Go));
        Assert.Empty(await People.ReachedAt(Channel.Sms, "+4915187654321", 10, Go));
    }

    [Fact]
    public async Task Whoever_is_forgotten_leaves_nothing_and_nobody_else_loses_anything()
    {
        await Land("bob", "s1", before => Reached("bob@example.com", null)(Queueing("k2")(Complaining("b", Noon)(before))), Ordered(5));
        var alone = await Everything("bob");
        await Land("ann", "s1", before => Reached("ann@example.com", "+4915112345678")(Queueing("k1")(Complaining("a", Noon)(Waking(Noon)(before)))), Ordered(1), Ordered(2));
        await Land("ann", "s2", OneMoreOrder, Ordered(3));

        await People.Forget("ann", ["m1", "m2"], Go);

        Assert.Equal(Text(new Stored(Dossier.For("ann"), 0, false)), Text(await Store.Load("ann", "s1", Go)));
        Assert.Empty(await Records.Timeline("ann", long.MaxValue, 10, Go));
        Assert.Empty(await Records.Search("ann", "", 10, Go));
        Assert.Empty(await People.ReachedAt(Channel.Email, "ann@example.com", 10, Go));
        Assert.Empty(await People.ReachedAt(Channel.Sms, "+4915112345678", 10, Go));
        Assert.Equal(["bob"], (await Store.Page("", 10, Go)).Select(row => row.Customer));
        Assert.Equal(["bob"], (await Records.OpenCases(10, Go)).Select(row => row.Customer));
        Assert.Equal(["bob"], (await Records.Outbox(null, 10, Go)).Select(row => row.Customer));
        Assert.DoesNotContain("ann", await DueBy(Noon));
        Assert.Equal(WhatStands(alone), WhatStands(await Everything("bob")));
    }

    [Fact]
    public async Task Marks_stay_until_they_are_lifted()
    {
        await Land("ann", "s1", Reached("ann@example.com", null));

        await People.Forget("ann", ["m1", "m2"], Go);
        await People.Forget("ann", ["m1", "m2"], Go);
        var (kept, other) = (await People.Forgotten(["x", "m2"], Go), await People.Forgotten(["x"], Go));
        await People.Remember(["m1", "m2", "never kept"], Go);

        Assert.True(kept);
        Assert.False(other);
        Assert.False(await People.Forgotten(["m1", "m2"], Go));
        Assert.False(await People.Forgotten([], Go));
    }

    [Fact]
    public async Task Whoever_comes_back_begins_anew()
    {
        await Land("ann", "s1", Reached("ann@example.com", null), Ordered(1));
        await People.Forget("ann", ["m1"], Go);

        await Land("ann", "s1", Reached("ann@example.org", null), Ordered(2));

        Assert.Equal([(1, 2m)], (await Records.Timeline("ann", long.MaxValue, 10, Go)).Select(line => (line.Number, line.Line.Figure!.Value)));
        Assert.Equal(["ann"], await People.ReachedAt(Channel.Email, "ann@example.org", 10, Go));
    }

    [Fact]
    public async Task A_change_built_on_somebody_since_forgotten_does_not_land()
    {
        await Land("ann", "s1", Named("Ann"));
        var late = await Next("ann", "s2", Named("Ann again"));

        await People.Forget("ann", ["m1"], Go);

        Assert.Equal(Landing.Conflict, await Commit(late));
        Assert.Equal(0, (await Store.Load("ann", "s2", Go)).Revision);
        Assert.False((await Store.Load("ann", "s2", Go)).Taken);
    }

    static Func<Dossier, Dossier> Reached(string? email, string? phone) => before => before with { Profile = before.Profile with { Email = email, Phone = phone } };

    static readonly string[] Happened = [Tallies.Happened, Tallies.ResolvedIn, Tallies.Cohort, Tallies.CohortMoney, Tallies.Came, Tallies.Left];

    // What stands, without what happened: that somebody ordered on a day stays counted, whoever it was.
    static string WhatStands(string everything) => string.Join('\n', everything.Split('\n')
        .Where(line => !Happened.Any(kind => line.Contains($"Kind = {kind},", StringComparison.Ordinal)) && !line.EndsWith(" 0", StringComparison.Ordinal)));
}
