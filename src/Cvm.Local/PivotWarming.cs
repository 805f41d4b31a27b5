using Cvm.Engine;
using Microsoft.Extensions.Hosting;

namespace Cvm.Local;

/// <summary>Reads everybody into the pivot after the start, where they are not too many, so that nobody waits for it with the first question.</summary>
sealed class PivotWarming(Workplace workplace, Pivot pivot) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var standing = await workplace.Store.Tallies([Tallies.Now], stoppingToken);
        if (standing.Where(row => row.Tally.Detail == "customers").Sum(row => row.Count) <= Pivot.MostKept) await pivot.Warm(stoppingToken);
    }
}
