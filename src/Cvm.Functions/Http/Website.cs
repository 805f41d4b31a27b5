using Cvm.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cvm.Functions;

/// <summary>The routes and pages of Cvm.Web, the same as on the local host, run within a function's request.</summary>
public sealed class Website : IAsyncDisposable
{
    readonly WebApplication app;
    readonly RequestDelegate run;

    /// <param name="add">Adds the ports that routes and pages need.</param>
    /// <param name="hosts">Names it may be called by, besides those of this machine.</param>
    /// <param name="take">Takes signals in.</param>
    /// <param name="atOnce">Takes those that somebody waits for, such as a checkout, within the request.</param>
    public Website(Action<IServiceCollection> add, Access access, IReadOnlyCollection<string> hosts, ILoggerFactory logs, TakeSignals take, TakeSignals atOnce)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton(logs).AddHttpContextAccessor().AddApi(new() { Hosts = hosts }).AddPages();
        builder.Services.AddSingleton(take).AddSingleton(new AtOnce(atOnce));
        add(builder.Services);
        app = builder.Build();

        app.UseApi();
        app.Use(access.Check);
        app.UseRouting();
        app.MapPages();
        app.MapApi(take);

        // The application is never started, so it is ours to say where its endpoints run.
        app.UseEndpoints(endpoints =>
        {
            foreach (var source in ((IEndpointRouteBuilder)app).DataSources.ToArray())
                if (!endpoints.DataSources.Contains(source)) endpoints.DataSources.Add(source);
        });
        run = ((IApplicationBuilder)app).Build();
    }

    /// <summary>Everything it answers.</summary>
    internal IEnumerable<RouteEndpoint> Routes => ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    /// <summary>Answers the request.</summary>
    public async Task Run(HttpContext context)
    {
        var (outer, endpoint, values) = (context.RequestServices, context.GetEndpoint(), context.Request.RouteValues);
        await using var scope = app.Services.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        context.SetEndpoint(null);
        context.Request.RouteValues = [];
        if (context.Request.Headers["X-Forwarded-Host"] is [{ Length: > 0 } host]) context.Request.Host = new(host);

        // A function is not invoked by its request, so the worker's own accessor knows of none.
        app.Services.GetRequiredService<IHttpContextAccessor>().HttpContext = context;

        try
        {
            await run(context);
        }
        finally
        {
            context.RequestServices = outer;
            context.SetEndpoint(endpoint);
            context.Request.RouteValues = values;
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
