using Cvm.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cvm.Web;

/// <summary>Links in messages that lead to the shop. A person wants to get there, whatever becomes of counting them.</summary>
static class ClickRoute
{
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    /// <summary>Leads where the sealed link says and nowhere else; notes who came.</summary>
    public static async Task<IResult> Follow([AsParameters] Bearer bearer)
    {
        if (bearer.Links.Read(bearer.Token, LinkKind.Click) is not { Target: { } target } link || Target(target) is not { } way) return bearer.NotFound();

        if (link.Until >= bearer.Now) await Note(bearer, link);
        return TypedResults.Redirect(way);
    }

    /// <summary>Notes that somebody came by this link, unless it is a program that looks ahead. Waits no longer than a person would.</summary>
    public static async Task Note(Bearer bearer, Link link)
    {
        if (!HttpMethods.IsGet(bearer.Http.Request.Method) || Ahead(bearer.Http.Request)) return;

        // It goes on by itself after that.
        var log = bearer.Http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ClickRoute));
        await Task.WhenAny(Task.Run(() => Record(bearer.Take, bearer.Store, link, bearer.Now, log)), Task.Delay(Patience));
    }

    static string? Target(string target) => Uri.TryCreate(target, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address.AbsoluteUri : null;

    // A browser that fetches ahead shows nothing to anybody yet.
    static bool Ahead(HttpRequest request) =>
        new[] { "Sec-Purpose", "Purpose", "X-Purpose", "X-Moz" }.Any(name => request.Headers[name].ToString().Contains("pre", StringComparison.OrdinalIgnoreCase));

    static async Task Record(TakeSignals take, IStore store, Link link, DateTimeOffset at, ILogger log)
    {
        try
        {
            if ((await store.Load(link.Customer, "", CancellationToken.None)).Revision == 0) return;
            await take([(link.Customer, new Signal.Reported($"clicked:{link.Key}:{Guid.NewGuid():N}", at, link.Key, Report.Clicked, link.Target))], CancellationToken.None);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            log.LogWarning(failure, "A click on a link of {Key} could not be noted.", link.Key);
        }
    }
}
