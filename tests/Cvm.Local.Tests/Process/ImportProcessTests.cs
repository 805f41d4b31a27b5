using System.Text.Json.Nodes;

namespace Cvm.Local.Tests;

/// <summary>Imports that are killed, stopped or run out of disk.</summary>
public sealed class ImportProcessTests(ImportShop shop) : IClassFixture<ImportShop>, IDisposable
{
    const int Kills = 3, Few = 10_000;
    const string Taken = "select count(*) from signal";

    readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Delete();

    [Theory, InlineData(1)]
    public async Task Killed_again_and_again_it_ends_like_an_undisturbed_one(int seed)
    {
        var random = new Random(seed);
        var data = shop.NewData($"killed-{seed}");
        for (var kill = 0; kill < Kills; kill++)
        {
            var target = (ImportShop.Rows * kill + random.Next(ImportShop.Rows / 2)) / Kills;
            await using var import = CvmProcess.Start(shop.Import(data));
            await import.Until(() => Trial.Number(data, Taken) > target);
            Assert.Equal(Ended.Killed, (await import.Kill()).Code);
            Assert.InRange(Trial.NumberOfDead(temporary, data, Taken), target, ImportShop.Rows - 1);
        }

        var ended = await CvmProcess.Run(shop.Import(data));

        Assert.True(ended.Code == 0, ended.ToString());
        Assert.True(shop.CalmText.Count > ImportShop.Rows, "A dossier for each customer, a line for each order.");
        Assert.Contains(shop.CalmText, line => line.Contains("\"tierChanged\"", StringComparison.Ordinal));
        Assert.Equal(shop.CalmText, await new ShopText(shop.Since).Of(data));
    }

    [Fact]
    public async Task The_same_files_again_change_nothing()
    {
        var again = await CvmProcess.Run(shop.Import(shop.Calm));

        Assert.True(again.Code == 0, again.ToString());
        var sheets = JsonNode.Parse(again.Output)!.AsArray();
        Assert.Equal([("customers", ImportShop.Customers, 0, ImportShop.Customers), ("orders", ImportShop.Orders, 0, ImportShop.Orders)],
            sheets.Select(sheet => ((string)sheet!["kind"]!, (int)sheet["rows"]!, (int)sheet["taken"]!, (int)sheet["takenBefore"]!)));
        Assert.Equal(shop.CalmText, await new ShopText(shop.Since).Of(shop.Calm));
    }

    [Fact]
    public async Task Stopped_by_Ctrl_C_it_says_so_and_goes_on_next_time()
    {
        var (file, data) = (temporary.In("orders.csv"), temporary.In("stopped"));
        var doubles = ImportShop.WriteOrders(file, Few, shop.Since);
        await using var import = CvmProcess.Start("import", "--orders", file, "--data", data);
        await import.Until(() => Trial.Number(data, Taken) > 0);

        var stopped = await import.Interrupt();
        var taken = Trial.NumberOfDead(temporary, data, Taken);
        var next = await CvmProcess.Run("import", "--orders", file, "--data", data, "--json");

        Assert.True(stopped.Code == 1, stopped.ToString());
        Assert.EndsWith("Stopped. What was taken is on disk.\n", stopped.Messages, StringComparison.Ordinal);
        Assert.True(next.Code == 0, next.ToString());
        var sheet = JsonNode.Parse(next.Output)![0]!;
        Assert.Equal(Few - doubles, taken + (long)sheet["taken"]!);
        Assert.InRange(taken, 1, Few - doubles - 1);
        Assert.Equal(Few, (long)sheet["taken"]! + (long)sheet["takenBefore"]!);
    }

    [MountFact]
    public async Task A_full_disk_is_told_and_costs_nothing()
    {
        var (file, calm) = (temporary.In("orders.csv"), temporary.In("calm"));
        ImportShop.WriteOrders(file, 4_000, shop.Since);
        Assert.Equal(0, (await CvmProcess.Run("import", "--orders", file, "--data", calm)).Code);
        using var disk = new SmallDisk(temporary.In("disk"), "4m");
        var data = Directory.CreateDirectory(Path.Combine(disk.Path, "data")).FullName;
        File.Copy(Path.Combine(calm, "code.key"), Path.Combine(data, "code.key"));

        var full = await CvmProcess.Run("import", "--orders", file, "--data", data);
        var taken = Trial.NumberOfDead(temporary, data, Taken);
        disk.Grow("200m");
        var next = await CvmProcess.Run("import", "--orders", file, "--data", data);

        Assert.True(full.Code == 1, full.ToString());
        Assert.Contains("The disk is full", full.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", full.Messages, StringComparison.Ordinal);
        Assert.InRange(taken, 1, 3_900);
        Assert.True(next.Code == 0, next.ToString());
        var text = new ShopText(shop.Since);
        Assert.Equal(await text.Of(calm), await text.Of(data));
    }
}
