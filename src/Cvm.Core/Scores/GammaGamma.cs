namespace Cvm;

/// <summary>Gamma-Gamma (Colombo and Jiang 1999; Fader and Hardie 2013): a customer's orders are gamma(p, v) worth, v is gamma(q, gamma)
/// over customers; what an order is worth says nothing of how often they come.</summary>
public sealed record GammaGamma(double P, double Q, double Gamma)
{
    public double P { get; } = Positive(P, nameof(P), 0);

    /// <summary>Above 1: at or below it a mean order would be worth infinitely much.</summary>
    public double Q { get; } = Positive(Q, nameof(Q), 1);

    public double Gamma { get; } = Positive(Gamma, nameof(Gamma), 0);

    public ImmutableArray<(string Name, double Value)> Parameters => [("p", P), ("q", Q), ("gamma", Gamma)];

    /// <summary>What an order is worth on the average of all customers.</summary>
    public double Mean => P * Gamma / (Q - 1);

    /// <summary>What this customer's orders are worth on the long average, given what the first ones were: E[M | x, z].</summary>
    public double Expected(int orders, double mean)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(orders);
        var spent = orders == 0 ? 0 : orders * Math.Max(0, mean);
        return P * (Gamma + spent) / (P * orders + Q - 1);
    }

    /// <summary>How much of <see cref="Expected"/> is the customer's own orders, the rest being everybody's: in [0, 1).</summary>
    public double Own(int orders) => P * orders / (P * orders + Q - 1);

    /// <summary>Log-likelihood of one customer's mean order, which is above 0.</summary>
    public double LogLikelihood(int orders, double mean)
    {
        var spent = orders * mean;
        return Gammas.Log(P * orders + Q) - Gammas.Log(P * orders) - Gammas.Log(Q) + Q * Math.Log(Gamma / (Gamma + spent))
            + P * orders * Math.Log(spent / (Gamma + spent)) - Math.Log(mean);
    }

    /// <summary>Probability that so many further orders are worth less than <paramref name="amount"/> together.</summary>
    internal double SpendBelow(double amount, int further, int orders, double mean)
    {
        var scale = Gamma + (orders == 0 ? 0 : orders * Math.Max(0, mean));
        return Gammas.BetaBelow(amount / (amount + scale), P * further, Q + P * orders);
    }

    static double Positive(double value, string name, double least) =>
        value > least && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"It is a number above {least}.");
}
