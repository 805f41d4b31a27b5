using Cvm.Engine;

namespace Cvm.Benchmarks.Intake;

/// <summary>Customers and their orders, in order of time. Seeded: the same for everybody who takes them in.</summary>
sealed class OrderBook
{
    static readonly DateTimeOffset Start = new(2026, 1, 1, 9, 0, 0, TimeSpan.Zero);

    public OrderBook(int orders, int customers, TimeSpan within, int seed = 1)
    {
        var random = new Random(seed);
        People = [.. Enumerable.Range(0, customers).Select(number => Known(Name(number)))];
        Orders = [.. Enumerable.Range(0, orders).Select(number =>
            Order(Name(random.Next(customers)), Start + within * ((double)number / orders), $"{number:D8}", random.Next(500, 20_000) / 100m))];
        End = Start + within;
    }

    public (string Customer, Signal Signal)[] People { get; }

    public (string Customer, Signal Signal)[] Orders { get; }

    public DateTimeOffset End { get; }

    /// <summary>Takes it all in as the importer does, a thousand at a time, while the clock keeps up with the orders.</summary>
    public static async Task Take(IEnumerable<(string Customer, Signal Signal)> signals, CustomerEngine engine, VirtualTime clock)
    {
        foreach (var chunk in signals.Chunk(CsvImport.Chunk))
        {
            clock.To(chunk[^1].Signal.At);
            await engine.Take(chunk, CancellationToken.None);
        }
    }

    static string Name(int number) => $"customer-{number:D7}";

    static (string, Signal) Order(string customer, DateTimeOffset at, string id, decimal amount) =>
        (customer, new Signal.Ordered(SignalIds.Order(id), at, id, amount));

    static (string, Signal) Known(string customer) => (customer, new Signal.Told("customer:known", Start, new()
    {
        Name = $"Ann {customer}",
        Email = $"{customer}@example.com",
        Zone = "Europe/Paris",
        Locale = "en",
        Country = "FR",
        Joined = Start,
    }, [new(Channel.Email, Purpose.Promotional, true, Start, "checkout", "Yes, send me news.")]));
}
