namespace Cvm.Tests;

/// <summary>Customers who buy and leave as a model says, so that what is estimated can be held against what is true.</summary>
sealed class Crowd
{
    readonly Random random;
    readonly double ticksPerUnit;

    /// <param name="truth">Its unit of time is <paramref name="ticksPerUnit"/> ticks; orders of one tick are one.</param>
    /// <param name="ticks">How long the first customers are watched; the others come within <paramref name="firstTicks"/>.</param>
    public Crowd(RepeatModel truth, int customers, int firstTicks, int ticks, double ticksPerUnit, int seed)
    {
        (random, this.ticksPerUnit) = (new(seed), ticksPerUnit);
        (Repeats, Last, Age, Spent) = (new int[customers], new int[customers], new int[customers], new double[customers]);
        for (var i = 0; i < customers; i++)
        {
            Age[i] = ticks - random.Next(firstTicks);
            Buy(i, truth);
        }
    }

    public int[] Repeats { get; }
    public int[] Last { get; }
    public int[] Age { get; }

    /// <summary>Money of the repeat orders: Gamma-Gamma with p = 6, q = 4, gamma = 15.</summary>
    public double[] Spent { get; }

    public Histories Histories() => Cvm.Histories.Of(Repeats, Last, Age, ticksPerUnit);

    void Buy(int i, RepeatModel truth)
    {
        var (rate, leaves, chance) = truth switch
        {
            BgNbd bg => (Gamma(bg.R) / bg.Alpha, double.PositiveInfinity, Beta(bg.A, bg.B)),
            MbgNbd mbg => (Gamma(mbg.R) / mbg.Alpha, double.PositiveInfinity, Beta(mbg.A, mbg.B)),
            ParetoNbd pareto => (Gamma(pareto.R) / pareto.Alpha, Wait(Gamma(pareto.S) / pareto.Beta), 0.0),
            _ => throw new ArgumentException(truth.Name),
        };
        var worth = Gamma(4) / 15;
        if (truth is MbgNbd && random.NextDouble() < chance) return;

        for (var time = Wait(rate); time < Math.Min(leaves, Age[i] / ticksPerUnit); time += Wait(rate))
        {
            var tick = (int)Math.Ceiling(time * ticksPerUnit);
            if (tick > Last[i])
            {
                Repeats[i]++;
                Last[i] = tick;
                Spent[i] += Gamma(6) / worth;
            }

            if (random.NextDouble() < chance) break;
        }
    }

    double Wait(double rate) => -Math.Log(1 - random.NextDouble()) / rate;

    double Beta(double a, double b)
    {
        var (left, right) = (Gamma(a), Gamma(b));
        return left / (left + right);
    }

    // Marsaglia and Tsang 2000.
    double Gamma(double shape)
    {
        if (shape < 1) return Gamma(shape + 1) * Math.Pow(1 - random.NextDouble(), 1 / shape);

        var d = shape - 1.0 / 3;
        while (true)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var v = Math.Pow(1 + normal / Math.Sqrt(9 * d), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < normal * normal / 2 + d - d * v + d * Math.Log(v)) return d * v;
        }
    }
}
