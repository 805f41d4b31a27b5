using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cvm.Local.Tests.Pages;

public sealed class BrowserWalkTests
{
    [BrowserFact]
    public async Task A_walk_notices_a_scroll_bar_an_error_and_a_dead_link()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapGet("/", () => Html("<main>fine</main>"));
        app.MapGet("/wide", () => Html("<main><p style='width:600px'>wide on a phone</p></main>"));
        app.MapGet("/error", () => Html("<main><script>throw new Error('broken')</script></main>"));
        app.MapGet("/lost", () => Html("<main><img src='/nowhere.png' alt=''></main>"));
        await app.StartAsync();
        await using var walk = new BrowserWalk(new(app.Urls.First()));

        var fine = await walk.Walk(["/"]);
        var wide = await walk.Walk(["/wide"]);
        var error = await walk.Walk(["/error"]);
        var lost = await walk.Walk(["/lost"]);
        var star = await walk.Walk(["/*"]);

        Assert.Empty(fine);
        Assert.Contains("at 390 px", Assert.Single(wide));
        Assert.Contains(error, complaint => complaint.Contains("broken", StringComparison.Ordinal));
        Assert.Contains(lost, complaint => complaint.Contains("answers 404", StringComparison.Ordinal));
        Assert.All(star, complaint => Assert.Contains("no link", complaint));
    }

    [BrowserFact]
    public async Task A_walk_notices_what_a_screen_reader_would_stumble_over()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapGet("/", () => Html("<main><h1>Fine</h1><h2>And</h2><label>Name <input></label><a href='/'>home</a></main>"));
        app.MapGet("/bad", () => Html("<main><h1>One</h1><h1>Two</h1><h3 id='a'>Three</h3><input><a href='/'></a><svg width='1' height='1'></svg><p id='a'></p></main>"));
        await app.StartAsync();
        await using var walk = new BrowserWalk(new(app.Urls.First())) { ReadsAloud = true };

        var fine = await walk.Walk(["/"]);
        var bad = await walk.Walk(["/bad"]);

        Assert.Empty(fine);
        Assert.All(new[] { "2 first headings", "level 3 after 1", "no label: <input>", "no name: <a", "no name: <svg", "twice: #a" }, fault => Assert.Contains(bad, complaint => complaint.Contains(fault, StringComparison.Ordinal)));
    }

    static IResult Html(string body) =>
        Results.Content($"<!DOCTYPE html><html lang='en'><head><title>x</title><link rel='icon' href='data:,'></head><body style='margin:0'>{body}</body></html>", "text/html");
}
