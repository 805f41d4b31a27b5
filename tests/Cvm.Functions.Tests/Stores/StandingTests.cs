using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Cvm.Engine;

namespace Cvm.Functions.Tests;

/// <summary>Whoever folds, meets others or dies on the way: packs say in the end what the dossiers say, and so does the flat table.</summary>
public sealed class StandingTests
{
    static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly LoadedPlaybook Shipped = PlaybookLoader.Load(Path.Combine(AppContext.BaseDirectory, "Playbook"));

    readonly VirtualTime clock = new(Noon);

    [NeedsAzuriteFact]
    public async Task Folds_that_meet_each_other_and_commits_lose_nothing()
    {
        await using var opened = await Opened.New();
        TableStore[] stores = [opened.Store, new(opened.TablesOf()), new(opened.TablesOf())];

        await Task.WhenAll(stores.Select((store, worker) => Task.Run(async () =>
        {
            for (var i = 0; i < 40; i++)
            {
                await EngineOf(store).Take($"c{i * 7 % 25}", Order($"{worker}/{i}"), default);
                if (i % 4 == worker) await store.FoldStandings(default);
            }
        })));

        await AssertTrue(opened);
    }

    [NeedsAzuriteFact]
    public async Task A_turn_that_dies_after_its_mark_changes_nothing_and_is_forgotten_once_passed()
    {
        await using var opened = await Opened.New();
        await EngineOf(opened.Store).Take("ann", Order("o1"), default);
        var dying = new CutOff((request, _) => request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal));

        await Assert.ThrowsAnyAsync<Exception>(() => EngineOf(new(opened.TablesOf(dying))).Take("ann", Order("o2"), default));
        await AssertTrue(opened);
        Assert.Single(await Marks(opened));

        await EngineOf(opened.Store).Take("ann", Order("o3"), default);
        await AssertTrue(opened);
        Assert.Empty(await Marks(opened));
    }

    [NeedsAzuriteFact]
    public async Task A_turn_that_dies_after_its_transaction_is_folded()
    {
        await using var opened = await Opened.New();
        var landed = false;
        var dying = new CutOff((request, _) =>
        {
            if (landed) return true;
            landed = request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal);
            return false;
        });

        await Record.ExceptionAsync(() => EngineOf(new(opened.TablesOf(dying))).Take("ann", Order("o1"), default));

        Assert.True(landed);
        await AssertTrue(opened);
        Assert.Single(await opened.Store.Standings("", 10, default));
    }

    [NeedsAzuriteFact]
    public async Task A_fold_that_is_overtaken_between_its_reads_writes_nothing_old()
    {
        await using var opened = await Opened.New();
        await EngineOf(opened.Store).Take("ann", Order("o1"), default);
        await opened.Store.FoldStandings(default);
        await EngineOf(opened.Store).Take("ann", Order("o2"), default);
        var overtaken = new Overtaken(request => request.Uri.Path.Contains("Standings", StringComparison.Ordinal) || request.Uri.Path.Contains("Dossiers", StringComparison.Ordinal), async () =>
        {
            await EngineOf(opened.Store).Take("ann", Order("o3"), default);
            await opened.Store.FoldStandings(default);
        });

        await new TableStore(opened.TablesOf(overtaken)).FoldStandings(default);

        Assert.Empty(await Marks(opened));
        Assert.Equal(3, Assert.Single(await opened.Store.Standings("", 10, default)).Orders);
    }

    [NeedsAzuriteFact]
    public async Task A_fold_that_is_cut_off_anywhere_is_made_good_by_the_next()
    {
        await using var opened = await Opened.New();
        var finished = false;
        for (var cut = 0; !finished; cut++)
        {
            foreach (var customer in Alike(3)) await EngineOf(opened.Store).Take(customer, Order($"{customer}/{cut}"), default);
            await Score(opened, Alike(3), cut);

            var dying = CutOff.After(cut);
            var fold = new TableStore(opened.TablesOf(dying)).FoldStandings([Pack.ShardOf(Alike(1)[0])], default);
            finished = await Task.WhenAny(fold) is { IsCompletedSuccessfully: true };

            Assert.Equal(!finished, dying.Dead);
            await AssertTrue(opened);
            Assert.Empty(await Marks(opened));
        }
    }

    [NeedsAzuriteFact]
    public async Task What_was_lost_from_packs_is_mended()
    {
        await using var opened = await Opened.New();
        string[] customers = [.. Enumerable.Range(0, 20).Select(i => $"c{i}")];
        foreach (var customer in customers) await EngineOf(opened.Store).Take(customer, Order("o1"), default);
        await Score(opened, customers, 1);
        await opened.Store.FoldStandings(default);
        await EngineOf(opened.Store).Take("c3", Order("o2"), default);
        foreach (var mark in await Marks(opened)) await opened.Tables.Marks.DeleteEntityAsync(mark.PartitionKey, mark.RowKey, ETag.All, default);
        await opened.Tables.Standings.DeleteEntityAsync($"{Pack.ShardOf("c5"):D2}", Pack.Last, ETag.All, default);
        await opened.Tables.Scores.DeleteEntityAsync($"{Pack.ShardOf("c7"):D2}", "c7", ETag.All, default);
        var lost = customers.Where(customer => Pack.ShardOf(customer) == Pack.ShardOf("c5")).Append("c3").Distinct().Count();

        opened.Counting.Reset();
        var mended = await opened.Store.Mend(customers, default);

        Assert.Equal(lost, mended);
        await AssertTrue(opened);
        Assert.Equal(0, await opened.Store.Mend(customers, default));
    }

    [NeedsAzuriteFact]
    public async Task Rows_for_other_programs_have_typed_columns_and_are_harmless_to_write_again()
    {
        await using var opened = await Opened.New();
        await EngineOf(opened.Store).Take("a/b", Order("o1"), default);
        await Score(opened, ["a/b"], 1);
        await opened.Store.FoldStandings(default);
        await opened.Store.Mend(["a/b"], default);

        var row = Assert.Single(await Rows(opened.Tables.Scores));

        Assert.Equal(("a/b", "543", "champion"), (row.GetString("Customer"), row.GetString("Rfm"), row.GetString("Segment")));
        Assert.Equal((5, 4, 3, 1), (row.GetInt32("Recency"), row.GetInt32("Frequency"), row.GetInt32("Money"), row.GetInt32("Orders")));
        Assert.Equal((0.5, 120, 10), (row.GetDouble("Alive"), row.GetDouble("Value365"), row.GetDouble("Spent")));
        Assert.Equal((new(2027, 3, 2, 0, 0, 0, TimeSpan.Zero), Noon), (row.GetDateTimeOffset("AsOf"), row.GetDateTimeOffset("LastOrder")));
        Assert.All(["Stage", "Grade", "Value", "Potential", "Relationship", "Need", "Model"], name => Assert.IsType<string>(row[name]));
        Assert.All(["Orders90", "Orders365", "Value90", "Low365", "High365", "Contribution", "Refunded"], name => Assert.IsType<double>(row[name]));
    }

    /// <summary>Customers of one shard.</summary>
    internal static string[] Alike(int count) => [.. Enumerable.Range(0, 10_000).Select(i => $"c{i}").Where(customer => Pack.ShardOf(customer) == Pack.ShardOf("c0")).Take(count)];

    /// <summary>Packs and flat rows say what the dossiers say, once everything is folded.</summary>
    static async Task AssertTrue(Opened opened)
    {
        var seen = new List<Standing>();
        for (var after = ""; await opened.Store.Standings(after, 100, default) is [.., var last] page; after = last.Customer) seen.AddRange(page);

        var dossiers = new List<Dossier>();
        foreach (var (customer, _) in await opened.Store.Page("", 10_000, default)) dossiers.Add((await opened.Store.Load(customer, "", default)).Dossier);

        Assert.Equal(Ordered(dossiers.Select(Standing.Of).OfType<Standing>()), Ordered(seen));
        Assert.Equal(
            dossiers.Select(ScoreRow.Of).OfType<TableEntity>().Select(row => (row.RowKey, row.GetString("Rfm"), row.GetDateTimeOffset("AsOf"), row.GetInt32("Orders"))).Order(),
            (await Rows(opened.Tables.Scores)).Select(row => (row.RowKey, row.GetString("Rfm"), row.GetDateTimeOffset("AsOf"), row.GetInt32("Orders"))).Order());

        static IEnumerable<Standing> Ordered(IEnumerable<Standing> standings) => standings.OrderBy(each => each.Customer, StringComparer.Ordinal);
    }

    async Task Score(Opened opened, string[] customers, int day)
    {
        var scores = new Scores { AsOf = new DateOnly(2027, 3, 1).AddDays(day), Model = "bg-nbd 2027-03-01", Rfm = "543", Segment = "champion", Stage = Stage.Loyal, Alive = 0.5, Value365 = 120, Grade = "B" };
        await EngineOf(opened.Store).Take([.. customers.Select(customer => (customer, (Signal)new Signal.Scored($"scores:{day}", Noon, scores)))], default);
    }

    static Task<List<TableEntity>> Marks(Opened opened) => Rows(opened.Tables.Marks, "PartitionKey ge 'Standing-' and PartitionKey lt 'Standing~'");

    static async Task<List<TableEntity>> Rows(TableClient table, string? filter = null)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, 1_000, null, default)) rows.Add(row);
        return rows;
    }

    CustomerEngine EngineOf(TableStore store) => new(store, () => Shipped, Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)new MailboxSender(store, clock)), clock);

    static Signal.Ordered Order(string id) => new(id, Noon, id, 10);
}
