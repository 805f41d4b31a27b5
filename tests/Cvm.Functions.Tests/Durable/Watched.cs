using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Cvm.Functions.Tests;

/// <summary>A client that knows which orchestrations have been asked to look and have not looked yet, so that tests wait for what happens and not for time.</summary>
sealed class Watched(DurableTaskClient inner) : DurableTaskClient("watched")
{
    readonly ConcurrentDictionary<string, int> pending = new(StringComparer.Ordinal);
    volatile TaskCompletionSource moved = New();

    /// <summary>Nudges that are lost on the way: how many are still to be.</summary>
    public int Losing { get; set; }

    public int Nudges { get; private set; }

    /// <summary>An orchestration has looked.</summary>
    public void Looked(string instance, bool over)
    {
        if (over) pending.TryRemove(instance, out _);
        else pending.AddOrUpdate(instance, 0, (_, count) => Math.Max(0, count - 1));
        Interlocked.Exchange(ref moved, New()).TrySetResult();
    }

    /// <summary>An orchestration's look failed: whoever waits is told.</summary>
    public void Failed(Exception failure) => Interlocked.Exchange(ref moved, New()).TrySetException(failure);

    public async Task Quiet()
    {
        while (true)
        {
            var next = moved.Task;
            if (pending.Values.All(count => count == 0)) return;

            try
            {
                await next.WaitAsync(TimeSpan.FromSeconds(20));
            }
            catch (TimeoutException)
            {
                var late = pending.Where(pair => pair.Value > 0).Select(pair => pair.Key).ToList();
                var states = await Task.WhenAll(late.Select(id => inner.GetInstanceAsync(id, getInputsAndOutputs: true)));
                throw new TimeoutException("These were asked to look and have not: " + string.Join("; ", states.Select(state => $"{state} {state?.FailureDetails}")));
            }
        }
    }

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        var counts = orchestratorName.Name == nameof(JourneyOrchestration.RunJourney);
        if (counts) pending.AddOrUpdate(options!.InstanceId!, 1, (_, count) => count + 1);
        try
        {
            return await inner.ScheduleNewOrchestrationInstanceAsync(orchestratorName, input, options, cancellation);
        }
        catch when (counts)
        {
            pending.AddOrUpdate(options!.InstanceId!, 0, (_, count) => Math.Max(0, count - 1));
            throw;
        }
    }

    public override async Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        if (Losing > 0)
        {
            Losing--;
            return;
        }

        // Nobody looks where nothing runs.
        Nudges++;
        if (!pending.ContainsKey(instanceId)) return;
        pending.AddOrUpdate(instanceId, 1, (_, count) => count + 1);
        await inner.RaiseEventAsync(instanceId, eventName, eventPayload, cancellation);
    }

    public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => inner.GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => inner.WaitForInstanceStartAsync(instanceId, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => inner.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs, cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => inner.SuspendInstanceAsync(instanceId, reason, cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => inner.ResumeInstanceAsync(instanceId, reason, cancellation);

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) => inner.GetAllInstancesAsync(filter);

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) => inner.TerminateInstanceAsync(instanceId, options, cancellation);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
