namespace Cvm;

/// <summary>Counts of a Poisson process whose rate is gamma(r, alpha), the negative binomial distribution, walked upwards from 0.</summary>
ref struct GammaCounts
{
    // Below this a probability is kept as a logarithm: busy customers start far below the smallest double.
    const double Least = -700;

    readonly double r;
    readonly double step;
    double log;

    public GammaCounts(double r, double alpha, double time)
    {
        this.r = r;
        step = time / (alpha + time);
        log = -r * Gammas.LogOnePlus(time / alpha);
        Exactly = log > Least ? Math.Exp(log) : 0;
        More = -Gammas.ExpLessOne(log);
    }

    /// <summary>The count.</summary>
    public int At { get; private set; }

    /// <summary>Probability of this count.</summary>
    public double Exactly { get; private set; }

    /// <summary>Probability of a higher one.</summary>
    public double More { get; private set; }

    public void Next()
    {
        var growth = step * (r + At) / (At + 1);
        At++;

        if (log > Least) Exactly *= growth;
        else if ((log += Math.Log(growth)) > Least) Exactly = Math.Exp(log);
        More = Math.Max(0, More - Exactly);
    }

    /// <summary>Whether the sum of <see cref="More"/> over all higher counts is nothing beside <paramref name="sum"/>: from here on chances
    /// shrink at least as fast as a geometric series.</summary>
    public readonly bool Over(double sum)
    {
        var left = 1 - step * Math.Max(1, (r + At) / (At + 1));
        return left > 0 && Exactly < 1e-16 * left * left * sum;
    }
}
