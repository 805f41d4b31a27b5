using System.CommandLine;
using Cvm.Engine;

namespace Cvm.Local;

static class ClvCommand
{
    public static Command Make() => new("clv", "Lifetime value from a CSV file of orders: who still buys, how often, and what that is worth. Nothing is stored. See docs/scores.md for the models and their papers.")
    {
        ClvFit.Make(), ClvPredict.Make(), ClvCheck.Make(),
    };
}

/// <summary>What the three commands have in common: which orders, which time, which model.</summary>
sealed class ClvOptions
{
    public const string Auto = "auto", GammaGamma = "gamma-gamma";

    readonly Option<string?> orders = Options.Path("--orders", "CSV file of orders: customer, time, amount.", "file");
    readonly Option<string> map = new("--map") { Description = "Which column holds what, such as customer=customer_id,at=date,amount=amount. Common names are guessed.", HelpName = "field=column,...", DefaultValueFactory = _ => "" };
    readonly Option<DateOnly?> calibrationEnd = Options.Day("--calibration-end", "Last day that the model sees; the day of the last order where none is named.");
    readonly Option<DateOnly?> holdoutEnd = Options.Day("--holdout-end", "Last day of what the model does not see; the day of the last order where none is named.");
    readonly Option<string> unit = Options.OneOf("--unit", "Unit of time of parameters and horizon; a month is 30.4375 days.", "week", "day", "week", "month");
    readonly Option<string> model;
    readonly Option<string> prior = Options.OneOf("--prior", "Whether estimates lean on a prior: where the orders say too little, never, always.", "auto", "auto", "never", "always");
    readonly Option<bool> json = Options.Json();

    public ClvOptions(params string[] models)
    {
        orders.Required = true;
        model = Options.OneOf("--model", "Model of repeat buying; auto takes the one that forecasts the holdout best, or is the likeliest where there is none.", Auto, [.. models, Auto]);
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[orders, map, calibrationEnd, holdoutEnd, unit, model, prior, json]) command.Options.Add(option);
    }

    public ClvRequest Read(ParseResult parsed) => new(
        new(parsed.GetValue(orders)!)
        {
            Map = parsed.GetValue(map)!,
            CalibrationEnd = parsed.GetValue(calibrationEnd),
            HoldoutEnd = parsed.GetValue(holdoutEnd),
            Today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime),
        },
        parsed.GetValue(unit)!,
        parsed.GetValue(model)!,
        parsed.GetValue(prior) switch { "never" => PriorUse.Never, "always" => PriorUse.Always, _ => PriorUse.WhereNeeded },
        parsed.GetValue(json));
}

/// <summary>What was asked for.</summary>
sealed record ClvRequest(OrderFile File, string Unit, string Model, PriorUse Prior, bool Json)
{
    public double DaysPerUnit => Unit switch { "day" => 1, "week" => 7, _ => 365.25 / 12 };
}
