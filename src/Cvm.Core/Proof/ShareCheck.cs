namespace Cvm;

/// <summary>Whether people were dealt to groups by the shares that were asked for. Where they were not, something decides by more than the lot, and what the groups
/// do must not be compared. Right however often one looks.</summary>
/// <remarks>Lindon and Malek, Anytime-valid inference for multinomial count data (NeurIPS 2022; arXiv:2011.03567): the Bayes factor of a Dirichlet-multinomial, drawn about
/// the asked shares as if <see cref="Weight"/> people had been seen, against the shares themselves. Where they are true it exceeds 1/a at any time with a chance of at most a (Ville).</remarks>
public static class ShareCheck
{
    /// <summary>False alarms: one in a thousand comparisons, over all looks together.</summary>
    public const double Miss = 0.001;

    /// <summary>The prior counts as so many people.</summary>
    public const double Weight = 100;

    /// <summary>The logarithm of how much better other shares explain the counts than the asked ones.</summary>
    /// <param name="shares">Above 0, adding up to 1; as many as counts.</param>
    public static double LogOdds(ReadOnlySpan<long> counts, ReadOnlySpan<double> shares)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(shares.Length, counts.Length, nameof(shares));

        var (odds, all) = (0.0, 0L);
        for (var i = 0; i < counts.Length; i++)
        {
            var prior = Weight * shares[i];
            odds += Gammas.Log(prior + counts[i]) - Gammas.Log(prior) - counts[i] * Math.Log(shares[i]);
            all += counts[i];
        }

        return odds + Gammas.Log(Weight) - Gammas.Log(Weight + all);
    }

    /// <summary>Whether the groups do not match their shares.</summary>
    public static bool Warns(ReadOnlySpan<long> counts, ReadOnlySpan<double> shares) => LogOdds(counts, shares) > -Math.Log(Miss);
}
