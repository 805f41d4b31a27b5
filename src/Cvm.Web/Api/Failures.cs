using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cvm.Web;

/// <summary>Logs what nobody foresaw under a reference, and tells the caller the reference and nothing else.</summary>
sealed class Failures(RequestDelegate next, ILogger<Failures> log)
{
    public async Task Invoke(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; nobody is left to answer.
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await Problems.Of(e.StatusCode, e.Message).ExecuteAsync(context);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            log.LogError(e, "{Method} {Path} failed, reference {Reference}", context.Request.Method, Shown(context.Request.Path), context.TraceIdentifier);
            context.Response.Clear();
            await Problems.Of(StatusCodes.Status500InternalServerError, "Something failed here, not with you. Try again; if it stays, give the reference.", reference: context.TraceIdentifier)
                .ExecuteAsync(context);
        }
    }

    // Whoever has a link opens a customer's own pages, and logs are read by many.
    static string Shown(PathString path) => path.StartsWithSegments("/links", out var rest) ? $"/links/{rest.Value!.Split('/').ElementAtOrDefault(1)}/..." : path.ToString();
}
