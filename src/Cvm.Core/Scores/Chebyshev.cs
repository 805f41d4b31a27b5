namespace Cvm;

/// <summary>A smooth function known at a few points of an interval, and from there everywhere in it.</summary>
sealed class Chebyshev
{
    public const int Points = 24;

    readonly double middle, half;
    static readonly double[] Nodes = [.. Enumerable.Range(0, Points).Select(i => Math.Cos(Math.PI * (i + 0.5) / Points))];
    static readonly double[] Weights = [.. Enumerable.Range(0, Points).Select(i => (i % 2 == 0 ? 1 : -1) * Math.Sin(Math.PI * (i + 0.5) / Points))];

    readonly double[][] values = new double[Points][];

    public Chebyshev(double from, double to, Func<double, double[]> function, int width)
    {
        (middle, half) = ((from + to) / 2, (to - from) / 2);
        for (var i = 0; i < Points; i++)
        {
            values[i] = function(middle + half * Nodes[i]);
            if (values[i].Length != width) throw new ArgumentException("As many values at every point.");
        }
    }

    // The barycentric formula (Berrut and Trefethen 2004).
    public void At(double place, Span<double> result)
    {
        var x = (place - middle) / half;
        var sum = 0.0;
        result.Clear();

        for (var i = 0; i < Points; i++)
        {
            if (Math.Abs(x - Nodes[i]) < 1e-14)
            {
                values[i].CopyTo(result);
                return;
            }

            var weight = Weights[i] / (x - Nodes[i]);
            sum += weight;
            for (var j = 0; j < result.Length; j++) result[j] += weight * values[i][j];
        }

        for (var j = 0; j < result.Length; j++) result[j] /= sum;
    }
}
