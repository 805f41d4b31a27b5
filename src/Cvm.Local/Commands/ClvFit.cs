using System.CommandLine;
using System.Diagnostics;
using Spectre.Console;

namespace Cvm.Local;

static class ClvFit
{
    public static Command Make()
    {
        var options = new ClvOptions([.. ClvModels.Names, ClvOptions.GammaGamma]);
        var command = new Command("fit", "Estimate the parameters of a model by maximum likelihood, with their standard errors.");
        options.AddTo(command);
        command.SetAction((parsed, stop) => Run(options.Read(parsed), stop));
        return command;
    }

    static async Task<int> Run(ClvRequest request, CancellationToken stop)
    {
        var orders = await ClvOrders.Read(request, stop);
        var begun = Stopwatch.GetTimestamp();

        if (request.Model == ClvOptions.GammaGamma)
        {
            var spending = ClvModels.Spending(request, orders);
            return Show(request, orders, ClvOptions.GammaGamma, spending, orders.Spendings.Customers, null, Stopwatch.GetElapsedTime(begun));
        }

        var choice = ClvModels.Fit(request, orders);
        return Show(request, orders, choice.Fit.Model.Name, choice.Fit, (int)orders.Histories.Repeaters, choice.Chosen, Stopwatch.GetElapsedTime(begun));
    }

    static int Show<T>(ClvRequest request, ClvOrders orders, string name, Fit<T> fit, int repeaters, string? chosen, TimeSpan took)
    {
        ClvModels.Tell(name, fit);
        if (request.Json) Screen.PrintJson(Sheet(request, orders, name, fit, repeaters, chosen, took));
        else Print(request, orders, name, fit, repeaters, chosen);
        return orders.Code(fit.Converged);
    }

    /// <summary>A fit as JSON; also part of what the other commands print.</summary>
    public static object Sheet<T>(ClvRequest request, ClvOrders orders, string name, Fit<T> fit, int repeaters, string? chosen, TimeSpan took) => new
    {
        model = name,
        parameters = fit.Parameters.ToDictionary(one => one.Name, one => one.Value),
        standardErrors = fit.Parameters.ToDictionary(one => one.Name, one => double.IsFinite(one.StandardError) ? one.StandardError : (double?)null),
        logLikelihood = fit.LogLikelihood,
        customers = orders.Count,
        repeaters,
        converged = fit.Converged,
        priorShare = fit.PriorShare,
        trouble = fit.Trouble,
        chosen,
        unit = request.Unit,
        calibrationEnd = DateOnly.FromDayNumber(orders.History.CalibrationEnd),
        badRows = orders.History.Bad,
        seconds = took == TimeSpan.Zero ? (double?)null : Math.Round(took.TotalSeconds, 4),
        readSeconds = Math.Round(orders.History.Took.TotalSeconds, 4),
    };

    static void Print<T>(ClvRequest request, ClvOrders orders, string name, Fit<T> fit, int repeaters, string? chosen)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("parameter", "estimate", "standard error");
        foreach (var one in fit.Parameters) table.AddRow(one.Name, $"{one.Value:G6}", double.IsFinite(one.StandardError) ? $"{one.StandardError:G4}" : "unknown");

        Screen.Print($"{name}, time in {request.Unit}s, up to {DateOnly.FromDayNumber(orders.History.CalibrationEnd):yyyy-MM-dd}");
        if (chosen is not null) Screen.Print($"Chosen as {chosen}.");
        Screen.Results.Write(table);
        Screen.Print($"Log-likelihood {fit.LogLikelihood:F1} over {Cli.Count(orders.Count, "customer")}, {repeaters:N0} of whom came back.{(fit.PriorShare > 0 ? $" {fit.PriorShare:P0} of what is known is the prior." : "")}");
    }
}
