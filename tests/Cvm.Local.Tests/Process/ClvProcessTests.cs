using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Cvm.Local.Tests;

/// <summary>Lifetime value from a file of orders, as people and scripts get it.</summary>
public sealed class ClvProcessTests : IDisposable
{
    readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Delete();

    [Theory]
    [InlineData("bg-nbd", "r,alpha,a,b"), InlineData("mbg-nbd", "r,alpha,a,b"), InlineData("pareto-nbd", "r,alpha,s,beta"), InlineData("gamma-gamma", "p,q,gamma")]
    public async Task A_fit_is_printed_with_standard_errors(string model, string parameters)
    {
        var file = Shop();

        var fit = await CvmProcess.Run("clv", "fit", "--orders", file, "--calibration-end", "2024-08-31", "--model", model, "--json");

        Assert.True(fit.Code == 0, fit.ToString());
        var sheet = JsonNode.Parse(fit.Output)!;
        Assert.Equal((model, 400, true, 0.0), ((string)sheet["model"]!, (int)sheet["customers"]!, (bool)sheet["converged"]!, (double)sheet["priorShare"]!));
        Assert.InRange((int)sheet["repeaters"]!, 100, 399);
        Assert.True((double)sheet["logLikelihood"]! < 0 && (double)sheet["seconds"]! >= 0);
        foreach (var part in (string[])["parameters", "standardErrors"])
        {
            Assert.Equal(parameters, string.Join(',', sheet[part]!.AsObject().Select(pair => pair.Key)));
            Assert.All(sheet[part]!.AsObject(), pair => Assert.True((double)pair.Value! > 0));
        }
    }

    [Fact]
    public async Task Another_unit_scales_times_only()
    {
        var file = Shop();

        var sheets = await Task.WhenAll(((string[])["day", "week"]).Select(async unit =>
            JsonNode.Parse((await CvmProcess.Run("clv", "fit", "--orders", file, "--unit", unit, "--model", "bg-nbd", "--json")).Output)!["parameters"]!));

        Assert.Equal((double)sheets[0]["r"]!, (double)sheets[1]["r"]!, 1e-4);
        Assert.Equal((double)sheets[0]["alpha"]! / 7, (double)sheets[1]["alpha"]!, 1e-3);
    }

    [Fact]
    public async Task Auto_says_which_model_and_why()
    {
        var file = Shop();

        var byHoldout = await CvmProcess.Run("clv", "fit", "--orders", file, "--calibration-end", "2024-08-31");
        var byLikelihood = await CvmProcess.Run("clv", "fit", "--orders", file);

        Assert.True(byHoldout.Code == 0 && byLikelihood.Code == 0, $"{byHoldout}{byLikelihood}");
        Assert.Matches("Chosen as nearest to the [0-9]+ days held out, by root mean square: bg-nbd [0-9.]+, mbg-nbd [0-9.]+, pareto-nbd [0-9.]+", byHoldout.Output);
        Assert.Matches("Chosen as the likeliest: bg-nbd -[0-9,.]+, mbg-nbd", byLikelihood.Output);
    }

    [Fact]
    public async Task Predictions_are_a_line_per_customer()
    {
        var to = temporary.In("predictions.csv");

        var predict = await CvmProcess.Run("clv", "predict", "--orders", Shop(), "--model", "bg-nbd", "--horizon", "26", "--discount", "0", "--out", to, "--json");

        Assert.True(predict.Code == 0, predict.ToString());
        var lines = await File.ReadAllLinesAsync(to);
        Assert.StartsWith("customer,p_alive,expected_orders,expected_order_value,expected_value,low,high,ltv_90,", lines[0], StringComparison.Ordinal);
        Assert.Equal(401, lines.Length);
        Assert.All(lines.Skip(1).Select(line => line.Split(',')), cells =>
        {
            double[] numbers = [.. cells[1..16].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
            Assert.InRange(numbers[0], 0, 1);
            Assert.Equal(numbers[1] * numbers[2], numbers[3], 0.01 + 1e-4 * numbers[3]);
            Assert.True(numbers[4] <= numbers[5] && numbers[6] <= numbers[9]);
            Assert.Equal(1, numbers[12] + numbers[13] + numbers[14], 0.002);
            Assert.Contains(cells[16], (string[])["A", "B", "C", "D"]);
        });
        Assert.Equal(lines.Skip(1).Sum(line => double.Parse(line.Split(',')[2], CultureInfo.InvariantCulture)), (double)JsonNode.Parse(predict.Output)!["expectedOrders"]!, 0.01);
    }

    [Fact]
    public async Task A_check_holds_the_forecast_against_what_followed_and_draws_it()
    {
        var plot = temporary.In("check.svg");

        var check = await CvmProcess.Run("clv", "check", "--orders", Shop(), "--calibration-end", "2024-08-31", "--model", "bg-nbd", "--plot", plot, "--json");

        Assert.True(check.Code == 0, check.ToString());
        var sheet = JsonNode.Parse(check.Output)!;
        var orders = sheet["orders"]!;
        Assert.InRange((double)orders["predicted"]! / (double)orders["actual"]!, 0.6, 1.5);
        Assert.True((double)orders["mae"]! > 0 && (double)orders["correlation"]! > 0.3);
        Assert.Equal(400, sheet["byRepeats"]!.AsArray().Sum(group => (int)group!["customers"]!));
        Assert.Equal(400, sheet["byForecast"]!.AsArray().Sum(group => (int)group!["customers"]!));
        XNamespace svg = "http://www.w3.org/2000/svg";
        Assert.Equal(4, XDocument.Load(plot).Descendants(svg + "polyline").Count());
    }

    [Fact]
    public async Task A_shop_of_twenty_with_one_order_each_leans_on_the_prior()
    {
        Trial.Write(temporary.Path, "twenty.csv", $"customer,date,amount\n{string.Concat(Enumerable.Range(1, 20).Select(i => $"c{i},2024-01-{i:D2},{20 + i}\n"))}");

        var predict = await CvmProcess.Run("clv", "predict", "--orders", temporary.In("twenty.csv"), "--horizon", "12");

        Assert.True(predict.Code == 0, predict.ToString());
        Assert.Contains("Nobody came back, so the likelihood has no maximum. Estimates lean on the prior.", predict.Messages, StringComparison.Ordinal);
        var values = predict.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')).ToList();
        Assert.Equal(20, values.Count);
        Assert.All(values, cells => Assert.InRange(double.Parse(cells[4], CultureInfo.InvariantCulture), 0.01, 100));
        Assert.DoesNotContain("NaN", predict.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_likelihood_that_finds_nothing_says_so()
    {
        Trial.Write(temporary.Path, "once.csv", "customer,date,amount\nc1,2024-01-01,0\nc2,2024-01-09,0\nc3,2024-02-01,0\n");

        var fit = await CvmProcess.Run("clv", "fit", "--orders", temporary.In("once.csv"), "--model", "bg-nbd", "--prior", "never", "--json");
        var free = await CvmProcess.Run("clv", "predict", "--orders", temporary.In("once.csv"), "--model", "bg-nbd");

        Assert.True(fit.Code == 1, fit.ToString());
        Assert.False((bool)JsonNode.Parse(fit.Output)!["converged"]!);
        Assert.Contains("did not converge", fit.Messages, StringComparison.Ordinal);
        Assert.True(free.Code == 0 && !free.Output.Contains("NaN", StringComparison.Ordinal), free.ToString());
    }

    [Theory]
    [InlineData("fit", "2023-01-01", "Nobody ordered anything up to 2023-01-01.")]
    [InlineData("check", "2030-01-01", "No orders follow 2030-01-01, so there is nothing to check against.")]
    public async Task What_cannot_be_done_is_told(string command, string end, string problem)
    {
        var wrong = await CvmProcess.Run("clv", command, "--orders", Shop(), "--calibration-end", end);

        Assert.True(wrong is { Code: 1, Output: "" }, wrong.ToString());
        Assert.Contains(problem, wrong.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", wrong.Messages, StringComparison.Ordinal);
    }

    // A year of 400 customers: some buy often, some seldom, most stop some day.
    string Shop()
    {
        var random = new Random(5);
        var text = new StringBuilder("customer,date,amount\n");
        for (var i = 0; i < 400; i++)
        {
            var (day, gap, stop, typical) = (random.Next(120), 5 + 80 * random.NextDouble() * random.NextDouble(), random.NextDouble() * 0.4, Math.Exp(2 + 2 * random.NextDouble()));
            for (var at = (double)day; at < 365; at += 1 - gap * Math.Log(1 - random.NextDouble()))
            {
                text.Append(CultureInfo.InvariantCulture, $"c{i},{new DateOnly(2024, 1, 1).AddDays((int)at):yyyy-MM-dd},{typical * (0.4 + 1.2 * random.NextDouble()):F2}\n");
                if (random.NextDouble() < stop) break;
            }
        }

        Trial.Write(temporary.Path, "orders.csv", text.ToString());
        return temporary.In("orders.csv");
    }
}
