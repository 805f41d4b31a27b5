using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cvm;

/// <summary>Log-likelihood of BG/NBD and MBG/NBD over many histories, with its slope. One caller at a time.</summary>
/// <param name="turnsAtFirst">Chances to leave at the first order: 0 in BG/NBD, 1 in MBG/NBD.</param>
/// <remarks>What depends on repeats and age only is a few numbers per run; per group there is left ln(1 + odds of having left), with
/// ln odds = c - (r + x) ln(alpha + last) and logarithms from a table over days. Four groups go at a time.</remarks>
public sealed class DepartureLikelihood(Histories histories, int turnsAtFirst)
{
    readonly double[] logs = new double[histories.LongestAge + 1];
    readonly double[] shares = new double[histories.LongestAge + 1];

    /// <summary>At the logarithms of r, alpha, a and b; the slope is in logarithms too.</summary>
    public double At(ReadOnlySpan<double> at, Span<double> slope)
    {
        var (r, alpha, a, b) = (Math.Exp(at[0]), Math.Exp(at[1]), Math.Exp(at[2]), Math.Exp(at[3]));
        for (var day = 0; day < logs.Length; day++)
        {
            var time = alpha + day / histories.DaysPerUnit;
            (logs[day], shares[day]) = (Math.Log(time), 1 / time);
        }

        slope.Clear();
        var sum = 0.0;
        var known = default(ByRepeats);
        var before = -1;
        foreach (var run in histories.Runs)
        {
            if (run.Repeats != before) known = new(before = run.Repeats, r, a, b, before + turnsAtFirst);
            sum += Add(run, known, r, alpha, a, b, slope);
        }

        for (var i = 0; i < 4; i++) slope[i] *= Math.Exp(at[i]);
        return sum + histories.Customers * r * at[1];
    }

    double Add(Histories.Run run, in ByRepeats known, double r, double alpha, double a, double b, Span<double> slope)
    {
        var (customers, k, age, share) = (run.Customers, r + run.Repeats, logs[run.Age], shares[run.Age]);
        var turns = run.Repeats + turnsAtFirst;
        var gone = turns == 0 ? default : Gone(run, Math.Log(a / (b + turns - 1)) + k * age, k);

        slope[0] += customers * (known.R + Math.Log(alpha) - age) + gone.Share * age - gone.Logs;
        slope[1] += customers * (r / alpha - k * share) + k * (gone.Share * share - gone.Shares);
        slope[2] += customers * known.A + gone.Share / a;
        slope[3] += customers * known.B;
        if (turns > 0) slope[3] -= gone.Share / (b + turns - 1);
        return customers * (known.Value - k * age) + gone.Value;
    }

    /// <summary>Sums over a run: ln(1 + odds), the share that has left, and that share times ln(alpha + last) and 1/(alpha + last).</summary>
    readonly record struct Sums(double Value, double Share, double Logs, double Shares);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    Sums Gone(Histories.Run run, double c, double k)
    {
        var last = histories.Last[run.From..run.To];
        var count = histories.Count[run.From..run.To];
        var (value, share, log, time) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);

        var i = 0;
        for (; i <= last.Length - 4; i += 4)
        {
            var (d0, d1, d2, d3) = (last[i], last[i + 1], last[i + 2], last[i + 3]);
            var many = Vector256.Create(count[i..]);
            var ln = Vector256.Create(logs[d0], logs[d1], logs[d2], logs[d3]);
            var odds = Vector256.Create(c) - k * ln;
            var small = Lanes.Exp(-Vector256.Abs(odds));
            var left = Vector256.ConditionalSelect(Vector256.GreaterThan(odds, Vector256<double>.Zero), Vector256<double>.One, small) / (Vector256<double>.One + small) * many;

            value += many * (Vector256.Max(odds, Vector256<double>.Zero) + Lanes.LogOnePlus(small));
            share += left;
            log += left * ln;
            time += left * Vector256.Create(shares[d0], shares[d1], shares[d2], shares[d3]);
        }

        var sums = new Sums(Vector256.Sum(value), Vector256.Sum(share), Vector256.Sum(log), Vector256.Sum(time));
        for (; i < last.Length; i++)
        {
            var odds = c - k * logs[last[i]];
            var small = Math.Exp(-Math.Abs(odds));
            var left = (odds > 0 ? 1 : small) / (1 + small) * count[i];
            sums = new(sums.Value + count[i] * (Math.Max(odds, 0) + Math.Log(1 + small)), sums.Share + left, sums.Logs + left * logs[last[i]], sums.Shares + left * shares[last[i]]);
        }

        return sums;
    }

    /// <summary>What a customer adds whatever the times: ln of gamma and beta functions, and their slopes by r, a and b.</summary>
    readonly struct ByRepeats
    {
        public readonly double Value, R, A, B;

        public ByRepeats(int repeats, double r, double a, double b, int turns)
        {
            var all = Gammas.Slope(a + b) - Gammas.Slope(a + b + turns);
            Value = Gammas.Log(r + repeats) - Gammas.Log(r) + Gammas.Log(b + turns) - Gammas.Log(b) + Gammas.Log(a + b) - Gammas.Log(a + b + turns);
            (R, A, B) = (Gammas.Slope(r + repeats) - Gammas.Slope(r), all, all + Gammas.Slope(b + turns) - Gammas.Slope(b));
        }
    }
}
