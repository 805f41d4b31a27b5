using Cvm.Engine;
using Microsoft.DurableTask.Client;
using Moq;
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
    public async Task A_journey_costs_a_few_transactions_for_each_signal_look_and_message()
    {
        await using var opened = await Opened.New();
        var clock = new VirtualTime(Noon);
        var elsewhere = new MemoryStore();
        var mailbox = new MemoryMailbox(elsewhere, clock);
        var desk = new Desk(opened.Store, opened.Store, opened.Store, () => Shipped, Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)mailbox), clock);
        var queue = new Queue<Signal>(
        [
            new Signal.Told("t", Noon, new() { Name = "Jo", Email = "jo@example.com", Zone = "Europe/Berlin" }, []),
            new Signal.Complained("k", Noon, "The pot arrived broken", "high"),
            new Signal.CaseWorked("w1", Noon.AddHours(1), "jo/1", CaseWork.Acknowledge, "maria"),
            new Signal.CaseWorked("w2", Noon.AddHours(3), "jo/1", CaseWork.Resolve, "maria", "replaced"),
        ]);
        var (signals, looks, inSignals, inLooks) = (0, 0, 0, 0);

        while (true)
        {
            var dossier = (await opened.Store.Load("jo", "", default)).Dossier;
            if (dossier.DueAt is { } due && !(queue.TryPeek(out var next) && next.At < due))
            {
                if (due > Noon.AddDays(30)) break;
                clock.To(due);
                opened.Counting.Reset();
                var errands = Errand.Of(dossier).Where(errand => errand.DueAt(dossier) <= due).ToList();
                if (errands.Count == 0) errands.Add(new("jo", "")); // a hold that ends, which the watchdog sees to
                foreach (var errand in errands) (looks, _) = (looks + 1, await new JourneyOrchestration(desk).TakeTurns(errand, new Mock<DurableTaskClient>("none").Object, default));
                inLooks += opened.Counting.All;
                Assert.False((await opened.Store.Load("jo", "", default)).Dossier.DueAt <= due, $"Nobody looks after what is due at {due:u}."); // it would be due for ever
            }
            else if (queue.TryDequeue(out var signal))
            {
                clock.To(signal.At);
                opened.Counting.Reset();
                await desk.Open().Engine.Take("jo", signal, default);
                (signals, inSignals) = (signals + 1, inSignals + opened.Counting.All);
            }
            else break;
        }

        var messages = (await elsewhere.Mails(null, long.MaxValue, 100, default)).Count;
        output.WriteLine($"{signals} signals: {inSignals} transactions; {looks} looks that send {messages} messages: {inLooks} transactions");
        Assert.InRange(inSignals, signals * 3, signals * 8);
        Assert.InRange(inLooks, messages * 4, (looks * 3) + (messages * 12));
    }

    [NeedsAzuriteFact]
    public async Task A_sweep_through_orchestrations_costs_little_more_than_its_reads()
    {
        const int Customers = 300;
        await using var opened = await Opened.New();
        var clock = new VirtualTime(Noon);
        var quiet = Shipped with { Playbook = Shipped.Playbook with { Journeys = [] } };
        await using var stage = await DurableStage.Open(opened.Store, quiet, clock, Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)new MailboxSender(opened.Store, clock)));
        await stage.Desk.Open().Engine.Take([.. Enumerable.Range(0, Customers).Select(i => ($"c{i:D3}", (Signal)Order(i)))], default);
        await stage.Round();
        clock.To(Noon.AddDays(1));

        opened.Counting.Reset();
        await stage.Round();

        output.WriteLine($"a round over {Customers} customers on whom nothing happens: {opened.Counting}");
        Assert.InRange(opened.Counting.All, Customers, Customers * 3);
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
