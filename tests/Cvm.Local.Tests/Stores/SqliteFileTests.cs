using Cvm.Engine;

namespace Cvm.Local.Tests;

/// <summary>What is special to the store in a file: closing, crashing, filling up, and other programs.</summary>
public sealed class SqliteFileTests : IAsyncLifetime
{
    static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly CancellationToken Go = CancellationToken.None;

    readonly TemporaryFolder folder = new();
    SqliteStore store = null!;

    string File => folder.In("cvm.db");

    public Task InitializeAsync()
    {
        store = SqliteStore.Open(File);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Delete();
    }

    [Fact]
    public async Task Everything_is_there_after_closing_and_opening_again()
    {
        await store.Commit([await Order("ann", 1), await Order("bob", 1)], Go);
        await store.Keep("round", "2026-03-01", Go);

        await Reopen();

        var ann = await store.Load("ann", "order-1", Go);
        Assert.Equal((1, 1, true), (ann.Revision, ann.Dossier.Purchases.Orders, ann.Taken));
        Assert.Equal("2026-03-01", await store.Kept("round", Go));
        Assert.Equal(2, (await store.Tallies([Tallies.Happened], Go)).Single(row => row.Tally.Detail == "orders").Count);
    }

    [Fact]
    public async Task Closing_finishes_what_was_handed_over()
    {
        var orders = new List<Task<IReadOnlyList<Landing>>>();
        for (var i = 0; i < 200; i++) orders.Add(store.Commit([await Order($"c{i}", 1)], Go).AsTask());

        await Reopen();

        Assert.All(orders, order => Assert.True(order.IsCompletedSuccessfully));
        Assert.Equal(200, (await store.Page("", 1_000, Go)).Count);
    }

    [Fact]
    public async Task A_closed_store_says_so()
    {
        var change = await Order("ann", 1);
        await store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.Commit([change], Go));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.Page("", 1, Go));
    }

    [Fact]
    public async Task A_database_from_a_newer_program_is_left_alone()
    {
        await store.DisposeAsync();
        Sql("pragma user_version = 99");

        var refusal = Assert.Throws<UserError>(() => SqliteStore.Open(File));

        Assert.Contains("written by a newer cvm (its version is 99", refusal.Message, StringComparison.Ordinal);
        Sql("pragma user_version = 5");
        await Reopen();
    }

    [Fact]
    public void A_database_of_another_program_is_left_alone()
    {
        using (var other = Connection(folder.In("other.db"))) Sql(other, "create table song (title)");

        var refusal = Assert.Throws<UserError>(() => SqliteStore.Open(folder.In("other.db")));

        Assert.Contains("is not one of cvm's", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_database_is_refused_in_words()
    {
        System.IO.File.WriteAllText(folder.In("note.txt"), new string('x', 5_000));

        var refusal = Assert.Throws<UserError>(() => SqliteStore.Open(folder.In("note.txt")));

        Assert.Contains("is damaged", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cut_anywhere_the_log_holds_whole_changes_or_nothing()
    {
        for (var i = 1; i <= 12; i++) await store.Commit([await Order("ann", i), await Order($"c{i}", 1)], Go);
        var log = await System.IO.File.ReadAllBytesAsync(File + "-wal");
        var seen = new SortedSet<long>();

        for (var cut = 0; cut <= 60; cut++)
        {
            var copy = folder.In($"copy-{cut}.db");
            System.IO.File.Copy(File, copy);
            await System.IO.File.WriteAllBytesAsync(copy + "-wal", log[..(int)(log.LongLength * cut / 60)]);
            seen.Add(await Whole(copy));
        }

        Assert.Equal(12, seen.Max);
        Assert.InRange(seen.Count, 5, 13); // several different moments, and not one between
    }

    [Fact]
    public async Task A_write_that_fails_fails_its_callers_and_the_store_goes_on()
    {
        await store.Commit([await Order("ann", 1)], Go);
        Sql("create trigger no before insert on line when new.customer = 'bad' begin select raise(abort, 'the tooth of time'); end");

        var refusal = await Assert.ThrowsAsync<UserError>(async () => await store.Commit([await Order("ann", 2), await Order("bad", 1)], Go));
        var landings = await store.Commit([await Order("ann", 2), await Order("bob", 1)], Go);

        Assert.Contains("the tooth of time; nothing of this was saved", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([Landing.Landed, Landing.Landed], landings);
        Assert.Equal((2, 2), ((await store.Load("ann", "", Go)).Revision, (await store.Timeline("ann", long.MaxValue, 9, Go)).Count));
        Assert.Equal(0, (await store.Load("bad", "order-1", Go)).Revision);
        Assert.Equal(3, (await store.Tallies([Tallies.Happened], Go)).Single(row => row.Tally.Detail == "orders").Count);
    }

    [Fact]
    public async Task A_full_disk_fails_with_words_and_nothing_half_landed()
    {
        await store.DisposeAsync();
        store = SqliteStore.Open(File, mostPages: 60);
        var landed = 0;

        var refusal = await Assert.ThrowsAsync<UserError>(async () =>
        {
            for (; landed < 10_000; landed++) await store.Commit([await Order($"c{landed:D5}", 1)], Go);
        });

        Assert.StartsWith("The disk is full", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(landed, (await store.Page("", 10_000, Go)).Count);

        await Reopen(); // somebody made room
        await store.Commit([await Order($"c{landed:D5}", 1)], Go);
        Assert.Equal(landed + 1, await Whole(File, customer: null));
    }

    [Fact]
    public async Task Half_a_character_is_refused_and_harms_nobody_else()
    {
        var good = store.Commit([await Order("ann", 1)], Go);

        await Assert.ThrowsAsync<ArgumentException>(async () => await store.Commit([new(Dossier.For("a\uD800"), 0, Dossier.For("a\uD800"), "", [])], Go));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.Load("a\uD800", "", Go));
        Assert.Equal([Landing.Landed], await good);
    }

    [Fact]
    public async Task A_change_whose_lines_do_not_add_up_is_refused()
    {
        var change = await Order("ann", 1);

        await Assert.ThrowsAsync<ArgumentException>(async () => await store.Commit([change with { Lines = [] }], Go));
    }

    [Fact]
    public async Task Filled_without_waiting_for_the_disk_and_then_durable_it_is_all_in_the_file()
    {
        await store.Durable(false);
        for (var i = 1; i <= 50; i++) await store.Commit([await Order("ann", i)], Go);
        await store.Durable(true);

        System.IO.File.Copy(File, folder.In("copy.db"));

        Assert.Equal(50, await Whole(folder.In("copy.db")));
        Assert.Equal(0, new FileInfo(File + "-wal").Length);
    }

    [Fact]
    public async Task What_is_kept_can_be_replaced_and_listed()
    {
        await store.Keep("journey/win-back/2", "b", Go);
        await store.Keep("journey/win-back/1", "old", Go);
        await store.Keep("journey/win-back/1", "a", Go);
        await store.Keep("round", "c", Go);

        Assert.Null(await store.Kept("nothing", Go));
        Assert.Equal([("journey/win-back/1", "a"), ("journey/win-back/2", "b")], await store.KeptUnder("journey/", CancellationToken.None));
    }

    [Fact]
    public async Task People_with_the_sqlite_tool_find_readable_views()
    {
        await store.Commit([await Order("ann", 1)], Go);

        Assert.Equal("ann|1|1", Ask("select id || '|' || orders || '|' || revision from people"));
        Assert.Equal("ordered|2026-03-01T12:00:00+00:00", Ask("select what || '|' || at from timeline"));
    }

    async Task Reopen()
    {
        await store.DisposeAsync();
        store = SqliteStore.Open(File);
    }

    async Task<Change> Order(string customer, int number)
    {
        var stored = await store.Load(customer, "", Go);
        var after = stored.Dossier with { Lines = stored.Dossier.Lines + 1, Purchases = stored.Dossier.Purchases with { Orders = stored.Dossier.Purchases.Orders + 1 } };
        return new(stored.Dossier, stored.Revision, after, $"order-{number}", [new(Noon, Happening.Ordered) { Figure = number }]);
    }

    /// <summary>Opens a copy and checks that customers, signals, lines and tallies tell the same story; how many orders it tells of.</summary>
    static async Task<long> Whole(string file, string? customer = "ann")
    {
        if (customer is not null)
        {
            await using var copy = SqliteStore.Open(file);
            var stored = await copy.Load(customer, "", Go);
            for (var i = 1; i <= stored.Revision; i++) Assert.True((await copy.Load(customer, $"order-{i}", Go)).Taken);
            Assert.False((await copy.Load(customer, $"order-{stored.Revision + 1}", Go)).Taken);
        }

        using var connection = Connection(file);
        var counts = Ask(connection, """
            select (select coalesce(sum(revision), 0) from customer) || ' ' || (select count(*) from signal) || ' ' || (select count(*) from line)
              || ' ' || (select coalesce(sum(count), 0) from tally where detail = 'orders')
            """).Split(' ');
        Assert.Single(counts.Distinct());
        return customer is null ? long.Parse(counts[0], null) : long.Parse(Ask(connection, $"select coalesce(max(revision), 0) from customer where id = '{customer}'"), null);
    }

    void Sql(string sql)
    {
        using var connection = Connection(File);
        Sql(connection, sql);
    }

    string Ask(string sql)
    {
        using var connection = Connection(File);
        return Ask(connection, sql);
    }

    static Microsoft.Data.Sqlite.SqliteConnection Connection(string file)
    {
        var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    static void Sql(Microsoft.Data.Sqlite.SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    static string Ask(Microsoft.Data.Sqlite.SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return $"{command.ExecuteScalar()}";
    }
}
