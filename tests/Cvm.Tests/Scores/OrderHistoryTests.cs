using System.Globalization;
using System.Text;
using Cvm.Engine;

namespace Cvm.Tests;

public sealed class OrderHistoryTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("cvm-orders-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Same_day_orders_are_one_day_and_the_order_of_rows_does_not_matter()
    {
        var history = Read("customer_id,date,amount\nb,2026-01-05,3.00\na,2026-01-09,1\na,2026-01-02,2.5\na,2026-01-09,4.25\nb,2026-01-05,0\na,2026-01-02,1\na,2026-01-05,9\n");

        Assert.Equal(["b", "a"], history.Customers);
        Assert.Equal([Day("2026-01-05"), Day("2026-01-02")], history.FirstDay);
        Assert.Equal([Day("2026-01-05"), Day("2026-01-09")], history.LastDay);
        Assert.Equal([1, 3], history.Days);
        Assert.Equal([2, 5], history.Orders);
        Assert.Equal([3, 17.75], history.Spent);
        Assert.Equal([3, 3.5], history.FirstSpent);
        Assert.Equal((Day("2026-01-09"), 7, 0), (history.CalibrationEnd, history.Rows, history.Bad));
    }

    [Fact]
    public void The_holdout_is_kept_apart()
    {
        var rows = "customer,at,amount\na,2026-01-01,1\na,2026-01-10,2\na,2026-01-11,4\na,2026-01-11,8\na,2026-01-20,16\na,2026-01-21,32\nnew,2026-01-15,5\n";

        var history = Read(rows, file => file with { CalibrationEnd = new(2026, 1, 10), HoldoutEnd = new(2026, 1, 20) });

        Assert.Equal(["a"], history.Customers);
        Assert.Equal((2, Day("2026-01-10"), 3.0), (history.Days[0], history.LastDay[0], history.Spent[0]));
        Assert.Equal((2, 28.0), (history.HoldoutDays[0], history.HoldoutSpent[0]));
        Assert.Equal(new OrderCounts(Orders: 2, Refunds: 0, Holdout: 4, Later: 1, Newcomers: 1, OnlyRefunds: 0), history.Counts);
        Assert.Equal((Day("2026-01-10"), Day("2026-01-20")), (history.CalibrationEnd, history.HoldoutEnd));
    }

    [Fact]
    public void A_holdout_without_an_end_goes_to_the_last_order()
    {
        var history = Read("customer,at,amount\na,2026-01-01,1\na,2026-03-01,2\n", file => file with { CalibrationEnd = new(2026, 1, 10) });

        Assert.Equal((Day("2026-01-10"), Day("2026-03-01"), 1), (history.CalibrationEnd, history.HoldoutEnd, history.HoldoutDays[0]));
    }

    [Fact]
    public void Refunds_are_money_that_went_back_and_no_orders()
    {
        var history = Read("customer,at,amount\na,2026-01-01,10\na,2026-01-05,-25\nb,2026-01-02,-1\n");

        Assert.Equal(["a"], history.Customers);
        Assert.Equal((1, Day("2026-01-01"), 10.0, 25.0, -15.0), (history.Days[0], history.LastDay[0], history.Spent[0], history.Refunded[0], history.Net(0)));
        Assert.Equal((2, 1), (history.Counts.Refunds, history.Counts.OnlyRefunds));
    }

    [Fact]
    public void Files_from_anywhere_are_read()
    {
        var history = Read("\uFEFF\"Customer ID\";\"Order\nDate\";Total;Note\r\n\"a;1\";20260101;1.234,50;\"said \"\"hi\"\"\r\nthere\"\r\n\r\nÅsa;2026/01/02 10:00:00;3,5;\r\nA\u030Asa;2026-01-03T23:59:59+02:00;2;;;\r\n", file => file with { Map = "at=Order\nDate" });

        Assert.Null(history.Problem);
        Assert.Empty(history.FirstBad);
        Assert.Equal(["a;1", "Åsa"], history.Customers);
        Assert.Equal([1234.5, 5.5], history.Spent);
        Assert.Equal(Day("2026-01-03"), history.LastDay[1]);
    }

    [Fact]
    public void Bad_rows_are_counted_and_the_first_few_named()
    {
        var history = Read("customer,date,amount,currency\na,2026-01-01,1,EUR\n,2026-01-01,1,EUR\na,01.02.2026,1,\na,2026-01-01,ten,EUR\na,2026-01-01\n\na,2026-01-01,1,EUR,5\na,2027-05-01,1,EUR\na,2026-01-01,1,USD\na,2026-01-01,1\"2,EUR\na,\"2026-02-30\",1,EUR\na,1750-01-01,1,\n");

        Assert.Equal((11, 10), (history.Rows, history.Bad));
        Assert.Equal(
        [
            "orders.csv(3): customer is empty. Every row needs it.",
            "orders.csv(4): date is not a moment: '01.02.2026'. Which part is the day and which the month differs by country: write the year first, such as 2026-03-01.",
            "orders.csv(5): amount is not an amount: 'ten'. Write it like 12.50.",
            "orders.csv(6): The row has 2 fields where the header has 4. Check for a missing delimiter or a cut line.",
            "orders.csv(8): The row has 5 fields where the header has 4. Put fields that hold the delimiter in quotes.",
            "orders.csv(9): date lies in the future. Only what has happened comes in; check the year and the offset.",
            "orders.csv(10): currency is 'USD', rows before say EUR. Give each currency a file of its own, or convert the amounts.",
            "orders.csv(11): The row has a quote out of place. Close every quoted field, and double the quotes within.",
            "orders.csv(12): date is not a moment: '2026-02-30'. Write 2026-03-01T10:00:00Z, or 2026-03-01 for a day.",
            "orders.csv(13): date lies before 1900. Check the year.",
        ], history.FirstBad.Select(problem => problem.ToString().Replace(folder + Path.DirectorySeparatorChar, "")));
    }

    [Theory]
    [InlineData("", "The file is empty. Its first line must name the columns.")]
    [InlineData("a,b\n1,2\n", "There is no column for customer, at, amount.")]
    [InlineData("\uFFFE", "The file is UTF-16. Save it as CSV UTF-8.")]
    public void A_file_that_cannot_be_used_says_why(string text, string problem)
    {
        var path = Path.Combine(folder, "orders.csv");
        File.WriteAllBytes(path, text == "\uFFFE" ? [0xFF, 0xFE, 0x41, 0x00] : Encoding.UTF8.GetBytes(text));

        var history = OrderHistory.Read(File_(path), _ => { }, CancellationToken.None);

        Assert.Contains(problem, history.Problem?.ToString(), StringComparison.Ordinal);
        Assert.Empty(history.Customers);
    }

    [Theory]
    [InlineData("customer,at,amount\n")]
    [InlineData("customer,at,amount")]
    [InlineData("customer,at,amount\na,2026-01-01,-5\n")]
    [InlineData("customer,at,amount\nx,y,z\n")]
    public void A_file_without_orders_has_no_customers(string text)
    {
        var history = Read(text);

        Assert.Null(history.Problem);
        Assert.Empty(history.Customers);
    }

    OrderHistory Read(string text, Func<OrderFile, OrderFile>? asking = null)
    {
        var path = Path.Combine(folder, "orders.csv");
        File.WriteAllText(path, text);
        return OrderHistory.Read((asking ?? (file => file))(File_(path)), _ => { }, CancellationToken.None);
    }

    static OrderFile File_(string path) => new(path) { Today = new(2026, 6, 1) };

    static int Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber;
}
