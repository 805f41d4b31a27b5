using Cvm.Engine;
using Xunit;

namespace Cvm.Tests;

// What the pivot reads.
public abstract partial class StoreContract
{
    IPortraits Portraits => (IPortraits)Store;

    [Fact]
    public async Task Portraits_say_what_dossiers_say_after_many_turns_and_news_bring_an_old_list_to_the_same()
    {
        string[] customers = [.. Enumerable.Range(0, 30).Select(i => $"c{i:D2}"), "a/b", "a b", "王芳", "Zoë", "ann~", "k'; drop"];
        var random = new Random(11);
        var mark = (await Portraits.News("", Go))!.Mark;
        var held = new Dictionary<string, Portrait>(StringComparer.Ordinal);

        for (var i = 1; i <= 240; i++)
        {
            var customer = customers[random.Next(customers.Length)];
            if (random.Next(25) == 0) await People.Forget(customer, [$"m{i}"], Go);
            else await Land(customer, random.Next(3) == 0 ? "" : $"s{i}", Sketch(random));
            if (i % 60 != 0) continue;

            var expected = new List<Portrait>();
            foreach (var one in customers) if (await Store.Load(one, "", Go) is { Revision: > 0 } stored && Portrait.Of(stored.Dossier) is { } portrait) expected.Add(portrait);
            mark = await Follow(held, mark);

            Assert.Equal(InOrder(expected), InOrder(await AllPortraits(7)));
            Assert.Equal(InOrder(expected), InOrder(held.Values));
        }
    }

    [Fact]
    public async Task Portraits_come_in_one_order_whatever_the_size_of_pages_and_prospects_are_among_them()
    {
        for (var i = 0; i < 50; i++) await Land($"c{i}", "", i % 2 == 0 ? Ordering(Noon.AddDays(-i), i) : Named("Jo"));

        var all = await AllPortraits(1_000);

        Assert.Equal(50, all.Select(each => each.Customer).Distinct().Count());
        Assert.Equal(all, await AllPortraits(1));
        Assert.Equal(all, await AllPortraits(13));
        Assert.Empty(await Portraits.Portraits("", 0, Go));
    }

    [Fact]
    public async Task Whoever_is_forgotten_or_merged_has_no_portrait_and_the_news_say_so()
    {
        var held = new Dictionary<string, Portrait>(StringComparer.Ordinal);
        var mark = (await Portraits.News("", Go))!.Mark;
        foreach (var customer in new[] { "ann", "bob", "carl" }) await Land(customer, "", Named(customer));
        mark = await Follow(held, mark);
        Assert.Equal(["ann", "bob", "carl"], held.Keys.Order(StringComparer.Ordinal));

        await People.Forget("ann", ["m1"], Go);
        await Land("bob", "", before => before with { MergedInto = "carl" });
        mark = await Follow(held, mark);

        Assert.Equal(["carl"], held.Keys);
        Assert.Equal(["carl"], (await AllPortraits(10)).Select(each => each.Customer));
        var nothing = (await Portraits.News(mark, Go))!;
        Assert.Empty(nothing.Changed);
        Assert.Empty(nothing.Gone);
    }

    [Fact]
    public async Task A_mark_that_is_none_of_the_stores_is_answered_by_read_everybody() => Assert.Null(await Portraits.News("no mark", Go));

    // As whoever holds everybody does: by the news, or by reading all anew where the store says so.
    async Task<string> Follow(Dictionary<string, Portrait> held, string mark)
    {
        if (await Portraits.News(mark, Go) is { } news)
        {
            foreach (var portrait in news.Changed) held[portrait.Customer] = portrait;
            foreach (var gone in news.Gone) held.Remove(gone);
            return news.Mark;
        }

        var from = (await Portraits.News("", Go))!.Mark;
        held.Clear();
        foreach (var portrait in await AllPortraits(100)) held[portrait.Customer] = portrait;
        return from;
    }

    async Task<List<Portrait>> AllPortraits(int pageSize)
    {
        var all = new List<Portrait>();
        for (var after = ""; await Portraits.Portraits(after, pageSize, Go) is [.., var last] page; after = last.Customer)
        {
            Assert.InRange(page.Count, 1, pageSize);
            all.AddRange(page);
        }

        return all;
    }

    static IEnumerable<Portrait> InOrder(IEnumerable<Portrait> portraits) => portraits.OrderBy(each => each.Customer, StringComparer.Ordinal);

    static Func<Dossier, Dossier> Sketch(Random random) => random.Next(9) switch
    {
        0 => before => before with { Profile = before.Profile with { Country = random.Next(2) == 0 ? "DE" : "CN", Tags = ["b", "vip"], Joined = Noon.AddDays(-random.Next(900)) } },
        1 => Reached($"x{random.Next(9)}@example.com", random.Next(2) == 0 ? "+4915112345678" : null),
        2 => before => before with { Consents = [new(Channel.Email, Purpose.Promotional, random.Next(2) == 0, Noon, "form")] },
        3 => before => before with { Ledger = before.Ledger.Earn(random.Next(1, 500), new(2028, 3, 31)) with { Tier = random.Next(2) == 0 ? "silver" : null } },
        4 => Complaining($"k{random.Next(3)}", Noon),
        5 => before => before with { Holds = before.Holds.IsEmpty ? [new("them", Noon, null, "they asked")] : [] },
        6 => before => before with { Satisfaction = before.Satisfaction with { Answers = [new("recommend", random.Next(11), null, Noon), new("effort", 3, null, Noon)], Given = 2 } },
        _ => Turn(random),
    };
}
