using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>What a sweep leaves behind of everybody.</summary>
public sealed class ScoreSummaryTests
{
    static readonly DateTimeOffset Noon = new(2027, 3, 1, 11, 0, 0, TimeSpan.Zero);
    static readonly DateOnly Night = new(2027, 3, 2);

    readonly MemoryStore store = new();
    readonly VirtualTime clock = new(Noon);
    readonly LoadedPlaybook playbook = PlaybookLoader.Load(Repository.File("src/Playbook"));

    [Fact]
    public async Task It_adds_up_what_everybodys_scores_say_whether_or_not_they_moved()
    {
        await Shop(300);
        await Sweep().Make(Night, null, default);
        var result = await Sweep().Make(Night.AddDays(1), null, default);

        var summary = (await Engine.Sweep.Summary(store, default))!;

        Assert.Equal((Night.AddDays(1), result.Model.Name, 300), (summary.AsOf, summary.Model, summary.All.Customers));
        Assert.True(result.Moved < 300);
        var standings = await store.Standings("", 1_000, default);
        var scorer = new Scorer(result.Model, playbook.Playbook);
        var all = standings.Select(standing => (standing.Net, Scores: scorer.Of(standing))).ToList();
        foreach (var cell in all.GroupBy(one => one.Scores.Rfm![..2]))
            Check(new(cell.Count(), cell.Sum(one => one.Net), cell.Sum(one => one.Scores.Value365), cell.Sum(one => one.Scores.Alive)), summary[cell.Key[0] - '0', cell.Key[1] - '0']);
        foreach (var stage in all.GroupBy(one => one.Scores.Stage)) Assert.Equal(stage.Count(), summary.Stages[(int)stage.Key].Customers);
        foreach (var need in all.GroupBy(one => one.Scores.Need)) Assert.Equal(need.Count(), summary.Needs[(int)need.Key].Customers);
        Assert.Equal(300, summary.Segments(RfmMap.Usual).Sum(segment => segment.Group.Customers));
        Assert.Equal(300, summary.Values.Sum(band => band.Customers));
    }

    [Fact]
    public async Task A_restart_in_the_middle_counts_nobody_twice()
    {
        await Shop(10_300);
        await Sweep().Next(default);
        clock.To(Noon.AddDays(1));
        await Assert.ThrowsAsync<IOException>(() => Sweep(new CutOff(store, pages: 4)).Make(default));

        await Sweep().Make(default);

        Assert.Equal(10_300, (await Engine.Sweep.Summary(store, default))!.All.Customers);
    }

    [Fact]
    public async Task Parts_side_by_side_are_added_up_and_one_done_again_counts_once()
    {
        await Shop(100);
        var sweep = Sweep();
        await sweep.Make(Night, null, default);
        var whole = (await Engine.Sweep.Summary(store, default))!;
        var standings = await store.Standings("", 1_000, default);
        await sweep.Keep("from an earlier night", whole, default);
        clock.To(await sweep.Next(default));

        var plan = (await sweep.Begin(60, default))!;
        foreach (var part in plan.Parts.Append(plan.Parts[^1]))
        {
            var found = ScoreSummary.For(plan.Model);
            await sweep.Score(plan.Model, [.. standings.SkipWhile(one => string.CompareOrdinal(one.Customer, part.After) <= 0).Take(part.Customers)], default, found);
            await sweep.Keep(part.Last, found, default);
        }

        await sweep.Finish(default);

        var summed = (await Engine.Sweep.Summary(store, default))!;
        Assert.Equal((2, 100), (plan.Parts.Count, summed.All.Customers));
        Assert.Equal(whole.All.Net, summed.All.Net, 4);
        Assert.NotNull(summed.Portrait);
    }

    [Fact]
    public async Task What_sets_customers_apart_is_told_in_words_and_the_same_every_time()
    {
        await Shop(2_000);
        await Sweep().Make(Night, null, default);
        var first = (await Engine.Sweep.Summary(store, default))!.Portrait!;

        await Sweep().Make(Night, null, default);

        var again = (await Engine.Sweep.Summary(store, default))!.Portrait!;
        Assert.Equal(2_000, first.Sampled);
        Assert.Equal(1, first.Groups.Sum(group => group.Share), 9);
        Assert.InRange(first.Groups.Length, 2, playbook.Playbook.Scores.Clusters);
        Assert.All(first.Groups, group => Assert.NotEqual("", group.About));
        Assert.StartsWith("Of ", first.Leaving[0]);
        Assert.Equal(first.Groups.AsEnumerable(), again.Groups);
        Assert.Equal(first.Leaving.AsEnumerable(), again.Leaving);
    }

    [Fact]
    public async Task A_shop_without_orders_has_an_empty_one()
    {
        await Sweep().Make(Night, null, default);

        var summary = (await Engine.Sweep.Summary(store, default))!;

        Assert.Equal(default, summary.All);
        Assert.Empty(summary.Portrait!.Groups);
        Assert.Equal(["There are no customers to compare."], summary.Portrait.Leaving.AsEnumerable());
    }

    [Theory]
    [InlineData("201035 543 12 30", true)]
    [InlineData("201035", false)]
    [InlineData("", false)]
    public void Nobody_without_scores_fits_a_filter(string mark, bool expected) => Assert.Equal(expected, new ScoreFilter().Holds(mark));

    [Fact]
    public void A_filter_reads_marks_as_scores_write_them()
    {
        var scores = new Scores { AsOf = Night, Rfm = "432", Stage = Stage.Loyal, Value = Band.High, Potential = Band.Middle, Relationship = Relationship.Core, Need = Need.Price };

        Assert.True(new ScoreFilter { Cells = ["11", "43"], Stage = Stage.Loyal, Value = Band.High, Potential = Band.Middle, Relationship = Relationship.Core, Need = Need.Price }.Holds(scores));
        Assert.False(new ScoreFilter { Cells = ["34"] }.Holds(scores));
        Assert.False(new ScoreFilter { Stage = Stage.New }.Holds(scores));
        Assert.False(new ScoreFilter { Need = Need.Service }.Holds(scores));
        Assert.False(new ScoreFilter().Holds(Scores.Unknown));
    }

    static void Check(ScoreGroup expected, ScoreGroup actual)
    {
        Assert.Equal(expected.Customers, actual.Customers);
        Assert.Equal(expected.Net, actual.Net, 4);
        Assert.Equal(expected.Expected, actual.Expected, 4);
        Assert.Equal(expected.Staying, actual.Staying, 4);
    }

    Sweep Sweep(IStandings? standings = null) => new(standings ?? store, store, () => playbook, Taker, clock);

    CustomerEngine Taker => new(store, () => playbook, Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)new MemoryMailbox(store, clock)), clock);

    async Task Shop(int customers)
    {
        var signals = new List<(string, Signal)>();
        for (var i = 0; i < customers; i++)
            for (var order = 0; order <= i % 4; order++)
                signals.Add(($"c{i:D5}", new Signal.Ordered($"o{order}", Noon.AddDays(-700 + i * 7 % 600 + order * (5 + i % 11)), $"o{order}", 10 + i % 90)));
        await Taker.Take(signals, default);
    }

    /// <summary>Gives so many pages and then none any more.</summary>
    sealed class CutOff(IStandings standings, int pages) : IStandings
    {
        public ValueTask<IReadOnlyList<Standing>> Standings(string after, int most, CancellationToken stop) =>
            pages-- > 0 ? standings.Standings(after, most, stop) : throw new IOException("The lights went out.");
    }
}
