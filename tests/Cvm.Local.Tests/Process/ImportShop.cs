using System.Globalization;
using System.Text;

namespace Cvm.Local.Tests;

/// <summary>Two files to import, the same for the same seed and day, and what an undisturbed import makes of them.</summary>
public sealed class ImportShop : IAsyncLifetime
{
    public const int Customers = 3_000, Orders = 27_000, Rows = Customers + Orders;

    readonly TemporaryFolder temporary = new();

    internal string CustomerFile => temporary.In("customers.csv");
    internal string OrderFile => temporary.In("orders.csv");
    internal string[] Import(string data) => ["import", "--customers", CustomerFile, "--orders", OrderFile, "--data", data, "--json"];

    /// <summary>The data folder of a process that nobody disturbed.</summary>
    internal string Calm => temporary.In("calm");

    /// <summary>All it holds after the import.</summary>
    internal IReadOnlyList<string> CalmText { get; private set; } = [];

    /// <summary>When this began.</summary>
    internal DateTimeOffset Since { get; } = TimeProvider.System.GetUtcNow();

    public async Task InitializeAsync()
    {
        WriteCustomers();
        WriteOrders(OrderFile, Orders, Since);
        var ended = await CvmProcess.Run(Import(Calm));
        Assert.True(ended.Code == 0, ended.ToString());
        CalmText = await new ShopText(Since).Of(Calm);
    }

    public Task DisposeAsync()
    {
        temporary.Delete();
        return Task.CompletedTask;
    }

    /// <summary>A new data folder, with the calm one's key so that coupon codes are the same.</summary>
    internal string NewData(string name)
    {
        var data = Directory.CreateDirectory(temporary.In(name)).FullName;
        File.Copy(Path.Combine(Calm, "code.key"), Path.Combine(data, "code.key"));
        return data;
    }

    void WriteCustomers()
    {
        var text = new StringBuilder("id,name,email,zone,consent-email,consent-at,consent-source\n");
        for (var i = 0; i < Customers; i++) text.Append(CultureInfo.InvariantCulture, $"c{i},Customer {i},c{i}@example.com,Europe/Berlin,yes,2026-01-02T10:00:00Z,till\n");
        File.WriteAllText(CustomerFile, text.ToString());
    }

    /// <summary>Orders of the last 300 days, a third of them without an id, some rows twice. None lies a whole number of days back to the hour,
    /// so that no rule that counts in days decides otherwise a minute later.</summary>
    /// <returns>How many rows repeat an order that has an id.</returns>
    internal static int WriteOrders(string file, int count, DateTimeOffset now)
    {
        var (random, doubles) = (new Random(5), 0);
        var text = new StringBuilder("order_id,customer_id,date,amount\n");
        for (var i = 0; i < count; i++)
        {
            var at = now.AddDays(-random.Next(300)).AddHours(-8 - 8 * random.NextDouble());
            var row = string.Create(CultureInfo.InvariantCulture, $"{(i % 3 == 0 ? "" : $"o{i}")},c{random.Next(Customers)},{at:yyyy-MM-ddTHH:mm:ssZ},{random.Next(100, 20_000) / 100m}\n");
            text.Append(row);
            if (i % 1_000 == 0 && i + 1 < count)
            {
                text.Append(row);
                if (i % 3 != 0) doubles++;
                i++;
            }
        }

        File.WriteAllText(file, text.ToString());
        return doubles;
    }
}
