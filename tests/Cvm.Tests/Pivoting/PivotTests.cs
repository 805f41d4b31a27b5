using Cvm.Engine;
using Cvm.Tests.Playbooks;

namespace Cvm.Tests.Pivoting;

/// <summary>The pivot against the plainest reckoning there is: over dossiers, one by one.</summary>
public sealed class PivotTests
{
    static readonly LoadedPlaybook Shipped = PlaybookLoader.Load(Repository.File("src/Playbook"));

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory, MemberData(nameof(Seeds))]
    public async Task It_says_what_the_dossiers_say(int seed)
    {
        var random = new Random(seed);
        var people = Enumerable.Range(0, random.Next(1, 120)).Select(i => RandomPeople.One(random, $"c{i:D3}")).ToList();
        var query = RandomQuery(random);
        using var pivot = await Over(people);

        var table = await pivot.Ask(query, default);

        var plain = new PlainPivot(Shipped.Playbook, RandomPeople.Noon, people);
        Assert.Equal(plain.Count(query), table.Total.People);
        for (var row = 0; row <= table.Rows.Length; row++)
            for (var column = 0; column <= table.Columns.Length; column++)
            {
                if ((row < table.Rows.Length && table.Rows[row].Name == PivotTable.Others) || (column < table.Columns.Length && table.Columns[column].Name == PivotTable.Others)) continue;
                var expected = plain.Cell(query, row == table.Rows.Length ? null : table.Rows[row].Name, column == table.Columns.Length ? null : table.Columns[column].Name);
                var found = table[row, column];

                Assert.True((expected.People, expected.Of) == (found.People, found.Of), $"{query.Address} at {(row == table.Rows.Length ? "all" : table.Rows[row].Name)}: {expected} {found}");
                if (double.IsNaN(expected.Value)) Assert.True(double.IsNaN(found.Value), query.Address);
                else Assert.True(Math.Abs(expected.Value - found.Value) <= 1e-9 * Math.Max(1, Math.Abs(expected.Value)), $"{query.Address}: {expected.Value} {found.Value}");
            }

        AssertAll(plain.Values(query, query.Rows), table.Rows);
        if (query.Columns is { } columns) AssertAll(plain.Values(query, columns), table.Columns);
    }

    static void AssertAll(HashSet<string> expected, ImmutableArray<PivotValue> found)
    {
        if (found.Any(value => value.Name == PivotTable.Others)) Assert.Subset(expected, found.Where(value => value.Name != PivotTable.Others).Select(value => value.Name).ToHashSet());
        else Assert.Equal(expected, found.Select(value => value.Name).ToHashSet());
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task The_people_behind_every_cell_are_those_it_counts(int seed)
    {
        var random = new Random(seed);
        var people = Enumerable.Range(0, 60).Select(i => RandomPeople.One(random, $"c{i:D3}")).ToList();
        var query = RandomQuery(random);
        using var pivot = await Over(people);
        var table = await pivot.Ask(query, default);
        var plain = new PlainPivot(Shipped.Playbook, RandomPeople.Noon, people);

        for (var row = 0; row < table.Rows.Length; row++)
        {
            var drilled = query.Where(query.Rows, table.Rows[row].Name);
            var found = await pivot.People(drilled, "", 1_000, default);

            Assert.Equal(plain.People(drilled), found.Some.Select(person => person.Customer));
            Assert.Equal(table[row, table.Columns.Length].People, found.Count);
        }
    }

    [Fact]
    public async Task People_come_in_pages_in_order_of_id_whatever_the_order_they_came_in()
    {
        var random = new Random(3);
        var people = Enumerable.Range(0, 97).Select(i => RandomPeople.One(random, $"c{i * 37 % 97:D2}")).ToList();
        using var pivot = await Over(people);
        var all = new List<string>();

        for (var after = ""; (await pivot.People(PivotQuery.Usual, after, 10, default)).Some is [.., var last] page; after = last.Customer) all.AddRange(page.Select(person => person.Customer));

        Assert.Equal(people.Select(one => one.Customer).Order(StringComparer.Ordinal), all);
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task Kept_current_it_is_the_same_as_read_anew(int seed)
    {
        var random = new Random(seed);
        var store = new MemoryStore();
        var clock = new VirtualTime(RandomPeople.Noon);
        using var kept = new Pivot(store, () => Shipped, clock);

        for (var i = 0; i < 80; i++)
        {
            var customer = $"c{random.Next(25)}";
            if (random.Next(6) == 0) await store.Forget(customer, [], default);
            else await Land(store, customer, before => random.Next(8) == 0 ? before with { MergedInto = "c0" } : RandomPeople.One(random, customer) with { Lines = before.Lines });
            if (i % 16 != 0) continue;

            var query = RandomQuery(random);
            using var fresh = new Pivot(store, () => Shipped, clock);
            Assert.Equal(Told(await fresh.Ask(query, default)), Told(await kept.Ask(query, default)));
        }
    }

    [Fact]
    public async Task Who_was_forgotten_is_in_no_cell_no_list_and_no_file()
    {
        var store = new MemoryStore();
        using var pivot = new Pivot(store, () => Shipped, new VirtualTime(RandomPeople.Noon));
        await Land(store, "ann", before => before with { Profile = new() { Country = "FR", Tags = ["only-ann"] } });
        await Land(store, "bob", before => before);
        var before = await pivot.Ask(Query("rows=tag"), default);

        await store.Forget("ann", [], default);

        Assert.Equal(2, before.Total.People);
        Assert.Equal(["none"], (await pivot.Ask(Query("rows=tag"), default)).Rows.Select(row => row.Name));
        Assert.Equal(["bob"], (await pivot.People(PivotQuery.Usual, "", 10, default)).Some.Select(person => person.Customer));
        Assert.DoesNotContain("ann", await Csv(pivot, PivotQuery.Usual));
    }

    [Fact]
    public async Task Who_changes_while_everybody_is_read_is_told_with_the_next_question()
    {
        var store = new MemoryStore();
        await Land(store, "ann", before => before with { Profile = new() { Country = "FR" } });
        using var pivot = new Pivot(new Restless(store, () => Land(store, "ann", before => before with { Profile = new() { Country = "DE" } })), () => Shipped, new VirtualTime(RandomPeople.Noon));

        var first = await pivot.Ask(Query("rows=country"), default);
        var next = await pivot.Ask(Query("rows=country"), default);

        Assert.Equal("FR", Assert.Single(first.Rows).Name);
        Assert.Equal("DE", Assert.Single(next.Rows).Name);
    }

    // Something happens when the first page has been read.
    sealed class Restless(MemoryStore store, Func<Task> act) : IPortraits
    {
        public async ValueTask<IReadOnlyList<Portrait>> Portraits(string after, int most, CancellationToken stop)
        {
            var page = await ((IPortraits)store).Portraits(after, most, stop);
            if (after == "") await act();
            return page;
        }

        public ValueTask<PortraitNews?> News(string since, CancellationToken stop) => ((IPortraits)store).News(since, stop);
    }

    [Fact]
    public async Task After_too_many_changes_everybody_is_read_anew()
    {
        var store = new MemoryStore();
        using var pivot = new Pivot(store, () => Shipped, new VirtualTime(RandomPeople.Noon));
        await pivot.Warm(default);
        var changes = Enumerable.Range(0, 20_000).Select(i => new Change(Dossier.For($"c{i}"), 0, Dossier.For($"c{i}"), "", []));
        await store.Commit([.. changes], default);

        Assert.Equal(20_000, (await pivot.Ask(PivotQuery.Usual, default)).Total.People);
    }

    [Theory, InlineData(0, 10, true), InlineData(0, 60, false), InlineData(5, 60, true)]
    public async Task Many_people_are_let_go_of_when_nobody_asks_and_read_again_with_the_next_question(int mostKept, int minutes, bool held)
    {
        var store = new MemoryStore();
        var clock = new VirtualTime(RandomPeople.Noon);
        using var pivot = new Pivot(store, () => Shipped, clock, mostKept);
        await Land(store, "ann", before => before);
        await pivot.Warm(default);

        clock.To(RandomPeople.Noon.AddMinutes(minutes));
        pivot.Rest();

        Assert.Equal(held, pivot.Holds);
        Assert.Equal(1, (await pivot.Ask(PivotQuery.Usual, default)).Total.People);
    }

    [Fact]
    public async Task Too_many_values_leave_the_largest_and_all_others_together()
    {
        var people = Enumerable.Range(0, 500).Select(i => Dossier.For($"c{i}") with { Profile = new() { Tags = [$"t{i:D3}", "everybody"] } }).ToList();
        using var pivot = await Over(people);

        var table = await pivot.Ask(Query("rows=tag&columns="), default);

        Assert.Equal(200, table.Rows.Length);
        Assert.Equal(("everybody", 500), (table.Rows[0].Name, table[0, 0].People));
        Assert.Equal((PivotTable.Others, 302), (table.Rows[^1].Name, table[199, 0].People));
        Assert.Equal(500, table.Total.People);
    }

    internal static PivotQuery Query(string address) => PivotQuery.Read(address.Split('&').Select(part => part.Split('=')).Select(part => KeyValuePair.Create(part[0], Uri.UnescapeDataString(part[1])))).Query!;

    internal static async Task<string> Csv(Pivot pivot, PivotQuery query)
    {
        var text = "";
        await PivotCsv.People(pivot, query, (part, _) =>
        {
            text += part;
            return Task.CompletedTask;
        }, default);
        return text;
    }

    internal static async Task<Pivot> Over(IEnumerable<Dossier> people)
    {
        var store = new MemoryStore();
        await store.Commit([.. people.Select(one => new Change(Dossier.For(one.Customer), 0, one, "", []))], default);
        return new(store, () => Shipped, new VirtualTime(RandomPeople.Noon));
    }

    static async Task Land(MemoryStore store, string customer, Func<Dossier, Dossier> turn)
    {
        var (before, revision, _) = await store.Load(customer, "", default);
        Assert.Equal([Landing.Landed], await store.Commit([new(before, revision, turn(before), "", [])], default));
    }

    static PivotQuery RandomQuery(Random random)
    {
        var dimensions = Dimensions.All;
        var query = new PivotQuery(RandomPeople.Pick(random, [.. dimensions]), random.Next(4) == 0 ? null : RandomPeople.Pick(random, [.. dimensions]), RandomPeople.Pick(random, [.. PivotMeasures.All]), []);
        if (query.Columns == query.Rows) query = query with { Columns = null };
        for (var i = random.Next(3); i > 0; i--)
        {
            var by = RandomPeople.Pick(random, [.. dimensions]);
            string[] free = by.Name switch { "country" => ["DE", "CN", "nowhere"], "tag" => ["vip", "=cmd"], "journey" => ["win-back", "none"], "tier" => ["gold", "none"], "first-order-year" => ["2025", "2026"], _ => ["none"] };
            query = query.With(by, [.. (by.Values.IsEmpty ? free : [.. by.Values.Select(value => value.Name)]).Where(_ => random.Next(2) == 0)]);
        }

        return query;
    }

    static string Told(PivotTable table) => string.Join('\n', Enumerable.Range(0, table.Rows.Length + 1).Select(row =>
        string.Join(' ', Enumerable.Range(0, table.Columns.Length + 1).Select(column => $"{(row < table.Rows.Length ? table.Rows[row].Name : "")}/{(column < table.Columns.Length ? table.Columns[column].Name : "")} {table[row, column].People} {table[row, column].Of} {table[row, column].Value:0.####}"))));
}
