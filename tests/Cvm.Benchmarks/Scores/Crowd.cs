namespace Cvm.Benchmarks.Scores;

/// <summary>Customers who buy and leave as BG/NBD says, by the day, after a first order on any of the first days.</summary>
sealed class Crowd
{
    public Crowd(int customers, int firstDays, int days, BgNbd truth, int seed)
    {
        (Repeats, Last, Age, Spent) = (new int[customers], new int[customers], new int[customers], new double[customers]);
        var random = new Random(seed);

        for (var i = 0; i < customers; i++)
        {
            Age[i] = days - random.Next(firstDays);
            var rate = Gamma(random, truth.R) / truth.Alpha / 7;
            var (stays, leaves) = (Gamma(random, truth.B), Gamma(random, truth.A));
            var chance = leaves / (stays + leaves);
            var typical = 15 * Gamma(random, 6) / Gamma(random, 4);

            for (var time = Wait(random, rate); time < Age[i]; time += Wait(random, rate))
            {
                var day = (int)Math.Ceiling(time);
                if (day > Last[i])
                {
                    Repeats[i]++;
                    Last[i] = day;
                    Spent[i] += typical * (0.5 + random.NextDouble());
                }

                if (random.NextDouble() < chance) break;
            }
        }
    }

    public int[] Repeats { get; }
    public int[] Last { get; }
    public int[] Age { get; }
    public double[] Spent { get; }

    static double Wait(Random random, double rate) => -Math.Log(1 - random.NextDouble()) / rate;

    // Marsaglia and Tsang 2000.
    static double Gamma(Random random, double shape)
    {
        if (shape < 1) return Gamma(random, shape + 1) * Math.Pow(random.NextDouble(), 1 / shape);

        var d = shape - 1.0 / 3;
        while (true)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var v = Math.Pow(1 + normal / Math.Sqrt(9 * d), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < normal * normal / 2 + d - d * v + d * Math.Log(v)) return d * v;
        }
    }
}
