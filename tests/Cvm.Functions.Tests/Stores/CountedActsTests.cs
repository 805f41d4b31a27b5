using Cvm.Engine;
using Xunit.Abstractions;

namespace Cvm.Functions.Tests;

/// <summary>What checkouts and people of the team ask of storage.</summary>
public sealed class CountedActsTests(ITestOutputHelper output)
{
    const int Raised = 10;

    static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly LoadedPlaybook Shipped = PlaybookLoader.Load(Path.Combine(AppContext.BaseDirectory, "Playbook"));
    static readonly LoadedPlaybook Quiet = Shipped with { Playbook = Shipped.Playbook with { Journeys = [] } };

    readonly VirtualTime clock = new(Noon);

    [NeedsAzuriteFact]
    public async Task A_checkout_costs_few_transactions()
    {
        await using var opened = await Opened.New();
        var engine = EngineOf(opened);
        await engine.Take("ann", new Signal.PointsAdjusted("points:1", Noon, 400, "Kim", "welcome"), default);

        var byHand = await Count("points by hand", opened, () => engine.Take("ann", new Signal.PointsAdjusted("points:2", Noon, 100, "Kim", "so"), default));
        var reserved = await Count("a checkout reserves points", opened, () => engine.Take("ann", new Signal.RedemptionAsked("r1", Noon, "cart-81", 300), default));
        var confirmed = await Count("and spends them", opened, () => engine.Take("ann", new Signal.RedemptionSettled("r2", Noon, "cart-81", true, "o1"), default));

        Assert.Equal(200, (await opened.Store.Load("ann", "", default)).Dossier.Ledger.Balance);
        Assert.All([byHand, reserved, confirmed], cost => Assert.InRange(cost, 3, 8));
    }

    [NeedsAzuriteFact]
    public async Task Tasks_are_listed_for_what_there_are_and_done_for_few_transactions()
    {
        await using var opened = await Opened.New();
        var engine = EngineOf(opened);
        for (var i = 0; i < Raised; i++)
        {
            var stored = await opened.Store.Load($"c{i}", "", default);
            var asked = stored.Dossier with { Tasks = [new() { Id = $"c{i}/call", For = "agent", Do = "Call", At = Noon, DueAt = Noon.AddDays(i) }] };
            await opened.Store.Commit([new(stored.Dossier, stored.Revision, asked, "", [])], default);
        }

        var listed = await Count($"{Raised} open tasks of as many customers", opened, async () => Assert.Equal(Raised, (await opened.Store.OpenTasks(1_000, default)).Count));
        var done = await Count("a task that is done", opened, () => engine.Take("c0", new Signal.TaskDone("d1", Noon, "c0/call", "Kim"), default));

        Assert.Equal(Raised - 1, (await opened.Store.OpenTasks(1_000, default)).Count);
        Assert.InRange(listed, Raised, (2 * Raised) + 2);
        Assert.InRange(done, 3, 8);
    }

    [NeedsAzuriteFact]
    public async Task A_merge_costs_a_few_turns_and_telling_of_a_fix_one_for_each()
    {
        await using var opened = await Opened.New();
        var engine = EngineOf(opened);
        foreach (var customer in new[] { "ann", "bob" }) await engine.Take(customer, new Signal.Told("t1", Noon, new() { Name = "Ann", Email = $"{customer}@example.com" }, []), default);
        var issues = new Issues(opened.Store, engine.Take, clock);
        await issues.Open("slow-parcels", "Slow parcels", "Kim", "Kim", default);
        for (var i = 0; i < Raised; i++) await engine.Take($"c{i}", new Signal.Told("t1", Noon, new() { Name = "Jo" }, []), default);
        for (var i = 0; i < Raised; i++) await issues.Raise("slow-parcels", new($"c{i}", $"c{i}/1", Noon, "Kim"), default);

        var merged = await Count("two records merged", opened, async () => Assert.True((await new Merging(opened.Store, engine, () => Quiet, clock).Run("bob", "ann", "Kim", false, default)).Done));
        var told = await Count($"{Raised} customers told of a fix", opened, () => issues.Fix("slow-parcels", "Another carrier", "Kim", default));
        var looked = await Count("nothing left to tell of", opened, () => issues.GoOn(default));

        Assert.InRange(merged, 10, 45);
        Assert.InRange(told, Raised * 2, (Raised * 8) + 10);
        Assert.Equal(1, looked);
    }

    async Task<int> Count(string what, Opened opened, Func<Task> act)
    {
        opened.Counting.Reset();
        await act();
        output.WriteLine($"{what}: {opened.Counting}");
        return opened.Counting.All;
    }

    CustomerEngine EngineOf(Opened opened) => new(opened.Store, () => Quiet, new Dictionary<OutboxKind, ISender>(), clock);
}
