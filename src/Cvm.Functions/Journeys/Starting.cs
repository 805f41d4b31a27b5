using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Cvm.Functions;

/// <summary>Starts and nudges orchestrations. What is lost here costs delay, never data: the watchdog finds who is overdue.</summary>
static class Starting
{
    static readonly OrchestrationRuntimeStatus[] Alive = [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    /// <summary>Starts what is new and nudges what is due sooner; all but the errand of whoever asks, who looks anyway.</summary>
    public static async Task Look(this DurableTaskClient client, Landed landed, Errand? own, CancellationToken stop)
    {
        var (fresh, sooner) = landed.Errands;
        foreach (var errand in fresh) if (errand != own) await client.Start(errand, stop);
        foreach (var errand in sooner) if (errand != own) await client.Nudge(errand, stop);
    }

    /// <summary>Starts it, or nudges it where it runs.</summary>
    public static async Task Start(this DurableTaskClient client, Errand errand, CancellationToken stop)
    {
        try
        {
            var options = new StartOrchestrationOptions(errand.Instance).WithDedupeStatuses(Alive);
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(JourneyOrchestration.RunJourney), errand, options, stop);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            await client.Nudge(errand, stop);
        }
    }

    public static Task Nudge(this DurableTaskClient client, Errand errand, CancellationToken stop) =>
        client.RaiseEventAsync(errand.Instance, JourneyOrchestration.Nudge, true, stop);

    /// <summary>Starts an orchestration of which there is one at a time; does nothing where it runs.</summary>
    public static async Task<bool> StartOnce(this DurableTaskClient client, string name, CancellationToken stop)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(name, null, new StartOrchestrationOptions(name).WithDedupeStatuses(Alive), stop);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }

    /// <summary>For what is overdue: started where it does not run, nudged where it does, ended where nudging has not helped for long, so that
    /// the next look starts it anew.</summary>
    public static async Task Rouse(this DurableTaskClient client, Errand errand, TimeSpan overdue, TimeSpan stuckAfter, CancellationToken stop)
    {
        var known = await client.GetInstanceAsync(errand.Instance, getInputsAndOutputs: false, stop);
        if (known is null || !Alive.Contains(known.RuntimeStatus)) await client.Start(errand, stop);
        else if (overdue < stuckAfter) await client.Nudge(errand, stop);
        else await client.TerminateInstanceAsync(errand.Instance, "overdue and not moving", stop);
    }
}
