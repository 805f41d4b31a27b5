using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

/// <summary>Gives pages and routes an id as it is, also where it holds a slash: servers leave that one letter written as %2F, because it would begin another segment.</summary>
sealed class WholeIds(RequestDelegate next)
{
    const string Slash = "%2F";

    public Task Invoke(HttpContext context)
    {
        var values = context.Request.RouteValues;
        foreach (var (name, value) in values.ToArray())
            if (value is string text && text.Contains(Slash, StringComparison.OrdinalIgnoreCase)) values[name] = text.Replace(Slash, "/", StringComparison.OrdinalIgnoreCase);
        return next(context);
    }
}
