using Cvm.Engine;
using Microsoft.Data.Sqlite;

namespace Cvm.Local.Tests;

/// <summary>What is special to erasure and addresses in a file.</summary>
public sealed class PeopleTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    string File => folder.In("cvm.db");

    public void Dispose() => folder.Delete();

    [Fact]
    public async Task A_database_of_the_second_version_learns_its_addresses_from_its_dossiers()
    {
        await using (var store = SqliteStore.Open(File))
        {
            await Tell(store, "ann", "Ann@Example.com", "+4915112345678");
            await Tell(store, "bob", null, null);
        }

        Run("drop table address; drop table forgotten; drop table open_task; drop table portrait; pragma user_version = 2");
        await using var migrated = SqliteStore.Open(File);

        Assert.Equal(["ann"], await migrated.ReachedAt(Channel.Email, "ann@example.com", 10, default));
        Assert.Equal(["ann"], await migrated.ReachedAt(Channel.Sms, "+4915112345678", 10, default));
        Assert.False(await migrated.Forgotten(["x"], default));
        Assert.Equal(5L, Ask("pragma user_version"));
    }

    [Fact]
    public async Task A_migration_that_is_cut_off_leaves_the_old_database()
    {
        await using (var store = SqliteStore.Open(File)) await Tell(store, "ann", "ann@example.com", null);
        Run("drop table address; drop table forgotten; drop table open_task; drop table portrait; pragma user_version = 2; create table forgotten (x)"); // in its way

        Assert.ThrowsAny<Exception>(() => SqliteStore.Open(File));

        Assert.Equal((2L, 0L), (Ask("pragma user_version"), Ask("select count(*) from sqlite_schema where name = 'address'")));
    }

    [Fact]
    public async Task No_table_names_whoever_was_forgotten()
    {
        await using (var store = SqliteStore.Open(File))
        {
            await Tell(store, "o'hara", "ohara@example.com", "+4915112345678");
            var mail = new MailboxSender(store, TimeProvider.System);
            await mail.Send(new() { Key = "k", Kind = OutboxKind.Email, To = "ohara@example.com", Customer = "o'hara", Journey = "j", Template = "t", Text = "Hi" }, default);
            await store.Forget("o'hara", ["a mark"], default);
        }

        foreach (var table in new[] { "customer", "directory", "address", "signal", "line", "outbox", "open_case", "open_task", "mail", "standing" })
            Assert.Equal(0L, Ask($"select count(*) from {table}"));
        Assert.Equal(1L, Ask("select count(*) from forgotten"));
    }

    [Fact]
    public async Task Whoever_was_forgotten_is_so_after_a_restart()
    {
        await using (var store = SqliteStore.Open(File))
        {
            await Tell(store, "ann", "ann@example.com", null);
            await store.Forget("ann", ["m1"], default);
        }

        await using var again = SqliteStore.Open(File);

        Assert.True(await again.Forgotten(["m1"], default));
        Assert.Equal(0, (await again.Load("ann", "s", default)).Revision);
    }

    static async Task Tell(SqliteStore store, string customer, string? email, string? phone)
    {
        var before = Dossier.For(customer);
        var after = before with { Profile = new() { Email = email, Phone = phone }, Lines = 1 };
        Assert.Equal([Landing.Landed], await store.Commit([new(before, 0, after, "s", [new(DateTimeOffset.UnixEpoch, Happening.Joined)])], default));
    }

    void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    long Ask(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    [Fact]
    public async Task What_is_erased_cannot_be_read_out_of_the_file_either()
    {
        await using var store = SqliteStore.Open(File);
        for (var i = 0; i < 40; i++) await Tell(store, $"c{i}", i == 20 ? "zebulon.quixwell@example.com" : $"somebody{i}@example.com", null);
        Assert.Contains("quixwell", OnDisk(), StringComparison.OrdinalIgnoreCase);

        await store.Forget("c20", ["mark"], default);

        Assert.DoesNotContain("quixwell", OnDisk(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("somebody21@example.com", OnDisk(), StringComparison.OrdinalIgnoreCase);
    }

    // The database and its log, as whoever holds the disk can read them.
    string OnDisk() => string.Concat(new[] { File, File + "-wal" }.Where(System.IO.File.Exists).Select(part =>
    {
        using var reader = new StreamReader(new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }));
}
