using FsCheck;
using FsCheck.Fluent;

namespace Cvm.Tests;

/// <summary>Two random lives, merged: what comes out is what the rules say, and nothing is lost.</summary>
public sealed class MergePropertyTests
{
    static readonly Playbook Playbook = Some.Playbook(
        Some.Journey("present", new("order"), new Step.Give("give", 1, new Gift.Coupon("GIFT", "10%", Some.Lapse("30d"), 0)), new Step.Task("ask", 2, "agent", "Call", Some.Lapse("2d"), TaskKind.Call), new Step.Wait("rest", 3, new(Some.Lapse("9d")), null), new Step.Send("send", Step.Done, Some.Sending())),
        Some.Journey("care", new("complaint"), new Step.Case("open", 1, new CaseStep.Open("{{reason}}", null, "agent", Some.Lapse("4bh"))), new Step.Wait("rest", Step.Done, new(Some.Lapse("5d")), null)));

    static readonly DateTimeOffset Start = Some.Now;

    /// <summary>A life of forty days or so, on the real kernel.</summary>
    static Dossier Live(string customer, Random random)
    {
        var dossier = Dossier.For(customer);
        var now = Start;
        Take(new Signal.Told($"t-{customer}", now, new() { Name = customer, Email = random.Next(3) == 0 ? "same@example.com" : $"{customer}@example.com", Zone = "Europe/Berlin" }, [.. Words(random, now)]));

        for (var i = 0; i < random.Next(2, 30); i++)
        {
            now += TimeSpan.FromHours(random.Next(1, 60));
            Take(new Signal.Woke(now));
            Take(random.Next(9) switch
            {
                <= 3 => new Signal.Ordered($"o{i}", now, $"{customer}-o{i}", random.Next(1, 90_000) / 100m, dossier.Coupons.LastOrDefault(coupon => coupon.UsedAt is null)?.Code),
                4 => new Signal.Refunded($"r{i}", now, $"{customer}-o{random.Next(i + 1)}", random.Next(1, 5_000) / 100m),
                5 => new Signal.Answered($"a{i}", now, "csat", random.Next(1, 6)),
                6 => new Signal.Complained($"c{i}", now, "It broke", "high"),
                7 => new Signal.Consented($"w{i}", now, Words(random, now).First()),
                _ => dossier.Tasks is [.., var task] ? new Signal.TaskDone($"d{i}", now, task.Id, "Kim") : new Signal.Woke(now),
            });
        }

        return dossier with { Outbox = [] }; // what is on its way is told elsewhere

        void Take(Signal signal) => dossier = Kernel.Take(Playbook, dossier, signal, now).Dossier;
    }

    static IEnumerable<Consent> Words(Random random, DateTimeOffset now) =>
        Enumerable.Range(0, random.Next(1, 4)).Select(_ => new Consent((Channel)random.Next(2), (Purpose)random.Next(3), random.Next(2) == 0, now.AddHours(-random.Next(200)), "form"));

    static Dossier Merge(Dossier into, Dossier from) => Kernel.Take(Playbook, into, new Signal.Merged($"merge:{from.Customer}", Start.AddDays(90), from, "Kim"), Start.AddDays(90)).Dossier;

    static void ForAll(Action<Dossier, Dossier, Dossier> check) => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var (into, from) = (Live("ann", random), Live("bob", random));
        check(into, from, Merge(into, from));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Counts_sums_and_points_add_up() => ForAll((into, from, both) =>
    {
        var (a, b, c) = (into.Purchases, from.Purchases, both.Purchases);
        Assert.Equal((a.Orders + b.Orders, a.Spent + b.Spent, a.Refunds + b.Refunds, a.Refunded + b.Refunded), (c.Orders, c.Spent, c.Refunds, c.Refunded));
        Assert.Equal((a.WithCoupon + b.WithCoupon, a.Discounts + b.Discounts), (c.WithCoupon, c.Discounts));
        Assert.Equal((Least(a.First, b.First), Most(a.Last, b.Last)), (c.First, c.Last));
        Assert.InRange(c.Days, Math.Max(a.Days, b.Days), a.Days + b.Days);
        Assert.Equal(a.Recent.Concat(b.Recent).OrderByDescending(order => order.At).Take(Purchases.MaxRecent).Select(order => order.Id).Order(), c.Recent.Select(order => order.Id).Order());

        var (l, m, n) = (into.Ledger, from.Ledger, both.Ledger);
        Assert.Equal((l.Earned + m.Earned, l.Spent + m.Spent, l.Expired + m.Expired, l.Reversed + m.Reversed, l.Balance + m.Balance), (n.Earned, n.Spent, n.Expired, n.Reversed, n.Balance));
        Assert.Equal(n.Earned - n.Spent - n.Expired - n.Reversed, n.Balance);
        Assert.True(n.Owed == 0 || n.Lots.IsEmpty);

        Assert.Equal((into.Satisfaction.Complaints + from.Satisfaction.Complaints, into.Satisfaction.Unhappy + from.Satisfaction.Unhappy), (both.Satisfaction.Complaints, both.Satisfaction.Unhappy));
        Assert.Equal(into.Effort.Tasks + from.Effort.Tasks, both.Effort.Tasks);
    });

    [Fact]
    public void Nothing_is_lost_and_no_key_stands_twice() => ForAll((into, from, both) =>
    {
        Same(into.Cases.Concat(from.Cases).Select(known => known.Id), both.Cases.Select(known => known.Id));
        Same(into.Tasks.Concat(from.Tasks).Select(known => known.Id), both.Tasks.Select(known => known.Id));
        Same(into.Coupons.Concat(from.Coupons).Select(known => known.Code), both.Coupons.Select(known => known.Code));
        Same(into.RecentSends.Concat(from.RecentSends).Select(sent => sent.Key), both.RecentSends.Select(sent => sent.Key));

        var ended = from.Enrollments.Where(e => into.Enrollments.Any(mine => mine.Journey == e.Journey)).Select(e => e.Id).ToList();
        Same(into.Enrollments.Concat(from.Enrollments).Select(e => e.Id).Except(ended), both.Enrollments.Select(e => e.Id));
        Assert.Equal(both.Enrollments.Length, both.Enrollments.Select(e => e.Journey).Distinct().Count());
        foreach (var visits in into.Visits.Concat(from.Visits).GroupBy(visits => visits.Journey)) Assert.Equal(visits.Sum(v => v.Count), both.Visits.Single(v => v.Journey == visits.Key).Count);
    });

    [Fact]
    public void No_word_is_lost_and_no_no_is_overheard() => ForAll((into, from, both) =>
    {
        foreach (var channel in Enum.GetValues<Channel>())
        {
            foreach (var purpose in Enum.GetValues<Purpose>())
            {
                var words = new[] { into, from }.SelectMany(d => d.Consents.Where(w => w.Channel == channel && w.Purpose == purpose).Select(w => (Word: w, Address: channel == Channel.Email ? d.Profile.Email : d.Profile.Phone))).ToList();
                var said = both.Consents.SingleOrDefault(w => w.Channel == channel && w.Purpose == purpose);
                Assert.Equal(words.Count == 0, said is null);
                if (said is null) continue;

                var no = words.Where(w => !w.Word.Given).Select(w => (DateTimeOffset?)w.Word.At).Max();
                var kept = channel == Channel.Email ? both.Profile.Email : both.Profile.Phone;
                var same = words.Count == 2 && words[0].Address is not null && words[0].Address == words[1].Address && words[0].Address == kept;
                var yes = words.Where(w => w.Word.Given).Select(w => (DateTimeOffset?)w.Word.At).Max();
                Assert.Equal(no is null || (same && yes > no), said.Given);
            }
        }
    });

    [Fact]
    public void Merging_twice_changes_nothing() => ForAll((_, from, both) => Assert.Same(both, Merge(both, from)));

    static void Same(IEnumerable<string> expected, IEnumerable<string> actual) => Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));

    static DateTimeOffset? Least(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;

    static DateTimeOffset? Most(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b ?? a : a;
}
