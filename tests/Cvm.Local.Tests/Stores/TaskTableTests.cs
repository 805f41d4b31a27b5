using Cvm.Engine;
using Microsoft.Data.Sqlite;

namespace Cvm.Local.Tests.Stores;

/// <summary>The list of open tasks in the file.</summary>
public sealed class TaskTableTests : IDisposable
{
    static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);

    readonly TemporaryFolder folder = new();

    string File => folder.In("cvm.db");

    public void Dispose() => folder.Delete();

    [Fact]
    public async Task A_database_of_the_third_version_learns_its_open_tasks_and_who_may_be_late()
    {
        await using (var store = SqliteStore.Open(File))
        {
            await Ask(store, "ann", new() { Id = "a", For = "agent", Do = "Call", At = Noon, DueAt = Noon.AddHours(2) });
            await Ask(store, "bob", new() { Id = "b", For = "agent", Do = "Call", At = Noon, DueAt = Noon.AddHours(1) });
            await Ask(store, "carl", new() { Id = "c", For = "agent", Do = "Call", At = Noon, DueAt = Noon.AddHours(1), DoneAt = Noon });
            await Ask(store, "dora", new() { Id = "d", For = "agent", Do = "Call", At = Noon });
        }

        Run("drop table open_task; drop table portrait; update customer set due = null; pragma user_version = 3");
        await using var migrated = SqliteStore.Open(File);

        Assert.Equal(["b", "a", "d"], (await migrated.OpenTasks(10, default)).Select(one => one.Task.Id));
        Assert.Equal([("bob", Noon.AddHours(1)), ("ann", Noon.AddHours(2))], await migrated.Due(Noon.AddDays(1), 10, default));
        Assert.Equal(5L, Ask("pragma user_version"));
    }

    [Fact]
    public async Task What_stands_now_is_counted_anew_from_the_dossiers()
    {
        IReadOnlyCollection<string> kinds = [Tallies.Now, Tallies.Members, Tallies.Expiring];
        IReadOnlyList<(Tally, long)> counted;
        await using (var store = SqliteStore.Open(File))
        {
            foreach (var (customer, points) in new[] { ("ann", 100L), ("bob", 40L), ("carl", 0L) })
            {
                var before = Dossier.For(customer);
                await store.Commit([new(before, 0, before with { Ledger = Ledger.Empty.Earn(points, new(2028, 3, 31)) }, "first", [])], default);
            }

            counted = await store.Tallies(kinds, default);
        }

        Assert.Contains(counted, one => one.Item1.Kind == Tallies.Members && one.Item2 == 2);
        Run("drop table open_task; drop table portrait; delete from tally where kind in ('members', 'expiring') or detail like 'points-%'; update tally set count = count + 7; pragma user_version = 3");
        await using var migrated = SqliteStore.Open(File);

        Assert.Equal(counted, await migrated.Tallies(kinds, default));
    }

    [Fact]
    public async Task Whoever_was_late_before_the_migration_is_woken_once_and_then_rests()
    {
        await using (var store = SqliteStore.Open(File)) await Ask(store, "ann", new() { Id = "a", For = "agent", Do = "Call", At = Noon, DueAt = Noon.AddHours(2) });
        Run("drop table open_task; drop table portrait; update customer set due = null; pragma user_version = 3");
        await using var migrated = SqliteStore.Open(File);
        var playbook = new LoadedPlaybook(IntakePlaybook, null!, []);
        var engine = new CustomerEngine(migrated, () => playbook, new Dictionary<OutboxKind, ISender>(), new VirtualTime(Noon.AddDays(30)));

        await engine.Wake("ann", default);

        Assert.Empty(await migrated.Due(Noon.AddDays(60), 10, default));
        Assert.Equal([Happening.TaskOverdue], (await migrated.Timeline("ann", long.MaxValue, 10, default)).Select(line => line.Line.What));
        Assert.Single(await migrated.OpenTasks(10, default));
    }

    static Playbook IntakePlaybook => new()
    {
        Journeys = [],
        Segments = ImmutableSortedDictionary<string, Segment>.Empty,
        Surveys = ImmutableSortedDictionary<string, Survey>.Empty,
        Loyalty = new(),
        Policies = new(),
        Holidays = HolidayCalendar.Empty,
        Templates = ImmutableSortedDictionary<string, TemplateKind>.Empty,
    };

    static async Task Ask(SqliteStore store, string customer, StaffTask task)
    {
        var before = Dossier.For(customer);
        Assert.Equal([Landing.Landed], await store.Commit([new(before, 0, before with { Tasks = [task] }, "", [])], default));
    }

    void Run(string sql)
    {
        using var connection = Connection();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    object? Ask(string sql)
    {
        using var connection = Connection();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    SqliteConnection Connection()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }
}
