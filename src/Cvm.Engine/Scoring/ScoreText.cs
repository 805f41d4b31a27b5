using System.Globalization;

namespace Cvm.Engine;

/// <summary>Numbers of scores as people read them, in English whatever the machine's culture.</summary>
static class ScoreText
{
    static readonly CultureInfo English = CultureInfo.InvariantCulture;

    public static string Percent(double share) => share is > 0 and < 0.095 ? share.ToString("0.0%", English) : share.ToString("0%", English);

    public static string Money(decimal amount, string currency) => $"{amount.ToString("#,0.00", English)} {currency}";

    public static string Money(double amount, string currency) => Money((decimal)amount, currency);

    public static string Day(int day) => Day(DateOnly.FromDayNumber(day));

    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", English);

    public static string Days(int days) => $"{days.ToString("#,0", English)} {(days == 1 ? "day" : "days")}";

    /// <summary>A number of the working: up to four digits behind the point, fewer for large ones.</summary>
    public static string Number(double number) => number.ToString(Math.Abs(number) >= 100 ? "#,0.##" : "0.####", English);

    public static string Orders(double orders) => orders.ToString("0.0#", English);

    /// <summary>A fit with its parameters, each with one standard error, and how far it leans on the prior.</summary>
    public static string Fitted<T>(string name, Fit<T> fit, ScoreModel model)
    {
        var parameters = string.Join(", ", fit.Parameters.Select(p => double.IsFinite(p.StandardError) ? $"{p.Name} {Number(p.Value)} ± {Number(p.StandardError)}" : $"{p.Name} {Number(p.Value)}"));
        var prior = fit.PriorShare > 0 ? $" {Percent(fit.PriorShare)} of this is the prior. {fit.Trouble}" : "";
        var settled = fit.Converged ? "" : " The fit did not settle: take it as a rough guess.";
        return $"{name} as of {Day(model.Fitted)}, fitted to {model.Customers.ToString("#,0", English)} customers, time in weeks: {parameters}.{prior}{settled}";
    }

    /// <summary>Says where what is recorded differs from what was worked out.</summary>
    public static ImmutableArray<string> Recorded(Dossier dossier, string recorded, string workedOut) =>
        dossier.Scores.AsOf is { } day && recorded != workedOut
            ? [$"Journeys go by what was recorded on {Day(day)}, by {dossier.Scores.Model}: {recorded}. The nightly sweep records anew what has moved noticeably."] : [];
}
