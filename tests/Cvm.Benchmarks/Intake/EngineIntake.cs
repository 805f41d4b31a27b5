using Cvm.Engine;
using Cvm.Local;

namespace Cvm.Benchmarks.Intake;

/// <summary>Orders taken in by the engine into the durable store, in one process, beside <see cref="BareSqlite"/> with the same rows
/// and as many commits. The shipped journeys look on.</summary>
static class EngineIntake
{
    const int Rounds = 3;
    const int Callers = 64;

    sealed record Result(double Seconds, int Commits);

    public static async Task<IReadOnlyList<Row>> Run()
    {
        var batches = await Beside("intake in process, 1,000 at a time", new(100_000, 23_000, TimeSpan.FromDays(365)), TakeBatches);
        var singles = await Beside($"intake in process, one by one, {Callers} callers", new(20_000, 23_000, TimeSpan.FromDays(6)), TakeSingles);
        return [batches, singles];
    }

    static async Task<Row> Beside(string what, OrderBook book, Func<OrderBook, CustomerEngine, VirtualTime, Task> take)
    {
        Measure.ForgetPeak();
        var warm = await InStore(book, store => store, take);
        var peak = Measure.Peak();
        var (people, orders) = await Written(book);

        var (engine, bare) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            bare.Add(await Bare(people, orders, (orders.Count + warm.Commits - 1) / warm.Commits));
            engine.Add((await InStore(book, store => store, take)).Seconds);
        }

        var (took, floor) = (Measure.Median(engine), Measure.Median(bare));
        return new($"{what}: orders a second", $"{orders.Count / took:N0}, {warm.Commits:N0} commits")
        {
            Floor = $"{orders.Count / floor:N0}, bare SQLite",
            Ratio = $"{floor / took:N2}",
            Promise = "at least 0.5",
            Peak = peak,
        };
    }

    static Task<Result> InStore(OrderBook book, Func<SqliteStore, IStore> wrap, Func<OrderBook, CustomerEngine, VirtualTime, Task> take) => Measure.InNewFolder(async folder =>
    {
        await using var store = SqliteStore.Open(Path.Combine(folder, "cvm.db"));
        var clock = new VirtualTime(default);
        var engine = new CustomerEngine(wrap(store), () => Measure.Playbook, new Dictionary<OutboxKind, ISender>(), clock);
        await OrderBook.Take(book.People, engine, clock);
        var commits = store.Commits;

        var seconds = await Measure.Seconds(() => take(book, engine, clock));
        return new Result(seconds, (int)(store.Commits - commits));
    });

    static Task TakeBatches(OrderBook book, CustomerEngine engine, VirtualTime clock) => OrderBook.Take(book.Orders, engine, clock);

    static async Task TakeSingles(OrderBook book, CustomerEngine engine, VirtualTime clock)
    {
        clock.To(book.End);
        var next = -1;

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var at && at < book.Orders.Length)
                await engine.Take(book.Orders[at].Customer, book.Orders[at].Signal, CancellationToken.None);
        })));
    }

    static async Task<(IReadOnlyList<WrittenChange> People, IReadOnlyList<WrittenChange> Orders)> Written(OrderBook book)
    {
        Recorder? recorder = null;
        await InStore(book, store => recorder = new(store), TakeBatches);
        return ([.. recorder!.Rows.Take(book.People.Length)], [.. recorder.Rows.Skip(book.People.Length)]);
    }

    static Task<double> Bare(IReadOnlyList<WrittenChange> people, IReadOnlyList<WrittenChange> orders, int perCommit) => Measure.InNewFolder(async folder =>
    {
        var file = Path.Combine(folder, "cvm.db");
        await SqliteStore.Open(file).DisposeAsync(); // makes the tables
        BareSqlite.Write(file, people, CsvImport.Chunk);
        return await Measure.Seconds(() =>
        {
            BareSqlite.Write(file, orders, perCommit);
            return Task.CompletedTask;
        });
    });
}
