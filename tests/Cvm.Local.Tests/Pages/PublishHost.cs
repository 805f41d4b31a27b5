using System.Collections.Immutable;
using System.Net;
using Cvm.Engine;
using Cvm.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cvm.Local.Tests.Pages;

/// <summary>The pages over a store in memory, with a journey that people are in.</summary>
sealed class PublishHost : IAsyncDisposable
{
    static readonly HttpClient Http = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });

    readonly WebApplication app;

    PublishHost()
    {
        PlaybookFile[] files =
        [
            new("policies.yaml", "zone: Europe/Berlin"),
            new("journeys/greeting/journey.yaml", Greeting(1)),
            .. new[] { "hello", "letter" }.Select(name => new PlaybookFile($"messages/{name}.en.md", $"---\nsubject: {name}\n---\n\nHello.")),
        ];
        var sources = PlaybookFolder.Read(files);
        var (templates, _) = MessageTemplates.Load(sources.Templates, sources.Policies, null, sources.Products);
        Live = new(new(sources.Playbook!, templates, sources.Texts), Store, Clock);
        Engine = new(Store, () => Live.Now, Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)new MemoryMailbox(Store, Clock)), Clock);
        Moving = new(Store, Store, Live, Engine, Clock);

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services
            .AddApi().AddPages()
            .AddSingleton<IStore>(Store).AddSingleton<IRecords>(Store).AddSingleton<IPeople>(Store).AddSingleton<IMemo>(Store).AddSingleton<IMailbox>(Store)
            .AddSingleton<TakeSignals>(Engine.Take)
            .AddSingleton(Live).AddSingleton(new Publisher(Store, Store, Live, Clock)).AddSingleton(new Pauses(Store, Clock, Live.Follow))
            .AddSingleton<IReadOnlyDictionary<OutboxKind, ISender>>(ImmutableDictionary<OutboxKind, ISender>.Empty)
            .AddSingleton<Func<LoadedPlaybook>>(() => Live.Now)
            .AddSingleton<TimeProvider>(Clock);
        app = builder.Build();
        app.UseApi();
        app.MapPages();
    }

    public MemoryStore Store { get; } = new();

    public VirtualTime Clock { get; } = new(new(2027, 3, 1, 9, 0, 0, TimeSpan.Zero));

    public LivePlaybook Live { get; }

    public CustomerEngine Engine { get; }

    public Moving Moving { get; }

    public static string Greeting(int version, string rest = "7d", string more = "") => $"""
        journey: greeting
        version: {version}
        about: Greets those who order.
        purpose: transactional
        enter: order
        steps:
          - send: hello
            id: hello
            via: email
          - wait: {rest}
            id: rest
          - send: letter
            id: letter
            via: email{more}
        """;

    /// <param name="customers">Who is in the journey, at its wait.</param>
    public static async Task<PublishHost> Open(params string[] customers)
    {
        var host = new PublishHost();
        await host.Live.Open(default);
        await host.app.StartAsync();
        foreach (var customer in customers)
        {
            await host.Engine.Take(customer, new Signal.Told("told", host.Clock.GetUtcNow(), new() { Name = customer, Email = $"{customer}@example.com", Zone = "Europe/Berlin" }, []), default);
            await host.Engine.Take(customer, new Signal.Ordered("o", host.Clock.GetUtcNow(), $"o-{customer}", 50), default);
            await host.Engine.Wake(customer, default);
        }

        return host;
    }

    public async Task Draft(string yaml, int revision = 0, string by = "Lee") => await new Drafts(Store, Clock).Save("greeting", yaml, revision, by);

    public async Task<(HttpStatusCode Status, string Text, string? Location)> Get(string path) => await Ask(new(HttpMethod.Get, path));

    public async Task<(HttpStatusCode Status, string Text, string? Location)> Post(string path, params (string Name, string Value)[] form) =>
        await Ask(new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))) });

    /// <summary>What a page asks back: its hidden fields.</summary>
    public static (string Name, string Value)[] Hidden(string page) =>
        [.. System.Text.RegularExpressions.Regex.Matches(page, "<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"").Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    async Task<(HttpStatusCode, string, string?)> Ask(HttpRequestMessage request)
    {
        request.RequestUri = new(new Uri(app.Urls.First()), request.RequestUri!);
        using var answer = await Http.SendAsync(request);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), answer.Headers.Location?.ToString());
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
