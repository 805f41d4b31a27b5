namespace Cvm;

/// <summary>Pareto/NBD (Schmittlein, Morrison and Colombo 1987; Fader and Hardie 2005): rates of buying are gamma(r, alpha) over customers,
/// rates of leaving gamma(s, beta), whether they buy or not.</summary>
public sealed record ParetoNbd(double R, double Alpha, double S, double Beta) : RepeatModel
{
    public double R { get; } = Positive(R, nameof(R));
    public double Alpha { get; } = Positive(Alpha, nameof(Alpha));
    public double S { get; } = Positive(S, nameof(S));
    public double Beta { get; } = Positive(Beta, nameof(Beta));

    public override string Name => "pareto-nbd";

    public override ImmutableArray<(string Name, double Value)> Parameters => [("r", R), ("alpha", Alpha), ("s", S), ("beta", Beta)];

    public override ParetoNbd After(int repeats, double age) => new(R + repeats, Alpha + age, S, Beta + age);

    public override ParetoNbd InUnitsOf(double factor) => new(R, Alpha / factor, S, Beta / factor);

    public override double Expected(double time)
    {
        if (!(time > 0)) return 0;

        var (k, log) = (S - 1, Gammas.LogOnePlus(time / Beta));
        return R / Alpha * Beta * (k == 0 ? log : -Gammas.ExpLessOne(-k * log) / k);
    }

    public override double[] Probabilities(int most, double time)
    {
        var chances = new double[most + 1];
        Add(chances, time, Math.Exp(-S * Gammas.LogOnePlus(time / Beta)));

        // The chance of n orders by some time is a hill about 1/sqrt(n) wide.
        var leaving = new DepartureTimes(0, Alpha, S, Beta, 0, time, widest: Math.Min(0.25, 2 / Math.Sqrt(most + 1)));
        while (leaving.Next())
            for (var i = 0; i < leaving.Length; i++) Add(chances, leaving.Time(i), leaving.Weight(i) * S / Beta);

        return chances;
    }

    // The counts of somebody who leaves at that time.
    void Add(double[] chances, double time, double weight)
    {
        if (!(time > 0))
        {
            chances[0] += weight;
            return;
        }

        var counts = new GammaCounts(R, Alpha, time);
        for (var n = 0; n < chances.Length; n++)
        {
            chances[n] += weight * counts.Exactly;
            counts.Next();
        }
    }

    public override double LogLikelihood(int repeats, double last, double age)
    {
        Check(repeats, last, age);
        var buying = Gammas.Log(R + repeats) - Gammas.Log(R) + R * Math.Log(Alpha / (Alpha + age)) - repeats * Math.Log(Alpha + age);
        return buying - S * Gammas.LogOnePlus(age / Beta) + Gammas.LogOfSum(0, LogGone(repeats, last, age));
    }

    internal override double Nearest => Math.Min(Alpha, Beta);

    internal override double LogGone(int repeats, double last, double age)
    {
        var leaving = new DepartureTimes(R + repeats, Alpha, S, Beta, last, age);
        var sum = 0.0;
        while (leaving.Next()) for (var i = 0; i < leaving.Length; i++) sum += leaving.Weight(i);

        return Math.Log(S * sum) + (R + repeats) * Math.Log((Alpha + age) / (Alpha + last)) + S * Math.Log((Beta + age) / (Beta + last)) - Math.Log(Beta + last);
    }
}
