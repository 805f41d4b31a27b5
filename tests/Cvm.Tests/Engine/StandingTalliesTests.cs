using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>What stands now can be counted anew from the dossiers: by change or from nothing, it comes to the same.</summary>
public sealed class StandingTalliesTests
{
    static readonly string[] Kinds = [Tallies.At, Tallies.Now, Tallies.Members, Tallies.Expiring];

    [Fact]
    public async Task Counted_from_the_dossiers_it_is_what_the_changes_came_to()
    {
        var store = new MemoryStore();
        var clock = new VirtualTime(Some.Now);
        var playbook = Some.Playbook(Some.Journey("wait", new("order"), new Step.Wait("rest", Step.Done, new(Some.Lapse("7d")), null)));
        var rules = playbook.Loyalty with { ReturnDays = 14 };
        var loaded = new LoadedPlaybook(playbook with { Loyalty = rules }, new NoRenderer(), []);
        var engine = new CustomerEngine(store, () => loaded, new Dictionary<OutboxKind, ISender>(), clock);
        string[] people = ["ann", "ben", "cy", "dee"];
        foreach (var (id, i) in people.Select((id, i) => (id, i)))
        {
            await engine.Take(id, new Signal.Told($"told:{id}", Some.Now, new() { Name = id }, []), default);
            await engine.Take(id, new Signal.Ordered($"order:{id}", Some.Now.AddDays(-15 * i), $"o-{id}", 700 * i), default);
            await engine.Take(id, new Signal.Ordered($"fresh:{id}", Some.Now, $"f-{id}", 30), default);
            await engine.Take(id, new Signal.RedemptionAsked($"ask:{id}", Some.Now, $"r-{id}", 20 * i), default);
            await engine.Take(id, new Signal.PointsAdjusted($"adjust:{id}", Some.Now, 40 - 20 * i, "Kim", "so"), default);
        }

        var dossiers = await Task.WhenAll(people.Select(async id => (await store.Load(id, "", default)).Dossier));
        var counted = Anew(dossiers);

        Assert.Equal(Sorted(await ((IRecords)store).Tallies(Kinds, default)), Sorted(counted.Select(pair => (pair.Key, pair.Value))));
        Assert.True(counted.Keys.Select(tally => tally.Detail).ToHashSet().IsSupersetOf(["customers", "points", "points-pending", "points-reserved", "silver"]));

        foreach (var dossier in dossiers) Tallies.Remove(dossier, counted);
        Assert.DoesNotContain(counted.Keys, tally => tally.Kind != Tallies.Measured); // of windows only the end would have come
    }

    static Dictionary<Tally, long> Anew(IEnumerable<Dossier> dossiers)
    {
        var counted = new Dictionary<Tally, long>();
        foreach (var dossier in dossiers) Tallies.Standing(dossier, counted);
        return counted;
    }

    static IEnumerable<string> Sorted(IEnumerable<(Tally Tally, long Count)> tallies) => tallies.Select(t => $"{t.Tally} {t.Count}").Order(StringComparer.Ordinal);

    sealed class NoRenderer : IRenderer
    {
        public (Outgoing? Message, string? Problem) Render(Playbook playbook, Dossier dossier, OutboxEntry entry) => (null, "No messages here.");
    }
}
