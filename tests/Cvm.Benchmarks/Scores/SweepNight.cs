using Cvm.Engine;
using Cvm.Local;

namespace Cvm.Benchmarks.Scores;

/// <summary>A night's sweep over everybody in the store, on the second night, when everybody has been scored before.</summary>
static class SweepNight
{
    const int PerCommit = 2_000, PageSize = 5_000;

    static readonly DateTimeOffset Began = new(2025, 1, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly DateOnly First = new(2027, 3, 1);

    public static Task<IReadOnlyList<Row>> Run(int customers) => Measure.InNewFolder(async folder =>
    {
        using var held = DataFolder.Open(folder);
        await using var store = SqliteStore.Open(held.Database);
        var clock = new VirtualTime(Began.AddYears(3));
        var engine = new CustomerEngine(store, () => Measure.Playbook, new Dictionary<OutboxKind, ISender>(), clock);

        await store.Durable(false);
        await Fill(store, customers);
        var all = await Measure.Seconds(() => new Sweep(store, store, () => Measure.Playbook, engine, clock).Make(First, null, CancellationToken.None));
        await store.Durable(true);
        await Console.Error.WriteLineAsync($"  filled; everybody scored for the first time in {all:N0} s");

        var reading = await Measure.Seconds(() => PageThrough(store));
        Measure.ForgetPeak();
        Sweep.Result? result = null;
        var took = await Measure.Seconds(async () => result = await new Sweep(store, store, () => Measure.Playbook, engine, clock).Make(First.AddDays(1), null, CancellationToken.None));

        return (IReadOnlyList<Row>)
        [
            new($"nightly sweep of {result!.Customers:N0} customers, {result.Moved:N0} of whom moved", $"{took:N1} s, {took / customers * 1e6:N1} us each")
            {
                Floor = $"{reading:N1} s, reading every standing twice",
                Ratio = $"{took / reading:N1}",
                Peak = Measure.Peak(),
            },
        ];
    });

    // As in a shop of two years: most have bought once, some often, some stopped.
    static async Task Fill(SqliteStore store, int customers)
    {
        foreach (var numbers in Enumerable.Range(0, customers).Chunk(PerCommit))
        {
            Change[] changes = [.. numbers.AsParallel().AsOrdered().Select(One)];
            await store.Commit(changes, CancellationToken.None);
        }
    }

    static Change One(int number)
    {
        var (first, lot) = (number * 7_919L % 700, number * 2_654_435_761L % 1_000 / 1_000.0);
        var days = 1 + (int)(Math.Pow(lot, 6) * 30);
        var span = Math.Min((int)(days - 1) * (3 + number % 40), 780 - (int)first);
        var (from, to) = (Began.AddDays(first), Began.AddDays(first + span));
        var spent = days * (20 + number % 80);
        var after = Dossier.For($"customer-{number:D7}") with
        {
            Profile = new() { Email = $"customer-{number:D7}@example.com", Joined = from },
            Purchases = Purchases.None with { Orders = days, Days = days, First = from, Last = to, Spent = spent, FirstSpent = 20 + number % 80 },
        };
        return new(Dossier.For(after.Customer), 0, after, "customer:known", []);
    }

    static async Task PageThrough(SqliteStore store)
    {
        for (var pass = 0; pass < 2; pass++)
            for (var after = ""; await store.Standings(after, PageSize, CancellationToken.None) is [.., var last]; after = last.Customer) { }
    }
}
