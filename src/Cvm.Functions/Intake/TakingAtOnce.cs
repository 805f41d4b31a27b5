using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Cvm.Functions;

/// <summary>Takes signals within the request that brings them: for a laptop, where there is no Service Bus.</summary>
public sealed class TakingAtOnce(Desk desk, IHttpContextAccessor requests)
{
    public async Task<Taking[]> Take(IReadOnlyList<(string Customer, Signal Signal)> signals, CancellationToken stop)
    {
        var (engine, landed) = desk.Open();
        var takings = await engine.Take(signals, stop);

        // What is due now is woken by its orchestration, so that a batch need not wait for deliveries.
        if (requests.HttpContext?.Items[typeof(DurableTaskClient)] is DurableTaskClient client) await client.Look(landed, null, stop);
        return takings;
    }
}
