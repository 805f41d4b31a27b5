using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cvm.Web;

/// <summary>What the signed links in messages lead to. Open to whoever has one; looking (GET, HEAD) changes nothing but the count of clicks, of which a tapped answer is one.</summary>
static class LinkRoutes
{
    static readonly string[] Looking = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var links = routes.MapGroup("/links").AddEndpointFilter(Hide).ExcludeFromDescription();
        links.MapMethods("/u/{token}", Looking, UnsubscribePages.Show);
        links.MapPost("/u/{token}", UnsubscribePages.Do);
        links.MapPost("/u/{token}/undo", UnsubscribePages.TakeBack);

        links.MapMethods("/p/{token}", Looking, PreferencePages.Show);
        links.MapPost("/p/{token}", PreferencePages.Save);
        links.MapMethods("/p/{token}/data", Looking, PreferencePages.Data);
        links.MapMethods("/p/{token}/forget", Looking, PreferencePages.AskToForget);
        links.MapPost("/p/{token}/forget", PreferencePages.Forget);

        links.MapMethods("/y/{token}", Looking, ConfirmPages.Show);
        links.MapPost("/y/{token}", ConfirmPages.Do);
        links.MapMethods("/s/{token}", Looking, StatementPages.Show);
        links.MapMethods("/r/{token}", Looking, StatementPages.Friend);
        links.MapMethods("/k/{token}", Looking, CaseLinkPages.Show);
        links.MapPost("/k/{token}", CaseLinkPages.Reply);
        links.MapMethods("/a/{token}", Looking, AnswerPages.Show);
        links.MapPost("/a/{token}", AnswerPages.Say);
        links.MapMethods("/a/{token}/tap", Looking, AnswerPages.Tap);
        links.MapMethods("/c/{token}", Looking, ClickRoute.Follow);
        links.MapMethods("/{**token}", Looking, ([AsParameters] Bearer bearer) => bearer.NotFound());
    }

    static ValueTask<object?> Hide(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        Site.Protect(context.HttpContext.Response.Headers);
        context.HttpContext.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        return next(context);
    }
}
