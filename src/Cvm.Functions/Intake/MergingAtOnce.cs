using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Cvm.Functions;

/// <summary>Merges customers within the request that asks for it, and starts what the record that stays has to be looked after for. Signals that wait in the
/// queue for the other find their way when they are taken.</summary>
public sealed class MergingAtOnce(Desk desk, Func<LoadedPlaybook> playbook, IHttpContextAccessor requests)
{
    /// <inheritdoc cref="MergeCustomers"/>
    public async Task<MergeResult> Run(string from, string into, string by, bool onlyTry, CancellationToken stop)
    {
        var (engine, landed) = desk.Open();
        var result = await new Merging(landed, engine, playbook, desk.Clock).Run(from, into, by, onlyTry, stop);
        if (requests.HttpContext?.Items[typeof(DurableTaskClient)] is DurableTaskClient client) await client.Look(landed, null, stop);
        return result;
    }
}
