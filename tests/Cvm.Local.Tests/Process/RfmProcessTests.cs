using System.Text.Json.Nodes;

namespace Cvm.Local.Tests;

/// <summary><c>cvm rfm</c> as people and scripts use it.</summary>
public sealed class RfmProcessTests : IDisposable
{
    readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Delete();

    [Fact]
    public async Task A_file_of_orders_becomes_segments_and_a_file_of_scores()
    {
        var (orders, scores) = (Orders(), temporary.In("scores.csv"));

        var done = await CvmProcess.Run("rfm", "--orders", orders, "--out", scores);

        Assert.True(done.Code == 0, done.ToString());
        Assert.Contains("10 customers, 55 orders up to 2026-05-30", done.Output, StringComparison.Ordinal);
        Assert.Matches(@"champion +2 +20% +190 +35%", done.Output);
        Assert.Contains("1 refund; 1 customer with nothing else left out.", done.Messages, StringComparison.Ordinal);
        var lines = await File.ReadAllLinesAsync(scores);
        Assert.Equal("customer,recency,frequency,monetary,segment,last-order,days-since,order-days,orders,spent,refunded", lines[0]);
        Assert.Equal("c01,1,1,1,hibernating,2026-05-03,27,1,1,10.00,0.00", lines[1]);
        Assert.Equal("\"c10, the best\",5,5,5,champion,2026-05-30,0,10,10,100.00,0.00", lines[10]);
        Assert.Equal(11, lines.Length);
    }

    [Fact]
    public async Task The_day_to_look_from_leaves_later_orders_out()
    {
        var done = await CvmProcess.Run("rfm", "--orders", Orders(), "--as-of", "2026-05-06", "--json");

        Assert.True(done.Code == 0, done.ToString());
        var sheet = JsonNode.Parse(done.Output)!;
        Assert.Equal(("2026-05-06", 2), ((string)sheet["asOf"]!, (int)sheet["customers"]!));
        Assert.Equal(55, (long)sheet["orders"]! + (long)sheet["later"]!);
        Assert.Equal((10, 25), (sheet["segments"]!.AsArray().Count, sheet["cells"]!.AsArray().Count));
        Assert.Equal(2, sheet["cells"]!.AsArray().Sum(cell => (int)cell!["customers"]!));
    }

    [Fact]
    public async Task Marketers_name_the_cells()
    {
        var playbook = Directory.CreateDirectory(temporary.In("playbook")).FullName;
        Trial.Write(playbook, "scores.yaml", "rfm: { stars: \"5[12345]\", rest: { label: all others, cells: \"[1234][12345]\" } }\n");

        var done = await CvmProcess.Run("rfm", "--orders", Orders(), "--playbook", playbook, "--json");
        Trial.Write(playbook, "scores.yaml", "rfm: { stars: \"5[12345]\" }\n");
        var wrong = await CvmProcess.Run("rfm", "--orders", Orders(), "--playbook", playbook);

        Assert.Equal(["stars 2", "all others 8"], JsonNode.Parse(done.Output)!["segments"]!.AsArray().Select(one => $"{one!["segment"]} {one["customers"]}"));
        Assert.True(wrong.Code == 1, wrong.ToString());
        Assert.Contains("scores.yaml(1,6): The cell 11 (recency 1, frequency 1) is in no segment.", wrong.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_rows_are_named_and_the_rest_counts()
    {
        Trial.Write(temporary.Path, "bad.csv", "customer,date,amount\na,2026-01-01,1\nb,01/02/2026,1\n");

        var done = await CvmProcess.Run("rfm", "--orders", temporary.In("bad.csv"), "--json");

        Assert.True(done.Code == 1, done.ToString());
        Assert.Contains("bad.csv(3): date is not a moment: '01/02/2026'.", done.Messages, StringComparison.Ordinal);
        Assert.Contains("1 bad row left out.", done.Messages, StringComparison.Ordinal);
        Assert.Equal(1, (int)JsonNode.Parse(done.Output)!["customers"]!);
    }

    [Theory]
    [InlineData("nothing.csv", null, "There is no such file.")]
    [InlineData("empty.csv", "", "The file is empty.")]
    [InlineData("wrong.csv", "kunde,date,amount\n", "There is no column for customer.")]
    [InlineData("none.csv", "customer,date,amount\n", null)]
    public async Task Files_without_orders_say_so(string name, string? content, string? problem)
    {
        if (content is not null) Trial.Write(temporary.Path, name, content);

        var done = await CvmProcess.Run("rfm", "--orders", temporary.In(name), "--out", temporary.In("scores.csv"));

        Assert.True(done.Code == (problem is null ? 0 : 1), done.ToString());
        Assert.Contains(problem ?? "There is no order in it that counts.", done.Messages + done.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", done.Messages, StringComparison.Ordinal);
        Assert.Equal(problem is null, File.Exists(temporary.In("scores.csv")));
    }

    [Fact]
    public async Task Scores_that_cannot_be_written_leave_no_half_of_a_file()
    {
        var folder = Directory.CreateDirectory(temporary.In("folder")).FullName;

        var done = await CvmProcess.Run("rfm", "--orders", Orders(), "--out", folder);

        Assert.True(done.Code == 1, done.ToString());
        Assert.Contains($"'{folder}' cannot be written", done.Messages, StringComparison.Ordinal);
        Assert.False(File.Exists($"{folder}.part"));
    }

    // Customer n orders on n days, the last of them later the more they are; one more only sends something back.
    string Orders()
    {
        var rows = Enumerable.Range(1, 10).SelectMany(n => Enumerable.Range(0, n).Select(back => $"{(n == 10 ? "\"c10, the best\"" : $"c{n:00}")},2026-05-{n * 3 - back:00},10.00\n"));
        Trial.Write(temporary.Path, "orders.csv", $"customer,date,amount\n{string.Concat(rows)}c99,2026-05-01,-5.00\n");
        return temporary.In("orders.csv");
    }
}
