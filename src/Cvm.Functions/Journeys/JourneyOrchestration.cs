using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Cvm.Functions;

/// <summary>Sleeps until something may be due, then looks. It decides nothing and carries nothing, so it never needs a version.</summary>
public sealed class JourneyOrchestration(Desk desk)
{
    public const string Nudge = "nudge";

    const int NapsPerHistory = 50; // a fresh history now and then keeps replay short
    static readonly TimeSpan LongestNap = TimeSpan.FromDays(3); // what a lost nudge can cost, if the watchdog were asleep too
    static readonly TimeSpan ShortestNap = TimeSpan.FromSeconds(1); // clocks of two machines differ
    static readonly TaskOptions Patiently = TaskOptions.FromRetryPolicy(new(8, TimeSpan.FromSeconds(5), 2, TimeSpan.FromMinutes(10)));

    [Function(nameof(RunJourney))]
    public static async Task RunJourney([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var errand = context.GetInput<Errand>()!;

        // One waiter that is never given up: a waiter that timed out could swallow a later nudge (durabletask-dotnet#508).
        var nudge = context.WaitForExternalEvent<bool>(Nudge);

        for (var naps = 0; naps < NapsPerHistory; naps++)
        {
            var rest = await context.CallActivityAsync<Rest>(nameof(TakeTurns), errand, Patiently);
            if (rest.Over) return;

            await Nap(context, nudge, rest.WakeAt);
            if (nudge.IsCompleted) nudge = context.WaitForExternalEvent<bool>(Nudge);
        }

        context.ContinueAsNew(errand);
    }

    static async Task Nap(TaskOrchestrationContext context, Task nudge, DateTimeOffset? wakeAt)
    {
        var nap = wakeAt?.UtcDateTime - context.CurrentUtcDateTime ?? LongestNap;
        nap = nap > LongestNap ? LongestNap : nap < ShortestNap ? ShortestNap : nap;

        using var alarm = new CancellationTokenSource();
        await Task.WhenAny(context.CreateTimer(nap, alarm.Token), nudge);
        alarm.Cancel(); // not CancelAsync, which is awaited on another thread: an orchestrator may not
    }

    /// <summary>Takes the turns that are due and delivers what they queued. Both are safe to repeat: a claim on disk stands between.</summary>
    [Function(nameof(TakeTurns))]
    public async Task<Rest> TakeTurns([ActivityTrigger] Errand errand, [DurableClient] DurableTaskClient client, CancellationToken stop)
    {
        var visit = desk.Open();
        await visit.Engine.Wake(errand.Customer, stop);
        await client.Look(visit.Landed, errand, stop);

        var dossier = (await visit.Landed.Load(errand.Customer, "", stop)).Dossier;
        return new(errand.Over(dossier), errand.DueAt(dossier));
    }
}
