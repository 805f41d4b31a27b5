using System.Text;
using System.Text.RegularExpressions;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cvm.Functions.Tests;

/// <summary>The app as it starts on Azure, on tables, asked for everything it answers: whatever a page or a form needs is there.</summary>
public sealed partial class EveryRouteTests
{
    static readonly Access Laptop = new(loginRequired: false, loginStandsBefore: false);

    [NeedsAzuriteFact]
    public async Task Every_route_finds_what_it_needs()
    {
        var notes = new Notes();
        await using var services = StartingTests.Start(
            new() { ["Tables:Endpoint"] = Azurite.ConnectionString, ["Tables:Prefix"] = $"E{Environment.ProcessId}" },
            more => more.AddSingleton(Laptop).AddSingleton<ILoggerProvider>(notes));
        await services.GetRequiredService<Opening>().Open(default);

        try
        {
            await Fill(services);
            var site = services.GetRequiredService<Website>();
            var asked = new List<(string Method, string Path, int Status)>();
            foreach (var (method, path) in site.Routes.SelectMany(Requests)) asked.Add((method, path, await Ask(site, method, path)));

            Assert.True(asked.All(each => each.Status < 500), $"{string.Join('\n', asked.Where(each => each.Status >= 500))}\n{string.Join('\n', notes.Lines)}");
            Assert.All(["/", "/customers", "/customers/ann", "/journeys", "/journeys/win-back", "/api/customers/ann", "/healthz"], path => Assert.Contains(("GET", path, 200), asked));
        }
        finally
        {
            await services.GetRequiredService<TableSet>().Drop(default);
        }
    }

    static async Task Fill(IServiceProvider services)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        await services.GetRequiredService<TakingAtOnce>().Take(
            [
                ("ann", new Signal.Told("t1", now, new() { Name = "Ann", Email = "ann@example.com", Country = "DE", Zone = "Europe/Berlin" }, [new(Channel.Email, Purpose.Promotional, true, now, "checkout")])),
                ("ann", new Signal.Ordered("o1", now, "o1", 49.90m)),
                ("ann", new Signal.Complained("k1", now, "The lid is missing", "normal")),
            ],
            default);
    }

    static IEnumerable<(string Method, string Path)> Requests(RouteEndpoint route)
    {
        var path = "/" + Place().Replace(route.RoutePattern.RawText!, place => place.Groups[1].Value switch
        {
            "id" or "customer" => "ann",
            "name" or "journey" or "slug" => "win-back",
            "number" => "1",
            "documentName" => "v1",
            _ => "x",
        }).TrimStart('/');
        return (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (method, path));
    }

    [GeneratedRegex(@"\{\**([A-Za-z]+)[^}]*\}")]
    private static partial Regex Place();

    static async Task<int> Ask(Website site, string method, string path)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        (context.Request.Method, context.Request.Path, context.Request.Host, context.Request.Scheme) = (method, path, new("localhost"), "https");
        (context.Request.Body, context.Request.ContentType) = path.StartsWith("/api", StringComparison.Ordinal)
            ? (new MemoryStream("{}"u8.ToArray()), "application/json")
            : (new MemoryStream(Encoding.UTF8.GetBytes("by=Kim")), "application/x-www-form-urlencoded");
        context.Response.Body = new MemoryStream();

        await site.Run(context);

        return context.Response.StatusCode;
    }
}
