namespace Cvm;

/// <summary>Walks over the times at which a customer may have left unseen, between their last order and now, by Gauss-Legendre quadrature:
/// the integral of ((alpha + y)/(alpha + last))^-k ((beta + y)/(beta + last))^-(s + 1) dy. All of it is positive and at most 1, so nothing
/// cancels or overflows, where the hypergeometric functions of the papers do both.</summary>
ref struct DepartureTimes
{
    // What is left beyond e^-45 of the beginning is nothing in double precision.
    const double Deepest = 45;

    readonly double k, alpha, s, beta, last, end, nearest, widest, logAlpha, logBeta;
    readonly double[] at, weight;
    double begin, width;
    bool ended;

    public DepartureTimes(double k, double alpha, double s, double beta, double last, double age, double widest = 1)
    {
        (this.k, this.alpha, this.s, this.beta, this.last, this.widest) = (k, alpha, s, beta, last, widest);
        (at, weight) = Legendre.Sixteen;
        (logAlpha, logBeta) = (Math.Log(alpha + last), Math.Log(beta + last));

        // In ln(nearest + y) the integrand is smooth right up to its nearest singularity, at y = -min(alpha, beta).
        nearest = Math.Min(alpha, beta);
        begin = Math.Log(nearest + last);
        end = Math.Log(nearest + age);
        ended = !(age > last);
    }

    /// <summary>How many times each stretch holds.</summary>
    public readonly int Length => at.Length;

    /// <summary>Goes to the next stretch, as long as one matters.</summary>
    public bool Next()
    {
        begin += width;
        if (ended || !(end - begin > 0)) return false;

        var (_, _, _, drop) = Look(begin);
        var y = Math.Exp(begin);
        var steep = k * y / (alpha - nearest + y) + (s + 1) * y / (beta - nearest + y);
        width = Math.Min(Math.Min(widest, 4 / steep), end - begin);
        ended = end - begin - width <= 0;
        return drop < Deepest;
    }

    public readonly double Time(int i) => Math.Exp(begin + width * at[i]) - nearest;

    /// <summary>How much that time counts.</summary>
    public readonly double Weight(int i) => Weight(i, out _, out _, out _);

    /// <summary>The same, with ln(alpha + y), ln(beta + y) and y for whoever needs slopes.</summary>
    public readonly double Weight(int i, out double logAlphaY, out double logBetaY, out double y)
    {
        var v = begin + width * at[i];
        (y, logAlphaY, logBetaY, var drop) = Look(v);
        return weight[i] * width * (nearest + y) * Math.Exp(-drop);
    }

    readonly (double Y, double LogAlphaY, double LogBetaY, double Drop) Look(double v)
    {
        var y = Math.Max(last, Math.Exp(v) - nearest);
        var (a, b) = alpha < beta ? (v, Math.Log(beta + y)) : (Math.Log(alpha + y), v);
        return (y, a, b, k * (a - logAlpha) + (s + 1) * (b - logBeta));
    }
}
