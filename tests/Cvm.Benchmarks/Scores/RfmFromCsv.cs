using Cvm.Engine;

namespace Cvm.Benchmarks.Scores;

/// <summary>RFM straight from a CSV of ten million orders, beside reading the same file with as many threads.</summary>
static class RfmFromCsv
{
    const int Orders = 10_000_000, Customers = 1_000_000, Rounds = 7;

    public static Task<IReadOnlyList<Row>> Run() => Measure.InNewFolder<IReadOnlyList<Row>>(async folder =>
    {
        var path = Path.Combine(folder, "orders.csv");
        OrderCsv.Write(path, Orders, Customers);
        Measure.ForgetPeak();
        var (figures, floors) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var floor = await Measure.Seconds(() => Floor(path));
            var figure = await Measure.Seconds(() => Task.Run(() => Work(path)));
            if (round == 0) continue; // warming up
            floors.Add(floor);
            figures.Add(figure);
        }

        var (took, read) = (Measure.Median(figures), Measure.Median(floors));
        return [new($"RFM from a CSV of {Orders:N0} orders, {new FileInfo(path).Length / 1e6:N0} MB: seconds", $"{took:N2}")
        {
            Floor = $"{read:N2}, reading the same file",
            Ratio = $"{took / read:N1}",
            Promise = "under 1.5 s on two cores",
            Peak = Measure.Peak(),
        }];
    });

    static void Work(string path)
    {
        var history = OrderHistory.Read(new(path) { Today = new(2026, 1, 1) }, static _ => { }, CancellationToken.None);
        if (history.Problem is { } problem) throw new InvalidOperationException(problem.ToString());
        if (RfmScores.Of(history, RfmMap.Usual).Segments().Sum(one => one.Group.Customers) != history.Customers.Length) throw new InvalidOperationException("Somebody is in no segment.");
    }

    static async Task Floor(string path)
    {
        var parts = Math.Min(Environment.ProcessorCount, 8);
        using var file = File.OpenHandle(path);
        var length = RandomAccess.GetLength(file);
        await Task.WhenAll(Enumerable.Range(0, parts).Select(part => Task.Run(() =>
        {
            var buffer = new byte[1 << 20];
            for (var (at, end) = (length * part / parts, length * (part + 1) / parts); at < end;) at += RandomAccess.Read(file, buffer, at);
        })));
    }
}
