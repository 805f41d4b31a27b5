using Cvm.Engine;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cvm.Functions.Tests;

/// <summary>What goes wrong costs delay, never data.</summary>
public sealed class FaultTests
{
    static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly LoadedPlaybook Shipped = PlaybookLoader.Load(Path.Combine(AppContext.BaseDirectory, "Playbook"));

    readonly MemoryStore store = new();
    readonly VirtualTime clock = new(Noon);

    [Fact]
    public async Task A_lost_nudge_is_made_good_by_the_watchdog()
    {
        await using var stage = await Complaining();
        var due = (await store.Due(DateTimeOffset.MaxValue, 1, default))[0].At;

        stage.Client.Losing = 1;
        clock.To(due);
        await stage.Client.Nudge(Errand.Of((await store.Load("jo", "", default)).Dossier).First(), default);
        await stage.Client.Quiet();
        Assert.NotEmpty(await store.Due(clock.GetUtcNow(), 1, default));

        clock.To(due.AddMinutes(5));
        await Watch(stage);

        Assert.Empty(await store.Due(clock.GetUtcNow(), 1, default));
    }

    [Fact]
    public async Task After_a_loss_of_every_orchestration_the_watchdog_starts_them_again_and_nothing_is_sent_twice()
    {
        await using var stage = await Complaining();
        var due = (await store.Due(DateTimeOffset.MaxValue, 1, default))[0].At;
        var before = (await store.Mails(null, long.MaxValue, 100, default)).Count;

        await stage.Restart();
        clock.To(due.AddMinutes(5));
        await Watch(stage);

        var mails = await store.Mails(null, long.MaxValue, 100, default);
        Assert.Empty(await store.Due(clock.GetUtcNow(), 1, default));
        Assert.True(mails.Count >= before);
        Assert.Equal(mails.Count, mails.Select(mail => mail.Message.Key).Distinct().Count());
    }

    [Fact]
    public async Task Telling_of_a_fix_that_was_cut_off_is_finished_by_the_clock_and_tells_everybody_once()
    {
        await using var stage = await DurableStage.Open(store, Shipped, clock, new Dictionary<OutboxKind, ISender>());
        var customers = Enumerable.Range(0, 101).Select(i => $"c{i:D3}").ToList(); // one more than are told together
        var calls = 0;
        var issues = new Issues(store, (signals, stop) => ++calls == 2 ? throw new IOException("the power went") : stage.Desk.Open().Engine.Take(signals, stop), clock);
        var clockwork = new Clockwork(stage.Desk, null!, issues, NullLogger<Clockwork>.Instance);
        await issues.Open("slow-parcels", "Slow parcels", "Kim", "Kim", default);
        foreach (var customer in customers) await issues.Raise("slow-parcels", new(customer, customer + "/1", Noon, "Kim"), default);
        await clockwork.FinishTelling(new TimerInfo(), default);
        Assert.Equal(0, calls);

        await Assert.ThrowsAsync<IOException>(() => issues.Fix("slow-parcels", "Another carrier brings them", "Kim", default));
        Assert.Equal(100, (await store.Page("", 1_000, default)).Count);
        await clockwork.FinishTelling(new TimerInfo(), default);
        await clockwork.FinishTelling(new TimerInfo(), default);

        Assert.Equal((IssueState.Fixed, 3), ((await issues.Find("slow-parcels", default))!.State, calls));
        foreach (var customer in customers) Assert.Single(await store.Timeline(customer, long.MaxValue, 10, default), line => line.Line.What == Happening.IssueFixed);
    }

    [Theory]
    [InlineData("", "no signal")]
    [InlineData("{}", "names no customer")]
    [InlineData("""{"kind":"exploded","customer":"ann","signal":{}}""", "no kind of signal 'exploded'")]
    [InlineData("""{"kind":"ordered","customer":"","signal":{}}""", "names no customer")]
    [InlineData("""{"kind":"ordered","customer":"ann","signal":{"at":"2027-03-01T12:00:00Z","order":"o1","amount":1}}""", "")]
    public void A_message_that_cannot_be_read_says_why(string text, string why)
    {
        var problem = Assert.Throws<FormatException>(() => Posted.Read(System.Text.Encoding.UTF8.GetBytes(text)));

        Assert.Contains(why, problem.Message);
    }

    [Fact]
    public void Whatever_comes_from_outside_may_come_through_the_queue()
    {
        // These are made where they are taken: by a merge, by the sweep, and by whoever publishes or stops.
        Type[] inside = [typeof(Signal.Merged), typeof(Signal.Closed), typeof(Signal.HandedOver), typeof(Signal.Reopened), typeof(Signal.Scored), typeof(Signal.Moved), typeof(Signal.Stopped)];
        var named = typeof(Signal).GetNestedTypes().Where(type => type.GetConstructors().Any(made => made.GetParameters().Any(parameter => parameter.Name == nameof(Signal.Id))));

        Assert.Equal(named.Except(inside).Select(type => type.Name).Order(), Posted.Types.Select(type => type.Name).Order());
    }

    [Fact]
    public void Every_signal_comes_through_the_queue_as_it_was()
    {
        foreach (var type in Posted.Types)
        {
            var signal = (Signal)typeof(Cvm.Tests.FilledRecord).GetMethod("Of")!.MakeGenericMethod(type).Invoke(null, [false])!;

            var back = Posted.Read(new Posted("ann", signal).Write());

            Assert.Equal("ann", back.Customer);
            Assert.Equal(System.Text.Json.JsonSerializer.Serialize(signal, type, DossierText.Options), System.Text.Json.JsonSerializer.Serialize(back.Signal, type, DossierText.Options));
        }
    }

    async Task<DurableStage> Complaining()
    {
        var mailbox = new MemoryMailbox(store, clock);
        var stage = await DurableStage.Open(store, Shipped, clock, Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)mailbox));
        await stage.Play([(Noon, "jo", new Signal.Complained("x1", Noon, "It broke", "high"))], Noon);
        return stage;
    }

    static async Task Watch(DurableStage stage)
    {
        await new Clockwork(stage.Desk, null!, null!, NullLogger<Clockwork>.Instance).Watchdog(new TimerInfo(), stage.Client, default);
        await stage.Client.Quiet();
    }
}
