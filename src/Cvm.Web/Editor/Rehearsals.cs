using Cvm.Engine;
using Microsoft.Extensions.Logging;

namespace Cvm.Web;

/// <summary>What is to be rehearsed.</summary>
/// <param name="Whole">The playbook with the draft in it.</param>
/// <param name="Revision">The draft's.</param>
/// <param name="History">Whether customers do again what they did before; else nobody does anything.</param>
public sealed record RehearsalWish(Journey Journey, LoadedPlaybook Whole, int Revision, int Days, bool History, string By);

/// <summary>A rehearsal that runs, or ran.</summary>
public sealed class Rehearsing(RehearsalWish wish, DateTimeOffset at, long customers) : IDisposable
{
    readonly CancellationTokenSource ends = new();
    int played;

    public RehearsalWish Wish => wish;

    public DateTimeOffset At => at;

    /// <summary>How many customers there are, about.</summary>
    public long Customers => customers;

    /// <summary>How many have been played.</summary>
    public int Played => Volatile.Read(ref played);

    public bool Running => !Done.IsCompleted;

    /// <summary>What it came to; null while it runs, and where it was stopped or failed.</summary>
    public RehearsalSheet? Sheet => Done.IsCompletedSuccessfully ? Done.Result : null;

    public bool Stopped => Done.IsCanceled;

    internal Task<RehearsalSheet> Done { get; private set; } = Task.FromCanceled<RehearsalSheet>(new(true));

    internal void Begin(Func<Action<int>, CancellationToken, Task<RehearsalSheet>> play) => Done = Task.Run(() => play(count => Volatile.Write(ref played, count), ends.Token));

    public void Stop() => ends.Cancel();

    public void Dispose() => ends.Dispose();
}

/// <summary>Plays drafts over the whole audience in the background, one at a time, and keeps the last result of each journey while the process runs.</summary>
sealed class Rehearsals(IStore store, IRecords records, IMemo memo, Func<LoadedPlaybook> playbook, TimeProvider clock, ILogger<Rehearsals> log)
{
    const int MostKept = 16;
    public const int MostDays = 366;

    readonly Lock gate = new();
    readonly List<Rehearsing> kept = [];

    /// <summary>The last one of this journey; null where there is none.</summary>
    public Rehearsing? Of(string journey)
    {
        lock (gate) return kept.FindLast(one => one.Wish.Journey.Name == journey);
    }

    /// <summary>The one that runs now; null where none does.</summary>
    public Rehearsing? Running
    {
        get
        {
            lock (gate) return kept.Find(one => one.Running);
        }
    }

    /// <summary>Begins; false where another is running, which nothing is changed about.</summary>
    public async Task<bool> Begin(RehearsalWish wish, CancellationToken stop)
    {
        var customers = (await records.Tallies([Tallies.Now], stop)).Where(row => row.Tally.Detail == "customers").Sum(row => row.Count);
        var next = new Rehearsing(wish, clock.GetUtcNow(), customers);

        lock (gate)
        {
            if (kept.Exists(one => one.Running)) return false;

            kept.RemoveAll(one => one.Wish.Journey.Name == wish.Journey.Name);
            if (kept.Count == MostKept) kept.RemoveAt(0);
            kept.Add(next);
            next.Begin((show, cancelled) => Play(wish, show, cancelled));
        }

        _ = next.Done.ContinueWith(failed => log.LogError(failed.Exception, "The rehearsal of {Journey} failed", wish.Journey.Name), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return true;
    }

    /// <summary>Stops the one of this journey, where it runs.</summary>
    public void Stop(string journey)
    {
        if (Of(journey) is { Running: true } running) running.Stop();
    }

    async Task<RehearsalSheet> Play(RehearsalWish wish, Action<int> show, CancellationToken stop)
    {
        var (began, now, live) = (clock.GetTimestamp(), clock.GetUtcNow(), playbook());
        var published = live.Playbook.Find(wish.Journey.Name);

        // Pauses are lifted some day; whoever rehearses a journey that is closed asks how it would run.
        var closed = live.Playbook.Pauses.RemoveAll(pause => pause.Kind == PauseKind.Pause || pause.Journey == wish.Journey.Name);
        var plan = new RehearsalPlan(wish.Whole.Playbook with { Pauses = closed }, now, wish.Days, wish.History ? new HistoryResponses(records, now) : new NoResponses())
        {
            Renderer = live.Renderer,
            Model = await Sweep.Model(memo, stop),
            AtOnce = Math.Max(1, Environment.ProcessorCount - 1), // the pages are to be answered meanwhile
        };

        var played = await Rehearsal.Play(plan, store, show, stop);
        var before = published is null ? null : await Rehearsal.Play(plan with { Playbook = Before(live.Playbook, wish.Journey) with { Pauses = closed } }, store, null, stop);
        return new(plan, wish.Journey.Name, wish.History ? "history" : "none", played, before, clock.GetElapsedTime(began));
    }

    // What is live, with the draft's version for nobody but to be known.
    static Playbook Before(Playbook live, Journey draft) => live.Find(draft.Name, draft.Version) is null ? live with { Earlier = live.Earlier.Add(draft) } : live;
}
