using Cvm.Engine;
using Microsoft.Data.Sqlite;

namespace Cvm.Local.Tests;

/// <summary>The narrow rows that the sweep reads.</summary>
public sealed class StandingTests : IDisposable
{
    static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly LoadedPlaybook Shipped = PlaybookLoader.Load(PlaybookLoader.DefaultFolder());

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cvm-test-");

    string File => Path.Combine(folder.FullName, "cvm.db");

    [Fact]
    public async Task They_say_what_the_dossiers_say_whatever_has_happened()
    {
        await using var store = SqliteStore.Open(File);
        var engine = EngineOver(store);
        var lots = new Random(7);

        for (var i = 0; i < 400; i++) await engine.Take($"c{lots.Next(12)}", Random(lots, i), default);
        await new Sweep(store, store, () => Shipped, engine, new VirtualTime(Noon)).Make(new DateOnly(2027, 3, 1), null, default);

        await AssertTrue(store);
    }

    [Fact]
    public async Task A_database_of_the_first_version_gets_them_from_its_dossiers()
    {
        await using (var store = SqliteStore.Open(File))
        {
            for (var i = 0; i < 60; i++) await EngineOver(store).Take($"c{i % 9}", new Signal.Ordered($"o{i}", Noon.AddDays(-i), $"o{i}", 10 + i), default);
        }

        using (var old = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            old.Open();
            using var command = old.CreateCommand();
            command.CommandText = "drop table standing; drop view score; drop table address; drop table forgotten; drop table open_task; drop table portrait; pragma user_version = 1";
            command.ExecuteNonQuery();
        }

        await using var migrated = SqliteStore.Open(File);

        Assert.Equal(9, (await migrated.Standings("", 100, default)).Count);
        await AssertTrue(migrated);
    }

    static async Task AssertTrue(SqliteStore store)
    {
        var standings = new List<Standing>();
        while (await store.Standings(standings.Count == 0 ? "" : standings[^1].Customer, 5, default) is { Count: > 0 } page) standings.AddRange(page);

        foreach (var (customer, _) in await store.Page("", 1_000, default))
            Assert.Equal(Standing.Of((await store.Load(customer, "", default)).Dossier), standings.Cast<Standing?>().FirstOrDefault(standing => standing!.Value.Customer == customer));
    }

    static Signal Random(Random lots, int i) => lots.Next(6) switch
    {
        0 => new Signal.Told($"t{i}", Noon, new() { Zone = lots.Next(2) == 0 ? "Asia/Tokyo" : "America/New_York" }, []),
        1 => new Signal.Refunded($"r{i}", Noon, $"o{lots.Next(i + 1)}", 1 + lots.Next(9)),
        2 => new Signal.Answered($"a{i}", Noon, "after-complaint", 1 + lots.Next(5)),
        3 => new Signal.Complained($"k{i}", Noon, "It broke", "normal"),
        _ => new Signal.Ordered($"o{i}", Noon.AddHours(-lots.Next(9_000)), $"o{i}", lots.Next(90)),
    };

    static CustomerEngine EngineOver(SqliteStore store) =>
        new(store, () => Shipped, Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)new MailboxSender(store, new VirtualTime(Noon))), new VirtualTime(Noon));

    public void Dispose() => folder.Delete(recursive: true);
}
