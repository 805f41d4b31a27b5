using Cvm.Engine;
using Xunit;

namespace Cvm.Tests;

// What a store shows: who is due, pages, timelines, tallies, outboxes, search.
public abstract partial class StoreContract
{
    [Fact]
    public async Task The_most_overdue_come_first_and_only_those_that_are_due()
    {
        await Land("late", "", Waking(Noon.AddHours(-1)));
        await Land("later", "", Waking(Noon.AddHours(-3)));
        await Land("now", "", Waking(Noon));
        await Land("soon", "", Waking(Noon.AddSeconds(1)));
        await Land("never", "", Waking(null));

        Assert.Equal([("later", Noon.AddHours(-3)), ("late", Noon.AddHours(-1)), ("now", Noon)], await Store.Due(Noon, 10, Go));
        Assert.Equal(["later", "late"], await DueBy(Noon, 2));
    }

    [Fact]
    public async Task Nobody_is_due_a_moment_too_early()
    {
        await Land("ann", "", Waking(Noon.AddTicks(7)));

        Assert.Empty(await DueBy(Noon));
        Assert.Equal(["ann"], await DueBy(Noon.AddMilliseconds(1)));
    }

    [Fact]
    public async Task Who_waits_for_nothing_any_more_is_not_due()
    {
        await Land("ann", "", Waking(Noon));
        await Land("ann", "", Named("Ann"));
        Assert.Equal(["ann"], await DueBy(Noon));

        await Land("ann", "", Waking(null));

        Assert.Empty(await DueBy(Noon));
    }

    [Fact]
    public async Task A_delivery_in_the_outbox_makes_its_customer_due()
    {
        await Land("ann", "", Queueing("k1", Noon));

        Assert.Equal(["ann"], await DueBy(Noon));
    }

    [Fact]
    public async Task Pages_show_everybody_once_with_the_zone_they_live_in()
    {
        for (var i = 0; i < 25; i++)
        {
            var zone = i % 2 == 0 ? "Asia/Shanghai" : null;
            await Land($"c{i:D2}", "", before => before with { Profile = before.Profile with { Zone = zone } });
        }

        var seen = new List<(string Customer, string? Zone)>();
        while (await Store.Page(seen.Count == 0 ? "" : seen[^1].Customer, 10, Go) is { Count: > 0 } page) seen.AddRange(page);

        Assert.Equal(Enumerable.Range(0, 25).Select(i => ($"c{i:D2}", i % 2 == 0 ? "Asia/Shanghai" : null)), seen);
    }

    [Fact]
    public async Task Who_moves_is_paged_in_the_new_zone()
    {
        await Land("ann", "", before => before with { Profile = before.Profile with { Zone = "Europe/Paris" } });
        await Land("ann", "", before => before with { Profile = before.Profile with { Zone = "Asia/Tokyo" } });

        Assert.Equal([("ann", "Asia/Tokyo")], await Store.Page("", 10, Go));
    }

    [Fact]
    public async Task Lines_are_numbered_through_and_shown_newest_first()
    {
        await Land("ann", "s1", Named("Ann"), Ordered(1), Ordered(2));
        await Land("bob", "s1", Named("Bob"), Ordered(9));
        await Land("ann", "s2", Named("Ann"), Ordered(3));

        var all = await Records.Timeline("ann", long.MaxValue, 10, Go);
        var older = await Records.Timeline("ann", 3, 1, Go);

        Assert.Equal([(3, 3m), (2, 2m), (1, 1m)], all.Select(line => (line.Number, line.Line.Figure!.Value)));
        Assert.Equal([(2, 2m)], older.Select(line => (line.Number, line.Line.Figure!.Value)));
        Assert.Empty(await Records.Timeline("carl", long.MaxValue, 10, Go));
    }

    [Fact]
    public async Task A_line_comes_back_as_it_was_written()
    {
        var line = FilledRecord.Of<Line>();

        await Land("ann", "s1", Named("Ann"), line);

        Assert.Equal(Text(line), Text(Assert.Single(await Records.Timeline("ann", long.MaxValue, 10, Go)).Line));
    }

    [Fact]
    public async Task Tallies_equal_what_the_changes_add_up_to()
    {
        var expected = new Dictionary<Tally, long>();
        string[] steps = ["wait", "send", "wait-2"];
        for (var i = 0; i < 60; i++)
        {
            var change = await Next($"c{i % 7}", $"s{i}", Waking(Noon.AddDays(i), steps[i % 3]), Ordered(i) with { At = Noon.AddDays(i % 4) });
            Tallies.Add(change, expected);
            await Commit(change);
        }

        var tallies = await Records.Tallies(Tallies.Kinds, Go);

        Assert.Equal(expected.OrderBy(row => $"{row.Key}"), tallies.Select(row => KeyValuePair.Create(row.Tally, row.Count)).OrderBy(row => $"{row.Key}"));
        Assert.All(await Records.Tallies([Tallies.At], Go), row => Assert.Equal(Tallies.At, row.Tally.Kind));
    }

    [Fact]
    public async Task The_outbox_shows_what_dossiers_hold_oldest_first()
    {
        await Land("ann", "", Queueing("k2", Noon.AddMinutes(2)));
        await Land("bob", "", Queueing("k1", Noon.AddMinutes(1)));
        await Land("ann", "", Queueing("k3", Noon.AddMinutes(3)));
        await Land("ann", "", before => before with { Outbox = before.Outbox.SetItem(0, before.Outbox[0] with { State = OutboxState.InDoubt, DueAt = null }) });

        var all = await Records.Outbox(null, 10, Go);

        Assert.Equal([("bob", "k1"), ("ann", "k2"), ("ann", "k3")], all.Select(row => (row.Customer, row.Entry.Key)));
        Assert.Equal(["k2"], (await Records.Outbox(OutboxState.InDoubt, 10, Go)).Select(row => row.Entry.Key));
        Assert.Equal(["k1"], (await Records.Outbox(OutboxState.Queued, 1, Go)).Select(row => row.Entry.Key));
        Assert.Equal(["k1", "k2"], (await Records.Outbox(null, 2, Go)).Select(row => row.Entry.Key));
        Assert.Equal(Text(Entry("k1", Noon.AddMinutes(1))), Text(all[0].Entry));
    }

    [Fact]
    public async Task What_is_settled_leaves_the_outbox()
    {
        await Land("ann", "", Queueing("k1"));
        await Land("ann", "", Queueing("k2"));
        await Land("ann", "", before => before with { Outbox = before.Outbox.RemoveAt(0) });

        Assert.Equal(["k2"], (await Records.Outbox(null, 10, Go)).Select(row => row.Entry.Key));
    }

    [Fact]
    public async Task Open_cases_of_all_customers_show_the_one_due_first_at_the_head()
    {
        await Land("ann", "", Complaining("a", Noon.AddHours(2)));
        await Land("bob", "", Complaining("b", Noon.AddHours(1)));
        await Land("carl", "", Complaining("c", Noon.AddHours(3)));
        await Land("bob", "", before => before with { Cases = [before.Cases[0] with { DueAt = Noon.AddHours(4), Level = "manager" }] });
        await Land("carl", "", before => before with { Cases = [before.Cases[0] with { ResolvedAt = Noon }] });

        var open = await Records.OpenCases(10, Go);

        Assert.Equal([("ann", "agent"), ("bob", "manager")], open.Select(row => (row.Customer, row.Case.Level)));
        Assert.Single(await Records.OpenCases(1, Go));
    }

    [Theory]
    [InlineData("ann", "c1")]
    [InlineData("LEE", "c1", "c2")]
    [InlineData("zoë", "c3")]
    [InlineData("ZOË", "c3")]
    [InlineData("芳", "c4")]
    [InlineData("@example.com", "c1", "c2")]
    [InlineData("+4912", "c2")]
    [InlineData("c", "c1", "c2", "c3", "c4")]
    [InlineData("", "c1", "c2", "c3", "c4")]
    [InlineData("%")]
    [InlineData("nobody")]
    public async Task Customers_are_found_by_any_part_of_what_they_are_called(string text, params string[] expected)
    {
        await Land("c4", "", Named("王芳"));
        await Land("c3", "", Named("Zoë"));
        await Land("c2", "", before => before with { Profile = before.Profile with { Name = "Bob Lee", Email = "bob@Example.com", Phone = "+491234" } });
        await Land("c1", "", before => before with { Profile = before.Profile with { Name = "Ann Lee", Email = "ann@example.com" } });

        var found = await Records.Search(text, "", 10, Go);

        Assert.Equal(expected, found.Select(row => row.Customer));
    }

    [Fact]
    public async Task Search_follows_a_change_of_name_and_shows_what_is_known_now()
    {
        await Land("ann", "", Named("Ann Old"));
        await Land("ann", "", before => OneMoreOrder(Named("Ann New")(before)) with { Ledger = before.Ledger with { Tier = "gold" } });

        var row = Assert.Single(await Records.Search("new", "", 10, Go));

        Assert.Equal(("Ann New", 1, "gold", false), (row.Name, row.Orders, row.Tier, row.OpenCase));
        Assert.Empty(await Records.Search("old", "", 10, Go));
    }

    [Fact]
    public async Task Search_pages_in_order_of_id()
    {
        for (var i = 0; i < 9; i++) await Land($"c{i}", "", Named(i % 2 == 0 ? "Even" : "Odd"));

        var first = await Records.Search("even", "", 2, Go);
        var second = await Records.Search("even", first[^1].Customer, 2, Go);

        Assert.Equal(["c0", "c2", "c4", "c6"], first.Concat(second).Select(row => row.Customer));
    }

    [Fact]
    public async Task Customers_are_listed_by_what_the_last_sweep_found()
    {
        for (var i = 0; i < 9; i++) await Land($"c{i}", "", ScoredAs(i % 2 == 0 ? "543" : "113", i < 6 ? Stage.Mature : Stage.AtRisk, i == 4 ? Band.High : Band.Low));
        await Land("nobody", "", Named("Not scored"));

        Assert.Equal(["c0", "c2", "c4", "c6", "c8"], await Scored(new() { Cells = ["54", "55"] }));
        Assert.Equal(["c6", "c7", "c8"], await Scored(new() { Stage = Stage.AtRisk }));
        Assert.Equal(["c4"], await Scored(new() { Cells = ["54"], Stage = Stage.Mature, Value = Band.High }));
        Assert.Equal(["c1", "c3", "c5", "c7"], await Scored(new() { Cells = ["11"], Need = Need.Product }));
        Assert.Equal(9, (await Scored(new())).Count());
        Assert.Empty(await Scored(new() { Potential = Band.High }));
        Assert.Equal(["c6", "c8"], (await Records.Scored(new() { Cells = ["54"] }, "c4", 2, Go)).Select(row => row.Customer));
    }

    async Task<IEnumerable<string>> Scored(ScoreFilter which) => (await Records.Scored(which, "", 10, Go)).Select(row => row.Customer);

    static Func<Dossier, Dossier> ScoredAs(string rfm, Stage stage, Band value) => before => before with
    {
        Purchases = before.Purchases.With(new("o1", Noon, 10), "UTC"),
        Scores = new() { AsOf = new(2027, 3, 1), Model = "bg-nbd 2027-03-01", Rfm = rfm, Segment = "some", Stage = stage, Alive = 0.5, Value365 = 12, Value = value },
    };

    async Task<IEnumerable<string>> DueBy(DateTimeOffset until, int most = 10) => (await Store.Due(until, most, Go)).Select(row => row.Customer);
}
