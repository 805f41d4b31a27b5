namespace Cvm.Tests;

/// <summary>Standard errors beside the observed information worked out from heights alone, in the parameters themselves and not in their logarithms.</summary>
public sealed class StandardErrorTests
{
    static readonly Crowd People = new(new BgNbd(0.6, 5, 0.5, 2), 1_200, 80, 270, 7, 3);

    [Fact]
    public void Those_of_bg_nbd_are_right()
    {
        var histories = People.Histories();

        var fit = Fitting.BgNbd(histories);

        AssertSame(p => new BgNbd(p[0], p[1], p[2], p[3]).LogLikelihood(histories), fit.Parameters);
    }

    [Fact]
    public void Those_of_gamma_gamma_are_right()
    {
        var fit = Fitting.GammaGamma(new(People.Repeats, People.Spent), 30);

        AssertSame(p => Enumerable.Range(0, People.Repeats.Length).Where(i => People.Repeats[i] > 0)
            .Sum(i => new GammaGamma(p[0], p[1], p[2]).LogLikelihood(People.Repeats[i], People.Spent[i] / People.Repeats[i])), fit.Parameters);
    }

    static void AssertSame(Func<double[], double> height, ImmutableArray<Parameter> parameters)
    {
        var n = parameters.Length;
        var information = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
            {
                double At(int up, int right)
                {
                    double[] place = [.. parameters.Select(one => one.Value)];
                    place[i] *= 1 + 2e-3 * up;
                    place[j] *= 1 + 2e-3 * right;
                    return height(place);
                }

                information[i, j] = i == j
                    ? (2 * At(0, 0) - At(1, 0) - At(-1, 0)) / Math.Pow(2e-3 * parameters[i].Value, 2)
                    : (At(1, -1) + At(-1, 1) - At(1, 1) - At(-1, -1)) / (4 * 4e-6 * parameters[i].Value * parameters[j].Value);
            }

        var spread = Inverse(information);
        for (var i = 0; i < n; i++) Assert.Equal(1, parameters[i].StandardError / Math.Sqrt(spread[i, i]), 0.01);
    }

    // Gauss and Jordan.
    static double[,] Inverse(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var inverse = new double[n, n];
        for (var i = 0; i < n; i++) inverse[i, i] = 1;

        for (var pivot = 0; pivot < n; pivot++)
        {
            var scale = matrix[pivot, pivot];
            for (var j = 0; j < n; j++) (matrix[pivot, j], inverse[pivot, j]) = (matrix[pivot, j] / scale, inverse[pivot, j] / scale);
            for (var i = 0; i < n; i++)
            {
                var factor = matrix[i, pivot];
                if (i == pivot) continue;
                for (var j = 0; j < n; j++) (matrix[i, j], inverse[i, j]) = (matrix[i, j] - factor * matrix[pivot, j], inverse[i, j] - factor * inverse[pivot, j]);
            }
        }

        return inverse;
    }
}
