namespace Cvm;

/// <summary>Climbs to the top of a smooth surface by quasi-Newton steps (BFGS), then makes sure of it by Newton's.</summary>
static class Ascent
{
    /// <summary>The height at a place, and its slope.</summary>
    public delegate double Surface(ReadOnlySpan<double> at, Span<double> slope);

    const int MostSteps = 300;

    // Parameters are logarithms: whoever has gone this far from the start has gone off to nothing or to infinity.
    const double Farthest = 12;

    /// <summary>Where the climb ended. <paramref name="Spread"/> is the inverse of the curvature, or null where the surface is no hill there.</summary>
    /// <param name="Arrived">Whether this is a top: flat, and curved downwards in every direction.</param>
    public sealed record Top(double[] At, double Height, double[,]? Spread, bool Arrived);

    /// <summary>Climbs from <paramref name="start"/>.</summary>
    /// <param name="spread">A guess of the inverse curvature, from a similar hill.</param>
    public static Top Climb(Surface surface, double[] start, double[,]? spread = null)
    {
        var n = start.Length;
        var (at, slope) = ((double[])start.Clone(), new double[n]);
        var height = surface(at, slope);
        var inverse = spread is null ? Identity(n, 1 / Math.Max(1, Length(slope))) : (double[,])spread.Clone();
        var fresh = spread is null;

        for (var step = 0; step < MostSteps; step++)
        {
            var way = Times(inverse, slope);
            var gain = Dot(way, slope);
            if (!(gain > 1e-7) || Step(surface, at, height, way, gain, start) is not { } next) break;

            var moved = Difference(next.At, at);
            var flatter = Difference(slope, next.Slope);
            var bend = Dot(moved, flatter);
            if (bend > 1e-14 * Length(moved) * Length(flatter))
            {
                if (fresh) inverse = Identity(n, bend / Dot(flatter, flatter));
                fresh = false;
                Update(inverse, moved, flatter, bend);
            }

            (at, height, slope) = next;
        }

        return Settle(surface, at, height, slope, start);
    }

    static (double[] At, double Height, double[] Slope)? Step(Surface surface, double[] at, double height, double[] way, double gain, double[] start)
    {
        var size = Math.Min(1, 2 / way.Max(Math.Abs));

        for (var halvings = 0; halvings < 40; halvings++, size /= 2)
        {
            var next = new double[at.Length];
            for (var i = 0; i < next.Length; i++) next[i] = Math.Clamp(at[i] + size * way[i], start[i] - Farthest, start[i] + Farthest);

            var slope = new double[at.Length];
            var found = surface(next, slope);
            if (found >= height + 1e-4 * size * gain - 1e-14 * Math.Abs(height)) return (next, found, slope);
        }

        return null;
    }

    // BFGS climbs as far as heights can be told apart; slopes tell more.
    static Top Settle(Surface surface, double[] at, double height, double[] slope, double[] start)
    {
        double[,]? spread = null;

        for (var round = 0; round < 8; round++)
        {
            spread = Curvature.Spread(surface, at);
            if (spread is null) break;

            var way = Times(spread, slope);
            var gain = Dot(way, slope);
            if (!(gain < 1)) break;

            for (var i = 0; i < at.Length; i++) at[i] += way[i];
            if (gain < 1e-6) return new(at, surface(at, slope), spread, Inside(at, start));

            height = surface(at, slope);
        }

        return new(at, height, spread, false);
    }

    static bool Inside(double[] at, double[] start)
    {
        for (var i = 0; i < at.Length; i++) if (Math.Abs(at[i] - start[i]) > Farthest - 0.1) return false;
        return true;
    }

    static void Update(double[,] inverse, double[] moved, double[] flatter, double bend)
    {
        var w = Times(inverse, flatter);
        var scale = (1 + Dot(flatter, w) / bend) / bend;
        for (var i = 0; i < moved.Length; i++)
            for (var j = 0; j < moved.Length; j++)
                inverse[i, j] += scale * moved[i] * moved[j] - (w[i] * moved[j] + moved[i] * w[j]) / bend;
    }

    static double[,] Identity(int n, double scale)
    {
        var matrix = new double[n, n];
        for (var i = 0; i < n; i++) matrix[i, i] = scale;
        return matrix;
    }

    static double[] Times(double[,] matrix, double[] vector)
    {
        var result = new double[vector.Length];
        for (var i = 0; i < vector.Length; i++)
            for (var j = 0; j < vector.Length; j++)
                result[i] += matrix[i, j] * vector[j];
        return result;
    }

    static double[] Difference(double[] a, double[] b)
    {
        var result = new double[a.Length];
        for (var i = 0; i < a.Length; i++) result[i] = a[i] - b[i];
        return result;
    }

    static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    static double Length(double[] a) => Math.Sqrt(Dot(a, a));
}
