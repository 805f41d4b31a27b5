using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cvm.Web;

/// <summary>The pages: rendered on the server, the same on every host, without scripts; the editor alone has a small one of its own.</summary>
public static class Site
{
    // Pages run no script (but the editor's, see EditorScript) and load nothing from elsewhere, so that a hostile name or message can do nothing either.
    const string PageRules = "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

    /// <summary>What the pages need besides the ports: <see cref="Engine.IRecords"/>, <see cref="Engine.IPortraits"/>, <see cref="Engine.IMailbox"/>,
    /// <see cref="Engine.IStore"/>, <see cref="Engine.IMemo"/>, the senders by kind, the loaded playbook and a clock, which the host adds; for what they
    /// change also <see cref="Engine.TakeSignals"/>, <see cref="Engine.SignedLinks"/>, <see cref="Engine.Forgetting"/>, <see cref="Engine.Pauses"/>, <see cref="Engine.Winners"/>, <see cref="Engine.LivePlaybook"/> and <see cref="Engine.Publisher"/>.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.TryAddSingleton(provider => new Engine.Pivot(provider.GetRequiredService<Engine.IPortraits>(), provider.GetRequiredService<Func<Engine.LoadedPlaybook>>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new Engine.PivotViews(provider.GetRequiredService<Engine.IMemo>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<Rehearsals>();
        services.TryAddSingleton(provider => new AtOnce(provider.GetRequiredService<Engine.TakeSignals>()));
        return services;
    }

    /// <summary>Adds every page, the style sheet, and a page for addresses that do not exist; leaves everything below /api alone.</summary>
    public static void MapPages(this WebApplication app)
    {
        app.Use(Tongue.Choose);
        app.Use(TellWhatIsMissing);
        app.MapGet("/app.css", Stylesheet.Get).ExcludeFromDescription();
        app.MapGet("/editor.js", EditorScript.Get).ExcludeFromDescription();
        app.MapGet("/mailbox/{number:long}/html", MailboxPages.Html).ExcludeFromDescription();
        app.MapGet("/messages/{template}/html", MessagePages.Html).ExcludeFromDescription();

        var pages = app.MapGroup("").AddEndpointFilter(Guard).ExcludeFromDescription();
        pages.MapGet("/", OverviewPages.Show);
        pages.MapGet("/customers", CustomerPages.List);
        pages.MapGet("/customers/{id}", CustomerPages.One);
        pages.MapGet("/customers/{id}/explain", ExplainPages.Show);
        pages.MapGet("/customers/{id}/merge", MergePages.Ask);
        pages.MapPost("/customers/{id}/merge", MergePages.Merge);
        pages.MapGet("/tasks", TaskPages.List);
        pages.MapPost("/tasks", TaskPages.Work);
        pages.MapGet("/segments", SegmentPages.Show);
        pages.MapGet("/satisfaction", SatisfactionPages.Show);
        pages.MapGet("/journeys", JourneyPages.List);
        pages.MapGet("/journeys/{name}", JourneyPages.One);
        pages.MapGet("/messages", MessagePages.List);
        pages.MapGet("/messages/{template}", MessagePages.One);
        pages.MapPost("/messages/{template}/test", MessagePages.Test);
        pages.MapGet("/mailbox", MailboxPages.List);
        pages.MapGet("/mailbox/{number:long}", MailboxPages.One);
        pages.MapGet("/outbox", OutboxPages.List);
        pages.MapPost("/outbox", OutboxPages.Settle);
        pages.MapPost("/customers/{id}/preferences", CustomerPages.OpenPreferences);
        pages.MapPost("/customers/{id}/statement", CustomerPages.OpenStatement);
        pages.MapPost("/customers/{id}/points", CustomerPages.AdjustPoints);
        pages.MapGet("/loyalty", LoyaltyPages.Show);
        pages.MapGet("/proof", ProofPages.Show);
        pages.MapPost("/proof/take-back", ProofPages.TakeBack);
        PivotPages.Map(pages);
        PublishPages.Map(pages);
        EditorPages.Map(pages);
        DashboardPages.Map(pages);
        CasePages.Map(pages);
        IssuePages.Map(pages);
        pages.MapGet("/pause", PausePages.AskToPause);
        pages.MapPost("/pause", PausePages.Pause);
        pages.MapGet("/resume", PausePages.AskToResume);
        pages.MapPost("/resume", PausePages.Resume);
        LinkRoutes.Map(app);
    }

    /// <summary>A component that takes one value, <c>View</c>, as an answer.</summary>
    internal static IResult Show<TPage>(object view, int status = StatusCodes.Status200OK) where TPage : IComponent =>
        new RazorComponentResult<TPage>(new Dictionary<string, object?> { ["View"] = view }) { StatusCode = status, PreventStreamingRendering = true };

    internal static IResult Lacks(Missing missing) => Show<NotFoundPage>(missing, StatusCodes.Status404NotFound);

    static ValueTask<object?> Guard(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        Protect(context.HttpContext.Response.Headers);
        return next(context);
    }

    internal static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = PageRules;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";

        // Not no-referrer: a form's post would then come from the origin "null", as one from elsewhere does.
        headers["Referrer-Policy"] = "same-origin";
    }

    static async Task TellWhatIsMissing(HttpContext context, RequestDelegate next)
    {
        await next(context);

        var nobodyAnswered = context.GetEndpoint() is null && context.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false };
        if (!nobodyAnswered || !HttpMethods.IsGet(context.Request.Method) || context.Request.Path.StartsWithSegments("/api")) return;

        Protect(context.Response.Headers);
        await Lacks(new(T("There is no page here"), T("The address may be mistyped, or the page has moved."), "/", T("Go to the overview"))).ExecuteAsync(context);
    }
}

/// <summary>Something that was asked for and is not there, and where to go instead.</summary>
public sealed record Missing(string What, string Hint, string Back, string BackName);
