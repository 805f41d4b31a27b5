namespace Cvm;

/// <summary>What was forecast beside what really happened.</summary>
/// <param name="Forecast">Sum over customers.</param>
/// <param name="Actual">Sum over customers.</param>
/// <param name="MeanError">Mean absolute error per customer.</param>
/// <param name="RootMeanSquare">Root of the mean squared error per customer.</param>
/// <param name="Correlation">Between forecast and actual over customers, in [-1, 1]; 0 where either is the same for all.</param>
public sealed record HoldoutCheck(double Forecast, double Actual, double MeanError, double RootMeanSquare, double Correlation)
{
    /// <summary>Compares customer by customer.</summary>
    public static HoldoutCheck Of(ReadOnlySpan<double> forecast, ReadOnlySpan<double> actual)
    {
        if (forecast.Length != actual.Length) throw new ArgumentException("As many forecasts as customers.");
        if (forecast.Length == 0) return new(0, 0, 0, 0, 0);

        var (f, a, absolute, square) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < forecast.Length; i++)
        {
            f += forecast[i];
            a += actual[i];
            absolute += Math.Abs(forecast[i] - actual[i]);
            square += (forecast[i] - actual[i]) * (forecast[i] - actual[i]);
        }

        var n = (double)forecast.Length;
        var (both, ff, aa) = (0.0, 0.0, 0.0);
        for (var i = 0; i < forecast.Length; i++)
        {
            var (df, da) = (forecast[i] - f / n, actual[i] - a / n);
            both += df * da;
            ff += df * df;
            aa += da * da;
        }

        return new(f, a, absolute / n, Math.Sqrt(square / n), ff > 0 && aa > 0 ? both / Math.Sqrt(ff * aa) : 0);
    }

    /// <summary>Means of forecast and actual over groups of customers; groups without customers are left out.</summary>
    /// <param name="groupOf">The group of a customer, from 0.</param>
    public static ImmutableArray<CheckedGroup> Grouped(ReadOnlySpan<double> forecast, ReadOnlySpan<double> actual, Func<int, int> groupOf, int groups)
    {
        var (count, f, a) = (new int[groups], new double[groups], new double[groups]);
        for (var i = 0; i < forecast.Length; i++)
        {
            var group = groupOf(i);
            count[group]++;
            f[group] += forecast[i];
            a[group] += actual[i];
        }

        return [.. Enumerable.Range(0, groups).Where(group => count[group] > 0).Select(group => new CheckedGroup(group, count[group], f[group] / count[group], a[group] / count[group]))];
    }
}

/// <summary>Mean forecast and mean actual of some customers who are alike.</summary>
public readonly record struct CheckedGroup(int Group, int Customers, double Forecast, double Actual);
