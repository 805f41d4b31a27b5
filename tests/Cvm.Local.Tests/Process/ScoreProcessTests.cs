using System.Text;
using System.Text.Json.Nodes;

namespace Cvm.Local.Tests;

/// <summary>Scoring everybody in the store, and explaining one of them.</summary>
public sealed class ScoreProcessTests : IDisposable
{
    readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Delete();

    [Fact]
    public async Task Everybody_is_scored_and_one_is_explained()
    {
        var data = temporary.In("data");
        await Import(data);

        var scored = await CvmProcess.Run("score", "--data", data, "--as-of", "2024-12-31", "--json");
        var again = await CvmProcess.Run("score", "--data", data, "--as-of", "2024-12-31", "--json");
        var explained = await CvmProcess.Run("explain-score", "c007", "--data", data, "--json");
        var words = await CvmProcess.Run("explain-score", "c007", "--data", data);

        Assert.True(scored.Code == 0 && again.Code == 0 && explained.Code == 0, $"{scored}{again}{explained}");
        var sheet = JsonNode.Parse(scored.Output)!;
        Assert.Equal(("2024-12-31", "mbg-nbd 2024-12-31", 120, 120), ((string)sheet["asOf"]!, (string)sheet["model"]!, (int)sheet["customers"]!, (int)sheet["moved"]!));
        Assert.Equal(120, sheet["segments"]!.AsArray().Sum(group => (int)group!["customers"]!));
        Assert.Equal(120, sheet["stages"]!.AsArray().Sum(group => (int)group!["customers"]!));
        Assert.Equal(0, (int)JsonNode.Parse(again.Output)!["moved"]!);

        var scores = JsonNode.Parse(explained.Output)!;
        Assert.Equal("mbg-nbd 2024-12-31", (string)scores["model"]!);
        Assert.All(scores["scores"]!.AsArray(), score => Assert.NotEmpty((string)score!["rule"]!));
        Assert.Single(scores["history"]!.AsArray());
        Assert.Contains("Chance of staying (P(alive)", words.Output, StringComparison.Ordinal);
        Assert.Contains("How they moved", words.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_shop_has_nothing_to_score_and_says_so()
    {
        var scored = await CvmProcess.Run("score", "--data", temporary.In("data"));

        Assert.True(scored.Code == 0, scored.ToString());
        Assert.Contains("Nobody has ordered yet", scored.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_to_come_and_a_customer_unknown_are_refused_with_the_way_out()
    {
        var future = await CvmProcess.Run("score", "--data", temporary.In("data"), "--as-of", "2199-01-01");
        var unknown = await CvmProcess.Run("explain-score", "nobody", "--data", temporary.In("data"));

        Assert.NotEqual(0, future.Code);
        Assert.Contains("2199-01-01 has not come yet", future.Messages, StringComparison.Ordinal);
        Assert.NotEqual(0, unknown.Code);
        Assert.Contains("No customer has the id 'nobody'", unknown.Messages, StringComparison.Ordinal);
    }

    async Task Import(string data)
    {
        var lines = new StringBuilder("customer,at,amount\n");
        for (var i = 0; i < 120; i++)
            for (var order = 0; order <= i % 5; order++) lines.Append($"c{i:D3},{new DateOnly(2024, 1, 1).AddDays(i + order * (10 + i % 13)):yyyy-MM-dd},{20 + i % 40}\n");
        var file = temporary.In("orders.csv");
        await File.WriteAllTextAsync(file, lines.ToString());
        var imported = await CvmProcess.Run("import", "--orders", file, "--data", data);
        Assert.True(imported.Code == 0, imported.ToString());
    }
}
