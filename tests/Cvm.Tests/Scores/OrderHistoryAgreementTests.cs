using System.Text;
using Cvm.Engine;
using FsCheck;
using FsCheck.Fluent;

namespace Cvm.Tests;

/// <summary>The reader in parts, blocks and bins agrees with the plainest one that is right.</summary>
public sealed class OrderHistoryAgreementTests : IDisposable
{
    static readonly DateOnly Start = new(2025, 1, 1), Calibration = new(2025, 3, 1), Holdout = new(2025, 4, 1);

    readonly string folder = Directory.CreateTempSubdirectory("cvm-orders-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    sealed record Order(string Customer, int Day, int Cents);

    /// <summary>The orders of a customer the way one writes it down first.</summary>
    sealed record Sums(string Customer, int First, int Last, int Days, int Orders, double Spent, double FirstSpent, double Refunded, int HoldoutDays, double HoldoutSpent);

    [Fact]
    public void Any_orders_in_any_order_and_any_wording_give_the_same()
    {
        var order = from customer in Gen.Choose(0, 6)
                    from day in Gen.Choose(0, 120)
                    from cents in Gen.Frequency((8, Gen.Choose(0, 5_000)), (1, Gen.Choose(-3_000, -1)), (1, Gen.Constant(0)))
                    select new Order($"c{customer}", Start.DayNumber + day, cents);

        Prop.ForAll(order.ArrayOf().ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (orders, seed) =>
        {
            Agree(orders, Write(orders, new(seed), notes: true), file => file with { CalibrationEnd = Calibration, HoldoutEnd = Holdout });
            Agree(orders, Write(orders, new(seed), notes: false), file => file);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(1, 3));
    }

    [Theory]
    [InlineData(false, 1 << 20), InlineData(true, 1 << 20), InlineData(false, 20_000)]
    public void A_file_of_several_parts_gives_the_same(bool notes, int mostNotes)
    {
        var random = new Random(7);
        Order[] orders = [.. Enumerable.Range(0, 150_000).Select(_ => new Order($"customer-{random.Next(9_000)}", Start.DayNumber + random.Next(120), random.Next(-500, 9_000)))];

        var path = Write(orders, random, notes);

        Assert.True(new FileInfo(path).Length > 4 * 1024 * 1024);
        Agree(orders, path, file => file with { CalibrationEnd = Calibration, HoldoutEnd = Holdout, MostNotes = mostNotes });
    }

    [Fact]
    public void A_part_that_would_begin_within_quotes_is_read_from_the_right_place()
    {
        // One quoted field covers the middle of the file; its lines look like orders.
        var fake = string.Concat(Enumerable.Repeat("\nx,2025-01-01,7.00,", 45_000));
        var rows = string.Concat(Enumerable.Repeat("a,2025-01-01,1.00,\n", 120_000));
        var path = Path.Combine(folder, "orders.csv");
        File.WriteAllText(path, $"customer,at,amount,note\n{rows}b,2025-01-02,2.00,\"{fake}\"\n{rows}");

        var history = OrderHistory.Read(File_(path), _ => { }, CancellationToken.None);

        Assert.Null(history.Problem);
        Assert.Equal(["a", "b"], history.Customers);
        Assert.Equal((240_001, 0, 240_000), (history.Rows, history.Bad, history.Orders[0]));
    }

    [Fact]
    public void A_bad_row_in_a_later_part_has_the_line_of_the_whole_file()
    {
        var rows = string.Concat(Enumerable.Repeat("a,2025-01-01,1.00\n\n", 140_000));
        var path = Path.Combine(folder, "orders.csv");
        File.WriteAllText(path, $"customer,at,amount\n{rows}{rows}a,never,1\n");

        var history = OrderHistory.Read(File_(path), _ => { }, CancellationToken.None);

        Assert.Equal((560_002, 1), (Assert.Single(history.FirstBad).At.Line, history.Bad));
        Assert.Equal(280_001, history.Rows);
    }

    [Fact]
    public void A_row_that_never_ends_stops_the_reading()
    {
        var path = Path.Combine(folder, "orders.csv");
        File.WriteAllText(path, "customer,at,amount\na,2025-01-01,1\n\"b,2025-01-01,1\n" + string.Concat(Enumerable.Repeat("a,2025-01-01,1\n", 100_000)));

        var history = OrderHistory.Read(File_(path), _ => { }, CancellationToken.None);

        Assert.Equal($"{path}(3): A row begins here that does not end within 1 MB. A closing quote is missing.", history.Problem?.ToString());
        Assert.Empty(history.Customers);
    }

    [Fact]
    public void Stopped_it_stops()
    {
        var path = Write([new("a", Start.DayNumber, 100)], new(1), notes: false);

        Assert.ThrowsAny<OperationCanceledException>(() => OrderHistory.Read(File_(path), _ => { }, new(canceled: true)));
    }

    static void Agree(Order[] orders, string path, Func<OrderFile, OrderFile> asking)
    {
        var asked = asking(File_(path));
        var history = OrderHistory.Read(asked, _ => { }, CancellationToken.None);

        Assert.Null(history.Problem);
        Assert.Equal((orders.Length, 0), (history.Rows, history.Bad));
        Assert.Equal(Plainly(orders, asked.CalibrationEnd?.DayNumber ?? int.MaxValue, asked.HoldoutEnd?.DayNumber ?? int.MaxValue), Enumerable.Range(0, history.Customers.Length).Select(i => new Sums(
            history.Customers[i], history.FirstDay[i], history.LastDay[i], history.Days[i], history.Orders[i], history.Spent[i], history.FirstSpent[i], history.Refunded[i], history.HoldoutDays[i], history.HoldoutSpent[i])));
    }

    static IEnumerable<Sums> Plainly(Order[] orders, int calibration, int holdout) => orders
        .Where(order => order.Day <= holdout)
        .GroupBy(order => order.Customer)
        .Select(all =>
        {
            Order[] bought = [.. all.Where(order => order.Cents >= 0 && order.Day <= calibration)], later = [.. all.Where(order => order.Cents >= 0 && order.Day > calibration)];
            if (bought.Length == 0) return null;
            var first = bought.Min(order => order.Day);
            return new Sums(all.Key, first, bought.Max(order => order.Day), bought.DistinctBy(order => order.Day).Count(), bought.Length,
                Money(bought), Money(bought.Where(order => order.Day == first)), Money(all.Where(order => order.Cents < 0 && order.Day <= calibration)),
                later.DistinctBy(order => order.Day).Count(), Money(later));
        })
        .OfType<Sums>();

    static double Money(IEnumerable<Order> orders) => Math.Abs(orders.Sum(order => (long)order.Cents)) / 100.0;

    // The same orders in many wordings: quotes, spaces, times, line ends, delimiters within notes.
    string Write(Order[] orders, Random random, bool notes)
    {
        var (text, end) = (new StringBuilder(notes ? "\uFEFFnote,customer,at,amount\r\n" : "customer,at,amount\n"), notes ? "\r\n" : "\n");
        string[] remarks = ["", "\"a \"\"quoted\"\" word\"", "\"two\nlines\"", "\"x,y\"", "plain"];

        foreach (var (customer, number, cents) in orders)
        {
            var day = DateOnly.FromDayNumber(number);
            if (notes) text.Append(remarks[random.Next(remarks.Length)]).Append(',');
            text.Append(random.Next(4) switch { 0 => $"\"{customer}\"", 1 => $" {customer} ", _ => customer }).Append(',');
            text.Append(random.Next(5) switch { 0 => $"{day:yyyyMMdd}", 1 => $"{day:yyyy-MM-dd}T23:59:59Z", 2 => $"{day:yyyy/MM/dd} 00:00", 3 => $"\"{day:yyyy-MM-dd}\"", _ => $"{day:yyyy-MM-dd}" }).Append(',');
            text.Append(random.Next(4) switch { 0 => $"\"{cents / 100m:#,0.00}\"", 1 => $"{cents / 100m:0.##}", 2 => $"{cents / 100m:0.000}", _ => $"{cents / 100m:0.00}" }).Append(end);
            if (random.Next(20) == 0) text.Append(end);
        }

        var path = Path.Combine(folder, $"orders-{notes}.csv");
        File.WriteAllText(path, text.ToString());
        return path;
    }

    static OrderFile File_(string path) => new(path) { Today = new(2026, 6, 1) };
}
