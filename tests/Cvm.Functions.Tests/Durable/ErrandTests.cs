using Cvm.Engine;

namespace Cvm.Functions.Tests;

/// <summary>Somebody looks after everything that is due.</summary>
public sealed class ErrandTests
{
    static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly Click Followed = new("jo/1", "shop", Noon, Noon.AddSeconds(10));
    static readonly DateTimeOffset Later = Noon.AddHours(4);
    static readonly Case Complaint = new() { Id = "jo/1", Subject = "It broke", Severity = "high", OpenedAt = Noon, Level = "agent", DueAt = Later };
    static readonly StaffTask Call = new() { Id = "jo/call", For = "agent", Do = "Call", At = Noon };
    static readonly Errand Remaining = new("jo", "");

    [Fact]
    public void A_link_that_was_followed_is_looked_after_until_it_is_decided()
    {
        var waiting = Dossier.For("jo") with { Clicks = [Followed] };
        var decided = Dossier.For("jo") with { Clicks = [Followed with { Told = true }] };

        Assert.Equal([Remaining], Errand.Of(waiting));
        Assert.Equal(Noon.AddSeconds(10), Remaining.DueAt(waiting));
        Assert.False(Remaining.Over(waiting));
        Assert.Empty(Errand.Of(decided));
        Assert.True(Remaining.Over(decided));
    }

    public static TheoryData<string, Dossier, Dossier> WithoutEnrollment => new()
    {
        {
            "a case that climbs by itself",
            Dossier.For("jo") with { Cases = [Complaint with { AlarmAt = Later }] },
            Dossier.For("jo") with { Cases = [Complaint with { AlarmAt = Later, ResolvedAt = Noon }] }
        },
        {
            "a task that may be late",
            Dossier.For("jo") with { Tasks = [Call with { DueAt = Later }] },
            Dossier.For("jo") with { Tasks = [Call with { DueAt = Later, OverdueTold = true }] }
        },
        {
            "points set aside for a checkout",
            Dossier.For("jo") with { Ledger = Ledger.Empty with { Redemptions = [new("cart-81", Noon, 500) { State = RedemptionState.Reserved, Until = Later }] } },
            Dossier.For("jo") with { Ledger = Ledger.Empty with { Redemptions = [new("cart-81", Noon, 500) { State = RedemptionState.Cancelled }] } }
        },
    };

    [Theory, MemberData(nameof(WithoutEnrollment))]
    public async Task What_belongs_to_no_journey_is_looked_after_until_it_is_over(string what, Dossier waiting, Dossier over)
    {
        var store = new MemoryStore();
        var landed = new Landed(store);

        await landed.Commit([new(Dossier.For("jo"), 0, waiting, "", [])], default);

        Assert.True(landed.Errands.New is [var started] && started == Remaining, what);
        Assert.Equal((Later, false), (Remaining.DueAt(waiting), Remaining.Over(waiting)));
        Assert.Empty(Errand.Of(over));
        Assert.True(Remaining.Over(over), what);
    }

    [Fact]
    public async Task A_link_followed_after_one_that_is_decided_starts_anew()
    {
        var store = new MemoryStore();
        var landed = new Landed(store);
        await store.Commit([new(Dossier.For("jo"), 0, Dossier.For("jo") with { Clicks = [Followed with { Told = true }] }, "", [])], default);
        var stored = await store.Load("jo", "", default);

        await landed.Commit([new(stored.Dossier, stored.Revision, stored.Dossier with { Clicks = stored.Dossier.Clicks.Add(Followed with { Key = "jo/2" }) }, "", [])], default);

        Assert.Equal([Remaining], landed.Errands.New);
        Assert.Empty(landed.Errands.Sooner);
    }
}
