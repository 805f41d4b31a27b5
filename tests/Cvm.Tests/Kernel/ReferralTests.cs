using Cvm.Engine;

namespace Cvm.Tests;

public sealed class ReferralTests
{
    static readonly Playbook Playbook = Some.Playbook() with { Loyalty = Some.Playbook().Loyalty with { ReturnDays = 14, Referral = new(20, 2) } };

    static Turn Take(Dossier dossier, Signal signal, DateTimeOffset? now = null) => Kernel.Take(Playbook, dossier, signal, now ?? signal.At);

    static Signal.Told By(string who) => new("told", Some.Now, Profile.Unknown, [], who);

    static Dossier Friend => Take(Some.Ann, By("ben")).Dossier;

    [Fact]
    public void The_first_order_that_is_kept_tells_both()
    {
        var ordered = Take(Friend, Some.Order("o1", 50)).Dossier;
        var early = Take(ordered, Some.Day(Some.Now.AddDays(13))).Dossier;
        var kept = Take(early, Some.Day(Some.Now.AddDays(14))).Dossier;

        Assert.Empty(early.Outbox);
        Assert.Equal((OutboxKind.Customer, "ben"), (Assert.Single(kept.Outbox).Kind, kept.Outbox[0].Subject));
        Assert.Single(Take(kept, Some.Day(Some.Now.AddDays(15))).Dossier.Outbox);
    }

    [Theory]
    [InlineData(50, 50)]
    [InlineData(50, 31)] // what is kept is too little
    [InlineData(19, 0)]
    public void An_order_that_goes_back_or_is_too_small_is_none(decimal amount, decimal back)
    {
        var ordered = Take(Friend, Some.Order("o1", amount)).Dossier;
        if (back > 0) ordered = Take(ordered, new Signal.Refunded("r1", Some.Now.AddDays(2), "o1", back)).Dossier;

        Assert.Empty(Take(ordered, Some.Day(Some.Now.AddDays(30))).Dossier.Outbox);
    }

    [Fact]
    public void Nobody_brings_himself_and_who_has_ordered_was_not_brought()
    {
        Assert.Null(Take(Some.Ann, By("ann")).Dossier.Referral);
        Assert.Null(Take(Take(Some.Ann, Some.Order("o1", 50)).Dossier, By("ben")).Dossier.Referral);
        Assert.Equal("ben", Take(Friend, By("cleo")).Dossier.Referral!.By);
    }

    [Fact]
    public void A_friend_with_the_customers_own_address_is_no_friend()
    {
        Assert.Empty(Take(Some.Ann, new Signal.FriendBought("f1", Some.Now, "ANN@example.com")).Dossier.Friends);
        Assert.Empty(Take(Some.Ann, new Signal.FriendBought("f1", Some.Now, "x@example.com", Some.Ann.Profile.Phone)).Dossier.Friends);
        Assert.Single(Take(Some.Ann, new Signal.FriendBought("f1", Some.Now)).Dossier.Friends);
    }

    [Fact]
    public void No_more_friends_a_year_are_thanked_for_than_the_rules_say()
    {
        var ann = Some.Ann;
        for (var i = 0; i < 3; i++) ann = Take(ann, new Signal.FriendBought($"f{i}", Some.Now.AddDays(i))).Dossier;

        Assert.Equal(2, ann.Friends.Length);
        Assert.Equal(2, Take(ann, new Signal.FriendBought("f9", Some.Now.AddDays(365))).Dossier.Friends.Length);
    }

    [Fact]
    public async Task The_other_customer_hears_of_it_in_a_turn_of_their_own_once()
    {
        var store = new MemoryStore();
        var clock = new VirtualTime(Some.Now);
        var engine = new CustomerEngine(store, () => new(Playbook, MessageTemplates.Load([], Playbook.Policies).Templates, []), new Dictionary<OutboxKind, ISender>(), clock);
        await engine.Take("ben", new Signal.Told("t1", Some.Now, new() { Email = "ben@example.com" }, []), default);
        await engine.Take("ann", new Signal.Told("t2", Some.Now, new() { Email = "ann@example.com" }, [], "ben"), default);
        await engine.Take("ann", Some.Order("o1", 50), default);
        clock.To(Some.Now.AddDays(14));
        await engine.Take("ann", Some.Day(clock.GetUtcNow()), default);

        await engine.Wake("ann", default);
        await engine.Wake("ann", default);

        Assert.Single((await store.Load("ben", "", default)).Dossier.Friends);
        Assert.Empty((await store.Load("ann", "", default)).Dossier.Outbox);
    }

    [Fact]
    public async Task Told_again_after_a_crash_it_counts_once()
    {
        var store = new MemoryStore();
        var clock = new VirtualTime(Some.Now.AddDays(20));
        var engine = new CustomerEngine(store, () => new(Playbook, MessageTemplates.Load([], Playbook.Policies).Templates, []), new Dictionary<OutboxKind, ISender>(), clock);
        await engine.Take("ben", new Signal.Told("t1", Some.Now, new() { Email = "ben@example.com" }, []), default);
        await engine.Take("ann", new Signal.Told("t2", Some.Now, new() { Email = "ann@example.com" }, [], "ben"), default);
        await engine.Take("ann", Some.Order("o1", 50), default);
        await engine.Take("ann", Some.Day(clock.GetUtcNow()), default);
        var waiting = (await store.Load("ann", "", default)).Dossier.Outbox;
        await engine.Wake("ann", default);

        // As if the host had died before it could note that the word was passed on.
        var stored = await store.Load("ann", "", default);
        await store.Commit([new(stored.Dossier, stored.Revision, stored.Dossier with { Outbox = waiting }, "", [])], default);
        await engine.Wake("ann", default);

        Assert.Single((await store.Load("ben", "", default)).Dossier.Friends);
    }

    [Fact]
    public async Task A_customer_who_is_not_there_is_not_made()
    {
        var store = new MemoryStore();
        var engine = new CustomerEngine(store, () => new(Playbook, MessageTemplates.Load([], Playbook.Policies).Templates, []), new Dictionary<OutboxKind, ISender>(), new VirtualTime(Some.Now.AddDays(20)));
        await engine.Take("ann", new Signal.Told("t2", Some.Now, new() { Email = "ann@example.com" }, [], "ben"), default);
        await engine.Take("ann", Some.Order("o1", 50), default);
        await engine.Take("ann", Some.Day(Some.Now.AddDays(20)), default);

        await engine.Wake("ann", default);

        Assert.Equal(0, (await store.Load("ben", "", default)).Revision);
        Assert.Empty((await store.Load("ann", "", default)).Dossier.Outbox);
    }
}
