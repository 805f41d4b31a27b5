using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>The nightly sweep over everybody.</summary>
public sealed class SweepTests
{
    static readonly DateTimeOffset Noon = new(2027, 3, 1, 11, 0, 0, TimeSpan.Zero);

    readonly MemoryStore store = new();
    readonly VirtualTime clock = new(Noon);
    readonly LoadedPlaybook playbook = PlaybookLoader.Load(Repository.File("src/Playbook"));

    [Fact]
    public async Task It_is_made_every_night_at_three_in_the_shops_zone()
    {
        await Shop(3);
        var sweep = Sweep(store);

        Assert.Null(await sweep.Make(default));
        var next = await sweep.Next(default);
        clock.To(next);
        var first = await sweep.Make(default);
        var again = await sweep.Make(default);

        Assert.Equal(new TimeOnly(3, 0), TimeOnly.FromDateTime(LocalTimes.In(playbook.Playbook.Policies.Zone, next).DateTime));
        Assert.Equal((3, 3), (first!.Customers, first.Moved));
        Assert.Null(again);
        Assert.Equal(next.AddDays(1), await sweep.Next(default));
    }

    [Fact]
    public async Task Who_has_moved_is_scored_and_the_others_cost_no_turn()
    {
        await Shop(200);
        var sweep = Sweep(store);
        await sweep.Make(new DateOnly(2027, 3, 2), null, default);
        var before = (await store.Load("c007", "", default)).Revision;

        var next = await sweep.Make(new DateOnly(2027, 3, 3), null, default);

        Assert.InRange(next.Moved, 0, 40);
        Assert.InRange((await store.Load("c007", "", default)).Revision, before, before + 1);
    }

    [Fact]
    public async Task What_was_cut_off_goes_on_with_the_same_model_and_ends_as_if_nothing_had_been()
    {
        await Shop(5_200);
        var whole = new MemoryStore();
        await Shop(5_200, whole);
        await Sweep(whole).Make(new DateOnly(2027, 3, 2), null, default);
        await Sweep(store).Next(default);
        clock.To(Noon.AddDays(1));

        var cut = new CutOff(store, pages: 3);
        await Assert.ThrowsAsync<IOException>(() => Sweep(store, cut).Make(default));
        await Shop(50, store, from: 20_000); // would move the model, if it were fitted again
        var rest = await Sweep(store).Make(default);

        Assert.NotNull(rest);
        Assert.Equal(5_200, rest.Model.Customers);
        foreach (var customer in new[] { "c0007", "c3555", "c5199" })
            Assert.Equal((await whole.Load(customer, "", default)).Dossier.Scores, (await store.Load(customer, "", default)).Dossier.Scores);
    }

    [Fact]
    public async Task A_shop_without_orders_has_nothing_to_score()
    {
        var result = await Sweep(store).Make(new DateOnly(2027, 3, 2), null, default);

        Assert.Equal((0, 0), (result.Customers, result.Moved));
    }

    [Fact]
    public async Task A_shop_of_one_customer_with_one_order_gives_sound_numbers_and_says_what_they_rest_on()
    {
        await Shop(1);

        await Sweep(store).Make(new DateOnly(2027, 3, 2), null, default);

        var scores = (await store.Load("c0", "", default)).Dossier.Scores;
        Assert.InRange(scores.Alive, 0.01, 1);
        Assert.True(scores.Value365 > 0 && scores.Low365 <= scores.High365);
        Assert.Equal("D", scores.Grade);
    }

    [Fact]
    public async Task Hostile_customers_get_numbers_as_well()
    {
        await Take("refunded", new Signal.Ordered("1", Noon.AddDays(-30), "1", 10), new Signal.Refunded("2", Noon.AddDays(-29), "unknown", 900));
        await Take("free", new Signal.Ordered("1", Noon.AddDays(-30), "1", 0), new Signal.Ordered("2", Noon.AddDays(-3), "2", 0));
        await Take("future", new Signal.Ordered("1", Noon.AddDays(1), "1", 10));
        await Take("busy", [.. Enumerable.Range(0, 3_000).Select(i => new Signal.Ordered($"{i}", Noon.AddDays(-3_000 + i), $"{i}", 1))]);
        await Take("huge", new Signal.Ordered("1", Noon.AddDays(-30), "1", 999_999_999), new Signal.Ordered("2", Noon.AddDays(-20), "2", 999_999_999));

        await Sweep(store).Make(new DateOnly(2027, 3, 1), null, default);

        foreach (var customer in new[] { "refunded", "free", "future", "busy", "huge" })
        {
            var scores = (await store.Load(customer, "", default)).Dossier.Scores;
            Assert.All([scores.Alive, scores.Orders90, scores.Orders365, scores.Value90, scores.Value365, scores.Low365, scores.High365], number => Assert.True(double.IsFinite(number), customer));
            Assert.InRange(scores.Alive, 0, 1);
            Assert.NotNull(scores.AsOf);
        }
    }

    [Fact]
    public void A_model_comes_back_from_its_text_as_it_was()
    {
        var crowd = new ScoreCrowd();
        for (var i = 0; i < 300; i++) crowd.Add(new() { Customer = $"c{i}", First = 739_000 + i % 50, Last = 739_000 + i % 50 + i % 7 * 9, Days = 1 + i % 7, Orders = 1 + i % 7, Spent = 20 + i, FirstSpent = 10, Mark = "" });
        var model = crowd.Fit(new(2027, 3, 1), "pareto-nbd");

        var back = ScoreModelText.Read(ScoreModelText.Write(model));

        Assert.Equal((model.Name, model.Customers, model.Cuts), (back.Name, back.Customers, back.Cuts));
        Assert.Equal(model.Buying.Model, back.Buying.Model);
        Assert.Equal(model.Spending.Model, back.Spending.Model);
        Assert.Equal(model.Buying.Parameters.AsEnumerable(), back.Buying.Parameters.AsEnumerable());
    }

    Sweep Sweep(MemoryStore over, IStandings? standings = null)
    {
        var engine = new CustomerEngine(over, () => playbook, Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)new MemoryMailbox(over, clock)), clock);
        return new(standings ?? over, over, () => playbook, engine, clock);
    }

    Task Shop(int customers) => Shop(customers, store);

    // Orders by a rule, so that two shops are alike.
    async Task Shop(int customers, MemoryStore into, int from = 0)
    {
        var width = customers.ToString(System.Globalization.CultureInfo.InvariantCulture).Length;
        var signals = new List<(string, Signal)>();
        for (var i = from; i < from + customers; i++)
            for (var order = 0; order <= i % 4; order++)
                signals.Add(($"c{i.ToString("D" + width, System.Globalization.CultureInfo.InvariantCulture)}", new Signal.Ordered($"o{order}", Noon.AddDays(-400 + i * 7 % 300 + order * (5 + i % 11)), $"o{order}", 10 + i % 90)));
        await Sweepless(into).Take(signals, default);
    }

    CustomerEngine Sweepless(MemoryStore into) =>
        new(into, () => playbook, Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)new MemoryMailbox(into, clock)), clock);

    Task<Taking[]> Take(string customer, params Signal[] signals) => Sweepless(store).Take([.. signals.Select(signal => (customer, signal))], default);

    /// <summary>Gives so many pages and then none any more.</summary>
    sealed class CutOff(IStandings standings, int pages) : IStandings
    {
        public ValueTask<IReadOnlyList<Standing>> Standings(string after, int most, CancellationToken stop) =>
            pages-- > 0 ? standings.Standings(after, most, stop) : throw new IOException("The lights went out.");
    }
}
