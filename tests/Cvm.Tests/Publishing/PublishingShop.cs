using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>A playbook in memory, a store, and what publishes on it: as a host has them, and again after a restart.</summary>
sealed class PublishingShop
{
    public MemoryStore Store { get; } = new();

    public VirtualTime Clock { get; } = new(Some.Now);

    public LivePlaybook Live { get; private set; } = null!;

    public CustomerEngine Engine { get; private set; } = null!;

    public Publisher Publisher { get; private set; } = null!;

    public Moving Moving { get; private set; } = null!;

    public List<JourneyText> Written { get; } = [];

    /// <summary>Whether the host may write into the folder.</summary>
    public bool Writes { get; init; } = true;

    public static ImmutableSortedDictionary<string, string> Nobody => ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>A greeting, some days of rest, and another message.</summary>
    public static string Greeting(int version, string rest = "7d", string last = "letter") => $"""
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
          - send: {last}
            id: {last}
            via: email
        """;

    static LoadedPlaybook Folder(params string[] greetings)
    {
        PlaybookFile[] files =
        [
            new("policies.yaml", "zone: Europe/Berlin"),
            new("segments.yaml", "buyers: { about: Whoever has bought., when: orders >= 1 }"),
            .. greetings.Select(yaml => new PlaybookFile("journeys/greeting/journey.yaml", yaml)),
            .. new[] { "hello", "letter", "news" }.Select(name => new PlaybookFile($"messages/{name}.en.md", $"---\nsubject: {name}\n---\n\nHello.")),
        ];
        var sources = PlaybookFolder.Read(files);
        Assert.Empty(sources.Problems);
        return new(sources.Playbook!, new PlainRenderer(), sources.Texts);
    }

    /// <summary>Starts a host over the same store with this folder; with another store where crashes are to be tried.</summary>
    public async Task<PublishingShop> Start(string? greeting, IStore? over = null)
    {
        Live = new(greeting is null ? Folder() : Folder(greeting), Store, Clock);
        await Live.Open(default);
        Engine = new(over ?? Store, () => Live.Now, Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)new MemoryMailbox(Store, Clock)), Clock);
        Publisher = new(Store, Store, Live, Clock, text =>
        {
            if (Writes) Written.Add(text);
            return Writes;
        });
        Moving = new(over ?? Store, Store, Live, Engine, Clock);
        return this;
    }

    public async Task Order(params string[] customers)
    {
        foreach (var customer in customers)
        {
            await Engine.Take(customer, new Signal.Told("told", Clock.GetUtcNow(), Some.Ann.Profile with { Joined = Some.Now }, []), default);
            await Engine.Take(customer, Some.Order($"o-{customer}", 50, Clock.GetUtcNow()), default);
            await Engine.Wake(customer, default);
        }
    }

    public async Task<PublishingPlan> Plan(string yaml)
    {
        var (plan, problems) = await Publisher.Plan("greeting", yaml, default);
        Assert.Empty(problems);
        return plan!;
    }

    public async Task<Published> Publish(string yaml, bool move = false, string by = "Kim")
    {
        var plan = await Plan(yaml);
        return await Publisher.Publish(plan, move ? plan.MoveAll() : Nobody, by, PublishedFrom.Page, default);
    }

    public async Task<Dossier> Dossier(string customer) => (await Store.Load(customer, "", default)).Dossier;

    /// <summary>The version that each customer is in, such as <c>1 2</c>.</summary>
    public async Task<string> Versions(params string[] customers)
    {
        var versions = new List<int>();
        foreach (var customer in customers) versions.Add((await Dossier(customer)).Enrollments.Single().Version);
        return string.Join(' ', versions);
    }
}
