namespace Cvm;

/// <summary>A number that was estimated, and how far off it may be: one standard error.</summary>
public readonly record struct Parameter(string Name, double Value, double StandardError);

/// <summary>A model fitted to a shop's history.</summary>
/// <param name="LogLikelihood">Of the history under the model, without the prior.</param>
/// <param name="Converged">Whether the estimates are a maximum; where they are not, they are only the best that was seen.</param>
/// <param name="PriorShare">How much of what is known of the parameters is the prior, in [0, 1]; 0 for plain maximum likelihood.</param>
/// <param name="Trouble">What was wrong with plain maximum likelihood, in a sentence; null where nothing was.</param>
public sealed record Fit<T>(T Model, ImmutableArray<Parameter> Parameters, double LogLikelihood, bool Converged, double PriorShare, string? Trouble);

/// <summary>When estimates lean on a prior.</summary>
public enum PriorUse
{
    /// <summary>Where there are fewer than <see cref="Fitting.FewRepeaters"/> repeat buyers, or the likelihood has no maximum.</summary>
    WhereNeeded,
    Never,
    Always,
}

/// <summary>Fits the models by maximum likelihood from several starts, or with a prior where the data say too little. Priors are normal in
/// the logarithms of the parameters, around published estimates, and weigh about as much as a few dozen customers.</summary>
public static class Fitting
{
    /// <summary>Below so many repeat buyers maximum likelihood is a lottery.</summary>
    public const int FewRepeaters = 30;

    const double Week = 7;

    // The starts are tried on a thinned crowd; the whole crowd only sees the last steps of the best.
    const double Crowd = 20_000;

    // CDNOW (Fader, Hardie and Lee 2005), time in weeks; one standard deviation is a factor of e.
    static readonly double[] BgCentre = [0.243, 4.414, 0.793, 2.426];
    static readonly double[] MbgCentre = [0.525, 6.183, 0.891, 1.614];
    static readonly double[] ParetoCentre = [0.553, 10.578, 0.606, 11.669];

    static readonly double[][] DepartureStarts = [[0.5, 0.3, 0.8, 2.4], [1, 1, 1, 3], [0.2, 0.1, 0.3, 3], [3, 2, 0.1, 1]];
    static readonly double[][] ParetoStarts = [[0.5, 0.3, 0.6, 0.3], [1, 1, 1, 1], [0.5, 0.3, 2, 5], [3, 2, 0.3, 1]];

    /// <summary>The models of repeat buying by name.</summary>
    public static ImmutableArray<string> Models { get; } = ["bg-nbd", "mbg-nbd", "pareto-nbd"];

    /// <summary>Fits one of <see cref="Models"/>.</summary>
    public static Fit<RepeatModel> Repeats(string model, Histories histories, PriorUse prior = PriorUse.WhereNeeded) => model switch
    {
        "bg-nbd" => BgNbd(histories, prior),
        "mbg-nbd" => MbgNbd(histories, prior),
        "pareto-nbd" => ParetoNbd(histories, prior),
        _ => throw new ArgumentException($"There is no model '{model}'. Known: {string.Join(", ", Models)}.", nameof(model)),
    };

    public static Fit<RepeatModel> BgNbd(Histories histories, PriorUse prior = PriorUse.WhereNeeded) =>
        Repeats(histories, prior, ["r", "alpha", "a", "b"], [1], DepartureStarts, BgCentre, few => new DepartureLikelihood(few, 0).At, p => new BgNbd(p[0], p[1], p[2], p[3]));

    public static Fit<RepeatModel> MbgNbd(Histories histories, PriorUse prior = PriorUse.WhereNeeded) =>
        Repeats(histories, prior, ["r", "alpha", "a", "b"], [1], DepartureStarts, MbgCentre, few => new DepartureLikelihood(few, 1).At, p => new MbgNbd(p[0], p[1], p[2], p[3]));

    public static Fit<RepeatModel> ParetoNbd(Histories histories, PriorUse prior = PriorUse.WhereNeeded) =>
        Repeats(histories, prior, ["r", "alpha", "s", "beta"], [1, 3], ParetoStarts, ParetoCentre, few => new ParetoLikelihood(few).At, p => new ParetoNbd(p[0], p[1], p[2], p[3]));

    /// <summary>Fits what an order is worth.</summary>
    /// <param name="typical">What an order is worth in this shop, first orders included: the prior's scale where nobody came back.</param>
    public static Fit<GammaGamma> GammaGamma(Spendings spendings, double typical, PriorUse prior = PriorUse.WhereNeeded)
    {
        var scale = typical > 0 && double.IsFinite(typical) ? typical : spendings.Mean > 0 ? spendings.Mean : 1;
        var thinning = spendings.Customers / Crowd;
        Ascent.Surface? few = thinning > 2 ? new SpendLikelihood(spendings.Thinned(thinning)).At : null;
        var trouble = Trouble(spendings.Customers, spendings.Customers, "paid for a repeat order");

        // Fader and Hardie (2013) on CDNOW, with gamma such that the mean order is the shop's own.
        double[] centre = [Math.Log(6.25), Math.Log(2.74), Math.Log(scale * 2.74 / 6.25)];
        double[] widths = [1, 0.7, 0.7];
        double[][] starts = [centre, [0, 0, Math.Log(scale)], [Math.Log(2), Math.Log(9), Math.Log(scale * 4)]];
        var found = Search(new SpendLikelihood(spendings).At, few, thinning, starts, centre, widths, prior, ref trouble);

        var (p, excess, gamma) = (Math.Exp(found.Top.At[0]), Math.Exp(found.Top.At[1]), Math.Exp(found.Top.At[2]));
        Parameter[] estimates = [new("p", p, p * Error(found, 0)), new("q", 1 + excess, excess * Error(found, 1)), new("gamma", gamma, gamma * Error(found, 2))];
        return new(new(p, 1 + excess, gamma), [.. estimates], found.LogLikelihood, found.Top.Arrived, found.PriorShare, trouble);
    }

    static Fit<RepeatModel> Repeats(Histories histories, PriorUse prior, string[] names, int[] times, double[][] starts, double[] weekly, Func<Histories, Ascent.Surface> likelihood, Func<double[], RepeatModel> make)
    {
        var trouble = Trouble(histories.Customers, histories.Repeaters, "came back");
        var centre = weekly.Select((value, i) => Math.Log(times.Contains(i) ? value * Week / histories.DaysPerUnit : value)).ToArray();
        var age = Math.Max(histories.MeanAge, 1 / histories.DaysPerUnit);
        double[][] places = [.. starts.Select(start => start.Select((value, i) => Math.Log(times.Contains(i) ? value * age : value)).ToArray())];

        var thinning = histories.Customers / Crowd;
        var few = thinning > 2 ? likelihood(histories.Thinned(thinning)) : null;
        var found = Search(likelihood(histories), few, thinning, places, centre, [1, 1, 1, 1], prior, ref trouble);

        double[] values = [.. found.Top.At.Select(Math.Exp)];
        return new(make(values), [.. values.Select((value, i) => new Parameter(names[i], value, value * Error(found, i)))], found.LogLikelihood, found.Top.Arrived, found.PriorShare, trouble);
    }

    static string? Trouble(double customers, double repeaters, string did) =>
        customers == 0 ? $"Nobody {did}." : repeaters == 0 ? $"Nobody {did}, so the likelihood has no maximum."
        : repeaters < FewRepeaters ? $"Only {repeaters:N0} {did}: fewer than {FewRepeaters} tell little." : null;

    static double Error(Found found, int i) => found.Top.Spread is { } spread ? Math.Sqrt(spread[i, i]) : double.PositiveInfinity;

    readonly record struct Found(Ascent.Top Top, double LogLikelihood, double PriorShare);

    static Found Search(Ascent.Surface all, Ascent.Surface? few, double thinning, double[][] starts, double[] centre, double[] widths, PriorUse prior, ref string? trouble)
    {
        if (prior == PriorUse.Never || (prior == PriorUse.WhereNeeded && trouble is null))
        {
            var top = Highest(all, few, thinning, starts);
            if (top.Arrived || prior == PriorUse.Never) return new(top, top.Height, 0);
            trouble = "The likelihood has no maximum that could be found: it rises towards the edge, or is flat.";
        }

        var held = Highest(Held(all, 1), few is null ? null : Held(few, 1 / thinning), thinning, [centre, .. starts]);
        var share = held.Spread is { } spread ? centre.Select((_, i) => Math.Min(1, spread[i, i] / (widths[i] * widths[i]))).Average() : 1;
        return new(held, all(held.At, new double[centre.Length]), share);

        Ascent.Surface Held(Ascent.Surface surface, double weight) => (at, slope) =>
        {
            var height = surface(at, slope);
            for (var i = 0; i < centre.Length; i++)
            {
                var away = (at[i] - centre[i]) / widths[i];
                height -= weight * away * away / 2;
                slope[i] -= weight * away / widths[i];
            }

            return height;
        };
    }

    static Ascent.Top Highest(Ascent.Surface all, Ascent.Surface? few, double thinning, double[][] starts)
    {
        if (few is null) return starts.Select(start => Ascent.Climb(all, start)).MaxBy(top => (top.Arrived, top.Height))!;

        var best = starts.Select(start => Ascent.Climb(few, start)).MaxBy(top => (top.Arrived, top.Height))!;
        if (best.Spread is not { } spread) return Ascent.Climb(all, best.At);

        var (narrower, n) = ((double[,])spread.Clone(), best.At.Length);
        for (var i = 0; i < n; i++) for (var j = 0; j < n; j++) narrower[i, j] /= thinning;
        return Ascent.Climb(all, best.At, narrower);
    }
}
