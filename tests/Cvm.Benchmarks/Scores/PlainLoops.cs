using Cvm.Tests;

namespace Cvm.Benchmarks.Scores;

/// <summary>The arithmetic of BG/NBD written down as it stands in the paper: one loop over the customers, the framework's logarithms.</summary>
static class PlainLoops
{
    /// <summary>Log-likelihood and slope, once over all customers. Gamma functions come from a table per number of orders.</summary>
    public static double Likelihood(Crowd crowd, double r, double alpha, double a, double b, double[] slope)
    {
        var most = crowd.Repeats.Max();
        var (gammas, slopes, stays) = (new double[most + 1], new double[most + 1], new double[most + 1]);
        for (var x = 0; x <= most; x++)
        {
            gammas[x] = Gammas.Log(r + x) - Gammas.Log(r);
            slopes[x] = Gammas.Slope(r + x) - Gammas.Slope(r);
            stays[x] = Gammas.LogBeta(a, b + x) - Gammas.LogBeta(a, b);
        }

        var (sum, logAlpha) = (0.0, Math.Log(alpha));
        for (var i = 0; i < crowd.Repeats.Length; i++)
        {
            var (x, last, age) = (crowd.Repeats[i], alpha + crowd.Last[i] / 7.0, alpha + crowd.Age[i] / 7.0);
            var (logLast, logAge) = (Math.Log(last), Math.Log(age));
            var odds = x == 0 ? 0 : Math.Exp(Math.Log(a / (b + x - 1)) + (r + x) * (logAge - logLast));
            var gone = odds / (1 + odds);

            sum += gammas[x] + stays[x] + r * logAlpha - (r + x) * logAge + Math.Log(1 + odds);
            slope[0] += slopes[x] + logAlpha - logAge + gone * (logAge - logLast);
            slope[1] += r / alpha - (r + x) / age + gone * (r + x) * (1 / age - 1 / last);
            slope[2] += gone / a;
            slope[3] -= x == 0 ? 0 : gone / (b + x - 1);
        }

        return sum;
    }

    /// <summary>P(alive), and expected orders once they are known for somebody still there.</summary>
    public static double Forecast(Crowd crowd, BgNbd model, double perOrder, double[] alive, double[] orders)
    {
        var sum = 0.0;
        for (var i = 0; i < crowd.Repeats.Length; i++)
        {
            var (x, last, age) = (crowd.Repeats[i], crowd.Last[i] / 7.0, crowd.Age[i] / 7.0);
            alive[i] = x == 0 ? 1 : 1 / (1 + model.A / (model.B + x - 1) * Math.Exp((model.R + x) * Math.Log((model.Alpha + age) / (model.Alpha + last))));
            orders[i] = alive[i] * perOrder;
            sum += orders[i];
        }

        return sum;
    }
}
