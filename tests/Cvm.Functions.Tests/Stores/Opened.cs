using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace Cvm.Functions.Tests;

/// <summary>A store of its own in Azurite, dropped at the end.</summary>
sealed class Opened : IAsyncDisposable
{
    static int number;

    readonly string prefix = $"T{Environment.ProcessId}N{Interlocked.Increment(ref number)}";

    public Counting Counting { get; } = new();

    public TableSet Tables { get; private set; } = null!;

    public TableStore Store { get; private set; } = null!;

    public static async Task<Opened> New()
    {
        var opened = new Opened();
        opened.Tables = opened.TablesOf(opened.Counting);
        opened.Store = new(opened.Tables);
        await opened.Tables.Make(CancellationToken.None);
        opened.Counting.Reset();
        return opened;
    }

    /// <summary>The same tables, as another process sees them.</summary>
    public TableSet TablesOf(params HttpPipelinePolicy[] policies)
    {
        var options = new TableClientOptions { Retry = { Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(5), MaxRetries = 8 } };
        foreach (var policy in policies) options.AddPolicy(policy, HttpPipelinePosition.PerRetry);
        return new(new TableServiceClient(Azurite.ConnectionString, options), prefix);
    }

    public async ValueTask DisposeAsync() => await Tables.Drop(CancellationToken.None);
}
