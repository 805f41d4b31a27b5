using System.CommandLine;
using Spectre.Console;

namespace Cvm.Local;

static class ClvCheck
{
    const int MostRepeats = 7, Tenths = 10;

    public static Command Make()
    {
        var options = new ClvOptions(ClvModels.Names);
        var plot = Options.Path("--plot", "SVG file to draw the calibration plot into; clv-check.svg where none is named.", "file");
        var command = new Command("check", "Fit on the orders up to --calibration-end, forecast what follows, and compare with what really followed: totals, errors, correlation, and a plot.") { plot };
        options.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var request = options.Read(parsed);
            var orders = await ClvOrders.Read(request, stop);
            if (orders.HoldoutDays <= 0) throw new UserError($"No orders follow {DateOnly.FromDayNumber(orders.History.CalibrationEnd):yyyy-MM-dd}, so there is nothing to check against. Name an earlier --calibration-end.");
            return Run(request, orders, parsed.GetValue(plot) ?? "clv-check.svg");
        });
        return command;
    }

    static int Run(ClvRequest request, ClvOrders orders, string plot)
    {
        var choice = ClvModels.Fit(request, orders);
        var spending = ClvModels.Spending(request, orders);
        ClvModels.Tell(choice.Fit.Model.Name, choice.Fit);

        double[] actual = [.. orders.History.HoldoutDays];
        var forecast = ClvModels.Forecast(choice.Fit, orders, orders.HoldoutDays).Orders[0];
        var value = new LifetimeValue(choice.Fit, spending, orders.DaysPerUnit);
        double[] worth = [.. forecast.Select((expected, i) => orders.Typical == 0 ? 0 : expected * value.PerOrder(orders[i]))];

        var (counts, money) = (HoldoutCheck.Of(forecast, actual), HoldoutCheck.Of(worth, orders.History.HoldoutSpent));
        var byRepeats = HoldoutCheck.Grouped(forecast, actual, i => Math.Min(orders.Repeats[i], MostRepeats), MostRepeats + 1);
        var byForecast = HoldoutCheck.Grouped(forecast, actual, TenthOf(forecast), Tenths);
        Write(plot, ClvChart.Svg(
            new("By repeat orders so far", "repeat orders up to the end of the calibration", byRepeats, group => group == MostRepeats ? $"{group}+" : $"{group}"),
            new("By forecast", "tenths of customers, the least promising first", byForecast, group => $"{group + 1}")));

        if (request.Json) Screen.PrintJson(Sheet(request, orders, choice, counts, money, byRepeats, byForecast, plot));
        else Print(orders, choice, counts, money, byRepeats, plot);
        return orders.Code(choice.Fit.Converged);
    }

    // Equal forecasts keep the order of the file.
    static Func<int, int> TenthOf(double[] forecast)
    {
        var tenth = new int[forecast.Length];
        var order = Enumerable.Range(0, forecast.Length).OrderBy(i => forecast[i]).ToArray();
        for (var place = 0; place < order.Length; place++) tenth[order[place]] = (int)((long)place * Tenths / order.Length);
        return i => tenth[i];
    }

    static void Write(string plot, string svg)
    {
        try
        {
            File.WriteAllText(plot, svg);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"'{plot}' cannot be written: {e.Message}", e);
        }
    }

    static object Sheet(ClvRequest request, ClvOrders orders, ClvModels.Choice choice, HoldoutCheck counts, HoldoutCheck money, IEnumerable<CheckedGroup> byRepeats, IEnumerable<CheckedGroup> byForecast, string plot) => new
    {
        fit = ClvFit.Sheet(request, orders, choice.Fit.Model.Name, choice.Fit, (int)orders.Histories.Repeaters, choice.Chosen, TimeSpan.Zero),
        holdoutDays = orders.HoldoutDays,
        customers = orders.Count,
        orders = Totals(counts),
        value = Totals(money),
        byRepeats,
        byForecast,
        plot,
    };

    static object Totals(HoldoutCheck check) => new
    {
        predicted = check.Forecast,
        actual = check.Actual,
        mae = check.MeanError,
        rmse = check.RootMeanSquare,
        correlation = check.Correlation,
    };

    static void Print(ClvOrders orders, ClvModels.Choice choice, HoldoutCheck counts, HoldoutCheck money, IEnumerable<CheckedGroup> byRepeats, string plot)
    {
        Screen.Print($"{choice.Fit.Model.Name}, {Cli.Count(orders.Count, "customer")}, {Cli.Count(orders.HoldoutDays, "day")} held out");
        if (choice.Chosen is not null) Screen.Print($"Chosen as {choice.Chosen}.");

        var totals = new Table { Border = TableBorder.Simple }.AddColumns("", "predicted", "actual", "off by", "mean absolute error", "correlation");
        foreach (var (what, check) in (IEnumerable<(string, HoldoutCheck)>)[("orders", counts), ("value", money)])
            totals.AddRow(what, $"{check.Forecast:N1}", $"{check.Actual:N1}", check.Actual == 0 ? "" : $"{check.Forecast / check.Actual - 1:P1}", $"{check.MeanError:N3}", $"{check.Correlation:N3}");
        Screen.Results.Write(totals);

        var groups = new Table { Border = TableBorder.Simple }.AddColumns("repeat orders so far", "customers", "predicted", "actual");
        foreach (var group in byRepeats) groups.AddRow(group.Group == MostRepeats ? $"{group.Group} or more" : $"{group.Group}", $"{group.Customers:N0}", $"{group.Forecast:N3}", $"{group.Actual:N3}");
        Screen.Results.Write(groups);
        Screen.Print($"Plot: {plot}");
    }
}
