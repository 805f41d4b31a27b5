using Cvm.Engine;
using Xunit.Abstractions;

namespace Cvm.Functions.Tests;

/// <summary>What storage is asked for, which is what it costs.</summary>
public sealed class CountedTests(ITestOutputHelper output)
{
    static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly LoadedPlaybook Shipped = PlaybookLoader.Load(Path.Combine(AppContext.BaseDirectory, "Playbook"));

    [NeedsAzuriteFact]
    public async Task An_order_costs_few_transactions()
    {
        await using var opened = await Opened.New();
        var clock = new VirtualTime(Noon);
        var engine = EngineOf(opened.Store, clock, Shipped);

        opened.Counting.Reset();
        await engine.Take("ann", Order(1), default);
        Print("first order", opened);

        await engine.Take("ann", Order(2), default);
        var another = opened.Counting.All;
        Print("another order", opened);

        await engine.Wake("ann", default);
        Print("nothing to wake", opened);

        await opened.Store.Fold(default);
        Print("folding three turns at most", opened);

        await opened.Store.Due(Noon.AddYears(1), 100, default);
        Print("looking for who is due", opened);

        await opened.Store.Page("", 1_000, default);
        Print("a page of the directory", opened);

        Assert.InRange(another, 3, 12);
    }

    [NeedsAzuriteFact]
    public async Task A_day_for_everybody_costs_two_reads_each_where_nothing_happens()
    {
        await using var opened = await Opened.New();
        var clock = new VirtualTime(Noon);
        var quiet = Shipped with { Playbook = Shipped.Playbook with { Journeys = [] } };
        var engine = EngineOf(opened.Store, clock, quiet);
        await engine.Take([.. Enumerable.Range(0, 50).Select(i => ($"c{i:D3}", (Signal)Order(i)))], default);
        var rounds = new Engine.Rounds(opened.Store, opened.Store, () => quiet, engine, clock);
        await rounds.Next(default);
        clock.To(Noon.AddDays(1));

        opened.Counting.Reset();
        await rounds.Make(default);

        output.WriteLine($"a day for 50 customers: {opened.Counting}");
        Assert.InRange(opened.Counting.All, 50, 50 * 2 + 10);
    }

    [NeedsAzuriteFact]
    public async Task Two_workers_meet_at_the_etag_and_both_succeed()
    {
        await using var opened = await Opened.New();
        var other = new TableStore(opened.TablesOf());
        var clock = new VirtualTime(Noon);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => EngineOf(i % 2 == 0 ? opened.Store : other, clock, Shipped).Take("ann", Order(i), default)));

        var stored = await opened.Store.Load("ann", "", default);
        Assert.Equal(40, stored.Dossier.Purchases.Orders);
        Assert.Contains((new(Tallies.Happened, "", "orders", new(2027, 3, 1)), 40L), await ((IRecords)other).Tallies(Tallies.Kinds, default));
    }

    [NeedsAzuriteFact]
    public async Task Folds_that_meet_count_nothing_twice()
    {
        await using var opened = await Opened.New();
        var other = new TableStore(opened.TablesOf());
        var engine = EngineOf(opened.Store, new VirtualTime(Noon), Shipped);
        for (var i = 0; i < 60; i++) await engine.Take($"c{i % 9}", Order(i), default);

        await Task.WhenAll(opened.Store.Fold(default), other.Fold(default), opened.Store.Fold(default), other.Fold(default));

        Assert.Contains((new(Tallies.Happened, "", "orders", new(2027, 3, 1)), 60L), await ((IRecords)other).Tallies(Tallies.Kinds, default));
    }

    void Print(string what, Opened opened)
    {
        output.WriteLine($"{what}: {opened.Counting}");
        opened.Counting.Reset();
    }

    static CustomerEngine EngineOf(TableStore store, VirtualTime clock, LoadedPlaybook playbook) =>
        new(store, () => playbook, Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)new MailboxSender(store, clock)), clock);

    static Signal.Ordered Order(int number) => new($"o{number}", Noon, $"o{number}", 10);
}
