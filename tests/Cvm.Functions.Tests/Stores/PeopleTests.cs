using System.Text;
using Azure.Data.Tables;
using Cvm.Engine;

namespace Cvm.Functions.Tests;

/// <summary>Whoever asked to be forgotten is in no table, wherever the erasure was cut off.</summary>
public sealed class PeopleTests
{
    static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly LoadedPlaybook Shipped = PlaybookLoader.Load(Path.Combine(AppContext.BaseDirectory, "Playbook"));

    [NeedsAzuriteFact]
    public async Task No_table_names_whoever_was_forgotten()
    {
        await using var opened = await Opened.New();
        await Live(opened, "zoe");
        Assert.NotEmpty(await opened.Store.Mails("zoe", long.MaxValue, 10, default));
        Assert.NotEmpty(await opened.Store.Standings("", 10, default));

        await opened.Store.Forget("zoe", ["m1"], default);

        Assert.Empty(await Naming(opened, "zoe"));
        Assert.Empty(await opened.Store.Standings("", 10, default));
        Assert.True(await opened.Store.Forgotten(["m1"], default));
    }

    [NeedsAzuriteFact]
    public async Task An_erasure_cut_off_anywhere_is_made_whole_by_the_next_and_counts_once()
    {
        await using var opened = await Opened.New();
        await Live(opened, "bob");

        for (var (after, cut) = (0, true); cut; after += 9)
        {
            var customer = $"zoe{after}";
            await Live(opened, customer);
            var dying = CutOff.After(after);
            await Record.ExceptionAsync(() => new TableStore(opened.TablesOf(dying)).Forget(customer, ["m"], default).AsTask());
            cut = dying.Dead;

            await opened.Store.Forget(customer, ["m"], default);

            Assert.Empty(await Naming(opened, customer));
        }

        var tallies = await opened.Store.Tallies([Tallies.Now], default);
        Assert.Equal(1, tallies.Single(each => each.Tally.Detail == "customers").Count);
        Assert.Equal("bob", Assert.Single(await opened.Store.Standings("", 10, default)).Customer);
    }

    [NeedsAzuriteFact]
    public async Task An_address_is_not_believed_where_its_turn_never_came()
    {
        await using var opened = await Opened.New();
        await Live(opened, "zoe");
        var dying = new CutOff((request, _) => request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal));

        await Assert.ThrowsAnyAsync<Exception>(() => EngineOf(new(opened.TablesOf(dying))).Take("zoe", Told("late", "new@example.com"), default));

        Assert.Equal(3, await Count(opened.Tables.Addresses));
        Assert.Empty(await opened.Store.ReachedAt(Channel.Email, "new@example.com", 10, default));
        Assert.Equal(["zoe"], await opened.Store.ReachedAt(Channel.Email, "ZOE@example.com", 10, default));
    }

    [NeedsAzuriteFact]
    public async Task A_turn_that_comes_too_late_leaves_nothing_of_whoever_was_forgotten()
    {
        await using var opened = await Opened.New();
        await Live(opened, "zoe");
        var stored = await opened.Store.Load("zoe", "", default);
        await opened.Store.Forget("zoe", ["m"], default);

        var profile = stored.Dossier.Profile with { Email = "new@example.com" };
        var landings = await opened.Store.Commit([new(stored.Dossier, stored.Revision, stored.Dossier with { Profile = profile }, "", [])], default);

        Assert.Equal([Landing.Conflict], landings);
        Assert.Equal((0, 0), (await Count(opened.Tables.Directory), await Count(opened.Tables.Addresses)));
    }

    /// <summary>A customer with an address, an order, a case, something in the outbox and something in the mailbox.</summary>
    static async Task Live(Opened opened, string customer)
    {
        var engine = EngineOf(opened.Store);
        await engine.Take(customer, Told("t", $"{customer}@example.com"), default);
        await engine.Take(customer, new Signal.Ordered("o", Noon, "o", 10), default);
        await engine.Take(customer, new Signal.Complained("k", Noon, "The pot arrived broken", "high"), default);
        await engine.Wake(customer, default);
        await opened.Store.Post(new Outgoing { Key = $"{customer}/hello", Kind = OutboxKind.Email, To = $"{customer}@example.com", Customer = customer, Journey = "j", Template = "hello", Text = "Hello" }, Noon, default);
    }

    static Signal.Told Told(string id, string email) => new(id, Noon, new() { Email = email, Phone = "+4915112345678", Zone = "Europe/Berlin" }, []);

    static CustomerEngine EngineOf(TableStore store)
    {
        var clock = new VirtualTime(Noon);
        return new(store, () => Shipped, Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)new MailboxSender(store, clock)), clock);
    }

    /// <summary>The rows of all tables in which this name stands anywhere.</summary>
    static async Task<List<string>> Naming(Opened opened, string name)
    {
        var (set, naming) = (opened.Tables, new List<string>());
        foreach (var table in new[] { set.Dossiers, set.Directory, set.Marks, set.Totals, set.Standings, set.Scores, set.Memos, set.Mails, set.Addresses, set.Forgotten })
            await foreach (var row in table.QueryAsync<TableEntity>())
                if (row.Any(pair => TextOf(pair.Value).Contains(name, StringComparison.OrdinalIgnoreCase))) naming.Add($"{table.Name} {row.PartitionKey} {row.RowKey}");
        return naming;
    }

    static string TextOf(object? value) => value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : $"{value}";

    static async Task<int> Count(TableClient table)
    {
        var count = 0;
        await foreach (var _ in table.QueryAsync<TableEntity>()) count++;
        return count;
    }
}
