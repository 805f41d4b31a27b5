using System.Globalization;
using Cvm.Engine;
using Cvm.Local;

namespace Cvm.Benchmarks.Pivoting;

/// <summary>Questions to the pivot beside plain loops that add up the same; reading everybody in beside reading the bare rows.</summary>
static class PivotQuestions
{
    const int PerCommit = 2_000, PageSize = 5_000, Rounds = 15;

    static readonly DateTimeOffset Began = new(2025, 1, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly string?[] Countries = ["DE", "CN", "US", "FR", null], Tiers = [null, "bronze", "silver", "gold"];

    public static async Task<IReadOnlyList<Row>> Run(int customers) =>
        [.. await Over(Math.Min(customers, 100_000)), .. customers > 100_000 ? await Over(customers) : []];

    static Task<IReadOnlyList<Row>> Over(int customers) => Measure.InNewFolder(async folder =>
    {
        using var held = DataFolder.Open(folder);
        await using var store = SqliteStore.Open(held.Database);
        await store.Durable(false);
        foreach (var numbers in Enumerable.Range(0, customers).Chunk(PerCommit)) await store.Commit([.. numbers.AsParallel().AsOrdered().Select(One)], CancellationToken.None);
        await store.Durable(true);

        var bare = await Measure.Seconds(() => Bare(held.Database, customers));
        Measure.ForgetPeak();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var pivot = new Pivot(store, () => Measure.Playbook, TimeProvider.System);
        var load = await Measure.Seconds(() => pivot.Warm(CancellationToken.None));
        var size = GC.GetTotalMemory(forceFullCollection: true) - before;

        var question = Query("rows=stage&columns=country&measure=revenue&tier=silver,gold,none");
        var bands = Query("rows=first-order-month&columns=spent&measure=alive");
        var people = Query("stage=loyal,repeat&country=DE");
        var floor = Plain(customers);
        var (simple, banded, drilled) = (await Median(() => pivot.Ask(question, CancellationToken.None)), await Median(() => pivot.Ask(bands, CancellationToken.None)), await Median(() => pivot.People(people, "", 51, CancellationToken.None)));

        return (IReadOnlyList<Row>)
        [
            new($"pivot over {customers:N0}: two traits, a filter, a sum", $"{simple * 1e3:N1} ms") { Floor = $"{floor * 1e3:N2} ms, a plain loop over arrays", Ratio = $"{simple / floor:N1}", Promise = customers == 100_000 ? "every page under 100 ms" : "" },
            new("... months by bands, an average", $"{banded * 1e3:N1} ms") { Floor = $"{floor * 1e3:N2} ms, the same loop", Ratio = $"{banded / floor:N1}" },
            new("... the people behind a cell", $"{drilled * 1e3:N1} ms") { Floor = $"{floor * 1e3:N2} ms, the same loop", Ratio = $"{drilled / floor:N1}" },
            new("... reading everybody in", $"{load * 1e3:N0} ms, then {Measure.Megabytes(size)} in memory") { Floor = $"{bare * 1e3:N0} ms, reading the bare rows", Ratio = $"{load / bare:N1}", Peak = Measure.Peak() },
        ];
    });

    static async Task<double> Median(Func<Task> ask)
    {
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++) times.Add(await Measure.Seconds(ask));
        return Measure.Median(times);
    }

    // Two codes, a filter and an amount in arrays, added up into cells: what no pivot can do without.
    static double Plain(int customers)
    {
        var (rows, columns, filter, amounts) = (new byte[customers], new byte[customers], new byte[customers], new double[customers]);
        for (var i = 0; i < customers; i++) (rows[i], columns[i], filter[i], amounts[i]) = ((byte)(i % 7), (byte)(i % 5), (byte)(i % 4), 20 + i % 80);
        var (cells, counts, times) = (new double[8 * 8], new int[8 * 8], new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            for (var i = 0; i < rows.Length; i++)
            {
                if (filter[i] == 1) continue;

                var cell = rows[i] * 8 + columns[i];
                cells[cell] += amounts[i];
                counts[cell]++;
            }

            times.Add(watch.Elapsed.TotalSeconds);
        }

        return cells.Sum() > 0 && counts.Sum() > 0 ? Measure.Median(times) : throw new InvalidOperationException("Nothing was added up.");
    }

    static Task Bare(string file, int customers)
    {
        using var database = Database.ToRead(file);
        var (after, seen, bytes) = ("", 0, 0L);
        while (seen < customers)
        {
            var rows = database.Use("select customer, row from portrait where customer > ? order by customer limit ?").Bind(after).Bind(PageSize);
            for (; rows.Step(); seen++)
            {
                bytes += rows.Bytes(1).Length;
                if (seen % PageSize == PageSize - 1 || seen == customers - 1) after = rows.Text(0);
            }
        }

        return bytes > 0 ? Task.CompletedTask : throw new InvalidOperationException("There are no portraits.");
    }

    static PivotQuery Query(string address) => PivotQuery.Read(address.Split('&').Select(part => part.Split('=')).Select(part => KeyValuePair.Create(part[0], part[1]))).Query!;

    static Change One(int number)
    {
        var (first, lot) = (number * 7_919L % 700, number * 2_654_435_761L % 1_000 / 1_000.0);
        var days = 1 + (int)(Math.Pow(lot, 6) * 30);
        var (from, spent) = (Began.AddDays(first), (decimal)(days * (20 + number % 80)));
        var after = Dossier.For(string.Create(CultureInfo.InvariantCulture, $"customer-{number:D7}")) with
        {
            Profile = new() { Email = $"customer-{number:D7}@example.com", Country = Countries[number % 5], Locale = number % 3 == 0 ? "zh-CN" : "en", Joined = from },
            Purchases = number % 4 == 0 ? Purchases.None : Purchases.None with { Orders = days, Days = days, First = from, Last = from.AddDays(days), Spent = spent, FirstSpent = 20 + number % 80 },
            Ledger = Ledger.Empty with { Tier = Tiers[number % 4] },
            Scores = number % 4 == 0 ? Cvm.Scores.Unknown : new() { AsOf = new(2027, 3, 1), Rfm = $"{1 + number % 5}{1 + number % 3}3", Segment = number % 2 == 0 ? "champion" : "lost", Stage = (Stage)(1 + number % 6), Alive = lot, Value365 = lot * 100, Contribution = number % 90 },
        };
        return new(Dossier.For(after.Customer), 0, after, "customer:known", []);
    }
}
