using Cvm.Engine;

namespace Cvm.Tests.Measures;

/// <summary>What is counted order by order is what one counts with all orders on the table, in whatever order they came.</summary>
public class OrderTalliesTests
{
    static readonly DateOnly FirstDay = new(2026, 1, 1);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory, MemberData(nameof(Seeds))]
    public void Late_orders_count_as_if_they_had_come_in_time(int seed)
    {
        var random = new Random(seed);
        var (tallies, orders) = (new Dictionary<Tally, long>(), new List<(string Customer, DateOnly Day, decimal Amount)>());
        for (var customer = 0; customer < 6; customer++)
        {
            var dossier = Some.Ann with { Customer = $"c{customer}" };
            for (var number = random.Next(Purchases.MaxRecent + 1); number > 0; number--)
            {
                var (day, amount) = (FirstDay.AddDays(random.Next(300)), Math.Round((decimal)random.NextDouble() * 90, 2));
                orders.Add((dossier.Customer, day, amount));
                dossier = Take(dossier, new Signal.Ordered($"s{number}", At(day), $"o{number}", amount), tallies);
            }
        }

        Assert.Equal(Told(Counted(orders)), Told(tallies));
    }

    [Fact]
    public void An_import_of_old_orders_counts_on_their_own_days()
    {
        var tallies = new Dictionary<Tally, long>();

        var dossier = Take(Some.Ann, new Signal.Ordered("s1", Some.Now.AddDays(-400), "o1", 50), tallies);
        dossier = Take(dossier, new Signal.Refunded("s2", Some.Now.AddDays(-390), "o1", 20), tallies);
        Take(dossier, new Signal.Complained("s3", Some.Now.AddDays(-380), "late", "normal"), tallies);

        Assert.Equal(5_000, tallies[Happened("money-in", -400)]);
        Assert.Equal(2_000, tallies[Happened("money-back", -390)]);
        Assert.Equal(1, tallies[Happened("complaints", -380)]);
        Assert.DoesNotContain(tallies.Keys, tally => tally.Kind == Tallies.Happened && tally.Day == Day(Some.Now) && tally.Detail is "orders" or "complaints");
    }

    [Fact]
    public void A_refund_comes_out_of_its_cohorts_money_when_it_was_paid()
    {
        var tallies = new Dictionary<Tally, long>();

        var dossier = Take(Some.Ann, new Signal.Ordered("s1", At(new(2026, 11, 3)), "o1", 50), tallies);
        Take(dossier, new Signal.Refunded("s2", At(new(2026, 12, 3)), "o1", 20), tallies);

        Assert.Equal(5_000, tallies[new(Tallies.CohortMoney, "", "2026-11", new(2026, 11, 1))]);
        Assert.Equal(-2_000, tallies[new(Tallies.CohortMoney, "", "2026-11", new(2026, 12, 1))]);
    }

    static Tally Happened(string what, int day) => new(Tallies.Happened, "", what, Day(Some.Now.AddDays(day)));

    static Dossier Take(Dossier dossier, Signal signal, Dictionary<Tally, long> into)
    {
        var turn = Kernel.Take(Some.Playbook(), dossier, signal, Some.Now);
        Tallies.Add(new(dossier, 1, turn.Dossier, signal.Id, turn.Lines) { Passed = turn.Passed }, into);
        return turn.Dossier;
    }

    static Dictionary<Tally, long> Counted(List<(string Customer, DateOnly Day, decimal Amount)> orders)
    {
        var counts = new Dictionary<Tally, long>();
        void Add(Tally tally, long by) => counts[tally] = counts.GetValueOrDefault(tally) + by;
        foreach (var own in orders.GroupBy(order => order.Customer))
        {
            var all = own.OrderBy(order => order.Day).ToList();
            var cohort = $"{all[0].Day:yyyy-MM}";
            foreach (var (order, i) in all.Select((order, i) => (order, i)))
            {
                Add(new(Tallies.Happened, "", i == 0 ? "customers-new" : "repeat-orders", order.Day), 1);
                Add(new(Tallies.CohortMoney, "", cohort, Month(order.Day)), (long)(order.Amount * 100));
            }

            foreach (var month in all.Select(order => Month(order.Day)).Distinct())
            {
                Add(new(Tallies.Cohort, "", cohort, month), 1);
                Add(new(Tallies.Happened, "", "customers-active", month), 1);
                if (all.Any(order => Month(order.Day) == month.AddMonths(-1))) Add(new(Tallies.Happened, "", "customers-kept", month), 1);
            }
        }

        return counts;
    }

    // Which of a month's days a customer was counted on depends on which order was known first; months are what is read.
    static string Told(Dictionary<Tally, long> tallies) => string.Join('\n', tallies
        .Where(pair => pair.Key.Kind is Tallies.Cohort or Tallies.CohortMoney || pair.Key.Detail is "customers-new" or "repeat-orders" or "customers-active" or "customers-kept")
        .GroupBy(pair => pair.Key.Detail is "customers-active" or "customers-kept" ? pair.Key with { Day = Month(pair.Key.Day!.Value) } : pair.Key)
        .Select(group => (group.Key, Count: group.Sum(pair => pair.Value))).Where(row => row.Count != 0)
        .Select(row => $"{row.Key.Kind} {row.Key.Detail} {row.Key.Day:yyyy-MM-dd}: {row.Count}").Order(StringComparer.Ordinal));

    static DateOnly Month(DateOnly day) => new(day.Year, day.Month, 1);

    static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(new(12, 0)), TimeSpan.Zero);
}
