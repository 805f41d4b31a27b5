using Cvm.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cvm.Web;

/// <summary>Whether the store answers, within five seconds.</summary>
static class Health
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<IResult> Check(IStore store, ILoggerFactory logs, HttpContext context, CancellationToken stop)
    {
        try
        {
            await store.Page("", 1, stop).AsTask().WaitAsync(Patience, stop);
            return TypedResults.Json(new { Status = "ok" });
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logs.CreateLogger(typeof(Health)).LogError(e, "The store does not answer, reference {Reference}", context.TraceIdentifier);
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "The store does not answer.", reference: context.TraceIdentifier);
        }
    }
}
