using System.Net;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

/// <summary>Keeps web pages from elsewhere out: a request must name this machine or a configured host (DNS rebinding), and what changes
/// something must not come from another site (CSRF). Unsubscribing may: mail programs post it from wherever they are (RFC 8058), and its link is a secret.</summary>
sealed class Guard(RequestDelegate next, ApiSettings settings)
{
    public Task Invoke(HttpContext context)
    {
        var request = context.Request;
        if (!Knows(request.Host.Host))
        {
            return Problems.Of(StatusCodes.Status421MisdirectedRequest, "This server is not called by that host name. Use localhost, or add the name to its hosts.").ExecuteAsync(context);
        }

        if (Changes(request.Method) && Foreign(request) && !request.Path.StartsWithSegments("/links/u"))
        {
            return Problems.Of(StatusCodes.Status403Forbidden, "A page of another site may not do this. Send it from a program, or from a page of this server.").ExecuteAsync(context);
        }

        return next(context);
    }

    bool Knows(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))
        || settings.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    static bool Changes(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);

    // Browsers send these headers and pages cannot forge them; programs send neither.
    static bool Foreign(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ Length: > 0 } site]) return site is not ("same-origin" or "none");
        if (request.Headers.Origin is not [{ Length: > 0 } origin]) return request.Headers.Origin.Count > 1;
        return !Uri.TryCreate(origin, UriKind.Absolute, out var from) || !string.Equals(from.Authority, Authority(request), StringComparison.OrdinalIgnoreCase);
    }

    // As Uri writes it: without the port that the scheme implies.
    static string Authority(HttpRequest request) =>
        Uri.TryCreate($"{request.Headers.Origin.ToString().Split(':')[0]}://{request.Host}", UriKind.Absolute, out var here) ? here.Authority : "";
}
