using Azure.Core;
using Azure.Core.Pipeline;

namespace Cvm.Functions.Tests;

/// <summary>Counts what is asked of storage: every request is one transaction on the bill, a batch too.</summary>
sealed class Counting : HttpPipelineSynchronousPolicy
{
    int reads, writes, batches;

    public int Reads => reads;
    public int Writes => writes;
    public int Batches => batches;
    public int All => reads + writes + batches;

    public void Reset() => reads = writes = batches = 0;

    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal)) Interlocked.Increment(ref batches);
        else if (message.Request.Method == RequestMethod.Get) Interlocked.Increment(ref reads);
        else Interlocked.Increment(ref writes);
    }

    public override string ToString() => $"{All} transactions ({Reads} reads, {Writes} single writes, {Batches} batches)";
}
