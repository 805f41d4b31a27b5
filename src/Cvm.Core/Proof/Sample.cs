namespace Cvm;

/// <summary>What a group of people came to: how many, the sum of a figure over them, and the sum of its squares. All that an average and its error need, so that no person is read again.</summary>
public readonly record struct Sample(long Count, double Sum, double Squares)
{
    /// <summary>So many of a group did something. The spread is that of a group with one more who did and one more who did not, close to the adjustment of Agresti and
    /// Coull (The American Statistician 1998): a small group in which nobody has done anything yet does not look certain.</summary>
    public static Sample Of(long part, long whole)
    {
        if (whole == 0) return default;
        var likely = (part + 1.0) / (whole + 2);
        return new(whole, part, (double)part * part / whole + (whole - 1) * likely * (1 - likely));
    }

    /// <summary>The sample of these figures.</summary>
    public static Sample Of(IEnumerable<double> figures)
    {
        var all = new Sample();
        foreach (var figure in figures) all += new Sample(1, figure, figure * figure);
        return all;
    }

    /// <summary>NaN where there is nobody.</summary>
    public double Mean => Sum / Count;

    /// <summary>How far single people lie from the mean, squared. NaN with fewer than two people.</summary>
    public double Variance => Count < 2 ? double.NaN : Math.Max(0, Squares - Sum * Sum / Count) / (Count - 1);

    public static Sample operator +(Sample one, Sample other) => new(one.Count + other.Count, one.Sum + other.Sum, one.Squares + other.Squares);
}
