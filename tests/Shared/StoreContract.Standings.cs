using Cvm.Engine;
using Xunit;

namespace Cvm.Tests;

// What the nightly sweep reads.
public abstract partial class StoreContract
{
    IStandings Standings => (IStandings)Store;

    [Fact]
    public async Task Standings_say_what_dossiers_say_after_many_turns()
    {
        string[] customers = [.. Enumerable.Range(0, 30).Select(i => $"c{i:D2}"), "a/b", "a b", "王芳", "Zoë", "ann~", "k'; drop"];
        var random = new Random(7);

        for (var i = 1; i <= 240; i++)
        {
            await Land(customers[random.Next(customers.Length)], random.Next(3) == 0 ? "" : $"s{i}", Turn(random));
            if (i % 60 != 0) continue;

            var expected = new List<Standing>();
            foreach (var customer in customers) if (Standing.Of((await Store.Load(customer, "", Go)).Dossier) is { } standing) expected.Add(standing);

            Assert.Equal(expected.OrderBy(each => each.Customer, StringComparer.Ordinal), (await Everybody(7)).OrderBy(each => each.Customer, StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Standings_come_in_one_order_whatever_the_size_of_pages()
    {
        for (var i = 0; i < 50; i++) await Land($"c{i}", "", Ordering(Noon.AddDays(-i), i));
        await Land("prospect", "", Named("Jo"));

        var all = await Everybody(1_000);

        Assert.Equal(50, all.Select(each => each.Customer).Distinct().Count());
        Assert.Equal(all, await Everybody(1));
        Assert.Equal(all, await Everybody(13));
        Assert.Empty(await Standings.Standings("", 0, Go));
    }

    [Fact]
    public async Task Who_joins_meanwhile_hides_nobody_who_was_there()
    {
        for (var i = 0; i < 40; i += 2) await Land($"c{i:D2}", "", Ordering(Noon, 1));
        var first = await Standings.Standings("", 9, Go);

        for (var i = 1; i < 40; i += 2) await Land($"c{i:D2}", "", Ordering(Noon, 1));

        var seen = first.Concat(await Everybody(9, first[^1].Customer)).Select(each => each.Customer).ToList();
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Superset(Enumerable.Range(0, 20).Select(i => $"c{i * 2:D2}").ToHashSet(), seen.ToHashSet());
    }

    async Task<List<Standing>> Everybody(int pageSize, string after = "")
    {
        var all = new List<Standing>();
        for (; await Standings.Standings(after, pageSize, Go) is [.., var last] page; after = last.Customer)
        {
            Assert.InRange(page.Count, 1, pageSize);
            all.AddRange(page);
        }

        return all;
    }

    static Func<Dossier, Dossier> Turn(Random random) => random.Next(8) switch
    {
        0 => before => before with { Profile = before.Profile with { Zone = random.Next(2) == 0 ? "Asia/Tokyo" : "America/Los_Angeles" } },
        1 => before => before with { Satisfaction = before.Satisfaction with { Complaints = before.Satisfaction.Complaints + 1 } },
        2 => before => before with { Effort = before.Effort with { Emails = before.Effort.Emails + 1 } },
        3 => before => before with { Purchases = before.Purchases with { Refunded = before.Purchases.Refunded + 1.15m } },
        4 => before => before with { Scores = before.Scores with { AsOf = new(2026, 3, 1), Rfm = "543", Alive = random.NextDouble() } },
        _ => Ordering(Noon.AddHours(random.Next(5_000)), random.Next(1, 99)),
    };

    static Func<Dossier, Dossier> Ordering(DateTimeOffset at, decimal amount) => before => before with
    {
        Purchases = before.Purchases with
        {
            Orders = before.Purchases.Orders + 1,
            Days = before.Purchases.Days + 1,
            First = before.Purchases.First ?? at,
            Last = at,
            Spent = before.Purchases.Spent + amount + 0.1m,
            FirstSpent = before.Purchases.Orders == 0 ? amount + 0.1m : before.Purchases.FirstSpent,
        },
    };
}
