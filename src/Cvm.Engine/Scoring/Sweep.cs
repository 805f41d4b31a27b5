using System.Text.Json;

namespace Cvm.Engine;

/// <summary>The nightly sweep: fits the models to everybody once a week, scores everybody, and takes a signal for each customer for whom something has moved.
/// It goes through everybody twice in pages, remembers how far it came, and goes on from there with the same model after a restart.</summary>
public sealed class Sweep(IStandings standings, IMemo memo, Func<LoadedPlaybook> playbook, CustomerEngine engine, TimeProvider clock)
{
    const string MemoName = "scores/sweep", ModelName = "scores/model", SummaryName = "scores/summary", PartsName = "scores/part/";
    const int PageSize = 10_000;
    const int Together = 500;

    Progress? progress;

    /// <param name="Done">The last day that was scored.</param>
    /// <param name="UnderWay">The day that is being scored; null between sweeps.</param>
    /// <param name="After">The last customer it has dealt with.</param>
    /// <param name="Found">What was found of those dealt with: kept together with how far it came, so that a restart counts nobody twice.</param>
    sealed record Progress(DateOnly Done, DateOnly? UnderWay, string After, ScoreSummary? Found = null);

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
        return await GoOn(model ?? await Fit(Today(now), anew: false, null, stop), null, stop);
    }

    /// <summary>Scores everybody as of a day, whether or not a sweep is due, with a model fitted anew.</summary>
    public async Task<Result> Make(DateOnly asOf, Action<Step>? show, CancellationToken stop) => await GoOn(await Fit(asOf, anew: true, show, stop), show, stop);

    /// <summary>The sweep that is due, which is under way from here, or the one under way, which keeps its model; null where there is none. For
    /// hosts that score parts of it side by side, and then call <see cref="Finish"/>; others call <see cref="Make(CancellationToken)"/>.</summary>
    /// <param name="partSize">How many customers make a part.</param>
    public async Task<Plan?> Begin(int partSize, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (await Next(stop) > now) return null;

        var (crowd, parts) = await Everybody(partSize, null, stop);
        var known = (await Load(stop)).UnderWay is null ? null : await Model(stop);
        return new(known ?? await Start(Today(now), crowd, anew: false, stop), parts);
    }

    async Task<ScoreModel> Fit(DateOnly asOf, bool anew, Action<Step>? show, CancellationToken stop) =>
        await Start(asOf, (await Everybody(int.MaxValue, show, stop)).Crowd, anew, stop);

    async Task<ScoreModel> Start(DateOnly asOf, ScoreCrowd crowd, bool anew, CancellationToken stop)
    {
        var rules = playbook().Playbook.Scores;
        var last = anew ? null : await Model(stop);
        var kept = last?.Serves(asOf, crowd.Customers, rules.Model) == true;
        var model = kept ? crowd.With(last!, asOf) : crowd.Fit(asOf, rules.Model);
        var portrait = kept && await Summary(memo, stop) is { Portrait: { } before } ? before : crowd.Portrait(asOf, rules);
        await memo.Keep(ModelName, ScoreModelText.Write(model), stop);
        foreach (var (part, _) in await memo.KeptUnder(PartsName, stop)) await memo.Keep(part, JsonSerializer.Serialize(new ScoreSummary()), stop);
        await Save((await Load(stop)) with { UnderWay = asOf, After = "", Found = ScoreSummary.For(model, portrait) }, stop);
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
    public ValueTask<ScoreModel?> Model(CancellationToken stop) => Model(memo, stop);

    /// <inheritdoc cref="Model(CancellationToken)"/>
    public static async ValueTask<ScoreModel?> Model(IMemo memo, CancellationToken stop) => await memo.Kept(ModelName, stop) is { } text ? ScoreModelText.Read(text) : null;

    /// <summary>What the last sweep that ended found of everybody; null before the first.</summary>
    public static async ValueTask<ScoreSummary?> Summary(IMemo memo, CancellationToken stop) =>
        await memo.Kept(SummaryName, stop) is { } text ? JsonSerializer.Deserialize<ScoreSummary>(text) : null;

    /// <summary>Scores a page of customers. Doing it twice is harmless, but for what it adds to the summary.</summary>
    /// <param name="into">Takes in everybody on the page; null for nothing.</param>
    /// <returns>How many moved.</returns>
    public async Task<int> Score(ScoreModel model, IReadOnlyList<Standing> page, CancellationToken stop, ScoreSummary? into = null)
    {
        var now = clock.GetUtcNow();
        var moved = 0;
        var batch = new List<(string, Signal)>(Together);
        foreach (var (place, scores) in new Scorer(model, playbook().Playbook).Moved(page, into))
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

    /// <summary>Keeps what one of several parts side by side has found until <see cref="Finish"/> adds them up. A part done again takes the place of what it kept before.</summary>
    /// <param name="part">A name that no other part of the sweep has.</param>
    public ValueTask Keep(string part, ScoreSummary found, CancellationToken stop) => memo.Keep(PartsName + part, JsonSerializer.Serialize(found), stop);

    /// <summary>Ends the sweep that is under way.</summary>
    public async Task Finish(CancellationToken stop)
    {
        var state = await Load(stop);
        if (state.UnderWay is not { } day) return;

        if (state.Found is { } found)
        {
            var whole = await Whole(found, stop);
            await memo.Keep(SummaryName, JsonSerializer.Serialize(whole), stop);
            await NightlyFigures.Keep(memo, day, NightlyFigures.Of(whole), stop);
        }

        await Save(new(day > state.Done ? day : state.Done, null, ""), stop);
    }

    // With its parts; one that an earlier sweep finished late may lie among them.
    async Task<ScoreSummary> Whole(ScoreSummary found, CancellationToken stop)
    {
        foreach (var (_, text) in await memo.KeptUnder(PartsName, stop))
            if (JsonSerializer.Deserialize<ScoreSummary>(text) is { } part && (part.AsOf, part.Model) == (found.AsOf, found.Model)) found = found.Plus(part);
        return found;
    }

    async Task<Result> GoOn(ScoreModel model, Action<Step>? show, CancellationToken stop)
    {
        var (state, scored, moved) = (await Load(stop), 0, 0);
        var found = state.Found ?? ScoreSummary.For(model); // a sweep that an older program began
        while (await standings.Standings(state.After, PageSize, stop) is [.., var last] page)
        {
            var part = ScoreSummary.For(model);
            moved += await Score(model, page, stop, part);
            found = found.Plus(part);
            scored += page.Count;
            show?.Invoke(new(scored, Math.Max(scored, model.Customers), moved));
            await Save(state = state with { After = last.Customer, Found = found }, stop);
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
