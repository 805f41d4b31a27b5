using System.Text.Json;

namespace Cvm.Engine;

/// <summary>The nightly sweep: fits the models to everybody, scores everybody, and takes a signal for each customer for whom something has moved.
/// It goes through everybody twice in pages, remembers how far it came, and goes on from there with the same model after a restart.</summary>
public sealed class Sweep(IStandings standings, IMemo memo, Func<LoadedPlaybook> playbook, CustomerEngine engine, TimeProvider clock)
{
    const string MemoName = "scores/sweep", ModelName = "scores/model";
    const int PageSize = 10_000;
    const int Together = 500;

    Progress? progress;

    /// <param name="Done">The last day that was scored.</param>
    /// <param name="UnderWay">The day that is being scored; null between sweeps.</param>
    /// <param name="After">The last customer it has dealt with.</param>
    sealed record Progress(DateOnly Done, DateOnly? UnderWay, string After);

    /// <summary>What a sweep came to.</summary>
    public sealed record Result(ScoreModel Model, int Customers, int Moved);

    /// <summary>How far a sweep has come: customers scored, of how many, and how many moved.</summary>
    public readonly record struct Step(int Scored, int Customers, int Moved);

    /// <summary>Some customers who follow each other in the order of the store: those after one of them, up to and with another.</summary>
    public sealed record Part(string After, string Last, int Customers);

    /// <summary>A sweep that is under way, and everybody in parts.</summary>
    public sealed record Plan(ScoreModel Model, IReadOnlyList<Part> Parts);

    /// <summary>When the next sweep is to be made; in the past where one is due or under way.</summary>
    public async ValueTask<DateTimeOffset> Next(CancellationToken stop)
    {
        var state = await Load(stop);
        return state.UnderWay is { } day ? At(day) : At(state.Done.AddDays(1));
    }

    /// <summary>Makes the sweep that is due, if one is.</summary>
    public async Task<Result?> Make(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (await Next(stop) > now) return null;

        var state = await Load(stop);
        var model = state.UnderWay is null ? null : await Model(stop);
        return await GoOn(model ?? await Fit(Today(now), null, stop), null, stop);
    }

    /// <summary>Scores everybody as of a day, whether or not a sweep is due.</summary>
    public async Task<Result> Make(DateOnly asOf, Action<Step>? show, CancellationToken stop) => await GoOn(await Fit(asOf, show, stop), show, stop);

    /// <summary>The sweep that is due, which is under way from here, or the one under way, which keeps its model; null where there is none. For
    /// hosts that score parts of it side by side, and then call <see cref="Finish"/>; others call <see cref="Make(CancellationToken)"/>.</summary>
    /// <param name="partSize">How many customers make a part.</param>
    public async Task<Plan?> Begin(int partSize, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (await Next(stop) > now) return null;

        var (crowd, parts) = await Everybody(partSize, null, stop);
        var known = (await Load(stop)).UnderWay is null ? null : await Model(stop);
        return new(known ?? await Start(Today(now), crowd, stop), parts);
    }

    async Task<ScoreModel> Fit(DateOnly asOf, Action<Step>? show, CancellationToken stop) => await Start(asOf, (await Everybody(int.MaxValue, show, stop)).Crowd, stop);

    async Task<ScoreModel> Start(DateOnly asOf, ScoreCrowd crowd, CancellationToken stop)
    {
        var model = crowd.Fit(asOf);
        await memo.Keep(ModelName, ScoreModelText.Write(model), stop);
        await Save((await Load(stop)) with { UnderWay = asOf, After = "" }, stop);
        return model;
    }

    async Task<(ScoreCrowd Crowd, IReadOnlyList<Part> Parts)> Everybody(int partSize, Action<Step>? show, CancellationToken stop)
    {
        var (crowd, parts) = (new ScoreCrowd(), new List<Part>());
        var (from, after, before) = ("", "", 0);
        while (await standings.Standings(after, PageSize, stop) is [.., var last] page)
        {
            foreach (var standing in page)
            {
                crowd.Add(standing);
                if (crowd.Customers - before == partSize) Cut(standing.Customer);
            }

            after = last.Customer;
            show?.Invoke(new(0, crowd.Customers, 0));
        }

        if (crowd.Customers > before) Cut(after);
        return (crowd, parts);

        void Cut(string last)
        {
            parts.Add(new(from, last, crowd.Customers - before));
            (from, before) = (last, crowd.Customers);
        }
    }

    /// <summary>The model of the last sweep, or of the one under way; null before the first.</summary>
    public async ValueTask<ScoreModel?> Model(CancellationToken stop) => await memo.Kept(ModelName, stop) is { } text ? ScoreModelText.Read(text) : null;

    /// <summary>Scores a page of customers. Doing it twice is harmless.</summary>
    /// <returns>How many moved.</returns>
    public async Task<int> Score(ScoreModel model, IReadOnlyList<Standing> page, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var moved = 0;
        var batch = new List<(string, Signal)>(Together);
        foreach (var (place, scores) in new Scorer(model, playbook().Playbook).Moved(page))
        {
            batch.Add((page[place].Customer, new Signal.Scored($"scores:{model.AsOf:yyyy-MM-dd}", now, scores)));
            moved++;
            if (batch.Count == Together) await Flush();
        }

        await Flush();
        return moved;

        async Task Flush()
        {
            if (batch.Count > 0) await engine.Take(batch, stop);
            batch.Clear();
        }
    }

    /// <summary>Ends the sweep that is under way.</summary>
    public async Task Finish(CancellationToken stop)
    {
        var state = await Load(stop);
        if (state.UnderWay is { } day) await Save(new(day > state.Done ? day : state.Done, null, ""), stop);
    }

    async Task<Result> GoOn(ScoreModel model, Action<Step>? show, CancellationToken stop)
    {
        var (state, scored, moved) = (await Load(stop), 0, 0);
        while (await standings.Standings(state.After, PageSize, stop) is [.., var last] page)
        {
            moved += await Score(model, page, stop);
            scored += page.Count;
            show?.Invoke(new(scored, Math.Max(scored, model.Customers), moved));
            await Save(state = state with { After = last.Customer }, stop);
        }

        await Finish(stop);
        return new(model, scored, moved);
    }

    /// <summary>The day that has begun in the shop's zone.</summary>
    public DateOnly Today(DateTimeOffset now) => LocalTimes.Day(playbook().Playbook.Policies.Zone, now);

    DateTimeOffset At(DateOnly day) => LocalTimes.At(playbook().Playbook.Policies.Zone, day, playbook().Playbook.Scores.At);

    async ValueTask<Progress> Load(CancellationToken stop)
    {
        if (progress is not null) return progress;
        if (await memo.Kept(MemoName, stop) is { } text) return progress = JsonSerializer.Deserialize<Progress>(text)!;

        // A new shop: the first night is the next.
        var now = clock.GetUtcNow();
        var today = Today(now);
        await Save(new(now >= At(today) ? today : today.AddDays(-1), null, ""), stop);
        return progress!;
    }

    async Task Save(Progress state, CancellationToken stop)
    {
        await memo.Keep(MemoName, JsonSerializer.Serialize(state), stop);
        progress = state;
    }
}
