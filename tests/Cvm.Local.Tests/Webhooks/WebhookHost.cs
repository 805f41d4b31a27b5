using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Cvm.Engine;
using Cvm.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cvm.Local.Tests;

/// <summary>The real routes on a real port and the real engine, over a store in memory, with Ann who was sent a letter, and the providers that sign.</summary>
sealed class WebhookHost : IAsyncDisposable
{
    public const string Phone = "+14155550100", Token = "0123456789abcdef0123456789abcdef", Key = "letter:ann:1/send/1", Site = "https://care.shop.example";

    public static readonly DateTimeOffset Now = new(2027, 3, 1, 9, 0, 0, TimeSpan.Zero);

    static readonly Playbook Playbook = new()
    {
        Journeys = [new() { Name = "letter", Version = 1, About = "Letter", Purpose = Purpose.Transactional, Enter = [new("order")], Steps = [new Step.Send("send", Step.Done, new("letter", [Channel.Email], null, ValidFor, OnLate.Skip))] }],
        Segments = ImmutableSortedDictionary<string, Segment>.Empty,
        Surveys = ImmutableSortedDictionary<string, Survey>.Empty,
        Loyalty = new(),
        Policies = new() { SmsReplies = new("stopped", "started", "help") },
        Holidays = HolidayCalendar.Empty,
        Templates = ImmutableSortedDictionary<string, TemplateKind>.Empty.Add("letter", new("letter", true, false)),
        CodeKey = [.. "a key of this test"u8],
    };

    static Lapse ValidFor => Lapse.TryParse("2d", out var lapse) ? lapse : default;

    readonly ECDsa sendGrid = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    readonly MeterListener listener = new();
    WebApplication app = null!;

    public MemoryStore Store { get; } = new();
    public VirtualTime Clock { get; } = new(Now);
    public CustomerEngine Engine { get; private set; } = null!;
    public HttpClient Client { get; private set; } = null!;
    public List<string> Counted { get; } = [];
    public ReportSeal Seal { get; } = new(Playbook.CodeKey);

    /// <summary>Whether the engine fails on Bob, as it would by a mistake of ours.</summary>
    public bool BobFails { get; set; }

    public static async Task<WebhookHost> Start(WebhookSettings? settings = null, Func<WebhookHost, WebhookSettings>? make = null)
    {
        var host = new WebhookHost();
        await host.Begin(settings ?? make?.Invoke(host) ?? new() { SendGridPublicKey = host.PublicKey, TwilioAuthToken = Token, PublicAddress = new(Site) });
        return host;
    }

    public string PublicKey => Convert.ToBase64String(sendGrid.ExportSubjectPublicKeyInfo());

    async Task Begin(WebhookSettings settings)
    {
        var loaded = new LoadedPlaybook(Playbook, new Renderer(), []);
        var senders = Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)new Silent());
        Engine = new(Store, () => loaded, senders, Clock, people: Store);
        Listen();

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IStore>(Store).AddSingleton<IRecords>(Store).AddSingleton<IPeople>(Store).AddSingleton<TimeProvider>(Clock)
            .AddSingleton(() => loaded).AddSingleton(settings).AddApi();
        app = builder.Build();
        app.UseApi();
        app.MapApi(Take);
        await app.StartAsync();
        Client = new() { BaseAddress = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };

        await Know("ann", "ann@example.com", Phone);
        await Engine.Take("ann", new Signal.Ordered("o1", Now, "o1", 50), default);
        await Engine.Wake("ann", default);
    }

    // Meters are the process's; what other tests count is of other providers or not looked at.
    void Listen()
    {
        listener.InstrumentPublished = (instrument, self) => { if (instrument.Meter.Name == "Cvm") self.EnableMeasurementEvents(instrument); };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) =>
        {
            var text = instrument.Name + string.Concat(tags.ToArray().Select(tag => $" {tag.Value}"));
            lock (Counted) Counted.Add(text);
        });
        listener.Start();
    }

    public Task Know(string customer, string email, string? phone) =>
        Engine.Take(customer, new Signal.Told($"told-{customer}", Now, new() { Name = customer, Email = email, Phone = phone }, [new(Channel.Sms, Purpose.Promotional, true, Now, "test")]), default);

    Task<Taking[]> Take(IReadOnlyList<(string Customer, Signal Signal)> signals, CancellationToken stop) =>
        BobFails && signals.Any(signal => signal.Customer == "bob") ? throw new UndecidedException("bob", new InvalidOperationException("a mistake of ours")) : Engine.Take(signals, stop);

    public Dossier Dossier(string customer = "ann") => Store.Load(customer, "", default).AsTask().Result.Dossier;

    public IReadOnlyList<Line> Lines(string customer = "ann") => [.. Store.Timeline(customer, long.MaxValue, int.MaxValue, default).AsTask().Result.Select(pair => pair.Line).Reverse()];

    public string Event(string kind, string id, int seconds, string more = "", string customer = "ann", string key = Key) =>
        $$"""{"event":"{{kind}}","sg_event_id":"{{id}}","timestamp":{{Now.ToUnixTimeSeconds() + seconds}},"email":"{{customer}}@example.com","{{ReportSeal.Name}}":"{{Seal.Of(customer, key)}}"{{more}}}""";

    public Task<HttpResponseMessage> SendGrid(params string[] events) => SendGridBody($"[{string.Join(",", events)}]");

    public Task<HttpResponseMessage> SendGridBody(string body, string? signature = null, long? timestamp = null)
    {
        var moment = $"{timestamp ?? Clock.GetUtcNow().ToUnixTimeSeconds()}";
        var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/sendgrid") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        var made = Convert.ToBase64String(sendGrid.SignData(Encoding.UTF8.GetBytes(moment + body), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        if (signature != "") request.Headers.Add("X-Twilio-Email-Event-Webhook-Signature", signature ?? made);
        request.Headers.Add("X-Twilio-Email-Event-Webhook-Timestamp", moment);
        return Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> Status(string status, int? code = null, string sid = "SM1", string? seal = null) =>
        Twilio($"/webhooks/twilio/status?{ReportSeal.Name}={seal ?? Seal.Of("ann", Key)}", [("MessageSid", sid), ("MessageStatus", status), ("To", Phone), .. code is null ? [] : new[] { ("ErrorCode", $"{code}") }]);

    public Task<HttpResponseMessage> Text(string body, string sid = "SM9", string from = Phone, params (string, string)[] more) =>
        Twilio("/webhooks/twilio/inbound", [("MessageSid", sid), ("From", from), ("To", "+14155550199"), ("Body", body), .. more]);

    [SuppressMessage("Security", "CA5350", Justification = "It is what Twilio signs with.")]
    public Task<HttpResponseMessage> Twilio(string path, (string Name, string Value)[] form, string token = Token, string site = Site)
    {
        var text = site + path + string.Concat(form.OrderBy(pair => pair.Name, StringComparer.Ordinal).Select(pair => pair.Name + pair.Value));
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))) };
        request.Headers.Add("X-Twilio-Signature", Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text))));
        return Client.SendAsync(request);
    }

    public static async Task AssertRefused(Task<HttpResponseMessage> asked, HttpStatusCode status = HttpStatusCode.Unauthorized)
    {
        using var answer = await asked;
        Assert.Equal((status, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        Client.Dispose();
        sendGrid.Dispose();
        await app.DisposeAsync();
    }

    /// <summary>Takes everything and answers nothing: each message is in doubt.</summary>
    sealed class Silent : ISender
    {
        public bool RefusesDoubles => false;

        public Task<Delivery> Send(Outgoing message, CancellationToken stop) => throw new TimeoutException("No answer.");
    }

    sealed class Renderer : IRenderer
    {
        public (Outgoing? Message, string? Problem) Render(Playbook playbook, Dossier dossier, OutboxEntry entry) =>
            (new() { Key = entry.Key, Kind = entry.Kind, To = dossier.Profile.Email!, Customer = dossier.Customer, Journey = entry.Journey, Template = entry.Subject, Text = "Hello" }, null);
    }
}
