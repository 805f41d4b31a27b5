using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;
using Cvm.Engine;
using Cvm.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cvm.Local.Tests.Links;

/// <summary>The pages over the real engine and a store in memory, with one customer and the links of a message to her.</summary>
sealed partial class LinkShop : IAsyncDisposable
{
    public const string Ann = "ann", Key = "win-back:ann:1/send-we-miss-you/1";

    readonly WebApplication app;
    readonly HttpClientHandler handler = new() { AllowAutoRedirect = false, UseCookies = false };

    LinkShop(LoadedPlaybook loaded, Func<TakeSignals, TakeSignals>? wrap)
    {
        Loaded = loaded;
        Engine = new(Store, () => Loaded, new Dictionary<OutboxKind, ISender>(), Clock, people: Store);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        TakeSignals take = Engine.Take;
        builder.Services
            .AddApi().AddPages()
            .AddSingleton<IStore>(Store).AddSingleton<IRecords>(Store).AddSingleton<IPeople>(Store).AddSingleton<IMemo>(Store).AddSingleton<IMailbox>(Store)
            .AddSingleton(wrap?.Invoke(take) ?? take)
            .AddSingleton<IReadOnlyDictionary<OutboxKind, ISender>>(new Dictionary<OutboxKind, ISender>())
            .AddSingleton(Links)
            .AddSingleton<MergeCustomers>(new Merging(Store, Engine, () => Loaded, Clock).Run)
            .AddSingleton(new Forgetting(Store, Store, () => Loaded, new Issues(Store, take, Clock)))
            .AddSingleton(new Pauses(Store, Clock, pauses => Loaded = Loaded.With(pauses)))
            .AddSingleton<Func<LoadedPlaybook>>(() => Loaded)
            .AddSingleton<TimeProvider>(Clock);
        app = builder.Build();
        app.UseApi();
        app.MapPages();
        app.MapApi(wrap?.Invoke(take) ?? take);
    }

    public static DateTimeOffset Noon { get; } = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public MemoryStore Store { get; } = new();

    public VirtualTime Clock { get; } = new(Noon);

    public SignedLinks Links { get; } = new("a key that nobody can guess"u8, new("https://shop.example/"));

    public CustomerEngine Engine { get; }

    public LoadedPlaybook Loaded { get; private set; }

    public Uri Address => new(app.Urls.First());

    /// <param name="policies">What differs from the shipped policies.</param>
    /// <param name="still">Without journeys, so that nothing goes out.</param>
    /// <param name="wrap">Puts something around the taking of signals.</param>
    /// <param name="loyalty">What differs from the shipped rules of loyalty.</param>
    public static async Task<LinkShop> Open(Func<Policies, Policies>? policies = null, Func<TakeSignals, TakeSignals>? wrap = null, string? locale = "en", Func<LoyaltyRules, LoyaltyRules>? loyalty = null, bool journeys = true)
    {
        var shipped = PlaybookLoader.Load(PlaybookLoader.DefaultFolder());
        var changed = shipped.Playbook.Policies with { ConsentNeeded = [Purpose.Promotional], DoubleOptIn = [], Sender = "Harbour & Pine" };
        var rules = loyalty?.Invoke(shipped.Playbook.Loyalty) ?? shipped.Playbook.Loyalty;
        if (!journeys) shipped = shipped with { Playbook = shipped.Playbook with { Journeys = [] } };
        var shop = new LinkShop(shipped with { Playbook = shipped.Playbook with { Policies = policies?.Invoke(changed) ?? changed, Loyalty = rules, CodeKey = [1, 2, 3, 4] } }, wrap);
        await shop.app.StartAsync();
        await shop.Tell(Ann, "ann@example.com", "+4915112345678", locale);
        return shop;
    }

    public Task<Taking> Tell(string customer, string? email, string? phone, string? locale) => Engine.Take(customer, new Signal.Told(
        $"told-{customer}", Noon.AddDays(-9), new() { Name = "Ann Lee", Email = email, Phone = phone, Locale = locale, Zone = "Europe/Berlin" },
        [new(Channel.Email, Purpose.Promotional, true, Noon.AddDays(-9), "checkout", "Send me news", "shop")]), default);

    public async Task<Dossier> Dossier(string customer = Ann) => (await Store.Load(customer, "", default)).Dossier;

    public async Task<IReadOnlyList<Line>> Lines(string customer = Ann) => [.. (await Store.Timeline(customer, long.MaxValue, 1_000, default)).Select(line => line.Line)];

    /// <summary>As if the message with the links had gone out to this address.</summary>
    public async Task Sent(string to, Channel channel = Channel.Email)
    {
        var stored = await Store.Load(Ann, "", default);
        var after = stored.Dossier with { RecentSends = [new(Key, channel, Purpose.Promotional, "we-miss-you", Noon, to)] };
        Assert.Equal([Landing.Landed], await Store.Commit([new(stored.Dossier, stored.Revision, after, "", [])], default));
    }

    public Link Link(LinkKind kind, Purpose purpose = Purpose.Promotional, string customer = Ann, string? target = null, Channel channel = Channel.Email) =>
        new(kind, customer, Key, channel, purpose, Noon + Cvm.Engine.Link.LifeOf(kind), target);

    public string Path(Link link) => "/" + SignedLinks.PathOf(link.Kind) + Links.Token(link);

    public string Path(LinkKind kind, Purpose purpose = Purpose.Promotional) => Path(Link(kind, purpose));

    public void Pass(TimeSpan time) => Clock.To(Clock.GetUtcNow() + time);

    public Task<Answer> Get(string path) => Ask(HttpMethod.Get, path);

    public Task<Answer> Post(string path, params (string Name, string Value)[] form) =>
        Ask(HttpMethod.Post, path, new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    public async Task<Answer> Ask(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient(handler, disposeHandler: false) { BaseAddress = Address };
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await client.SendAsync(request);
        var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        return new(answer.StatusCode, text, answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The fields that a browser would send where nothing is touched.</summary>
    public static List<(string Name, string Value)> Fields(string page)
    {
        var fields = new List<(string, string)>();
        foreach (Match input in Input().Matches(page))
        {
            var tag = input.Value;
            if (tag.Contains("type=\"checkbox\"", StringComparison.Ordinal) && !tag.Contains(" checked", StringComparison.Ordinal)) continue;
            fields.Add((Attribute(tag, "name"), Attribute(tag, "value")));
        }

        foreach (Match select in Select().Matches(page))
            fields.Add((Attribute(select.Value, "name"), Attribute(Option().Matches(select.Value).Select(option => option.Value).First(option => option.Contains(" selected", StringComparison.Ordinal)), "value")));
        return fields;
    }

    public async ValueTask DisposeAsync()
    {
        handler.Dispose();
        await app.DisposeAsync();
    }

    static string Attribute(string tag, string name) => Regex.Match(tag, $" {name}=\"([^\"]*)\"").Groups[1].Value;

    [GeneratedRegex("<input [^>]*>")]
    private static partial Regex Input();

    [GeneratedRegex("<select .*?</select>", RegexOptions.Singleline)]
    private static partial Regex Select();

    [GeneratedRegex("<option [^>]*>")]
    private static partial Regex Option();
}

/// <param name="Text">With its entities read.</param>
sealed record Answer(HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers);
