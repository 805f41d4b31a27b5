using System.Net;
using Cvm.Engine;
using Cvm.Local.Tests.Links;
using Cvm.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cvm.Local.Tests.Editor;

public sealed class RehearsingTests
{
    [Fact]
    public async Task A_rehearsal_saves_the_draft_plays_it_over_everybody_and_touches_nobody()
    {
        await using var shop = await LinkShop.Open();
        var yaml = shop.Loaded.Texts.Single(text => text.Journey == "welcome").Yaml;
        var before = await shop.Lines();

        var begun = await shop.Post("/journeys/welcome/edit", ("act", "rehearse"), ("yaml", yaml + "\n# a word\n"), ("based", "0"), ("by", "Ann"), ("days", "7"), ("responses", "history"));
        var page = await Until(shop, "/journeys/welcome/edit?show=rehearsal", "What would happen");

        Assert.Equal(HttpStatusCode.SeeOther, begun.Status);
        Assert.Equal("Ann", (await new Drafts(shop.Store, shop.Clock).Of("welcome"))!.By);
        Assert.Contains("Customers: 1. Days: 7, from", page);
        Assert.Contains("Rehearsed for Ann", page);
        Assert.Contains("Live now", page);
        Assert.Equal(before, await shop.Lines());
    }

    [Fact]
    public async Task A_draft_with_mistakes_is_neither_saved_nor_rehearsed()
    {
        await using var shop = await LinkShop.Open();

        var page = await shop.Post("/journeys/welcome/edit", ("act", "rehearse"), ("yaml", "journey: welcome\n"), ("based", "0"), ("by", "Ann"));

        Assert.Contains("It cannot be rehearsed before its mistakes are mended.", page.Text);
        Assert.Null(await new Drafts(shop.Store, shop.Clock).Of("welcome"));
    }

    [Fact]
    public async Task One_runs_at_a_time_and_can_be_stopped()
    {
        await using var shop = await LinkShop.Open();
        var held = new Held(shop.Store);
        var rehearsals = new Rehearsals(held, shop.Store, shop.Store, () => shop.Loaded, shop.Clock, NullLogger<Rehearsals>.Instance);

        Assert.True(await rehearsals.Begin(Wish("welcome"), default));
        Assert.False(await rehearsals.Begin(Wish("win-back"), default));
        Assert.Equal("welcome", rehearsals.Running!.Wish.Journey.Name);
        Assert.Null(rehearsals.Of("win-back"));

        rehearsals.Stop("win-back");
        Assert.NotNull(rehearsals.Running);
        rehearsals.Stop("welcome");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rehearsals.Of("welcome")!.Done);

        Assert.True(rehearsals.Of("welcome") is { Stopped: true, Sheet: null });
        Assert.True(await rehearsals.Begin(Wish("win-back"), default));
        rehearsals.Stop("win-back");

        RehearsalWish Wish(string name) => new(shop.Loaded.Playbook.Find(name)!, shop.Loaded, 1, 30, false, "Ann");
    }

    [Fact]
    public async Task A_draft_under_the_version_that_is_live_is_held_against_what_is_live()
    {
        await using var shop = await LinkShop.Open();
        var rehearsals = new Rehearsals(shop.Store, shop.Store, shop.Store, () => shop.Loaded, shop.Clock, NullLogger<Rehearsals>.Instance);
        var silent = CheckedDraft.Of(shop.Loaded, "welcome", "journey: welcome\nversion: " + shop.Loaded.Playbook.Find("welcome")!.Version + "\nabout: Nothing.\npurpose: service\nenter: { on: day }\nsteps:\n  - end: nothing\n", shop.Clock.GetUtcNow());

        await rehearsals.Begin(new(silent.Journey!, silent.Whole!, 1, 3, false, "Ann"), default);
        var sheet = await rehearsals.Of("welcome")!.Done;

        Assert.True(sheet.Played.Sum("welcome", "entered") > sheet.Published!.Sum("welcome", "entered"));
    }

    static async Task<string> Until(LinkShop shop, string path, string there)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            if ((await shop.Get(path)).Text is var text && text.Contains(there, StringComparison.Ordinal)) return text;
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Customers do not come before somebody loses patience.</summary>
    sealed class Held(MemoryStore store) : IStore
    {
        public async ValueTask<Stored> Load(string customer, string signal, CancellationToken stop)
        {
            await Task.Delay(Timeout.Infinite, stop);
            return await store.Load(customer, signal, stop);
        }

        public ValueTask<IReadOnlyList<Landing>> Commit(IReadOnlyList<Change> changes, CancellationToken stop) => throw new NotSupportedException("A rehearsal changes nothing.");

        public ValueTask<IReadOnlyList<(string Customer, DateTimeOffset At)>> Due(DateTimeOffset until, int most, CancellationToken stop) => store.Due(until, most, stop);

        public ValueTask<IReadOnlyList<(string Customer, string? Zone)>> Page(string after, int most, CancellationToken stop) => store.Page(after, most, stop);
    }
}
