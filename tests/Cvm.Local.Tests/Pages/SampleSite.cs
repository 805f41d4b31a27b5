using System.Net;
using Cvm.Engine;
using Cvm.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cvm.Local.Tests.Pages;

/// <summary>The pages over sample data, served on a loopback port.</summary>
public sealed class SampleSite : IAsyncLifetime
{
    readonly WebApplication app;

    public SampleSite() => app = Build(SampleRecords.Full, 0);

    SampleSite(WebApplication app) => this.app = app;

    /// <summary>A shop into which nothing has come yet.</summary>
    public static SampleSite Empty => new(Build(SampleRecords.Empty, 0));

    /// <summary>For looking at the pages while working on them.</summary>
    public static SampleSite On(int port) => new(Build(SampleRecords.Full, port));

    /// <summary>A shop that sends by these.</summary>
    public static SampleSite With(IReadOnlyDictionary<OutboxKind, ISender> senders) => new(Build(SampleRecords.Full, 0, senders));

    public Uri Address => new(app.Urls.First());

    public async Task InitializeAsync() => await app.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    public async Task<(HttpStatusCode Status, string Text, HttpResponseMessage Answer)> Get(string path)
    {
        using var client = new HttpClient { BaseAddress = Address };
        var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer);
    }

    static WebApplication Build(SampleRecords records, int port, IReadOnlyDictionary<OutboxKind, ISender>? senders = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services
            .AddPages()
            .AddSingleton<IRecords>(records)
            .AddSingleton<IMailbox>(records)
            .AddSingleton<IStore>(records)
            .AddSingleton<IMemo>(records)
            .AddSingleton(records.Portraits)
            .AddSingleton<Func<LoadedPlaybook>>(() => SampleJourneys.Loaded)
            .AddSingleton(senders ?? ImmutableSortedDictionary<OutboxKind, ISender>.Empty)
            .AddSingleton<TakeSignals>((_, _) => throw new NotSupportedException("The sample takes nothing in."))
            .AddSingleton<TimeProvider>(new Standstill());
        var app = builder.Build();
        app.MapPages();
        return app;
    }

    sealed class Standstill : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => SampleRecords.Now;
    }
}
