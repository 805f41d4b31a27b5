namespace Cvm;

/// <summary>Log-likelihood of Pareto/NBD over many histories, with its slope: derivatives go under the integral over the times at which a
/// customer may have left. One caller at a time.</summary>
public sealed class ParetoLikelihood(Histories histories)
{
    // Of a size that does not depend on the machine, so that sums do not either.
    const int RunsAtATime = 64;

    readonly double[,] sums = new double[(histories.Runs.Length + RunsAtATime - 1) / RunsAtATime, 5];

    /// <summary>At the logarithms of r, alpha, s and beta; the slope is in logarithms too.</summary>
    public double At(ReadOnlySpan<double> at, Span<double> slope)
    {
        var model = new Parameters(Math.Exp(at[0]), Math.Exp(at[1]), Math.Exp(at[2]), Math.Exp(at[3]));
        Array.Clear(sums);
        Parallel.For(0, sums.GetLength(0), part =>
        {
            var total = default(Sums);
            var runs = histories.Runs;
            for (var i = part * RunsAtATime; i < Math.Min(runs.Length, (part + 1) * RunsAtATime); i++) total = Add(total, runs[i], model);
            (sums[part, 0], sums[part, 1], sums[part, 2], sums[part, 3], sums[part, 4]) = total;
        });

        var value = 0.0;
        slope.Clear();
        for (var part = 0; part < sums.GetLength(0); part++)
        {
            value += sums[part, 0];
            for (var i = 0; i < 4; i++) slope[i] += sums[part, i + 1];
        }

        for (var i = 0; i < 4; i++) slope[i] *= Math.Exp(at[i]);
        return value;
    }

    Sums Add(Sums total, Histories.Run run, Parameters model)
    {
        var (r, alpha, s, beta) = model;
        var (k, age) = (r + run.Repeats, run.Age / histories.DaysPerUnit);
        var (logAlpha, logBeta) = (Math.Log(alpha + age), Math.Log(beta + age));
        var buying = Gammas.Log(k) - Gammas.Log(r) + r * Math.Log(alpha) + s * Math.Log(beta);
        var slopeR = Gammas.Slope(k) - Gammas.Slope(r) + Math.Log(alpha);
        var stays = -k * logAlpha - s * logBeta;

        for (var group = run.From; group < run.To; group++)
        {
            var last = histories.Last[group] / histories.DaysPerUnit;
            var (left, lnAlpha, byAlpha, lnBeta, byBeta) = Left(k, model, last, age);
            var leaves = left > 0 ? Math.Log(s * left) - k * Math.Log(alpha + last) - (s + 1) * Math.Log(beta + last) : double.NegativeInfinity;
            var value = Gammas.LogOfSum(stays, leaves);
            var (alive, gone, n) = (Math.Exp(stays - value), left > 0 ? Math.Exp(leaves - value) / left : 0, histories.Count[group]);

            total = new(
                total.Value + n * (buying + value),
                total.R + n * (slopeR - alive * logAlpha - gone * lnAlpha),
                total.Alpha + n * (r / alpha - k * (alive / (alpha + age) + gone * byAlpha)),
                total.S + n * (Math.Log(beta) - alive * logBeta + gone * (left / s - lnBeta)),
                total.Beta + n * (s / beta - alive * s / (beta + age) - gone * (s + 1) * byBeta));
        }

        return total;
    }

    /// <summary>The integral over departure times, and the same of ln(alpha + y), 1/(alpha + y), ln(beta + y) and 1/(beta + y).</summary>
    static (double Sum, double LnAlpha, double ByAlpha, double LnBeta, double ByBeta) Left(double k, Parameters model, double last, double age)
    {
        var (sum, lnAlpha, byAlpha, lnBeta, byBeta) = (0.0, 0.0, 0.0, 0.0, 0.0);
        var times = new DepartureTimes(k, model.Alpha, model.S, model.Beta, last, age);
        while (times.Next())
            for (var i = 0; i < times.Length; i++)
            {
                var weight = times.Weight(i, out var a, out var b, out var y);
                sum += weight;
                lnAlpha += weight * a;
                byAlpha += weight / (model.Alpha + y);
                lnBeta += weight * b;
                byBeta += weight / (model.Beta + y);
            }

        return (sum, lnAlpha, byAlpha, lnBeta, byBeta);
    }

    readonly record struct Parameters(double R, double Alpha, double S, double Beta);

    readonly record struct Sums(double Value, double R, double Alpha, double S, double Beta);
}
