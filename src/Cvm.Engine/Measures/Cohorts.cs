using System.Globalization;

namespace Cvm.Engine;

/// <summary>Customers by the month of their first order, and how many of them ordered in each month since. Months are those of UTC; the running one is left out.</summary>
/// <param name="Months">How many months since are told of, that of the first order as number 0.</param>
public sealed record Cohorts(int Months, ImmutableArray<Cohort> Rows)
{
    /// <summary>Reads the cohorts whose first month lies within the last ones that are over.</summary>
    /// <param name="until">A day of the running month.</param>
    public static async Task<Cohorts> Read(IRecords records, int months, DateOnly until, CancellationToken stop)
    {
        var last = new DateOnly(until.Year, until.Month, 1).AddMonths(-1);
        var query = new TallyQuery(Tallies.Cohort, Tallies.CohortMoney) { From = last.AddMonths(1 - months), Until = last };
        return Of(await records.Tallies(query, stop), months, last);
    }

    /// <param name="last">The first day of the last month that is over.</param>
    public static Cohorts Of(IReadOnlyList<(Tally Tally, long Count)> tallies, int months, DateOnly last)
    {
        var counts = tallies.Where(pair => pair.Tally.Day is not null).ToDictionary(pair => (pair.Tally.Kind, pair.Tally.Detail, pair.Tally.Day!.Value), pair => pair.Count);
        var rows = ImmutableArray.CreateBuilder<Cohort>(months);
        for (var month = last.AddMonths(1 - months); month <= last; month = month.AddMonths(1))
        {
            var name = OrderTallies.Name(month);
            var known = Enumerable.Range(0, 12 * (last.Year - month.Year) + last.Month - month.Month + 1).Select(month.AddMonths).ToList();
            var cohort = new Cohort(
                month,
                [.. known.Select(at => counts.GetValueOrDefault((Tallies.Cohort, name, at)))],
                [.. known.Select(at => counts.GetValueOrDefault((Tallies.CohortMoney, name, at)) / 100m)]);
            if (cohort.Customers > 0) rows.Add(cohort);
        }

        return new(months, rows.DrainToImmutable());
    }
}

/// <summary>Those who first ordered in one month.</summary>
/// <param name="Ordered">How many of them ordered in each month since, from that month on.</param>
/// <param name="Money">What they paid in it, less what they got back in it.</param>
public sealed record Cohort(DateOnly Month, ImmutableArray<long> Ordered, ImmutableArray<decimal> Money)
{
    /// <summary>How many they are.</summary>
    public long Customers => Ordered[0];

    /// <summary>The share of them that ordered so many months after.</summary>
    public double Share(int months) => (double)Ordered[months] / Customers;

    /// <summary>What each of them had paid by then, on average.</summary>
    public double MoneyEach(int months) => (double)(Money.Take(months + 1).Sum() / Customers);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Month:yyyy-MM}: {string.Join(' ', Ordered)}");
}
