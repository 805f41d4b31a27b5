namespace Cvm;

/// <summary>A figure from answers, with the interval that holds the true one in 95 of 100 cases.</summary>
/// <param name="Formula">The figure's name, such as CSAT (top-2-box).</param>
/// <param name="Answers">How many answers it rests on; at least 1.</param>
/// <param name="Variance">Of the estimate itself.</param>
public readonly record struct SurveyFigure(string Formula, double Value, double Low, double High, int Answers, double Variance)
{
    public override string ToString() => FormattableString.Invariant($"{Formula} {Value:0.##} ({Low:0.##} to {High:0.##}, {Answers} answers)");
}

/// <summary>Satisfaction from raw answers. Answers off the scale are left out; without any answer there is no figure.</summary>
public static class SurveyFigures
{
    /// <summary>The normal quantile of 95 percent.</summary>
    public const double Z = 1.959963984540054;

    /// <summary>How far the longest scale goes: counts of answers stand at the place of their score, from 0.</summary>
    public const int MostScore = 10;

    /// <summary>Share of 4 and 5 on a scale from 1 to 5, in percent, with Wilson's interval.</summary>
    public static SurveyFigure? Csat(ReadOnlySpan<int> answers) => Of(SurveyKind.Csat, answers);

    /// <summary>Promoters (9, 10) less detractors (0 to 6) on a scale from 0 to 10, in percent points. Variance 100^2 [(p + d) - (p - d)^2] / n.</summary>
    /// <remarks>The interval is the adjusted one of Rocks, Interval estimation for the net promoter score (The American Statistician 2016): as if three more
    /// had answered, three quarters of them a promoter, three quarters a detractor; it is stretched to the score itself. Without that, a few answers of one kind would look certain.</remarks>
    public static SurveyFigure? Nps(ReadOnlySpan<int> answers) => Of(SurveyKind.Nps, answers);

    /// <summary>Mean on a scale from 1 to 7, with Student's interval; the whole scale where one answer says nothing of the spread.</summary>
    public static SurveyFigure? Ces(ReadOnlySpan<int> answers) => Of(SurveyKind.Ces, answers);

    /// <summary>The figure that belongs to the kind of survey.</summary>
    public static SurveyFigure? Of(SurveyKind kind, ReadOnlySpan<int> answers)
    {
        Span<long> counts = stackalloc long[MostScore + 1];
        counts.Clear();
        foreach (var answer in answers) if (answer is >= 0 and <= MostScore) counts[answer]++;
        return OfCounts(kind, counts);
    }

    /// <summary>The same from how often each score was given: the place in the list is the score, from 0. What is off the scale is left out.</summary>
    public static SurveyFigure? OfCounts(SurveyKind kind, ReadOnlySpan<long> counts) => kind switch
    {
        SurveyKind.Csat => Csat(Within(counts, 4, 5), Within(counts, 1, 5)),
        SurveyKind.Nps => Nps(Within(counts, 9, 10), Within(counts, 0, 6), Within(counts, 0, 10)),
        _ => Mean(counts),
    };

    static long Within(ReadOnlySpan<long> counts, int from, int to)
    {
        var sum = 0L;
        for (var score = from; score <= to && score < counts.Length; score++) sum += counts[score];
        return sum;
    }

    static SurveyFigure? Csat(long top, long all)
    {
        if (all == 0) return null;
        var share = (double)top / all;
        var (low, high) = Wilson(top, all);
        return new("CSAT (top-2-box)", 100 * share, 100 * low, 100 * high, (int)all, 10_000 * share * (1 - share) / all);
    }

    static SurveyFigure? Nps(long promoters, long detractors, long all)
    {
        if (all == 0) return null;
        var (score, variance) = Net(promoters, detractors, all);
        var (middle, spread) = Net(promoters + 0.75, detractors + 0.75, all + 3);
        var half = Z * Math.Sqrt(spread);
        return new("NPS", score, Math.Max(-100, Math.Min(score, middle - half)), Math.Min(100, Math.Max(score, middle + half)), (int)all, variance);
    }

    static SurveyFigure? Mean(ReadOnlySpan<long> counts)
    {
        var (all, sum, squares) = (0L, 0L, 0L);
        for (var score = 1; score <= 7 && score < counts.Length; score++)
        {
            all += counts[score];
            sum += score * counts[score];
            squares += score * score * counts[score];
        }

        if (all == 0) return null;
        var mean = (double)sum / all;
        if (all == 1) return new("CES (mean)", mean, 1, 7, 1, 0);

        var variance = Math.Max(0, (squares - sum * mean) / (all - 1)) / all;
        var half = Student((int)(all - 1)) * Math.Sqrt(variance);
        return new("CES (mean)", mean, Math.Max(1, mean - half), Math.Min(7, mean + half), (int)all, variance);
    }

    /// <summary>Wilson's interval of a share (Probable inference, the law of succession, and statistical inference, JASA 1927); from 0 to 1 where there is nothing.</summary>
    public static (double Low, double High) Wilson(double successes, double of, double z = Z)
    {
        if (!(of > 0)) return (0, 1);

        var (share, square) = (Math.Clamp(successes / of, 0, 1), z * z);
        var middle = (share + square / (2 * of)) / (1 + square / of);
        var half = z / (1 + square / of) * Math.Sqrt(share * (1 - share) / of + square / (4 * of * of));
        return (share == 0 ? 0 : Math.Max(0, middle - half), share == 1 ? 1 : Math.Min(1, middle + half));
    }

    static (double Score, double Variance) Net(double promoters, double detractors, double all)
    {
        var (p, d) = (promoters / all, detractors / all);
        return (100 * (p - d), 10_000 * Math.Max(0, p + d - (p - d) * (p - d)) / all);
    }

    // The 97.5 percent point; exact for one and two degrees, beyond that the expansion of Cornish and Fisher (Abramowitz and Stegun 26.7.5).
    static double Student(int degrees)
    {
        if (degrees == 1) return 12.706204736432095;
        if (degrees == 2) return 4.302652729696142;

        var (z, n) = (Z, (double)degrees);
        double z3 = z * z * z, z5 = z3 * z * z, z7 = z5 * z * z, z9 = z7 * z * z;
        return z + (z3 + z) / (4 * n) + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n) + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n)
            + (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * z) / (92160 * n * n * n * n);
    }
}
