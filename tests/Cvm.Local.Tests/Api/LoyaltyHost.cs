using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Cvm.Engine;
using Cvm.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cvm.Local.Tests;

/// <summary>The API on a real port, over the real engine and a SQLite file; intake goes to a queue that keeps it, as on Azure.</summary>
sealed class LoyaltyHost : IAsyncDisposable
{
    readonly WebApplication app;
    readonly TemporaryFolder folder;

    LoyaltyHost(TemporaryFolder folder)
    {
        this.folder = folder;
        Store = SqliteStore.Open(folder.In("cvm.db"));
        Engine = new(Store, () => Playbook, new Dictionary<OutboxKind, ISender>(), Clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IStore>(Store).AddSingleton<IRecords>(Store).AddSingleton<IPeople>(Store).AddSingleton(() => Playbook).AddSingleton<TimeProvider>(Clock)
            .AddSingleton(new AtOnce(Engine.Take)).AddApi();
        app = builder.Build();
        app.UseApi();
        app.MapApi((signals, _) => Task.FromResult(signals.Select(_ => Taking.Accepted).ToArray()));
    }

    public static DateTimeOffset Noon { get; } = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public SqliteStore Store { get; }

    public VirtualTime Clock { get; } = new(Noon);

    public CustomerEngine Engine { get; }

    public HttpClient Client { get; } = new();

    static LoadedPlaybook Playbook { get; } = PlaybookLoader.Load(PlaybookLoader.DefaultFolder()) is var shipped
        ? shipped with { Playbook = shipped.Playbook with { CodeKey = [1, 2, 3, 4], Journeys = [] } } : throw new InvalidOperationException();

    /// <summary>With Ann, who has so many points, and a coupon of 10%.</summary>
    public static async Task<LoyaltyHost> Start(long points)
    {
        var host = new LoyaltyHost(new());
        await host.app.StartAsync();
        host.Client.BaseAddress = new(host.app.Urls.First());
        await host.Give("ann", points, "BACK10-ANNA");
        await host.Give("ben", 50, "BACK10-BENB");
        return host;
    }

    public async Task Give(string customer, long points, string? coupon)
    {
        await Engine.Take(customer, new Signal.Told($"told-{customer}", Noon.AddDays(-9), new() { Name = customer, Zone = "Europe/Berlin" }, []), default);
        if (points > 0) await Engine.Take(customer, new Signal.PointsAdjusted($"points:start-{customer}", Noon, points, "Kim", "welcome"), default);
        if (coupon is null) return;

        var stored = await Store.Load(customer, "", default);
        var after = stored.Dossier with { Coupons = [new() { Code = coupon, Name = "BACK10", Worth = "10%", GivenAt = Noon.AddDays(-1), ValidUntil = Noon.AddDays(10) }] };
        Assert.Equal([Landing.Landed], await Store.Commit([new(stored.Dossier, stored.Revision, after, "", [])], default));
    }

    public async Task<Dossier> Dossier(string customer = "ann") => (await Store.Load(customer, "", default)).Dossier;

    /// <summary>Lets the time pass, and what is due be done.</summary>
    public async Task Pass(TimeSpan time, string customer = "ann")
    {
        Clock.To(Clock.GetUtcNow() + time);
        await Engine.Wake(customer, default);
    }

    public async Task<(HttpStatusCode Status, JsonNode Body, HttpResponseHeaders Headers)> Post(string path, string? body = null, string type = "application/json")
    {
        using var content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        using var answer = await Client.PostAsync(new Uri(path, UriKind.Relative), content);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!, answer.Headers);
    }

    public async Task<(HttpStatusCode Status, JsonNode Body)> Get(string path)
    {
        using var answer = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        await Store.DisposeAsync();
        folder.Delete();
    }
}
