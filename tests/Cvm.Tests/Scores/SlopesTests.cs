namespace Cvm.Tests;

/// <summary>Every analytic gradient beside the differences of its own likelihood, and every likelihood beside the sum over single customers.</summary>
public sealed class SlopesTests
{
    delegate double Surface(ReadOnlySpan<double> at, Span<double> slope);

    static readonly Crowd People = new(new BgNbd(0.6, 5, 0.5, 2), 700, 80, 270, 7, 3);

    // The busy, the faithful, the lost, and those of today.
    static readonly Histories Histories = Cvm.Histories.Of([.. People.Repeats, 400, 400, 10_000, 3, 0, 1], [.. People.Last, 500, 30, 800, 9, 0, 600], [.. People.Age, 500, 900, 900, 9, 0, 600]);

    static readonly Dictionary<string, (Surface Surface, Func<double[], double> Sum)> Likelihoods = new()
    {
        ["bg-nbd"] = (new DepartureLikelihood(Histories, 0).At, p => new BgNbd(p[0], p[1], p[2], p[3]).LogLikelihood(Histories)),
        ["mbg-nbd"] = (new DepartureLikelihood(Histories, 1).At, p => new MbgNbd(p[0], p[1], p[2], p[3]).LogLikelihood(Histories)),
        ["pareto-nbd"] = (new ParetoLikelihood(Histories).At, p => new ParetoNbd(p[0], p[1], p[2], p[3]).LogLikelihood(Histories)),
        ["gamma-gamma"] = (new SpendLikelihood(new(People.Repeats, People.Spent)).At, p => Enumerable.Range(0, People.Repeats.Length).Where(i => People.Repeats[i] > 0)
            .Sum(i => new GammaGamma(p[0], 1 + p[1], p[2]).LogLikelihood(People.Repeats[i], People.Spent[i] / People.Repeats[i]))),
    };

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var name in Likelihoods.Keys) for (var seed = 0; seed < 12; seed++) cases.Add(name, seed);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_slope_is_what_differences_say(string name, int seed)
    {
        var (surface, sum) = Likelihoods[name];
        var random = new Random(seed);
        double[] at = [.. Enumerable.Range(0, name == "gamma-gamma" ? 3 : 4).Select(_ => 5 * random.NextDouble() - 2)];
        var (slope, ignored) = (new double[at.Length], new double[at.Length]);

        var height = surface(at, slope);

        Assert.Equal(1, sum([.. at.Select(Math.Exp)]) / height, 1e-10);
        for (var i = 0; i < at.Length; i++)
        {
            double At(double step) => surface([.. at.Select((value, j) => j == i ? value + step : value)], ignored);
            const double step = 1e-3;
            var differences = (8 * (At(step) - At(-step)) - (At(2 * step) - At(-2 * step))) / (12 * step);
            Assert.Equal(differences, slope[i], 1e-7 * Math.Abs(height));
        }
    }
}
