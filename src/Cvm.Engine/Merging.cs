namespace Cvm.Engine;

/// <summary>What came of a merge, or would come of it.</summary>
/// <param name="Problem">Why it cannot be, in a sentence; null where it can.</param>
/// <param name="Into">The record that stays.</param>
/// <param name="Lines">What the timeline of the record that stays is told.</param>
public sealed record MergeResult(string? Problem, string Into, ImmutableArray<Line> Lines)
{
    public bool Done => Problem is null;
}

/// <summary>Merges a record into another, or only tells what it would do. <see cref="Merging"/> is one.</summary>
public delegate Task<MergeResult> MergeCustomers(string from, string into, string by, bool onlyTry, CancellationToken stop);

/// <summary>Merges one record of a customer into another, so that neither data nor a no is lost. First the one that goes is closed, so that nothing comes in
/// unseen; then the other takes all of it in one turn; then nothing is left of the first but its timeline and where it went. Cut off in between, the
/// next signal for it, its wake-up, or doing it again carries it on.</summary>
public sealed class Merging(IStore store, CustomerEngine engine, Func<LoadedPlaybook> playbook, TimeProvider clock)
{
    /// <inheritdoc cref="MergeCustomers"/>
    public Task<MergeResult> Run(string from, string into, string by, bool onlyTry, CancellationToken stop) => onlyTry ? Try(from, into, by, stop) : Merge(from, into, by, stop);

    /// <summary>What a merge would do, without doing it.</summary>
    public async Task<MergeResult> Try(string from, string into, string by, CancellationToken stop)
    {
        var (problem, leaving, staying) = await Look(from, into, stop);
        if (problem is not null) return new(problem, into, []);
        if (leaving.MergedInto is not null) return new(null, into, []);

        var now = clock.GetUtcNow();
        return new(null, into, Kernel.Take(playbook().Playbook, staying, new Signal.Merged($"merge:{from}", now, leaving, by), now).Lines);
    }

    /// <summary>Merges. A merge that has been made is made.</summary>
    public async Task<MergeResult> Merge(string from, string into, string by, CancellationToken stop)
    {
        var told = await Try(from, into, by, stop);
        if (told.Problem is not null) return told;

        // An id of its own each time: a merge that could not be may be tried again.
        if ((await store.Load(from, "", stop)).Dossier.MergedInto is null)
            await engine.Take(from, new Signal.Closed($"closed:{Guid.NewGuid():N}", clock.GetUtcNow(), into, by), stop);
        await engine.Wake(from, stop);

        var closed = (await store.Load(from, "", stop)).Dossier;
        return closed.MergedInto == into ? told : told with { Problem = Busy(closed) ?? $"'{from}' changed at this very moment. Try again.", Lines = [] };
    }

    async Task<(string? Problem, Dossier From, Dossier Into)> Look(string from, string into, CancellationToken stop)
    {
        var (leaving, staying) = (await store.Load(from, "", stop), await store.Load(into, "", stop));
        return (Obstacle(leaving, staying), leaving.Dossier, staying.Dossier);
    }

    static string? Obstacle(Stored from, Stored into)
    {
        var (leaving, staying) = (from.Dossier, into.Dossier);
        if (leaving.Customer == staying.Customer) return "A record cannot be merged with itself. Name another.";
        if (from.Revision == 0) return $"There is no customer '{leaving.Customer}'. Check the id.";
        if (into.Revision == 0) return $"There is no customer '{staying.Customer}'. Check the id.";
        if (leaving.MergedInto is { } there && there != staying.Customer) return $"'{leaving.Customer}' was merged into '{there}' before. Merge '{there}' instead.";
        if (staying.MergedInto is { } next) return $"'{staying.Customer}' was merged into '{next}' before. Merge into '{next}' instead.";
        return leaving.MergedInto is null ? Busy(leaving) : null;
    }

    static string? Busy(Dossier leaving)
    {
        var doubtful = leaving.Outbox.Count(entry => entry.State == OutboxState.InDoubt);
        if (doubtful > 0) return $"Of {doubtful} message{(doubtful == 1 ? "" : "s")} to '{leaving.Customer}' nobody knows whether they arrived. Settle them on the page Outbox first.";
        return leaving.Outbox.Any(entry => entry.State == OutboxState.Claimed) ? $"A message to '{leaving.Customer}' is being handed over at this moment. Try again in a minute." : null;
    }
}
