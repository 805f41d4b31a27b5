namespace Cvm;

/// <summary>Something that is known of every customer, and the words for having much or little of it.</summary>
/// <param name="Much">Such as "order often".</param>
/// <param name="Little">Such as "order seldom".</param>
public sealed record Feature(string Name, string Much, string Little);

/// <summary>A group of customers who behave alike.</summary>
/// <param name="Centre">Mean of each feature, in its own unit.</param>
/// <param name="About">What sets them apart, in words.</param>
public sealed record Cluster(int Size, ImmutableArray<double> Centre, string About);

/// <summary>Groups of customers, the largest first.</summary>
/// <param name="Of">Each customer's place in <see cref="All"/>.</param>
/// <param name="Spread">Sum of squared distances to the centres, in standardised features.</param>
/// <param name="Settled">Whether nobody changed the group any more in the last round.</param>
public sealed record Clustering(ImmutableArray<Cluster> All, int[] Of, double Spread, bool Settled);

/// <summary>Seeded k-means: the same customers and the same seed give the same groups, on every machine.</summary>
/// <remarks>Starts by k-means++ (Arthur and Vassilvitskii, 2007), goes on by Lloyd's rounds. Features are standardised, so that money does not outweigh
/// days; one in which all are equal counts for nothing, as does a value that is not a number. An empty group begins anew at the customer furthest from its centre.</remarks>
public static class Clusters
{
    const int MostRounds = 100;

    /// <summary>How many standard deviations from the mean are worth a word.</summary>
    const double Noticeable = 0.5;

    /// <param name="values">One row after the other: all features of the first customer, of the second, ...</param>
    /// <param name="count">Groups that are wanted; there are fewer where fewer customers differ.</param>
    public static Clustering Find(ReadOnlySpan<double> values, ImmutableArray<Feature> features, int count, ulong seed)
    {
        var width = features.Length;
        if (width == 0 || values.Length % width != 0) throw new ArgumentException("Every customer has one value of each feature.", nameof(values));
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (values.IsEmpty) return new([], [], 0, Settled: true);

        var points = Standardised(values, width, out var mean, out var deviation);
        var centres = KMeans.Start(points, width, count, new(seed));
        var of = new int[points.Length / width];
        var settled = false;
        for (var round = 0; round < MostRounds && !settled; round++) settled = !KMeans.Assign(points, width, centres, of) & !KMeans.Move(points, width, centres, of);

        return Named(features, mean, deviation, centres, of, KMeans.Spread(points, width, centres, of), settled);
    }

    static double[] Standardised(ReadOnlySpan<double> values, int width, out double[] mean, out double[] deviation)
    {
        var rows = values.Length / width;
        (mean, deviation) = (new double[width], new double[width]);
        for (var i = 0; i < values.Length; i++) if (double.IsFinite(values[i])) mean[i % width] += values[i] / rows;
        for (var i = 0; i < values.Length; i++) deviation[i % width] += Math.Pow(Known(values[i], mean[i % width]) - mean[i % width], 2) / rows;

        var points = new double[values.Length];
        for (var f = 0; f < width; f++) deviation[f] = Math.Sqrt(deviation[f]);
        for (var i = 0; i < values.Length; i++)
        {
            var (middle, spread) = (mean[i % width], deviation[i % width]);
            points[i] = spread > 1e-12 * Math.Abs(middle) ? (Known(values[i], middle) - middle) / spread : 0;
        }

        return points;
    }

    static double Known(double value, double otherwise) => double.IsFinite(value) ? value : otherwise;

    static Clustering Named(ImmutableArray<Feature> features, double[] mean, double[] deviation, double[] centres, int[] of, double spread, bool settled)
    {
        var width = features.Length;
        var sizes = new int[centres.Length / width];
        foreach (var cluster in of) sizes[cluster]++;

        int[] order = [.. Enumerable.Range(0, sizes.Length).Where(cluster => sizes[cluster] > 0).OrderByDescending(cluster => sizes[cluster]).ThenBy(cluster => cluster)];
        var place = new int[sizes.Length];
        for (var i = 0; i < order.Length; i++) place[order[i]] = i;
        for (var i = 0; i < of.Length; i++) of[i] = place[of[i]];

        return new([.. order.Select(cluster =>
        {
            var centre = centres.AsSpan(cluster * width, width).ToArray();
            return new Cluster(sizes[cluster], [.. centre.Select((value, f) => mean[f] + value * deviation[f])], About(features, mean, deviation, centre));
        })], of, spread, settled);
    }

    // The most striking features first, three at most.
    static string About(ImmutableArray<Feature> features, double[] mean, double[] deviation, double[] centre)
    {
        string[] words = [.. Enumerable.Range(0, centre.Length)
            .Where(f => Math.Abs(centre[f]) >= Noticeable)
            .OrderByDescending(f => Math.Abs(centre[f])).ThenBy(f => f)
            .Take(3)
            .Select(f => FormattableString.Invariant(
                $"{(centre[f] > 0 ? features[f].Much : features[f].Little)} ({features[f].Name} {mean[f] + centre[f] * deviation[f]:0.#}, on average {mean[f]:0.#})"))];
        return words.Length == 0 ? "like most customers" : string.Join(", ", words);
    }
}
