using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Cvm.Engine;
using Cvm.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cvm.Local.Tests;

/// <summary>The real API on a real port, over a store that is a dictionary.</summary>
sealed class ApiHost : IAsyncDisposable
{
    readonly WebApplication app;

    ApiHost(WebApplication app, ApiStore store)
    {
        (this.app, Store) = (app, store);
        Client = new() { BaseAddress = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
    }

    public HttpClient Client { get; }
    public ApiStore Store { get; }

    public static async Task<ApiHost> Start(ApiSettings? settings = null)
    {
        var store = new ApiStore();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IStore>(store).AddSingleton<IRecords>(store).AddSingleton<IPeople>(store).AddSingleton(() => Playbook).AddApi(settings);

        var app = builder.Build();
        app.UseApi();
        app.MapApi(store.Take);
        await app.StartAsync();
        return new(app, store);
    }

    public async Task<(HttpStatusCode Status, JsonNode Body)> Post(string path, string body, string type = "application/json")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var answer = await Client.PostAsync(path, content);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    public async Task<string[]> Batch(string path, string lines)
    {
        using var answer = await Client.PostAsync(path, new StringContent(lines, Encoding.UTF8, "application/x-ndjson"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }

    static LoadedPlaybook Playbook { get; } = new(new()
    {
        Journeys = [],
        Segments = ImmutableSortedDictionary<string, Segment>.Empty,
        Surveys = ImmutableSortedDictionary<string, Survey>.Empty.Add("after-purchase", new("after-purchase", SurveyKind.Csat, "how-was-it", 2)),
        Loyalty = new(),
        Policies = new(),
        Holidays = HolidayCalendar.Empty,
        Templates = ImmutableSortedDictionary<string, TemplateKind>.Empty,
    }, new NoRenderer(), []);

    sealed class NoRenderer : IRenderer
    {
        public (Outgoing? Message, string? Problem) Render(Playbook playbook, Dossier dossier, OutboxEntry entry) => (null, "No messages here.");
    }
}

/// <summary>Keeps what it took in memory; every signal is a line.</summary>
sealed class ApiStore : IStore, IRecords, IPeople
{
    readonly ConcurrentDictionary<string, (Dossier Dossier, ImmutableList<Line> Lines, ImmutableHashSet<string> Signals)> customers = new();

    public ConcurrentQueue<int> Chunks { get; } = [];
    public bool Broken { get; set; }
    public int Customers => customers.Count;

    public Task<Taking[]> Take(IReadOnlyList<(string Customer, Signal Signal)> signals, CancellationToken stop)
    {
        if (Broken) throw new InvalidOperationException("secret disk path");
        Chunks.Enqueue(signals.Count);
        return Task.FromResult(signals.Select(signal => Take(signal.Customer, signal.Signal)).ToArray());
    }

    public ValueTask<Stored> Load(string customer, string signal, CancellationToken stop) => Broken ? throw new InvalidOperationException("secret disk path")
        : new(customers.TryGetValue(customer, out var known) ? new(known.Dossier, known.Lines.Count, false) : new Stored(Dossier.For(customer), 0, false));

    public ValueTask<IReadOnlyList<(string Customer, string? Zone)>> Page(string after, int most, CancellationToken stop) =>
        Broken ? throw new InvalidOperationException("secret disk path") : new([]);

    public ValueTask<IReadOnlyList<(long Number, Line Line)>> Timeline(string customer, long before, int most, CancellationToken stop) =>
        new([.. customers[customer].Lines.Select((line, at) => (Number: at + 1L, line)).Where(line => line.Number < before).Reverse().Take(most)]);

    public ValueTask<IReadOnlyList<Landing>> Commit(IReadOnlyList<Change> changes, CancellationToken stop) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<(string Customer, DateTimeOffset At)>> Due(DateTimeOffset until, int most, CancellationToken stop) => new([]);

    public ValueTask<IReadOnlyList<(string Customer, Case Case)>> OpenCases(int most, CancellationToken stop) => new([]);

    public ValueTask<IReadOnlyList<(string Customer, StaffTask Task)>> OpenTasks(int most, CancellationToken stop) =>
        new([.. customers.Values.SelectMany(known => known.Dossier.Tasks.Where(task => task.Open).Select(task => (known.Dossier.Customer, task))).Take(most)]);

    public ValueTask<IReadOnlyList<CustomerRow>> Scored(ScoreFilter which, string after, int most, CancellationToken stop) => new([]);

    public ValueTask<IReadOnlyList<CustomerRow>> Search(string text, string after, int most, CancellationToken stop) => new([]);

    public ValueTask<IReadOnlyList<(Tally Tally, long Count)>> Tallies(IReadOnlyCollection<string> kinds, CancellationToken stop) => new([]);

    public ValueTask<IReadOnlyList<(Tally Tally, long Count)>> Tallies(TallyQuery query, CancellationToken stop) => new([]);

    public ValueTask<IReadOnlyList<(string Customer, OutboxEntry Entry)>> Outbox(OutboxState? state, int most, CancellationToken stop) => new([]);

    public ValueTask<IReadOnlyList<string>> ReachedAt(Channel channel, string address, int most, CancellationToken stop) => new(["c1"]);

    public ValueTask Forget(string customer, IReadOnlyCollection<string> marks, CancellationToken stop) => throw new NotSupportedException();

    public ValueTask<bool> Forgotten(IReadOnlyCollection<string> marks, CancellationToken stop) => new(false);

    public ValueTask Remember(IReadOnlyCollection<string> marks, CancellationToken stop) => throw new NotSupportedException();

    Taking Take(string customer, Signal signal)
    {
        var known = customers.GetValueOrDefault(customer, (Dossier.For(customer), [], []));
        if (known.Signals.Contains(signal.Id)) return Taking.TakenBefore;

        var dossier = signal is Signal.Told told ? known.Dossier with { Profile = told.Profile, Consents = told.Consents } : known.Dossier;
        customers[customer] = (dossier, known.Lines.Add(new(signal.At, Happening.Joined) { Subject = signal.Id }), known.Signals.Add(signal.Id));
        return Taking.Taken;
    }
}
