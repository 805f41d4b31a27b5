using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Cvm.Functions;

/// <summary>What is done by the clock.</summary>
public sealed class Clockwork(Desk desk, TableStore tables, Issues issues, ILogger<Clockwork> log)
{
    const int AtOnce = 8;
    const int MostRoused = 1_000;
    const int MostListed = 100;
    const int PagesTogether = 4;

    // Orchestrations wake on time; who is later than this has been forgotten.
    static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);
    static readonly TimeSpan StuckAfter = TimeSpan.FromHours(2);

    // By then the watchdog has started them several times.
    static readonly TimeSpan WorryAfter = TimeSpan.FromMinutes(30);
    const int MostNamed = 20;

    /// <summary>Begins the day's round as soon as a day has begun in some zone.</summary>
    [Function(nameof(StartRounds))]
    public async Task StartRounds([TimerTrigger("0 */15 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken stop)
    {
        if (await desk.OpenRounds().Rounds.Next(stop) > desk.Clock.GetUtcNow()) return;
        if (await client.StartOnce(nameof(RoundOrchestration.RunRound), stop)) log.LogInformation("A new day: the round has started.");
    }

    /// <summary>Begins the night's sweep when its hour has come, and takes up one that was cut off.</summary>
    [Function(nameof(StartSweeps))]
    public async Task StartSweeps([TimerTrigger("0 5/15 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken stop)
    {
        if (await desk.OpenSweep().Sweep.Next(stop) > desk.Clock.GetUtcNow()) return;
        if (await client.StartOnce(nameof(SweepOrchestration.RunSweep), stop)) log.LogInformation("The night's sweep has started.");
    }

    /// <summary>Finds who is due and has not moved, and sees to it that somebody looks after them.</summary>
    [Function(nameof(Watchdog))]
    public async Task Watchdog([TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken stop)
    {
        var now = desk.Clock.GetUtcNow();
        var overdue = await desk.Store.Due(now - Grace, MostRoused, stop);
        if (overdue.Count > 0) log.LogWarning("{Customers} customers are overdue, the first since {Since:u}.", overdue.Count, overdue[0].At);

        // Reported always, so that silence means that the watchdog itself is stuck.
        var stuck = overdue.Where(each => each.At <= now - WorryAfter).Select(each => each.Customer).ToList();
        log.LogMetric("cvm.enrollments.stuck", stuck.Count);
        if (stuck.Count > 0) log.LogError("Started again and still not moving: {Customers}{More}", string.Join(", ", stuck.Take(MostNamed)), stuck.Count > MostNamed ? " and others" : "");

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop };
        await Parallel.ForEachAsync(overdue, parallel, async (each, inner) =>
        {
            var dossier = (await desk.Store.Load(each.Customer, "", inner)).Dossier;
            var errands = Errand.Of(dossier).Where(errand => errand.DueAt(dossier) <= now - Grace).ToList();
            if (errands.Count == 0) errands.Add(new(each.Customer, "")); // a hold that ends belongs to no enrollment
            foreach (var errand in errands) await client.Rouse(errand, now - each.At, StuckAfter, inner);
        });
    }

    /// <summary>Finishes telling who raised an issue that it is fixed, where the request that began it was cut off. One that is still at it is not disturbed:
    /// each customer takes the news once.</summary>
    [Function(nameof(FinishTelling))]
    public Task FinishTelling([TimerTrigger("40 10/15 * * * *")] TimerInfo timer, CancellationToken stop) => issues.GoOn(stop);

    /// <summary>Moves people in flight to the version that was published, and ends those of stopped journeys, some pages at a time; what is cut off goes on a minute later.</summary>
    [Function(nameof(MovePeople))]
    public async Task MovePeople([TimerTrigger("10 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken stop)
    {
        for (var done = false; !done;)
        {
            if (desk.OpenMoving() is not var (moving, landed)) return;
            (var people, done) = await moving.GoOn(stop, PagesTogether);
            await client.Look(landed, null, stop);
            if (people > 0) log.LogInformation("{People} people in flight were moved, or ended with a stopped journey.", people);
        }
    }

    /// <summary>Says which messages nobody knows the fate of; a provider's feedback or a person settles them, never a second try.</summary>
    [Function(nameof(Reconcile))]
    public async Task Reconcile([TimerTrigger("0 30 * * * *")] TimerInfo timer, CancellationToken stop)
    {
        var doubtful = await tables.Outbox(OutboxState.InDoubt, MostListed, stop);
        log.LogMetric("cvm.outbox.in-doubt", doubtful.Count);
        foreach (var (customer, entry) in doubtful)
            log.LogWarning("In doubt since {Since:u}: {Key} to {Customer}: {Problem}", entry.ClaimedAt, entry.Key, customer, entry.LastProblem);
    }

    /// <summary>Brings what has been counted into the totals, so that pages need not wait for it.</summary>
    [Function(nameof(FoldTallies))]
    public async Task FoldTallies([TimerTrigger("20 * * * * *")] TimerInfo timer, CancellationToken stop) => await tables.Fold(stop);

    /// <summary>Brings standings that have changed into their packs. Each hour, because a pack that is rewritten for one customer costs as much as for all.</summary>
    [Function(nameof(FoldStandings))]
    public async Task FoldStandings([TimerTrigger("50 50 * * * *")] TimerInfo timer, CancellationToken stop) => await tables.FoldStandings(stop);
}
