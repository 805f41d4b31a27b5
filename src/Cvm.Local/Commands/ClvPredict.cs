using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Cvm.Local;

static class ClvPredict
{
    const int Soon = 90, Year = 365;

    public static Command Make()
    {
        var options = new ClvOptions(ClvModels.Names);
        var horizon = Options.Number("--horizon", "How far to look ahead, in units; a year where none is named.", "number", 0.01, 36_500);
        var margin = Options.Number("--margin", "Share of an order that is margin, from 0 to 1; 1, which is revenue, where none is named.", "share", 0, 1);
        var discount = Options.Number("--discount", "What money in a year is worth less; 0.15 where none is named.", "share", 0, 10);
        var to = Options.Path("--out", "CSV file to write the predictions to; standard output where none is named.", "file");
        var command = new Command("predict", "Per customer: whether they still buy, how many orders are to be expected, and what those are worth, with an interval that holds in 8 of 10 cases.") { horizon, margin, discount, to };
        options.AddTo(command);

        command.SetAction(async (parsed, stop) =>
        {
            var request = options.Read(parsed);
            var days = (int)Math.Round((parsed.GetValue(horizon) ?? Year / request.DaysPerUnit) * request.DaysPerUnit);
            var orders = await ClvOrders.Read(request, stop);
            return Run(request, orders, Math.Clamp(days, 1, 36_500), parsed.GetValue(margin) ?? 1, parsed.GetValue(discount) ?? 0.15, parsed.GetValue(to), stop);
        });
        return command;
    }

    /// <summary>One line of the file, and one object of the JSON.</summary>
    sealed record Prediction(string Customer, double PAlive, double ExpectedOrders, double ExpectedOrderValue, double ExpectedValue, double Low, double High, Worth Soon, Worth Year, Evidence Evidence);

    static int Run(ClvRequest request, ClvOrders orders, int days, double margin, double discount, string? to, CancellationToken stop)
    {
        var begun = Stopwatch.GetTimestamp();
        var choice = ClvModels.Fit(request, orders);
        var spending = ClvModels.Spending(request, orders);
        var took = Stopwatch.GetElapsedTime(begun);
        ClvModels.Tell(choice.Fit.Model.Name, choice.Fit);
        if (orders.Typical > 0) ClvModels.Tell(ClvOptions.GammaGamma, spending);

        var predictions = Predict(orders, new(choice.Fit, spending, orders.DaysPerUnit) { Margin = margin, YearlyDiscount = discount }, days, stop);
        if (to is not null) Write(to, predictions);
        else if (!request.Json) Lines(predictions, Console.Out);

        if (request.Json) Screen.PrintJson(Sheet(request, orders, choice, spending, days, predictions, to, took));
        else Screen.Say($"{choice.Fit.Model.Name}: {predictions.Sum(one => one.ExpectedOrders):N1} orders worth {predictions.Sum(one => one.ExpectedValue):N2} to be expected of {Cli.Count(orders.Count, "customer")} over {Cli.Count(days, "day")}.{(to is null ? "" : $" Written to {to}.")}");
        return orders.Code(choice.Fit.Converged && (spending.Converged || orders.Typical == 0));
    }

    static Prediction[] Predict(ClvOrders orders, LifetimeValue value, int days, CancellationToken stop)
    {
        var forecast = Forecast.Of(value.Buying.Model, orders.Repeats, orders.Last, orders.Age, orders.DaysPerUnit, value.YearlyDiscount, days, Soon, Year);
        var predictions = new Prediction[orders.Count];
        var free = orders.Typical == 0;

        Parallel.For(0, orders.Count, new ParallelOptions { CancellationToken = stop }, i =>
        {
            var past = orders[i];
            Worth Over(int horizon, int days, double[] counted) => free ? new(forecast.Orders[horizon][i], 0, 0, 0)
                : value.Over(days, past, forecast.Alive[i], forecast.Orders[horizon][i], counted[i]);

            var plain = Over(0, days, forecast.Orders[0]);
            predictions[i] = new(orders.History.Customers[i], forecast.Alive[i], plain.Orders, free ? 0 : value.PerOrder(past), plain.Value, plain.Low, plain.High,
                Over(1, Soon, forecast.Discounted[1]), Over(2, Year, forecast.Discounted[2]), value.Evidence(past));
        });

        return predictions;
    }

    static void Write(string to, Prediction[] predictions)
    {
        try
        {
            using var file = new StreamWriter(to, false, new UTF8Encoding(false));
            Lines(predictions, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"'{to}' cannot be written: {e.Message}", e);
        }
    }

    static void Lines(Prediction[] predictions, TextWriter to)
    {
        to.WriteLine("customer,p_alive,expected_orders,expected_order_value,expected_value,low,high,ltv_90,ltv_90_low,ltv_90_high,ltv_365,ltv_365_low,ltv_365_high,evidence_own,evidence_shop,evidence_prior,grade");
        foreach (var one in predictions)
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Cell(one.Customer)},{one.PAlive:0.######},{one.ExpectedOrders:0.######},{one.ExpectedOrderValue:0.####},{one.ExpectedValue:0.####},{one.Low:0.##},{one.High:0.##},{one.Soon.Value:0.####},{one.Soon.Low:0.##},{one.Soon.High:0.##},{one.Year.Value:0.####},{one.Year.Low:0.##},{one.Year.High:0.##},{one.Evidence.Own:0.###},{one.Evidence.Shop:0.###},{one.Evidence.Prior:0.###},{one.Evidence.Grade}"));
    }

    static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static object Sheet(ClvRequest request, ClvOrders orders, ClvModels.Choice choice, Fit<GammaGamma> spending, int days, Prediction[] predictions, string? to, TimeSpan took) => new
    {
        fit = ClvFit.Sheet(request, orders, choice.Fit.Model.Name, choice.Fit, (int)orders.Histories.Repeaters, choice.Chosen, took),
        spending = ClvFit.Sheet(request, orders, ClvOptions.GammaGamma, spending, orders.Spendings.Customers, null, took),
        horizonDays = days,
        customers = orders.Count,
        expectedOrders = predictions.Sum(one => one.ExpectedOrders),
        expectedValue = predictions.Sum(one => one.ExpectedValue),
        file = to,
        predictions = to is null ? predictions.Select(one => new { one.Customer, one.PAlive, one.ExpectedOrders, one.ExpectedOrderValue, one.ExpectedValue, one.Low, one.High, ltv90 = one.Soon, ltv365 = one.Year, one.Evidence }) : null,
    };
}
