using Azure.Core;
using Azure.Core.Pipeline;

namespace Cvm.Functions.Tests;

/// <summary>A host that dies: from the first request on that is so, nothing reaches the storage any more.</summary>
/// <param name="here">Told the request and how many went before.</param>
sealed class CutOff(Func<Request, int, bool> here) : HttpPipelinePolicy
{
    int sent;
    volatile bool dead;

    public bool Dead => dead;

    /// <summary>After so many requests.</summary>
    public static CutOff After(int requests) => new((_, sent) => sent >= requests);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        dead = dead || here(message.Request, Interlocked.Increment(ref sent) - 1);
        if (dead) throw new IOException("This host is dead.");
        await ProcessNextAsync(message, pipeline);
    }
}

/// <summary>A host that is slow: after its first request of a kind, others have done something before it goes on.</summary>
sealed class Overtaken(Func<Request, bool> here, Func<Task> others) : HttpPipelinePolicy
{
    int met;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (here(message.Request) && Interlocked.Increment(ref met) == 1) await others();
    }
}
