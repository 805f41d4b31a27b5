using Cvm.Engine;
using Xunit;

namespace Cvm.Tests;

/// <summary>What every store must keep, whatever it is made of. Derive, open one, and run.</summary>
public abstract partial class StoreContract : IAsyncLifetime
{
    protected static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    static readonly CancellationToken Go = CancellationToken.None;

    protected IStore Store { get; private set; } = null!;

    protected virtual IRecords Records => (IRecords)Store;

    /// <summary>A new, empty store.</summary>
    protected abstract Task<IStore> Open();

    protected abstract Task Close(IStore store);

    public async Task InitializeAsync() => Store = await Open();

    public Task DisposeAsync() => Close(Store);

    [Fact]
    public async Task A_customer_nobody_knows_is_empty_at_revision_0()
    {
        var stored = await Store.Load("ann", "order-1", Go);

        Assert.Equal(0, stored.Revision);
        Assert.False(stored.Taken);
        Assert.Equal(Text(Dossier.For("ann")), Text(stored.Dossier));
    }

    [Fact]
    public async Task What_landed_is_there_with_the_next_revision_and_its_signal_taken()
    {
        var change = await Next("ann", "order-1", Named("Ann"));

        var landing = await Commit(change);

        var stored = await Store.Load("ann", "order-1", Go);
        Assert.Equal(Landing.Landed, landing);
        Assert.Equal(1, stored.Revision);
        Assert.True(stored.Taken);
        Assert.Equal(Text(change.After), Text(stored.Dossier));
        Assert.False((await Store.Load("ann", "order-2", Go)).Taken);
        Assert.False((await Store.Load("bob", "order-1", Go)).Taken);
    }

    [Fact]
    public async Task Each_change_builds_on_the_one_before()
    {
        await Land("ann", "order-1", Named("Ann"));
        await Land("ann", "order-2", Named("Anna"));
        await Land("ann", "order-3", Named("Anne"));

        var stored = await Store.Load("ann", "", Go);
        Assert.Equal(3, stored.Revision);
        Assert.Equal("Anne", stored.Dossier.Profile.Name);
    }

    [Fact]
    public async Task Who_comes_second_leaves_no_trace()
    {
        await Land("ann", "order-1", Named("Ann"));
        var first = await Next("ann", "order-2", Named("First"), Ordered(20));
        var second = await Next("ann", "order-3", after => Named("Second")(Queueing("k1")(after)), Ordered(30));
        await Commit(first);
        var before = await Everything("ann");

        var landing = await Commit(second);

        Assert.Equal(Landing.Conflict, landing);
        Assert.False((await Store.Load("ann", "order-3", Go)).Taken);
        Assert.Equal(before, await Everything("ann"));
    }

    [Fact]
    public async Task Two_first_changes_of_one_customer_cannot_both_land()
    {
        var first = await Next("ann", "order-1", Named("First"));
        var second = await Next("ann", "order-2", Named("Second"));

        Landing[] landings = [await Commit(first), await Commit(second)];

        Assert.Equal([Landing.Landed, Landing.Conflict], landings);
        Assert.Equal("First", (await Store.Load("ann", "", Go)).Dossier.Profile.Name);
    }

    [Fact]
    public async Task A_revision_from_the_future_conflicts()
    {
        await Land("ann", "order-1", Named("Ann"));
        var stored = await Store.Load("ann", "", Go);

        var landing = await Commit(Change(stored with { Revision = 7 }, "order-2", Named("Anna")));

        Assert.Equal(Landing.Conflict, landing);
    }

    [Fact]
    public async Task After_a_conflict_the_next_load_sees_who_was_first()
    {
        var late = await Next("ann", "order-1", Named("Late"));
        await Land("ann", "order-2", Named("First"));
        await Commit(late);

        var stored = await Store.Load("ann", "order-1", Go);
        var landing = await Commit(Change(stored, "order-1", Named("Late")));

        Assert.Equal((1, false), (stored.Revision, stored.Taken));
        Assert.Equal(Landing.Landed, landing);
    }

    [Fact]
    public async Task A_signal_taken_before_changes_nothing()
    {
        await Land("ann", "order-1", Named("Ann"), Ordered(20));
        var again = await Next("ann", "order-1", after => Named("Twice")(Queueing("k1")(after)), Ordered(20));
        var before = await Everything("ann");

        var landing = await Commit(again);

        Assert.Equal(Landing.TakenBefore, landing);
        Assert.Equal(before, await Everything("ann"));
    }

    [Fact]
    public async Task Customers_may_share_the_id_of_a_signal()
    {
        await Land("ann", "order-1", Named("Ann"));
        await Land("bob", "order-1", Named("Bob"));

        Assert.Equal("Bob", (await Store.Load("bob", "", Go)).Dossier.Profile.Name);
    }

    [Fact]
    public async Task A_change_without_a_signal_is_never_taken_before()
    {
        await Land("ann", "", Named("Ann"));
        await Land("ann", "", Named("Anna"));

        var stored = await Store.Load("ann", "", Go);
        Assert.Equal((2, false), (stored.Revision, stored.Taken));
    }

    [Theory, MemberData(nameof(OddNames))]
    public async Task Odd_names_of_customers_and_signals_come_back_as_they_were(string name)
    {
        await Land(name, name, Named(name), Ordered(1) with { Subject = name });
        await Land(name + "x", name, Named("another"));

        var stored = await Store.Load(name, name, Go);
        Assert.Equal((1, true), (stored.Revision, stored.Taken));
        Assert.Equal((name, name), (stored.Dossier.Customer, stored.Dossier.Profile.Name));
        Assert.Equal(name, Assert.Single(await Records.Timeline(name, long.MaxValue, 10, Go)).Line.Subject);
        Assert.Contains(await Store.Page("", 10, Go), row => row.Customer == name);
    }

    public static TheoryData<string> OddNames =>
    [
        "1", new('x', 63), "O'Neill \"quoted\"", "a/b\\c#d?e%f", "--; drop table customer", "王芳", "Ζωή ✓", "🙂👩‍👩‍👧", "e\u0301", "é", " space ", "%_*", "İ", "key=1&b=2", "null",
    ];

    [Fact]
    public async Task A_dossier_with_everything_in_it_comes_back_whole()
    {
        var full = FilledRecord.Of<Dossier>() with { Customer = "ann", Lines = 0 };

        await Land("ann", "s", _ => full);

        Assert.Equal(Text(full), Text((await Store.Load("ann", "", Go)).Dossier));
    }

    [Fact]
    public async Task Changes_of_one_customer_may_stand_on_each_other()
    {
        var first = await Next("ann", "order-1", OneMoreOrder, Ordered(1));
        var second = Then(first, "order-2", OneMoreOrder, Ordered(2));
        var third = Then(second, "order-3", OneMoreOrder, Ordered(3));

        var landings = await Store.Commit([first, second, await Next("bob", "order-1", OneMoreOrder), third], Go);

        var stored = await Store.Load("ann", "order-3", Go);
        Assert.All(landings, landing => Assert.Equal(Landing.Landed, landing));
        Assert.Equal((3, 3, true), (stored.Revision, stored.Dossier.Purchases.Orders, stored.Taken));
        Assert.Equal(3, (await Records.Timeline("ann", long.MaxValue, 10, Go)).Count);
    }

    [Fact]
    public async Task What_stands_on_a_change_that_missed_misses_too()
    {
        var first = await Next("ann", "order-1", OneMoreOrder, Ordered(1));
        var second = Then(first, "order-2", OneMoreOrder, Ordered(2));
        await Land("ann", "order-9", Named("Somebody else"));
        var before = await Everything("ann");

        var landings = await Store.Commit([first, second, await Next("bob", "order-1", OneMoreOrder)], Go);

        Assert.Equal([Landing.Conflict, Landing.Conflict, Landing.Landed], landings);
        Assert.False((await Store.Load("ann", "order-2", Go)).Taken);
        Assert.StartsWith(before.Split('\n')[0], await Everything("ann"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stands_on_a_signal_taken_before_misses_even_where_the_revision_fits()
    {
        var first = await Next("ann", "order-1", OneMoreOrder, Ordered(1));
        var second = Then(first, "order-2", OneMoreOrder, Ordered(2));
        await Land("ann", "order-1", Named("Somebody else"));

        var landings = await Store.Commit([first, second], Go);

        Assert.Equal([Landing.TakenBefore, Landing.Conflict], landings);
        Assert.Equal("Somebody else", (await Store.Load("ann", "", Go)).Dossier.Profile.Name);
    }

    [Fact]
    public async Task The_same_batch_again_is_taken_before_throughout()
    {
        var first = await Next("ann", "order-1", OneMoreOrder, Ordered(1));
        Change[] batch = [first, Then(first, "order-2", OneMoreOrder, Ordered(2))];
        await Store.Commit(batch, Go);

        var landings = await Store.Commit(batch, Go);

        Assert.Equal([Landing.TakenBefore, Landing.TakenBefore], landings);
        Assert.Equal(2, (await Store.Load("ann", "", Go)).Revision);
    }

    [Fact]
    public async Task No_changes_are_soon_done() => Assert.Empty(await Store.Commit([], Go));

    [Fact]
    public async Task Many_at_once_lose_nothing()
    {
        const int customers = 5, tasks = 8, turns = 25;

        await Task.WhenAll(Enumerable.Range(0, tasks).Select(task => Task.Run(async () =>
        {
            for (var turn = 0; turn < turns; turn++) await Insist($"c{(task + turn) % customers}", $"{task}/{turn}");
        })));

        var orders = 0;
        for (var i = 0; i < customers; i++)
        {
            var stored = await Store.Load($"c{i}", "", Go);
            var lines = await Records.Timeline($"c{i}", long.MaxValue, 1_000, Go);
            orders += stored.Dossier.Purchases.Orders;
            Assert.Equal(stored.Dossier.Purchases.Orders, stored.Revision);
            Assert.Equal(stored.Revision, lines.Count);
        }

        Assert.Equal(tasks * turns, orders);
        Assert.Contains((new(Tallies.Happened, "", "orders", new(2026, 3, 1)), (long)(tasks * turns)), await Records.Tallies(Tallies.Kinds, Go));
    }

    async Task Insist(string customer, string signal)
    {
        while (true)
        {
            var change = await Next(customer, signal, OneMoreOrder, Ordered(1));
            if (await Commit(change) != Landing.Conflict) return;
        }
    }
}
