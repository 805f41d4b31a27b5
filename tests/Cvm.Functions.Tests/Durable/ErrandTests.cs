using Cvm.Engine;

namespace Cvm.Functions.Tests;

/// <summary>Somebody looks after everything that is due.</summary>
public sealed class ErrandTests
{
    static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly Click Followed = new("jo/1", "shop", Noon, Noon.AddSeconds(10));
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
