using Cvm.Engine;

namespace Cvm.Tests;

public sealed class EngineTests
{
    static readonly Journey Birthday = Some.Journey("birthday", new("birthday"), new Step.Send("send", Step.Done, Some.Sending("letter", purpose: Purpose.Transactional)));

    readonly VirtualTime clock = new(Some.Now.AddHours(-16));
    readonly MemoryStore store = new();

    CustomerEngine Engine(Playbook playbook, IRenderer renderer)
    {
        var senders = Enum.GetValues<OutboxKind>().ToDictionary(kind => kind, _ => (ISender)new MemoryMailbox(store, clock));
        return new(store, () => new(playbook, renderer, []), senders, clock);
    }

    // A question that fails is the nearest thing to a mistake of our own in a condition.
    static Playbook Poisoned()
    {
        var question = new Question("fails", FactType.Truth, "customer", "", (view, name) => view.Dossier.Customer == name ? throw new InvalidOperationException("A mistake of ours.") : Value.Of(false));
        var poison = Some.Journey("poison", new("day", new("fails('c2')", new Term.Asked(question, "c2"))), new Step.End("end", "done"));
        return Some.Playbook(poison, Birthday);
    }

    async Task Tell(CustomerEngine engine, string customer) =>
        await engine.Take(customer, new Signal.Told("told", clock.GetUtcNow(), Some.Ann.Profile with { Joined = null }, []), default);

    [Fact]
    public async Task A_round_goes_on_past_a_customer_for_whom_no_turn_can_be_made()
    {
        var playbook = Poisoned();
        var engine = Engine(playbook, new PlainRenderer());
        var failures = new List<Exception>();
        var rounds = new Rounds(store, store, () => new(playbook, new PlainRenderer(), []), engine, clock, failures.Add);
        foreach (var customer in new[] { "c1", "c2", "c3" }) await Tell(engine, customer);
        await rounds.Make(default);

        clock.To(Some.Now);
        await rounds.Make(default);

        Assert.Equal("c2", Assert.IsType<UndecidedException>(Assert.Single(failures)).Customer);
        Assert.Equal(["c1", "c3"], (await store.Outbox(null, 9, default)).Select(pair => pair.Customer));
        Assert.True(await rounds.Next(default) > Some.Now);
    }

    [Fact]
    public async Task A_message_that_cannot_be_made_fails_and_those_behind_it_go_out()
    {
        var two = Some.Journey(
            "two",
            new("order"),
            new Step.Send("first", 1, Some.Sending("letter", purpose: Purpose.Transactional)),
            new Step.Send("second", Step.Done, Some.Sending("text", purpose: Purpose.Transactional)));
        var engine = Engine(Some.Playbook(two), new FussyRenderer());
        await Tell(engine, "c1");
        await engine.Take("c1", Some.Order("o1", 50, clock.GetUtcNow()), default);

        await engine.Wake("c1", default);

        Assert.Equal("text", Assert.Single(await store.Mails(null, long.MaxValue, 9, default)).Message.Template);
        Assert.Empty((await store.Load("c1", "", default)).Dossier.Outbox);
        Assert.Contains(await store.Timeline("c1", long.MaxValue, 99, default), pair => pair.Line is { What: Happening.Failed, Subject: "letter" });
    }

    sealed class FussyRenderer : IRenderer
    {
        public (Outgoing? Message, string? Problem) Render(Playbook playbook, Dossier dossier, OutboxEntry entry) =>
            entry.Subject == "letter" ? throw new InvalidOperationException("A mistake of ours.") : new PlainRenderer().Render(playbook, dossier, entry);
    }
}
