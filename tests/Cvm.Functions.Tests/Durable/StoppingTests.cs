using Cvm.Engine;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cvm.Functions.Tests;

/// <summary>What is decided about people in flight is carried out by the clock, once every machine has heard of it.</summary>
public sealed class StoppingTests
{
    static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly LoadedPlaybook Shipped = PlaybookLoader.Load(Path.Combine(AppContext.BaseDirectory, "Playbook"));

    readonly MemoryStore store = new();
    readonly VirtualTime clock = new(Noon);

    [Fact]
    public async Task Whoever_is_in_a_stopped_journey_leaves_it_a_minute_later_and_nobody_comes_after_them()
    {
        var live = new LivePlaybook(Shipped, store, clock);
        await live.Open(default);
        var mailbox = new MemoryMailbox(store, clock);
        await using var stage = await DurableStage.Open(store, Shipped, clock, Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)mailbox), live);
        var clockwork = new Clockwork(stage.Desk, null!, null!, NullLogger<Clockwork>.Instance);
        await stage.Play([(Noon, "jo", new Signal.Complained("x1", Noon, "It broke", "high"))], Noon);
        var journeys = await Inside("jo");
        Assert.NotEmpty(journeys);

        foreach (var journey in journeys) await new Pauses(store, clock, live.Follow).Begin(journey, "Kim", default, PauseKind.Stop);
        await clockwork.MovePeople(new TimerInfo(), stage.Client, default);
        Assert.Equal(journeys, await Inside("jo"));

        clock.To(Noon.AddMinutes(1));
        await clockwork.MovePeople(new TimerInfo(), stage.Client, default);
        await stage.Play([(clock.GetUtcNow(), "ann", new Signal.Complained("x2", clock.GetUtcNow(), "It broke", "high"))], clock.GetUtcNow());

        Assert.Empty(await Inside("jo"));
        Assert.Empty((await Inside("ann")).Intersect(journeys));
    }

    async Task<List<string>> Inside(string customer) => [.. (await store.Load(customer, "", default)).Dossier.Enrollments.Select(enrollment => enrollment.Journey)];
}
