namespace Cvm.Local;

/// <summary>Fits the model that was asked for, or the best of them.</summary>
static class ClvModels
{
    /// <summary>What may be asked for by name.</summary>
    public static readonly string[] Names = ["bg-nbd", "mbg-nbd", "pareto-nbd"];

    /// <param name="Chosen">Why this one, where several were tried.</param>
    public sealed record Choice(Fit<RepeatModel> Fit, string? Chosen);

    public static Choice Fit(ClvRequest request, ClvOrders orders)
    {
        if (request.Model != ClvOptions.Auto) return new(Fit(request.Model, request.Prior, orders), null);

        Fit<RepeatModel>[] all = [.. Names.Select(name => Fit(name, request.Prior, orders))];
        if (orders.HoldoutDays <= 0)
        {
            var likeliest = all.MaxBy(fit => (fit.Converged, fit.LogLikelihood))!;
            return new(likeliest, $"the likeliest: {string.Join(", ", all.Select(fit => $"{fit.Model.Name} {fit.LogLikelihood:N1}"))}");
        }

        double[] actual = [.. orders.History.HoldoutDays];
        var errors = all.ToDictionary(fit => fit.Model.Name, fit => HoldoutCheck.Of(Forecast(fit, orders, orders.HoldoutDays).Orders[0], actual).RootMeanSquare);
        var best = all.MinBy(fit => (!fit.Converged, errors[fit.Model.Name]))!;
        return new(best, $"nearest to the {Cli.Count(orders.HoldoutDays, "day")} held out, by root mean square: {string.Join(", ", all.Select(fit => $"{fit.Model.Name} {errors[fit.Model.Name]:N4}"))}");
    }

    public static Fit<GammaGamma> Spending(ClvRequest request, ClvOrders orders) => Fitting.GammaGamma(orders.Spendings, orders.Typical, request.Prior);

    public static Forecast Forecast(Fit<RepeatModel> fit, ClvOrders orders, params ReadOnlySpan<int> days) =>
        Cvm.Forecast.Of(fit.Model, orders.Repeats, orders.Last, orders.Age, orders.DaysPerUnit, 0, days);

    static Fit<RepeatModel> Fit(string name, PriorUse prior, ClvOrders orders) => Fitting.Repeats(name, orders.Histories, prior);

    /// <summary>Says what a reader of the figures should know about how they came about.</summary>
    public static void Tell<T>(string name, Fit<T> fit)
    {
        if (fit.Trouble is { } trouble) Screen.Say(fit.PriorShare > 0 ? $"{name}: {trouble} Estimates lean on the prior." : $"{name}: {trouble}");
        if (!fit.Converged) Screen.Say($"{name} did not converge: the figures are the best that was seen, not an estimate. Try --prior always, another model, or more orders.");
    }
}
