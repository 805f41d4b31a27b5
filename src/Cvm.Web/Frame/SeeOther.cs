using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

/// <summary>303: what was posted is done, and the page to look at is there. Going back or reloading does not do it again.</summary>
sealed class SeeOther(string address) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = address;
        return Task.CompletedTask;
    }
}
