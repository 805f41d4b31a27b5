using System.Text;
using System.Text.Json;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cvm.Functions.Tests;

/// <summary>Routes and pages as they run within a function: who may ask for what, and what comes of it.</summary>
public sealed partial class WebsiteTests : IAsyncDisposable
{
    const string Order = """{"id":"o1","customer":"ann","at":"2027-03-01T10:00:00Z","amount":49.90}""";

    static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly LoadedPlaybook Shipped = PlaybookLoader.Load(Path.Combine(AppContext.BaseDirectory, "Playbook"));

    readonly MemoryStore store = new();
    readonly VirtualTime clock = new(Noon);
    readonly ServiceProvider services = new ServiceCollection().BuildServiceProvider();
    readonly List<Website> sites = [];

    [Theory]
    [InlineData("GET", "/", "marketer agent administrator")]
    [InlineData("GET", "/customers/ann", "marketer agent administrator")]
    [InlineData("GET", "/api/customers/ann", "marketer agent administrator")]
    [InlineData("GET", "/api/customers/ann/points", "marketer agent administrator shop")]
    [InlineData("GET", "/api/customers/ann/redemptions/cart-81", "marketer agent administrator shop")]
    [InlineData("GET", "/api/customers/points", "marketer agent administrator")]
    [InlineData("GET", "/api/customers/ann/timeline/points", "marketer agent administrator")]
    [InlineData("GET", "/mailbox", "agent administrator")]
    [InlineData("GET", "/mailbox/7/html", "agent administrator")]
    [InlineData("POST", "/api/customers/ann/Redemptions", "administrator shop")]
    [InlineData("POST", "/api/customers/ann/redemptions", "shop administrator")]
    [InlineData("POST", "/api/customers/ann/redemptions/cart-81/confirm", "shop administrator")]
    [InlineData("POST", "/api/customers/ann/points", "agent administrator")]
    [InlineData("POST", "/customers/ann/points", "agent administrator")]
    [InlineData("POST", "/customers/ann/cases", "agent administrator")]
    [InlineData("POST", "/api/customers/ann/cases/1/work", "agent administrator")]
    [InlineData("POST", "/issues", "agent administrator")]
    [InlineData("POST", "/issues/slow-parcels/fix", "agent administrator")]
    [InlineData("POST", "/customers/ann/merge", "agent administrator")]
    [InlineData("POST", "/api/customers/ann/merge", "agent administrator")]
    [InlineData("GET", "/api/tasks", "marketer agent administrator")]
    [InlineData("POST", "/api/tasks/done", "agent administrator shop")]
    [InlineData("POST", "/api/customers", "shop administrator")]
    [InlineData("POST", "/tasks", "agent administrator")]
    [InlineData("GET", "/tasks", "marketer agent administrator")]
    [InlineData("GET", "/issues", "marketer agent administrator")]
    [InlineData("GET", "/satisfaction", "marketer agent administrator")]
    [InlineData("GET", "/links/a/x/tap", "marketer agent administrator shop nobody")]
    [InlineData("POST", "/links/a/x", "marketer agent administrator shop nobody")]
    [InlineData("POST", "/links/k/x", "marketer agent administrator shop nobody")]
    [InlineData("GET", "/loyalty", "marketer agent administrator")]
    [InlineData("GET", "/links/s/x", "marketer agent administrator shop nobody")]
    [InlineData("GET", "/links/r/x", "marketer agent administrator shop nobody")]
    [InlineData("HEAD", "/journeys", "marketer agent administrator")]
    [InlineData("GET", "/journeys/win-back", "marketer agent administrator")]
    [InlineData("GET", "/journeys/new", "marketer administrator")]
    [InlineData("GET", "/journeys/win-back/edit", "marketer administrator")]
    [InlineData("GET", "/Journeys/win-back/EDIT/", "marketer administrator")]
    [InlineData("POST", "/journeys/win-back/edit", "marketer administrator")]
    [InlineData("POST", "/journeys/win-back/check", "marketer administrator")]
    [InlineData("POST", "/journeys/win-back/publish", "marketer administrator")]
    [InlineData("POST", "/journeys/win-back/stop", "marketer administrator")]
    [InlineData("POST", "/proof/take-back", "marketer administrator")]
    [InlineData("GET", "/pivot", "marketer agent administrator")]
    [InlineData("POST", "/pivot/views", "marketer agent administrator")]
    [InlineData("GET", "/editor.js", "marketer agent administrator")]
    [InlineData("POST", "/api/orders", "shop administrator")]
    [InlineData("POST", "/cases/x", "agent administrator")]
    [InlineData("POST", "/pause", "agent administrator")]
    [InlineData("POST", "/customers/ann/preferences", "agent administrator")]
    [InlineData("GET", "/links/p/x", "marketer agent administrator shop nobody")]
    [InlineData("POST", "/links/u/x", "marketer agent administrator shop nobody")]
    [InlineData("GET", "/healthz", "marketer agent administrator shop nobody")]
    [InlineData("GET", "/app.css", "marketer agent administrator shop nobody")]
    public async Task Roles_open_what_is_theirs_and_nothing_else(string method, string path, string roles)
    {
        var site = Site(new Access(loginRequired: true, loginStandsBefore: true));

        foreach (var role in new[] { "marketer", "agent", "administrator", "shop", "nobody" })
        {
            var (status, _) = await Ask(site, method, path, Order, principal: role == "nobody" ? null : PrincipalOf(role));

            var refused = status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden;
            Assert.True(refused != roles.Split(' ').Contains(role), $"{role} got {status}");
        }
    }

    [Fact]
    public async Task Without_a_login_before_it_the_app_answers_nobody_whatever_the_headers_say()
    {
        var site = Site(new Access(loginRequired: true, loginStandsBefore: false));

        var (status, text) = await Ask(site, "GET", "/customers", principal: PrincipalOf("administrator"));

        Assert.Equal(StatusCodes.Status403Forbidden, status);
        Assert.Contains("App Service authentication", text);
    }

    [Theory]
    [InlineData("not base64")]
    [InlineData("bm90IGpzb24=")]
    [InlineData("e30=")]
    [InlineData("W10=")]
    [InlineData("eyJhdXRoX3R5cCI6ImFhZCIsImNsYWltcyI6W3sidHlwIjpudWxsLCJ2YWwiOiJ4In1dfQ==")]
    public async Task A_principal_that_cannot_be_read_is_nobody(string header)
    {
        var (status, _) = await Ask(Site(new Access(loginRequired: true, loginStandsBefore: true)), "GET", "/", principal: header);

        Assert.Equal(StatusCodes.Status401Unauthorized, status);
    }

    [Theory]
    [InlineData("localhost:7071", 200)]
    [InlineData("app.azurewebsites.net", 200)]
    [InlineData("evil.example", 421)]
    public async Task It_is_called_by_its_own_names_only(string host, int expected)
    {
        var (status, _) = await Ask(Site(Laptop, "app.azurewebsites.net"), "GET", "/healthz", host: host);

        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task With_a_queue_the_answer_is_accepted_and_without_one_taken()
    {
        var queued = await Ask(Site(Laptop, take: (signals, _) => Task.FromResult(signals.Select(_ => Taking.Accepted).ToArray())), "POST", "/api/orders", Order);
        var taken = await Ask(Site(Laptop, take: At().Take), "POST", "/api/orders", Order);

        Assert.Equal((202, """{"status":"accepted","customer":"ann"}"""), queued);
        Assert.Equal((200, """{"status":"taken","customer":"ann"}"""), taken);
    }

    [Fact]
    public async Task A_checkout_gets_its_answer_at_once_and_never_by_way_of_the_queue()
    {
        await At().Take([("ann", new Signal.PointsAdjusted("points:1", Noon, 450, "Kim", "welcome"))], default);
        var queued = Site(Laptop, take: (signals, _) => throw new InvalidOperationException($"{signals.Count} signals went to the queue."));

        var reserved = await Ask(queued, "POST", "/api/customers/ann/redemptions", """{"id":"cart-81","points":300}""");
        var confirmed = await Ask(queued, "POST", "/api/customers/ann/redemptions/cart-81/confirm", """{"order":"o1"}""");
        var taken = await Ask(queued, "POST", "/api/customers/ann/points", """{"id":"k1","points":-300,"by":"Kim","reason":"so"}""");

        Assert.Equal((201, 200, 409), (reserved.Status, confirmed.Status, taken.Status));
        Assert.Contains("300 points cannot be taken off: 150 can be spent.", taken.Body);
        Assert.Equal((300, 150), ((await store.Load("ann", "", default)).Dossier.Ledger.Spent, (await store.Load("ann", "", default)).Dossier.Ledger.Balance));
    }

    [Fact]
    public async Task People_see_what_they_did_to_a_case_or_a_task_at_once()
    {
        await At().Take([("ann", new Signal.Told("t1", Noon, new() { Name = "Ann" }, []))], default);
        var queued = Site(Laptop, take: (signals, _) => throw new InvalidOperationException($"{signals.Count} signals went to the queue."));

        var opened = await Post(queued, "/customers/ann/cases", "words=The+lid+is+missing&severity=normal&by=Kim");
        var work = Assert.Single((await store.Load("ann", "", default)).Dossier.Cases);
        var noted = await Post(queued, "/cases/" + work.Id, "do=note&words=I+asked+the+warehouse&by=Kim");
        var stored = await store.Load("ann", "", default);
        await store.Commit([new(stored.Dossier, stored.Revision, stored.Dossier with { Tasks = [new() { Id = "call", For = "agent", Do = "Call", At = Noon }] }, "", [])], default);
        var done = await Post(queued, "/tasks", "customer=ann&task=call&work=done&outcome=reached&by=Kim");

        var after = (await store.Load("ann", "", default)).Dossier;
        Assert.Equal((303, 303, 303), (opened, noted, done));
        Assert.Contains(after.Cases[0].History, entry => entry.Work == CaseWork.Note && entry.By == "Kim");
        Assert.Equal("Kim", after.Tasks[0].DoneBy);
    }

    [Fact]
    public async Task A_merge_lands_at_once_and_starts_what_the_record_that_stays_has_to_be_looked_after_for()
    {
        await using var stage = await DurableStage.Open(store, Shipped, clock, Mailboxes());
        await At().Take([("bob", new Signal.Complained("k1", Noon, "It broke", "high")), ("ann", new Signal.Told("t1", Noon, new() { Name = "Ann" }, []))], default);
        var merging = new MergingAtOnce(stage.Desk, () => Shipped, new HttpContextAccessor());
        var site = Site(Laptop, merge: merging.Run);

        var (tried, _) = await Ask(site, "POST", "/api/customers/bob/merge", """{"into":"ann","by":"Kim","dryRun":true}""", client: stage.Client);
        var before = (await store.Load("bob", "", default)).Dossier.MergedInto;
        var (merged, body) = await Ask(site, "POST", "/api/customers/bob/merge", """{"into":"ann","by":"Kim"}""", client: stage.Client);
        await stage.Client.Quiet();

        var staying = (await store.Load("ann", "", default)).Dossier;
        Assert.Equal((200, null, 200, "ann"), (tried, before, merged, (await store.Load("bob", "", default)).Dossier.MergedInto));
        Assert.Contains("\"status\":\"merged\"", body);
        Assert.NotEmpty(Errand.Of(staying));
        foreach (var errand in Errand.Of(staying)) Assert.NotNull(await stage.Client.GetInstanceAsync(errand.Instance));
    }

    [Fact]
    public async Task Without_a_queue_what_the_signal_starts_is_started_with_the_request()
    {
        await using var stage = await DurableStage.Open(store, Shipped, clock, Mailboxes());
        var taking = new TakingAtOnce(stage.Desk, new HttpContextAccessor());
        var site = Site(Laptop, take: taking.Take);

        var (status, _) = await Ask(site, "POST", "/api/complaints", """{"id":"k1","customer":"ann","at":"2027-03-01T11:00:00Z","text":"It broke"}""", client: stage.Client);
        await stage.Client.Quiet();

        Assert.Equal(200, status);
        Assert.NotNull(await stage.Client.GetInstanceAsync(Errand.Of((await store.Load("ann", "", default)).Dossier).First().Instance));
    }

    [Fact]
    public async Task A_mail_program_unsubscribes_without_a_login_and_from_anywhere()
    {
        var take = At();
        await take.Take([("ann", new Signal.Told("t1", Noon, new() { Email = "ann@example.com" }, [new(Channel.Email, Purpose.Promotional, true, Noon, "checkout")]))], default);
        var token = Links.Token(new(LinkKind.Unsubscribe, "ann", "k1", Channel.Email, Purpose.Promotional, Noon.AddDays(1)));
        var site = Site(new Access(loginRequired: true, loginStandsBefore: true), take: take.Take);

        var (looked, _) = await Ask(site, "GET", $"/links/u/{token}", host: "app.azurewebsites.net");
        var before = (await store.Load("ann", "", default)).Dossier.Consents.Single().Given;
        var (posted, text) = await Ask(site, "POST", $"/links/u/{token}", "List-Unsubscribe=One-Click", host: "app.azurewebsites.net");

        Assert.Equal((200, true, 200), (looked, before, posted));
        Assert.Contains("You are unsubscribed", text);
        Assert.False((await store.Load("ann", "", default)).Dossier.Consents.Single().Given);
    }

    static readonly SignedLinks Links = new("a key that nobody can guess"u8, new("https://app.azurewebsites.net/"));

    static readonly Access Laptop = new(loginRequired: false, loginStandsBefore: false);

    TakingAtOnce At() => new(new(store, store, store, () => Shipped, Mailboxes(), clock), new HttpContextAccessor());

    Dictionary<OutboxKind, ISender> Mailboxes() => Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)new MemoryMailbox(store, clock));

    async Task<int> Post(Website site, string path, string form) => (await Ask(site, "POST", path, form, type: "application/x-www-form-urlencoded")).Status;

    Website Site(Access access, string host = "app.azurewebsites.net", TakeSignals? take = null, MergeCustomers? merge = null, ILoggerFactory? logs = null, Func<LoadedPlaybook>? playbook = null)
    {
        merge ??= new Merging(store, new(store, () => Shipped, Mailboxes(), clock), () => Shipped, clock).Run;
        var site = new Website(
            services => services.AddSingleton<IStore>(store).AddSingleton<IRecords>(store).AddSingleton<IMailbox>(store).AddSingleton<IMemo>(store).AddSingleton<IPortraits>(store).AddSingleton<TimeProvider>(clock).AddSingleton(playbook ?? (() => Shipped)).AddSingleton(Links).AddSingleton(merge)
                .AddSingleton<IReadOnlyDictionary<OutboxKind, ISender>>(ImmutableSortedDictionary<OutboxKind, ISender>.Empty),
            access, [host], logs ?? NullLoggerFactory.Instance, take ?? At().Take, At().Take);
        sites.Add(site);
        return site;
    }

    async Task<(int Status, string Body)> Ask(
        Website site, string method, string path, string body = "", string? principal = null, string host = "localhost:7071", DurableTaskClient? client = null, string type = "application/json",
        string? raw = null, string? asSent = null)
    {
        var context = new DefaultHttpContext { RequestServices = services };
        (context.Request.Method, context.Request.Path, context.Request.Host, context.Request.Scheme) = (method, path, new(host), "https");
        (context.Request.Body, context.Request.ContentType) = (new MemoryStream(Encoding.UTF8.GetBytes(body)), type);
        if (principal is not null) context.Request.Headers["X-MS-CLIENT-PRINCIPAL"] = principal;
        if (raw is not null) context.Features.Get<IHttpRequestFeature>()!.RawTarget = raw;
        if (asSent is not null) context.Request.Headers["X-Waws-Unencoded-Url"] = asSent;
        context.Items[typeof(DurableTaskClient)] = client;
        var answer = new MemoryStream();
        context.Response.Body = answer;

        await site.Run(context);

        return (context.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()));
    }

    static string PrincipalOf(string role) => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new
    {
        auth_typ = "aad",
        name_typ = "name",
        role_typ = "roles",
        claims = new[] { new { typ = "name", val = "Jo" }, new { typ = "roles", val = role } },
    }));

    public async ValueTask DisposeAsync()
    {
        foreach (var site in sites) await site.DisposeAsync();
        await services.DisposeAsync();
    }
}
