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
    static readonly Redemption Reserved = new("cart-81", Noon, 500) { State = RedemptionState.Reserved, Until = Later };
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

    [Theory]
    [InlineData("a case that climbs by itself")]
    [InlineData("a task that may be late")]
    [InlineData("points set aside for a checkout")]
    public async Task What_belongs_to_no_journey_is_looked_after_until_it_is_over(string what)
    {
        var (waiting, over) = OutsideOfJourneys(what);
        var store = new MemoryStore();
        var landed = new Landed(store);

        await landed.Commit([new(Dossier.For("jo"), 0, waiting, "", [])], default);

        Assert.Equal([Remaining], landed.Errands.New);
        Assert.Equal((Later, false), (Remaining.DueAt(waiting), Remaining.Over(waiting)));
        Assert.Empty(Errand.Of(over));
        Assert.True(Remaining.Over(over));
    }

    static (Dossier Waiting, Dossier Over) OutsideOfJourneys(string what)
    {
        var jo = Dossier.For("jo");
        return what switch
        {
            "a case that climbs by itself" => (jo with { Cases = [Complaint with { AlarmAt = Later }] }, jo with { Cases = [Complaint with { AlarmAt = Later, ResolvedAt = Noon }] }),
            "a task that may be late" => (jo with { Tasks = [Call with { DueAt = Later }] }, jo with { Tasks = [Call with { DueAt = Later, OverdueTold = true }] }),
            _ => (jo with { Ledger = Ledger.Empty with { Redemptions = [Reserved] } }, jo with { Ledger = Ledger.Empty with { Redemptions = [Reserved with { State = RedemptionState.Cancelled, Until = null }] } }),
        };
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
