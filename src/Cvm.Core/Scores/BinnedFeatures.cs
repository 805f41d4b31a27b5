namespace Cvm;

/// <summary>Features as the number of bounds that lie below each value, so that a question is tried by counting.</summary>
sealed class BinnedFeatures
{
    const int MostBounds = 255;

    /// <summary>Stands for a value that is not a number.</summary>
    public const double Unknown = double.MinValue;

    readonly byte[] bins;
    readonly double[][] bounds;

    BinnedFeatures(byte[] bins, double[][] bounds) => (this.bins, this.bounds) = (bins, bounds);

    public static BinnedFeatures Of(ReadOnlySpan<double> values, int features)
    {
        var rows = values.Length / features;
        var (bins, bounds) = (new byte[values.Length], new double[features][]);
        var column = new double[rows];

        for (var f = 0; f < features; f++)
        {
            for (var i = 0; i < rows; i++) column[i] = Known(values[i * features + f]);
            Array.Sort(column);
            bounds[f] = Bounds(column);
            for (var i = 0; i < rows; i++) bins[i * features + f] = (byte)Below(bounds[f], Known(values[i * features + f]));
        }

        return new(bins, bounds);
    }

    public double Bound(int feature, int bin) => bounds[feature][bin];

    /// <summary>The question that takes away the most impurity: the feature, and the last bin on the lower side; null where none brings enough.</summary>
    public (int Feature, int Bin)? Best(ReadOnlySpan<bool> left, ReadOnlySpan<int> who, int leavers, Least least)
    {
        var (best, most) = (((int, int)?)null, least.Gain);
        var whole = DecisionTree.Impurity(who.Length, leavers);
        Span<int> customers = stackalloc int[MostBounds + 1];
        Span<int> leaving = stackalloc int[MostBounds + 1];

        for (var f = 0; f < bounds.Length; f++)
        {
            Count(left, who, f, customers, leaving);
            var (upto, leaversUpto) = (0, 0);
            for (var bin = 0; bin < bounds[f].Length; bin++)
            {
                upto += customers[bin];
                leaversUpto += leaving[bin];
                if (upto < least.Customers || who.Length - upto < least.Customers) continue;

                var gain = whole - DecisionTree.Impurity(upto, leaversUpto) - DecisionTree.Impurity(who.Length - upto, leavers - leaversUpto);
                if (gain > most) (best, most) = ((f, bin), gain);
            }
        }

        return best;
    }

    /// <summary>Brings those up to the bin to the front; how many they are.</summary>
    public int Part(Span<int> who, int feature, int bin)
    {
        var upto = 0;
        for (var i = 0; i < who.Length; i++)
        {
            if (bins[who[i] * bounds.Length + feature] > bin) continue;
            (who[upto], who[i]) = (who[i], who[upto]);
            upto++;
        }

        return upto;
    }

    void Count(ReadOnlySpan<bool> left, ReadOnlySpan<int> who, int feature, Span<int> customers, Span<int> leaving)
    {
        customers.Clear();
        leaving.Clear();
        foreach (var i in who)
        {
            var bin = bins[i * bounds.Length + feature];
            customers[bin]++;
            if (left[i]) leaving[bin]++;
        }
    }

    // Between neighbours of different value: all of them, or those that come next at even steps through the customers.
    static double[] Bounds(double[] sorted)
    {
        var changes = 0;
        for (var i = 1; i < sorted.Length; i++) if (sorted[i] > sorted[i - 1]) changes++;

        var bounds = new List<double>();
        var at = 1;
        for (var step = 1; at < sorted.Length; step++)
        {
            if (changes > MostBounds) at = Math.Max(at, (int)((long)step * sorted.Length / (MostBounds + 1)));
            while (at < sorted.Length && sorted[at] <= sorted[at - 1]) at++;
            if (at < sorted.Length) bounds.Add(RoundBetween(sorted[at - 1], sorted[at]));
            at++;
        }

        return [.. bounds];
    }

    // The number with the fewest digits that is at least the one and below the other: it is told to people.
    static double RoundBetween(double low, double high)
    {
        if (low == Unknown) return low;
        for (var digits = -9; digits <= 9; digits++)
        {
            var unit = Math.Pow(10, -digits);
            var round = Math.Ceiling(low / unit) * unit;
            if (digits > 0) round = Math.Round(round, digits);
            if (round >= low && round < high) return round;
        }

        return low;
    }

    static int Below(double[] bounds, double value)
    {
        var at = Array.BinarySearch(bounds, value);
        return at < 0 ? ~at : at;
    }

    static double Known(double value) => double.IsNaN(value) ? Unknown : Math.Clamp(value, double.MinValue, double.MaxValue);
}
