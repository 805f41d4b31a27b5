using System.Text.Json;

namespace Cvm.Engine;

/// <summary>The daily round: every customer is told of a new day soon after it has begun where they live. A round goes through
/// everybody in pages, remembers how far it came, and goes on from there after a restart. Days missed while nothing ran
/// are told with the next one.</summary>
/// <param name="winners">Looked at when a round has ended; null where no split is decided by rule.</param>
/// <param name="failed">Told of a customer for whom no turn could be made; the round goes on with the others. Without it the round fails.</param>
public sealed class Rounds(
    IStore store, IMemo memo, Func<LoadedPlaybook> playbook, CustomerEngine engine, TimeProvider clock, Action<UndecidedException>? failed = null, Winners? winners = null)
{
    const string MemoName = "rounds";
    const int PageSize = 500;

    Progress? progress;

    /// <param name="Done">Zone to the last day that had its round there.</param>
    /// <param name="AsOf">The moment for which a round is under way; null between rounds.</param>
    /// <param name="After">The last customer it has dealt with.</param>
    sealed record Progress(SortedDictionary<string, DateOnly> Done, DateTimeOffset? AsOf, string After);

    /// <summary>What a page of a round came to.</summary>
    /// <param name="Last">The last customer it dealt with; null where there is nobody after it.</param>
    /// <param name="Zones">Zones in which somebody lives, for <see cref="Finish"/>.</param>
    public sealed record Paged(int Told, string? Last, IReadOnlyCollection<string> Zones);

    /// <summary>When the next round is to be made; in the past where one is due or under way.</summary>
    public async ValueTask<DateTimeOffset> Next(CancellationToken stop)
    {
        var state = await Load(stop);
        if (state.AsOf is { } underWay) return underWay;

        // A zone that is new since the last round is noticed with the next one, a day later at most.
        var starts = playbook().Playbook.Policies.DayStarts;
        return state.Done.Min(zone => LocalTimes.At(zone.Key, zone.Value.AddDays(1), starts));
    }

    /// <summary>Makes the round that is due, if one is. How many customers it told.</summary>
    public async Task<int> Make(CancellationToken stop)
    {
        if (await Begin(stop) is null) return 0;

        var state = await Load(stop);
        var told = 0;
        while (true)
        {
            var page = await Tell(state.After, null, stop);
            told += page.Told;

            if (page.Last is null) break;
            await Save(state = state with { After = page.Last }, stop);
        }

        await Finish([], stop);
        return told;
    }

    /// <summary>The moment of the round that is due or under way, which is under way from here; null where none is. For hosts that
    /// tell parts of it side by side; others call <see cref="Make"/>.</summary>
    public async ValueTask<DateTimeOffset?> Begin(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (await Next(stop) > now) return null;

        var state = await Load(stop);
        if (state.AsOf is null) await Save(state = state with { AsOf = now, After = "" }, stop);
        return state.AsOf;
    }

    /// <summary>Tells a page of customers of their day. Telling it twice is harmless.</summary>
    /// <param name="beyond">Whether a customer lies after the part that is told, in the store's order; null for all to the end.</param>
    public async Task<Paged> Tell(string after, Func<string, bool>? beyond, CancellationToken stop)
    {
        var state = await Load(stop);
        var page = await store.Page(after, PageSize, stop);
        var inside = beyond is null ? page : [.. page.TakeWhile(row => !beyond(row.Customer))];
        var days = Days(inside, state);
        var told = await TellAll(days, stop);

        return new(told, inside.Count == PageSize ? inside[^1].Customer : null, [.. state.Done.Keys]);
    }

    /// <summary>Ends the round that is under way: its day counts as told in every zone.</summary>
    /// <param name="zones">Those that pages told elsewhere have met.</param>
    public async Task Finish(IEnumerable<string> zones, CancellationToken stop)
    {
        var state = await Load(stop);
        if (state.AsOf is not { } asOf) return;

        foreach (var zone in zones) state.Done.TryAdd(zone, Begun(zone, asOf));
        await Save(Finished(state), stop);
        if (winners is not null) await winners.Look(stop);
    }

    async Task<int> TellAll(List<(string Customer, Signal)> days, CancellationToken stop)
    {
        while (days.Count > 0)
        {
            try
            {
                await engine.Take(days, stop);
                break;
            }
            catch (UndecidedException failure) when (failed is not null)
            {
                failed(failure);
                days.RemoveAll(day => day.Customer == failure.Customer);
            }
        }

        return days.Count;
    }

    List<(string, Signal)> Days(IReadOnlyList<(string Customer, string? Zone)> page, Progress state)
    {
        var (fallback, asOf) = (playbook().Playbook.Policies.Zone, state.AsOf!.Value);
        var days = new List<(string, Signal)>();

        foreach (var (customer, known) in page)
        {
            var zone = known ?? fallback;
            var today = Begun(zone, asOf);

            // A zone nobody lived in yesterday: its day counts from here.
            if (!state.Done.TryGetValue(zone, out var done)) state.Done[zone] = done = today.AddDays(-1);
            if (done >= today) continue;

            days.Add((customer, new Signal.Day($"day:{today:yyyy-MM-dd}", asOf, today, done)));
        }

        return days;
    }

    Progress Finished(Progress state)
    {
        foreach (var zone in state.Done.Keys.ToArray())
            if (Begun(zone, state.AsOf!.Value) is var today && today > state.Done[zone]) state.Done[zone] = today;

        return state with { AsOf = null, After = "" };
    }

    // The latest day that has begun there by that moment.
    DateOnly Begun(string zone, DateTimeOffset at)
    {
        var local = LocalTimes.In(zone, at);
        var day = DateOnly.FromDateTime(local.DateTime);
        return TimeOnly.FromDateTime(local.DateTime) < playbook().Playbook.Policies.DayStarts ? day.AddDays(-1) : day;
    }

    async ValueTask<Progress> Load(CancellationToken stop)
    {
        if (progress is not null) return progress;
        if (await memo.Kept(MemoName, stop) is { } text) return progress = JsonSerializer.Deserialize<Progress>(text)!;

        // A new shop: today has begun, tomorrow has the first round.
        var zone = playbook().Playbook.Policies.Zone;
        await Save(new(new(StringComparer.Ordinal) { [zone] = Begun(zone, clock.GetUtcNow()) }, null, ""), stop);
        return progress!;
    }

    async Task Save(Progress state, CancellationToken stop)
    {
        await memo.Keep(MemoName, JsonSerializer.Serialize(state), stop);
        progress = state;
    }
}
