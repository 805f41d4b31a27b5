using System.Globalization;
using Cvm.Engine;
using Cvm.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cvm.Local;

/// <summary>Pages and intake on one address, with the heartbeat beside them.</summary>
static class WebHost
{
    /// <summary>Serves until the token says stop; then finishes what is under way.</summary>
    /// <param name="url">Such as http://127.0.0.1:5080; port 0 takes a free one.</param>
    /// <param name="hosts">Names it answers to besides those of the address and of this machine.</param>
    /// <param name="ready">Told the address when it listens.</param>
    public static async Task Serve(Workplace workplace, string url, string[] hosts, Action<string> ready, CancellationToken stop)
    {
        var webhooks = WebhookKeys.Read(Environment.GetEnvironmentVariable);
        if (webhooks.PublicAddress is null && !workplace.Links.Site.IsLoopback) webhooks = webhooks with { PublicAddress = workplace.Links.Site };
        string[] called = [new Uri(url).Host, workplace.Links.Site.Host, .. webhooks.PublicAddress is { } site ? new[] { site.Host } : [], .. hosts];
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url).UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Cvm", LogLevel.Information);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical); // a start that fails is told below, in words
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));

        builder.Services
            .AddSingleton(workplace)
            .AddSingleton(workplace.Engine)
            .AddSingleton<IStore>(workplace.Store)
            .AddSingleton<IRecords>(workplace.Store)
            .AddSingleton<IMailbox>(workplace.Store)
            .AddSingleton<IMemo>(workplace.Store)
            .AddSingleton<IPeople>(workplace.Store)
            .AddSingleton<IPortraits>(workplace.Store)
            .AddSingleton<TakeSignals>(workplace.Engine.Take)
            .AddSingleton(workplace.Links)
            .AddSingleton(workplace.Forgetting)
            .AddSingleton<MergeCustomers>(workplace.Merging.Run)
            .AddSingleton(workplace.Pauses)
            .AddSingleton(workplace.Winners)
            .AddSingleton(workplace.Live)
            .AddSingleton(workplace.Publisher)
            .AddSingleton(webhooks)
            .AddSingleton(workplace.Clock)
            .AddSingleton(workplace.Senders)
            .AddSingleton<Func<LoadedPlaybook>>(() => workplace.Playbook)
            .AddHostedService<Heartbeat>()
            .AddHostedService<PivotWarming>()
            .AddApi(new() { Hosts = called })
            .AddPages();

        await using var app = builder.Build();
        app.UseApi();
        app.MapPages();
        app.MapApi();

        await Start(app, url, stop);
        ready(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        await app.WaitForShutdownAsync(stop);
    }

    static async Task Start(WebApplication app, string url, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
        }
        catch (IOException problem) when (problem.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            var other = new UriBuilder(url) { Port = new Uri(url).Port + 1 }.Uri.ToString().TrimEnd('/');
            throw new UserError($"{url} is in use by another program. Stop it, or name another address with --url {other}.", problem);
        }
        catch (System.Net.Sockets.SocketException problem)
        {
            throw new UserError(string.Create(CultureInfo.InvariantCulture, $"{url} cannot be listened on: {problem.Message} Name another address with --url."), problem);
        }
    }
}
