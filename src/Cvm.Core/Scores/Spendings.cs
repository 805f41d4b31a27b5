namespace Cvm;

/// <summary>What repeat buyers spent per order: all that Gamma-Gamma reads. Customers without repeats, or whose repeats were free, say
/// nothing and are left out.</summary>
public sealed class Spendings
{
    readonly int[] orders;
    readonly double[] spent;

    /// <summary>From repeat orders of each customer, those of one day counted once, and the money of all of them.</summary>
    public Spendings(ReadOnlySpan<int> repeats, ReadOnlySpan<double> repeatSpent)
    {
        if (repeats.Length != repeatSpent.Length) throw new ArgumentException("Every customer needs repeats and their money.");

        var (counts, sums) = (new List<int>(), new List<double>());
        for (var i = 0; i < repeats.Length; i++)
        {
            if (!double.IsFinite(repeatSpent[i])) throw new ArgumentException($"Customer {i} spent {repeatSpent[i]}: that is no amount.");
            if (repeats[i] <= 0 || repeatSpent[i] <= 0) continue;
            counts.Add(repeats[i]);
            sums.Add(repeatSpent[i]);
        }

        (orders, spent) = ([.. counts], [.. sums]);
        Mean = orders.Length == 0 ? 0 : spent.Sum() / orders.Sum(count => (double)count);
    }

    Spendings(int[] orders, double[] spent) => (this.orders, this.spent, Mean) = (orders, spent, 0);

    public int Customers => orders.Length;

    /// <summary>What an order was worth on average; 0 where there is none.</summary>
    public double Mean { get; }

    internal ReadOnlySpan<int> Orders => orders;
    internal ReadOnlySpan<double> Spent => spent;

    /// <summary>Every n-th customer.</summary>
    internal Spendings Thinned(double n)
    {
        int[] taken = [.. Enumerable.Range(0, (int)(Customers / n)).Select(i => (int)(i * n))];
        return new([.. taken.Select(i => orders[i])], [.. taken.Select(i => spent[i])]);
    }
}

/// <summary>Log-likelihood of Gamma-Gamma over many customers, with its slope: one logarithm per customer, and gamma functions per count.</summary>
public sealed class SpendLikelihood
{
    readonly Spendings spendings;
    readonly (int Orders, double Customers)[] counts;
    readonly double logMeans, ordersTimesLogSpent;

    public SpendLikelihood(Spendings spendings)
    {
        this.spendings = spendings;
        var byOrders = new SortedDictionary<int, double>();
        for (var i = 0; i < spendings.Customers; i++)
        {
            var (orders, log) = (spendings.Orders[i], Math.Log(spendings.Spent[i]));
            byOrders[orders] = byOrders.GetValueOrDefault(orders) + 1;
            logMeans += log - Math.Log(orders);
            ordersTimesLogSpent += orders * log;
        }

        counts = [.. byOrders.Select(pair => (pair.Key, pair.Value))];
    }

    /// <summary>At the logarithms of p, q - 1 and gamma; the slope is in logarithms too.</summary>
    public double At(ReadOnlySpan<double> at, Span<double> slope)
    {
        var (p, q, gamma) = (Math.Exp(at[0]), 1 + Math.Exp(at[1]), Math.Exp(at[2]));
        double n = spendings.Customers;
        var (value, slopeP, slopeQ) = (n * (q * at[2] - Gammas.Log(q)) + p * ordersTimesLogSpent - logMeans, ordersTimesLogSpent, n * (at[2] - Gammas.Slope(q)));

        foreach (var (orders, customers) in counts)
        {
            var both = Gammas.Slope(p * orders + q);
            value += customers * (Gammas.Log(p * orders + q) - Gammas.Log(p * orders));
            slopeP += customers * orders * (both - Gammas.Slope(p * orders));
            slopeQ += customers * both;
        }

        var (logs, ordersLogs, shares, ordersShares) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < spendings.Customers; i++)
        {
            var (orders, all) = (spendings.Orders[i], gamma + spendings.Spent[i]);
            var log = Math.Log(all);
            logs += log;
            ordersLogs += orders * log;
            shares += 1 / all;
            ordersShares += orders / all;
        }

        slope[0] = p * (slopeP - ordersLogs);
        slope[1] = (q - 1) * (slopeQ - logs);
        slope[2] = gamma * (n * q / gamma - p * ordersShares - q * shares);
        return value - p * ordersLogs - q * logs;
    }
}
