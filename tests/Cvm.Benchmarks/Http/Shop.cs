using Cvm.Benchmarks.Intake;
using Cvm.Engine;
using Cvm.Local;
using Cvm.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cvm.Benchmarks.Http;

/// <summary>The intake of <c>cvm serve</c> on a free port of loopback, with a store that knows the customers. Under /parse the same
/// routes only check what comes in.</summary>
sealed class Shop : IAsyncDisposable
{
    readonly SqliteStore store;
    readonly WebApplication app;

    Shop(SqliteStore store, CustomerEngine engine, WebApplication app)
    {
        (this.store, Engine, this.app) = (store, engine, app);
        Client = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new(app.Urls.First()) };
    }

    public CustomerEngine Engine { get; }

    public HttpClient Client { get; }

    public static async Task<Shop> Open(string folder, OrderBook book)
    {
        var clock = new VirtualTime(default);
        var store = SqliteStore.Open(Path.Combine(folder, "cvm.db"));
        var engine = new CustomerEngine(store, () => Measure.Playbook, new Dictionary<OutboxKind, ISender>(), clock);
        await OrderBook.Take(book.People, engine, clock);
        clock.To(book.End);

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(engine).AddSingleton<IStore>(store).AddSingleton<IRecords>(store)
            .AddSingleton<TimeProvider>(clock).AddSingleton<Func<LoadedPlaybook>>(() => Measure.Playbook).AddApi();

        var app = builder.Build();
        app.UseApi();
        app.MapApi();
        app.MapGroup("/parse").MapApi(static (signals, _) => Task.FromResult(new Taking[signals.Count]));
        await app.StartAsync();
        return new(store, engine, app);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        await store.DisposeAsync();
    }
}
