namespace Cvm;

/// <summary>The rounds of k-means over flat arrays of standardised points.</summary>
static class KMeans
{
    /// <summary>Centres by k-means++: the first anywhere, each further one likelier the further a point lies from those before.</summary>
    public static double[] Start(double[] points, int width, int count, Lots lots)
    {
        var rows = points.Length / width;
        var centres = new List<double>(count * width);
        var nearest = new double[rows];
        Array.Fill(nearest, double.PositiveInfinity);

        for (var next = (int)(lots.Next() * rows); next >= 0 && centres.Count < count * width; next = Draw(nearest, lots))
        {
            var centre = points.AsSpan(next * width, width);
            centres.AddRange(centre);
            for (var i = 0; i < rows; i++) nearest[i] = Math.Min(nearest[i], Distance(points.AsSpan(i * width, width), centre));
        }

        return [.. centres];
    }

    /// <summary>Puts each point to its nearest centre, the first of several; whether any moved.</summary>
    public static bool Assign(double[] points, int width, double[] centres, int[] of)
    {
        var moved = false;
        for (var i = 0; i < of.Length; i++)
        {
            var (best, least) = (0, double.PositiveInfinity);
            for (var c = 0; c < centres.Length / width; c++)
            {
                var distance = Distance(points.AsSpan(i * width, width), centres.AsSpan(c * width, width));
                if (distance < least) (best, least) = (c, distance);
            }

            moved |= of[i] != best;
            of[i] = best;
        }

        return moved;
    }

    /// <summary>Moves each centre to the mean of its points; whether an empty one had to begin anew.</summary>
    public static bool Move(double[] points, int width, double[] centres, int[] of)
    {
        var (sums, sizes) = (new double[centres.Length], new int[centres.Length / width]);
        for (var i = 0; i < of.Length; i++)
        {
            sizes[of[i]]++;
            for (var f = 0; f < width; f++) sums[of[i] * width + f] += points[i * width + f];
        }

        var anew = false;
        for (var c = 0; c < sizes.Length; c++)
        {
            if (sizes[c] > 0) for (var f = 0; f < width; f++) centres[c * width + f] = sums[c * width + f] / sizes[c];
            else anew |= BeginAnew(points, width, centres, of, c);
        }

        return anew;
    }

    public static double Spread(double[] points, int width, double[] centres, int[] of)
    {
        var spread = 0.0;
        for (var i = 0; i < of.Length; i++) spread += Distance(points.AsSpan(i * width, width), centres.AsSpan(of[i] * width, width));
        return spread;
    }

    static bool BeginAnew(double[] points, int width, double[] centres, int[] of, int centre)
    {
        var (furthest, most) = (-1, 0.0);
        for (var i = 0; i < of.Length; i++)
        {
            var distance = Distance(points.AsSpan(i * width, width), centres.AsSpan(of[i] * width, width));
            if (distance > most) (furthest, most) = (i, distance);
        }

        if (furthest >= 0) points.AsSpan(furthest * width, width).CopyTo(centres.AsSpan(centre * width));
        return furthest >= 0;
    }

    // -1 where every point is a centre already.
    static int Draw(double[] weights, Lots lots)
    {
        var left = lots.Next() * weights.Sum();
        var last = -1;
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] <= 0) continue;
            last = i;
            if ((left -= weights[i]) < 0) return i;
        }

        return last;
    }

    static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var f = 0; f < a.Length; f++) sum += (a[f] - b[f]) * (a[f] - b[f]);
        return sum;
    }
}

/// <summary>Seeded lots, the same on every machine: SplitMix64 (Steele, Lea and Flood, 2014).</summary>
sealed class Lots(ulong seed)
{
    ulong state = seed;

    /// <summary>Uniform in [0, 1).</summary>
    public double Next()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
