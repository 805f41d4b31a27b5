using Cvm.Engine;
using Microsoft.Data.Sqlite;

namespace Cvm.Local.Tests.Stores;

/// <summary>The rows that the pivot reads, in the file.</summary>
public sealed class PortraitTests : IDisposable
{
    static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly LoadedPlaybook Shipped = PlaybookLoader.Load(PlaybookLoader.DefaultFolder());

    readonly TemporaryFolder folder = new();

    string File => folder.In("cvm.db");

    public void Dispose() => folder.Delete();

    [Fact]
    public async Task They_say_what_the_dossiers_say_whatever_the_engine_has_done()
    {
        await using var store = SqliteStore.Open(File);
        await Live(store, 400);

        await AssertTrue(store);
    }

    [Fact]
    public async Task A_database_of_the_fourth_version_gets_them_from_its_dossiers()
    {
        await using (var store = SqliteStore.Open(File)) await Live(store, 120);
        Run("drop table portrait; pragma user_version = 4");

        await using var migrated = SqliteStore.Open(File);

        await AssertTrue(migrated);
    }

    [Fact]
    public async Task Whoever_was_erased_is_nowhere_in_the_file()
    {
        await using (var store = SqliteStore.Open(File))
        {
            await Live(store, 60);
            var before = Dossier.For("zz-forget-me");
            await store.Commit([new(before, 0, before with { Profile = new() { Tags = ["only-theirs"] } }, "", [])], default);

            await store.Forget("zz-forget-me", ["m"], default);

            await AssertTrue(store);
        }

        var bytes = System.Text.Encoding.UTF8.GetString(await System.IO.File.ReadAllBytesAsync(File));
        Assert.DoesNotContain("zz-forget-me", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("only-theirs", bytes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_turn_that_changes_nothing_of_it_is_no_news()
    {
        await using var store = SqliteStore.Open(File);
        var first = Dossier.For("ann") with { Profile = new() { Name = "Ann" } };
        await store.Commit([new(Dossier.For("ann"), 0, first, "", [])], default);
        var mark = (await store.News("", default))!.Mark;

        await store.Commit([new(first, 1, first with { Profile = first.Profile with { Name = "Anna" } }, "", [])], default);

        Assert.Empty((await store.News(mark, default))!.Changed);
    }

    static async Task Live(SqliteStore store, int signals)
    {
        var clock = new VirtualTime(Noon);
        var engine = new CustomerEngine(store, () => Shipped, Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)new MailboxSender(store, clock)), clock);
        var lots = new Random(7);
        for (var i = 0; i < signals; i++) await engine.Take($"c{lots.Next(12)}", Random(lots, i), default);
        await new Sweep(store, store, () => Shipped, engine, clock).Make(new DateOnly(2027, 3, 1), null, default);
    }

    static Signal Random(Random lots, int i) => lots.Next(7) switch
    {
        0 => new Signal.Told($"t{i}", Noon, new() { Zone = lots.Next(2) == 0 ? "Asia/Tokyo" : "America/New_York", Email = $"a{i}@example.com", Tags = ["vip"] }, [new(Channel.Email, Purpose.Promotional, true, Noon, "form")]),
        1 => new Signal.Refunded($"r{i}", Noon, $"o{lots.Next(i + 1)}", 1 + lots.Next(9)),
        2 => new Signal.Answered($"a{i}", Noon, "after-complaint", 1 + lots.Next(5)),
        3 => new Signal.Complained($"k{i}", Noon, "It broke", "normal"),
        _ => new Signal.Ordered($"o{i}", Noon.AddHours(-lots.Next(9_000)), $"o{i}", lots.Next(90)),
    };

    static async Task AssertTrue(SqliteStore store)
    {
        var expected = new List<Portrait>();
        foreach (var (customer, _) in await store.Page("", 1_000, default)) if (Portrait.Of((await store.Load(customer, "", default)).Dossier) is { } portrait) expected.Add(portrait);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, await store.Portraits("", 1_000, default));
    }

    void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
