using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>A way that wins is taken by everybody new, by rule and until somebody takes it back.</summary>
public sealed class WinnersTests
{
    static readonly Journey Care = Some.Journey("care", new("order"), new Step.Split("gift", Step.Done, [new("coupon", 0.5, Step.Done), new("points", 0.5, Step.Done)], new(PromoteBy.Profit, TimeSpan.FromDays(14), 200))) with
    {
        Goal = new(new("order"), Some.Lapse("14d")),
    };

    readonly MemoryStore store = new();
    readonly VirtualTime clock = new(Some.Now);
    LoadedPlaybook loaded = new(Some.Playbook(Care), new NoRenderer(), []);
    int people;

    Winners Winners => new(store, store, () => loaded, clock, winners => loaded = loaded.With(winners));

    sealed class NoRenderer : IRenderer
    {
        public (Outgoing? Message, string? Problem) Render(Playbook playbook, Dossier dossier, OutboxEntry entry) => (null, "No messages here.");
    }

    // So many took an arm and were measured; a part of them bought.
    async Task Measure(string arm, int count, int bought)
    {
        for (var i = 0; i < count; i++)
        {
            var group = Measured.ArmOf("gift", arm);
            var outcome = i < bought ? new Outcome(true, 1, 50 + i % 9, 20 + i % 9, 0, 0, 0, 0) : new Outcome(false, 0, 0, 0, 0, 0, 0, 0);
            Line[] lines = [new(Some.Now, Happening.Took) { Journey = "care", Measured = new(1, group) }, new(Some.Now, Happening.Measured) { Journey = "care", Measured = new(1, group, outcome) }];
            var fresh = Dossier.For($"p{people++}");
            await store.Commit([new(fresh, 0, fresh with { Lines = lines.Length }, "", [.. lines])], default);
        }
    }

    async Task LookLater(int days)
    {
        clock.To(clock.GetUtcNow().AddDays(days));
        await Winners.Look(default);
    }

    async Task PointsWin()
    {
        await Measure("coupon", 400, 40);
        await Measure("points", 400, 120);
        await LookLater(0);
        await LookLater(14);
    }

    [Fact]
    public async Task What_has_won_is_taken_by_everybody_new()
    {
        await Measure("coupon", 400, 40);
        await Measure("points", 400, 120);
        await Winners.Look(default);
        Assert.Empty(await Winners.Standing(default)); // the two weeks begin here

        await LookLater(14);

        var winner = Assert.Single(loaded.Playbook.Winners);
        Assert.Equal(("care", 1, "gift", "points"), (winner.Journey, winner.Version, winner.Step, winner.Arm));
        Assert.Matches(@"^profit per person: \d+\.\d\d to \d+\.\d\d more than coupon$", winner.Because);
        var took = Enumerable.Range(0, 20).Select(i => Kernel.Take(loaded.Playbook, Dossier.For($"new{i}"), Some.Order($"o{i}", 10), Some.Now).Lines.Single(line => line.What == Happening.Took)).ToList();
        Assert.All(took, line => Assert.Equal(("points", true), (line.Subject, line.Measured is null)));
        Assert.All(took, line => Assert.StartsWith("it won, profit per person", line.Because, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(400, 40, 400, 44)]
    [InlineData(400, 40, 199, 100)]
    [InlineData(400, 40, 700, 400)]
    public async Task What_is_not_certain_has_not_won(int coupons, int bought, int points, int boughtToo)
    {
        await Measure("coupon", coupons, bought);
        await Measure("points", points, boughtToo);
        await LookLater(0);
        await LookLater(20);

        Assert.Empty(await Winners.Standing(default));
    }

    [Fact]
    public async Task Who_took_another_way_keeps_it()
    {
        await PointsWin();
        var split = (Step.Split)Care.Steps[0];
        var journey = Care with { Steps = [split with { Arms = [.. split.Arms.Select(arm => arm with { Then = 1 })] }, new Step.Wait("rest", 0, new(Some.Lapse("1d")), null)] };
        var before = Enumerable.Range(0, 50).Select(i => Kernel.Take(Some.Playbook(journey), Dossier.For($"c{i}"), Some.Order("o", 10), Some.Now).Dossier).First(dossier => dossier.Enrollments[0].Arms["gift"] == "coupon");

        var again = Kernel.Take(Some.Playbook(journey) with { Winners = loaded.Playbook.Winners }, before, new Signal.Woke(Some.Now.AddDays(1)), Some.Now.AddDays(1));

        Assert.Equal("coupon", again.Lines.Single(line => line.What == Happening.Took).Subject);
    }

    [Fact]
    public async Task Taken_back_the_lot_decides_again_for_good()
    {
        await PointsWin();

        Assert.True(await Winners.TakeBack("care", "gift", "Kim", default));
        Assert.False(await Winners.TakeBack("care", "gift", "Kim", default));
        await LookLater(14);

        Assert.Empty(loaded.Playbook.Winners);
        Assert.Equal("Kim", Assert.Single(await Winners.Runs(default)).By);
    }

    [Fact]
    public async Task A_look_does_not_undo_what_is_taken_back_at_that_moment()
    {
        await PointsWin();
        loaded = new(Some.Playbook(Care with { Version = 2 }), new NoRenderer(), []);
        Line line = new(Some.Now, Happening.Took) { Journey = "care", Measured = new(2, Measured.ArmOf("gift", "coupon")) };
        await store.Commit([new(Dossier.For("new"), 0, Dossier.For("new") with { Lines = 1 }, "", [line])], default);

        await new Winners(store, new Between(store, () => Winners.TakeBack("care", "gift", "Kim", default)), () => loaded, clock).Look(default);

        Assert.Equal([(1, "Kim"), (2, null)], (await Winners.Runs(default)).Select(run => (run.Version, run.By)));
    }

    [Fact]
    public async Task Taken_back_is_what_won_in_whatever_version()
    {
        await PointsWin();
        var first = (await Winners.Runs(default)).Single();
        await store.Keep("winners", System.Text.Json.JsonSerializer.Serialize(ImmutableArray.Create(first, first with { Version = 2, Won = first.Won! with { Version = 2 } }), DossierText.Options), default);

        Assert.True(await Winners.TakeBack("care", "gift", "Kim", default));

        Assert.Empty(await Winners.Standing(default));
    }

    [Fact]
    public async Task The_days_round_looks()
    {
        await Measure("coupon", 400, 40);
        await Measure("points", 400, 120);
        var engine = new CustomerEngine(store, () => loaded, new Dictionary<OutboxKind, ISender>(), clock);
        var rounds = new Rounds(store, store, () => loaded, engine, clock, winners: Winners);
        await rounds.Next(default);
        foreach (var _ in new int[2])
        {
            clock.To(clock.GetUtcNow().AddDays(15));
            await rounds.Make(default);
        }

        Assert.Single(loaded.Playbook.Winners);
    }

    [Theory]
    [InlineData("promote: { by: profit, after: 2w, least: 200 }", "")]
    [InlineData("promote: { by: goal, after: 2w, least: 200 }", "This split promotes by goal, and the journey has none.")]
    [InlineData("promote: { by: luck, after: 2w, least: 200 }", "luck")]
    [InlineData("promote: { by: profit, after: 2w, least: 5 }", "'5' is")]
    public void The_rule_is_written_beside_the_split(string rule, string problem)
    {
        var sources = Playbooks.SmallPlaybook.With(("journeys/care/journey.yaml", $$"""
            journey: care
            version: 1
            about: Tries two ways.
            purpose: service
            enter: { on: order }
            steps:
              - split: { one: { share: 50% }, two: { share: 50% } }
                {{rule}}
            """));

        if (problem == "") Assert.Equal(new Promotion(PromoteBy.Profit, TimeSpan.FromDays(14), 200), ((Step.Split)sources.Playbook!.Find("care")!.Steps[0]).Promote);
        else Assert.Contains(problem, string.Join('\n', sources.Problems));
    }
}
