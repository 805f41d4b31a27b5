namespace Cvm;

/// <summary>How sharply a surface bends at a place: its inverse there is the variance of an estimate.</summary>
static class Curvature
{
    const double Step = 1e-4;

    /// <summary>The inverse of the negative matrix of second derivatives, from central differences of the slope; null where the surface does
    /// not bend down in every direction.</summary>
    public static double[,]? Spread(Ascent.Surface surface, double[] at)
    {
        var n = at.Length;
        var bend = new double[n, n];
        var (up, down, place) = (new double[n], new double[n], (double[])at.Clone());

        for (var i = 0; i < n; i++)
        {
            place[i] = at[i] + Step;
            surface(place, up);
            place[i] = at[i] - Step;
            surface(place, down);
            place[i] = at[i];
            for (var j = 0; j < n; j++) bend[i, j] = (down[j] - up[j]) / (2 * Step);
        }

        for (var i = 0; i < n; i++)
            for (var j = 0; j < i; j++) bend[i, j] = bend[j, i] = (bend[i, j] + bend[j, i]) / 2;

        return Inverse(bend);
    }

    // By Cholesky's factors, which only a hill has.
    static double[,]? Inverse(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var factor = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++)
            {
                var rest = matrix[i, j];
                for (var k = 0; k < j; k++) rest -= factor[i, k] * factor[j, k];
                if (i != j) factor[i, j] = rest / factor[j, j];
                else if (rest > 1e-12 * matrix[i, i] && double.IsFinite(rest)) factor[i, i] = Math.Sqrt(rest);
                else return null;
            }

        var inverse = new double[n, n];
        for (var column = 0; column < n; column++) Solve(factor, inverse, column);
        return inverse;
    }

    static void Solve(double[,] factor, double[,] inverse, int column)
    {
        var n = factor.GetLength(0);
        var half = new double[n];
        for (var i = 0; i < n; i++)
        {
            half[i] = i == column ? 1 : 0;
            for (var k = 0; k < i; k++) half[i] -= factor[i, k] * half[k];
            half[i] /= factor[i, i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++) half[i] -= factor[k, i] * inverse[k, column];
            inverse[i, column] = half[i] / factor[i, i];
        }
    }
}
