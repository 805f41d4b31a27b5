using Cvm.Engine;
using Xunit.Abstractions;

namespace Cvm.Tests;

public sealed class CdnowTests(ITestOutputHelper output)
{
    [CdnowFact]
    public async Task Every_cdnow_order_lands_once()
    {
        var taker = new Taker();

        var first = await Import(taker);
        var again = await Import(taker);

        output.WriteLine($"{first.Rows:N0} rows in {first.Took.TotalMilliseconds:N0} ms, again in {again.Took.TotalMilliseconds:N0} ms");
        Assert.Equal((69_659, 69_659, 0, 23_570), (first.Rows, first.Taken, first.Quarantined, first.Customers));
        Assert.Equal((69_659, 0, 69_659), (again.Rows, again.Taken, again.TakenBefore));
        Assert.Equal(2_500_315.63m, taker.Signals.Sum(signal => ((Signal.Ordered)signal.Signal).Amount));
    }

    static Task<ImportResult> Import(Taker taker) => CsvImport.Run(
        new()
        {
            Kind = ImportKind.Orders,
            Path = CdnowFactAttribute.Path!,
            Quarantine = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "cdnow.quarantine.csv"),
            Playbook = IntakeSamples.Playbook("America/New_York"),
            Clock = TimeProvider.System,
        }, taker.Take, _ => { }, CancellationToken.None);
}

/// <summary>Skipped, by name and with the reason, where the CDNOW orders do not lie beside the repository.</summary>
sealed class CdnowFactAttribute : FactAttribute
{
    public CdnowFactAttribute()
    {
        if (Path is null) Skip = "shared/data/cdnow-orders.csv does not lie beside the repository; it may not be shipped with it.";
    }

    public static string? Path { get; } = Find();

    static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = System.IO.Path.Combine(folder.FullName, "shared", "data", "cdnow-orders.csv");
            if (File.Exists(path)) return path;
        }

        return null;
    }
}
