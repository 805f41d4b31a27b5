using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>Merging as a host does it: closed, handed over, and followed from then on.</summary>
public sealed class MergingTests
{
    static readonly Playbook Playbook = Some.Playbook(Some.Journey("thanks", new("order"), new Step.Wait("rest", 1, new(Some.Lapse("2d")), null), new Step.Send("send", Step.Done, Some.Sending())));

    static readonly CancellationToken Go = CancellationToken.None;

    readonly MemoryStore store = new();
    readonly VirtualTime clock = new(Some.Now);
    readonly CustomerEngine engine;
    readonly Merging merging;

    public MergingTests()
    {
        var loaded = new LoadedPlaybook(Playbook, new Plain(), []);
        engine = Over(store);
        merging = new(store, engine, () => loaded, clock);
    }

    CustomerEngine Over(IStore over) => new(over, () => new(Playbook, new Plain(), []), Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)new MemoryMailbox(store, clock)), clock, people: store);

    async Task<Dossier> Of(string customer) => (await store.Load(customer, "", Go)).Dossier;

    async Task Tell(string customer, string? name = null)
    {
        await engine.Take(customer, new Signal.Told($"told-{customer}", Some.Now.AddDays(-9), new() { Name = name ?? customer, Email = $"{customer}@example.com", Zone = "Europe/Berlin" }, []), Go);
        await engine.Take(customer, Order($"{customer}-1"), Go);
    }

    static Signal.Ordered Order(string order) => Some.Order(order, 50);

    [Fact]
    public async Task What_still_comes_for_the_record_that_went_is_taken_by_the_one_that_stays_once()
    {
        await Tell("ann");
        await Tell("bob");

        var merged = await merging.Merge("bob", "ann", "Kim", Go);
        var answers = await engine.Take([("bob", Order("bob-1")), ("bob", Order("bob-2")), ("ann", Order("ann-2")), ("bob", Order("bob-2"))], Go);
        var again = await engine.Take("bob", Order("bob-2"), Go);
        var same = await engine.Take("ann", Order("ann-1"), Go);

        Assert.Null(merged.Problem);
        Assert.Equal([Taking.TakenBefore, Taking.Taken, Taking.Taken, Taking.TakenBefore], answers);
        Assert.Equal((Taking.TakenBefore, Taking.TakenBefore), (again, same));
        Assert.Equal(4, (await Of("ann")).Purchases.Orders);
        Assert.Equal((0, "ann"), ((await Of("bob")).Purchases.Orders, (await Of("bob")).MergedInto));
    }

    [Fact]
    public async Task An_id_that_the_one_that_stays_has_taken_as_other_news_loses_nothing()
    {
        await Tell("ann");
        await Tell("bob");
        await engine.Take("ann", new Signal.Complained("c1", Some.Now, "Of Ann", "high"), Go);
        await merging.Merge("bob", "ann", "Kim", Go);

        Assert.Equal(Taking.Taken, await engine.Take("bob", new Signal.Complained("c1", Some.Now, "Of Bob", "high"), Go));
        Assert.Equal(2, (await Of("ann")).Satisfaction.Complaints);
    }

    [Fact]
    public async Task Merged_again_it_is_the_same()
    {
        await Tell("ann");
        await Tell("bob");
        await merging.Merge("bob", "ann", "Kim", Go);
        var before = (await Of("ann"), await Of("bob"));

        var again = await merging.Merge("bob", "ann", "Kim", Go);

        Assert.Null(again.Problem);
        Assert.Equal(before, (await Of("ann"), await Of("bob")));
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3)]
    public async Task Cut_off_anywhere_the_next_wake_or_signal_carries_it_on(int commits)
    {
        foreach (var how in new[] { "wake", "signal", "again" })
        {
            var (shop, kept) = (new MergingTests(), new MemoryStore());
            await shop.Tell("ann");
            await shop.Tell("bob");
            var dying = new Dying(shop.store, commits - 1);
            var loaded = new LoadedPlaybook(Playbook, new Plain(), []);

            await Assert.ThrowsAsync<TimeoutException>(() => new Merging(dying, shop.Over(dying), () => loaded, shop.clock).Merge("bob", "ann", "Kim", Go));
            if (commits > 1) Assert.Equal(commits < 4, (await shop.Of("bob")).DueAt is not null);

            if (how == "wake" && commits > 1) await shop.engine.Wake("bob", Go);
            else if (how == "signal" && commits > 1) await shop.engine.Take("bob", Order("bob-2"), Go);
            else await shop.merging.Merge("bob", "ann", "Kim", Go);

            Assert.Equal(how == "signal" && commits > 1 ? 3 : 2, (await shop.Of("ann")).Purchases.Orders);
            Assert.Equal(Dossier.For("bob") with { MergedInto = "ann", Lines = (await shop.Of("bob")).Lines }, await shop.Of("bob"));
        }
    }

    [Fact]
    public async Task An_order_that_comes_between_looking_and_closing_is_not_lost()
    {
        await Tell("ann");
        await Tell("bob");

        await engine.Take("bob", new Signal.Closed("c", Some.Now, "ann", "Kim"), Go);
        await engine.Take("bob", Order("bob-2"), Go); // finds it closed, hands it over, and follows

        Assert.Equal(3, (await Of("ann")).Purchases.Orders);
        Assert.Null((await Of("bob")).Leaving);
    }

    [Fact]
    public async Task Two_that_are_merged_into_each_other_at_once_become_one()
    {
        await Tell("ann");
        await Tell("bob");
        await engine.Take("ann", new Signal.Closed("c1", Some.Now, "bob", "Kim"), Go);
        await engine.Take("bob", new Signal.Closed("c2", Some.Now, "ann", "Lee"), Go);

        await engine.Wake("bob", Go);
        await engine.Take("bob", Order("bob-2"), Go);
        await engine.Take("ann", Order("ann-2"), Go);

        Assert.Equal((null, "ann"), ((await Of("ann")).MergedInto, (await Of("bob")).MergedInto));
        Assert.Equal(4, (await Of("ann")).Purchases.Orders);
    }

    [Fact]
    public async Task Mergers_of_mergers_are_followed_and_nobody_leads_back()
    {
        foreach (var customer in new[] { "ann", "bob", "carl" }) await Tell(customer);
        await merging.Merge("carl", "bob", "Kim", Go);
        await merging.Merge("bob", "ann", "Kim", Go);

        await engine.Take("carl", Order("carl-2"), Go);

        var ann = await Of("ann");
        Assert.Equal((4, "carl,bob"), (ann.Purchases.Orders, string.Join(',', ann.Merged.Select(record => record.Customer))));
        Assert.Contains("was merged into 'bob' before", (await merging.Merge("ann", "carl", "Kim", Go)).Problem);
        Assert.Contains("was merged into 'ann' before", (await merging.Merge("bob", "carl", "Kim", Go)).Problem);
        Assert.Contains("with itself", (await merging.Merge("ann", "ann", "Kim", Go)).Problem);
        Assert.Contains("no customer 'nobody'", (await merging.Merge("ann", "nobody", "Kim", Go)).Problem);
        Assert.Contains("no customer ''", (await merging.Merge("ann", "", "Kim", Go)).Problem);
    }

    [Fact]
    public async Task To_try_changes_nothing_and_says_what_would_be()
    {
        await Tell("ann");
        await Tell("bob");
        var before = (await Of("ann"), await Of("bob"));

        var tried = await merging.Try("bob", "ann", "Kim", Go);

        Assert.Equal("Merged with the record bob by Kim: 1 order, 50 points, 1 journey", Sentences.Of(tried.Lines[0]));
        Assert.Equal(before, (await Of("ann"), await Of("bob")));
    }

    [Fact]
    public async Task Whoever_stays_is_found_by_the_old_name_and_no_new_day_or_score_is_told_to_who_went()
    {
        await Tell("ann", "Ann Lee");
        await Tell("bob", "Bella Unknown");
        await merging.Merge("bob", "ann", "Kim", Go);

        Assert.Equal(["ann"], (await store.Search("bella", "", 10, Go)).Select(row => row.Customer));
        Assert.Equal(["ann"], (await store.Search("bob@example.com", "", 10, Go)).Select(row => row.Customer));
        Assert.Equal(["ann"], (await store.Standings("", 10, Go)).Select(standing => standing.Customer));
        var lines = (await Of("bob")).Lines;
        await new Rounds(store, store, () => new(Playbook, new Plain(), []), engine, clock).Make(Go);
        clock.To(Some.Now.AddDays(3));
        await new Rounds(store, store, () => new(Playbook, new Plain(), []), engine, clock).Make(Go);
        Assert.Equal(lines, (await Of("bob")).Lines);
        Assert.Equal(1, (await ((IRecords)store).Tallies([Tallies.Now], Go)).Single(row => row.Tally.Detail == "customers").Count);
    }

    [Theory]
    [InlineData("ann"), InlineData("bob")]
    public async Task Erasing_either_erases_both(string whom)
    {
        await Tell("ann");
        await Tell("bob");
        await merging.Merge("bob", "ann", "Kim", Go);

        Assert.True(await new Forgetting(store, store, () => new(Playbook, new Plain(), [])).Forget(whom, Go));

        foreach (var customer in new[] { "ann", "bob" })
        {
            Assert.Equal(0, (await store.Load(customer, "", Go)).Revision);
            Assert.Empty(await store.Timeline(customer, long.MaxValue, 10, Go));
            Assert.Equal(Taking.Forgotten, await engine.Take(customer, new Signal.Told($"back-{customer}", Some.Now, new() { Email = $"{customer}@example.com" }, []), Go));
        }

        Assert.Equal(Taking.Forgotten, await engine.Take("carl", new Signal.Told("carl", Some.Now, new() { Email = "bob@example.com" }, []), Go));
    }

    [Fact]
    public async Task Who_was_on_a_journey_goes_on_and_is_written_to_once()
    {
        await Tell("ann");
        await Tell("bob");
        await engine.Take("ann", new Signal.Consented("y1", Some.Now, new(Channel.Email, Purpose.Promotional, true, Some.Now, "form")), Go);
        await merging.Merge("bob", "ann", "Kim", Go);

        clock.To(Some.Now.AddDays(2));
        foreach (var customer in new[] { "ann", "bob" }) await engine.Wake(customer, Go);

        Assert.Equal("ann@example.com", Assert.Single(await store.Mails(null, long.MaxValue, 10, Go)).Message.To);
    }

    sealed class Plain : IRenderer
    {
        public (Outgoing? Message, string? Problem) Render(Playbook playbook, Dossier dossier, OutboxEntry entry) =>
            (new() { Key = entry.Key, Kind = entry.Kind, To = dossier.Profile.Email!, Customer = dossier.Customer, Journey = entry.Journey, Template = entry.Subject, Text = "Hello" }, null);
    }

    /// <summary>A store whose machine dies after so many commits.</summary>
    sealed class Dying(IStore inner, int commits) : IStore
    {
        int left = commits;

        public ValueTask<Stored> Load(string customer, string signal, CancellationToken stop) => inner.Load(customer, signal, stop);

        public ValueTask<IReadOnlyList<Landing>> Commit(IReadOnlyList<Change> changes, CancellationToken stop) =>
            left-- > 0 ? inner.Commit(changes, stop) : throw new TimeoutException("the machine died");

        public ValueTask<IReadOnlyList<(string Customer, DateTimeOffset At)>> Due(DateTimeOffset until, int most, CancellationToken stop) => inner.Due(until, most, stop);

        public ValueTask<IReadOnlyList<(string Customer, string? Zone)>> Page(string after, int most, CancellationToken stop) => inner.Page(after, most, stop);
    }
}
