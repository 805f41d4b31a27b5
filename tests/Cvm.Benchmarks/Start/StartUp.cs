using Cvm.Engine;
using Cvm.Local;

namespace Cvm.Benchmarks.Start;

/// <summary>What a million waiting enrollments cost: starting <c>cvm serve</c> on them, and one daily round over them.</summary>
static class StartUp
{
    const int Rounds = 3;
    const int Orders = 1_000;

    public static Task<IReadOnlyList<Row>> Run(int customers) => Measure.InNewFolder(async folder =>
    {
        var fill = await Measure.Seconds(() => Million.Fill(folder, customers, DateTimeOffset.UtcNow));
        var size = new FileInfo(Path.Combine(folder, "cvm.db")).Length;
        await Console.Error.WriteLineAsync($"  filled in {fill:N0} s, {Measure.Megabytes(size)}");

        var (seconds, started, busy, most) = (new List<double>(), new List<double>(), new List<double>(), 0L);
        for (var round = 0; round < Rounds; round++)
        {
            using var served = new Served(folder);
            seconds.Add(await served.FirstOrder($"first-{round}", Name(customers / 2 + round)));
            started.Add(served.Memory.Now);
            for (var i = 0; i < Orders; i++) await served.Order($"{round}-{i}", Name((int)((i + 1) * 7_919L % customers)));
            busy.Add(served.Memory.Now);
            most = Math.Max(most, served.Memory.Most);
        }

        var daily = await DailyRound(folder, customers);
        return (IReadOnlyList<Row>)
        [
            new($"cvm serve on {customers:N0} waiting customers: start to first order taken", $"{Measure.Median(seconds):N2} s")
            {
                Floor = $"database of {Measure.Megabytes(size)}",
                Promise = "within 2 s",
                Peak = Measure.Megabytes(most),
            },
            new("... its resident memory, then and after 1,000 orders", $"{Measure.Megabytes((long)Measure.Median(started))}, {Measure.Megabytes((long)Measure.Median(busy))}")
            {
                Promise = "under 200 MB",
                Peak = Measure.Megabytes(most),
            },
            daily,
        ];
    });

    // The next day's round as the heartbeat makes it, the clock put forward.
    static async Task<Row> DailyRound(string folder, int customers)
    {
        using var held = DataFolder.Open(folder);
        await using var store = SqliteStore.Open(held.Database);
        var clock = new VirtualTime(DateTimeOffset.UtcNow);
        var engine = new CustomerEngine(store, () => Measure.Playbook, new Dictionary<OutboxKind, ISender>(), clock);
        var rounds = new Rounds(store, store, () => Measure.Playbook, engine, clock);
        await rounds.Make(CancellationToken.None);

        clock.To(await rounds.Next(CancellationToken.None));
        var reading = await Measure.Seconds(() => PageThrough(store));
        Measure.ForgetPeak();
        var told = 0;
        var took = await Measure.Seconds(async () => told = await rounds.Make(CancellationToken.None));

        return new($"daily round over {told:N0} customers", $"{took:N1} s, {took / customers * 1e6:N1} us each")
        {
            Floor = $"{reading:N1} s, reading every dossier",
            Ratio = $"{took / reading:N2}",
            Peak = Measure.Peak(),
        };
    }

    static async Task PageThrough(SqliteStore store)
    {
        for (var after = ""; await store.Page(after, 500, CancellationToken.None) is { Count: > 0 } page; after = page[^1].Customer)
            foreach (var (customer, _) in page) await store.Load(customer, "", CancellationToken.None);
    }

    static string Name(int number) => $"customer-{number:D7}";
}
