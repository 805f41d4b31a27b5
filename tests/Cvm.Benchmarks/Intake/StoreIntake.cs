using System.Diagnostics;
using Cvm.Engine;
using Cvm.Local;

namespace Cvm.Benchmarks.Intake;

/// <summary>Order turns into the store, in process and durable, beside <see cref="BareSqlite"/> with the same rows and commits.</summary>
static class StoreIntake
{
    const int PerCommit = 2_000;
    const int PerBatch = 250; // what one caller hands over at a time

    /// <summary>Runs both, three times in turn, and prints the best of each and their ratio.</summary>
    public static async Task<(double Store, double Floor)> Run(int orders, int customers, TextWriter print)
    {
        var changes = IntakeTurns.Of(orders, customers);
        var (store, floor) = (0.0, 0.0);

        for (var round = 0; round < 3; round++)
        {
            floor = Math.Max(floor, await InNewFile(file => Task.FromResult(BareSqlite.Run(file, changes, PerCommit))));
            store = Math.Max(store, await InNewFile(file => Fill(file, changes)));
        }

        await print.WriteLineAsync($"{orders:N0} orders of {customers:N0} customers: store {store:N0}/s, bare SQLite {floor:N0}/s, ratio {store / floor:N2}");
        return (store, floor);
    }

    static async Task<double> Fill(string file, Change[] changes)
    {
        await using var store = SqliteStore.Open(file);
        var waiting = new Queue<Task<IReadOnlyList<Landing>>>();

        var watch = Stopwatch.StartNew();
        foreach (var batch in changes.Chunk(PerBatch))
        {
            waiting.Enqueue(store.Commit(batch, CancellationToken.None).AsTask());
            if (waiting.Count > 2 * PerCommit / PerBatch) Check(await waiting.Dequeue());
        }

        while (waiting.TryDequeue(out var batch)) Check(await batch);
        return changes.Length / watch.Elapsed.TotalSeconds;
    }

    static void Check(IReadOnlyList<Landing> landings)
    {
        foreach (var landing in landings) if (landing != Landing.Landed) throw new InvalidOperationException($"A change came to {landing}.");
    }

    static async Task<double> InNewFile(Func<string, Task<double>> run)
    {
        var folder = Directory.CreateTempSubdirectory("cvm-bench-");
        try
        {
            var file = Path.Combine(folder.FullName, "cvm.db");
            await SqliteStore.Open(file).DisposeAsync(); // makes the tables
            return await run(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
