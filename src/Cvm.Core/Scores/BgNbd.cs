namespace Cvm;

/// <summary>BG/NBD (Fader, Hardie and Lee 2005): rates of buying are gamma(r, alpha) over customers; after each repeat order the
/// customer may leave, with a chance that is beta(a, b) over customers.</summary>
public sealed record BgNbd(double R, double Alpha, double A, double B) : RepeatModel
{
    public double R { get; } = Positive(R, nameof(R));
    public double Alpha { get; } = Positive(Alpha, nameof(Alpha));
    public double A { get; } = Positive(A, nameof(A));
    public double B { get; } = Positive(B, nameof(B));

    public override string Name => "bg-nbd";

    public override ImmutableArray<(string Name, double Value)> Parameters => [("r", R), ("alpha", Alpha), ("a", A), ("b", B)];

    public override BgNbd After(int repeats, double age) => new(R + repeats, Alpha + age, A, B + repeats);

    public override BgNbd InUnitsOf(double factor) => new(R, Alpha / factor, A, B);

    /// <inheritdoc/>
    /// <remarks>The sum over j of P(survives j chances to leave) P(more than j orders by then): the paper's hypergeometric function, as a
    /// series of positive terms, so that no a or b makes it singular.</remarks>
    public override double Expected(double time) => Departures.Expected(R, Alpha, A, B, time);

    public override double[] Probabilities(int most, double time) => Departures.Probabilities(most, R, Alpha, A, B, time);

    public override double LogLikelihood(int repeats, double last, double age)
    {
        Check(repeats, last, age);
        return Departures.LogLikelihood(this, R, Alpha, A, B, repeats, repeats, last, age);
    }

    internal override double Nearest => Alpha;

    internal override double LogGone(int repeats, double last, double age) =>
        repeats == 0 ? double.NegativeInfinity : Departures.LogGone(R, Alpha, A, B, repeats, repeats, last, age);
}

/// <summary>MBG/NBD (Batislam, Denizel and Filiztekin 2007; Hoppe and Wagner 2007): BG/NBD in which the customer may also leave right
/// after the first order.</summary>
public sealed record MbgNbd(double R, double Alpha, double A, double B) : RepeatModel
{
    public double R { get; } = Positive(R, nameof(R));
    public double Alpha { get; } = Positive(Alpha, nameof(Alpha));
    public double A { get; } = Positive(A, nameof(A));
    public double B { get; } = Positive(B, nameof(B));

    public override string Name => "mbg-nbd";

    public override ImmutableArray<(string Name, double Value)> Parameters => [("r", R), ("alpha", Alpha), ("a", A), ("b", B)];

    // Whoever is still there has come through the chance after the first order: from then on it is BG/NBD.
    public override BgNbd After(int repeats, double age) => new(R + repeats, Alpha + age, A, B + repeats + 1);

    public override MbgNbd InUnitsOf(double factor) => new(R, Alpha / factor, A, B);

    public override double Expected(double time) => B / (A + B) * Departures.Expected(R, Alpha, A, B + 1, time);

    public override double[] Probabilities(int most, double time)
    {
        var stays = Departures.Probabilities(most, R, Alpha, A, B + 1, time);
        for (var n = 0; n < stays.Length; n++) stays[n] *= B / (A + B);
        stays[0] += A / (A + B);
        return stays;
    }

    public override double LogLikelihood(int repeats, double last, double age)
    {
        Check(repeats, last, age);
        return Departures.LogLikelihood(this, R, Alpha, A, B, repeats, repeats + 1, last, age);
    }

    internal override double Nearest => Alpha;

    internal override double LogGone(int repeats, double last, double age) => Departures.LogGone(R, Alpha, A, B, repeats, repeats + 1, last, age);
}

/// <summary>What BG/NBD and MBG/NBD share: buying at a gamma rate, with a beta chance to leave at each of so many turns.</summary>
static class Departures
{
    public static double LogGone(double r, double alpha, double a, double b, int repeats, int turns, double last, double age) =>
        Math.Log(a / (b + turns - 1)) + (r + repeats) * Math.Log((alpha + age) / (alpha + last));

    public static double LogLikelihood(RepeatModel model, double r, double alpha, double a, double b, int repeats, int turns, double last, double age)
    {
        var buying = Gammas.Log(r + repeats) - Gammas.Log(r) + r * Math.Log(alpha / (alpha + age)) - repeats * Math.Log(alpha + age);
        var staying = Gammas.Log(b + turns) - Gammas.Log(b) + Gammas.Log(a + b) - Gammas.Log(a + b + turns);
        return buying + staying + Gammas.LogOfSum(0, model.LogGone(repeats, last, age));
    }

    public static double Expected(double r, double alpha, double a, double b, double time)
    {
        if (!(time > 0)) return 0;

        var counts = new GammaCounts(r, alpha, time);
        var (stays, sum) = (1.0, 0.0);
        while (true)
        {
            sum += stays * counts.More;
            if (counts.Over(sum)) return sum;

            stays *= (b + counts.At) / (a + b + counts.At);
            counts.Next();
        }
    }

    public static double[] Probabilities(int most, double r, double alpha, double a, double b, double time)
    {
        var chances = new double[most + 1];
        chances[0] = 1;
        if (!(time > 0)) return chances;

        var counts = new GammaCounts(r, alpha, time);
        var (stays, leaves) = (1.0, 0.0); // after n chances to leave: still there, or left at the last of them
        for (var n = 0; n <= most; n++)
        {
            chances[n] = stays * counts.Exactly + leaves * (counts.Exactly + counts.More);
            leaves = stays * a / (a + b + n);
            stays *= (b + n) / (a + b + n);
            counts.Next();
        }

        return chances;
    }
}
