using Cvm.Engine;

namespace Cvm.Tests;

/// <summary>Agreements put back to how they stood, where they have to be confirmed.</summary>
public sealed class PastConsentTests
{
    static readonly Playbook Playbook = Some.Playbook() is var playbook ? playbook with { Policies = playbook.Policies with { DoubleOptIn = [(Channel.Email, Purpose.Promotional)] } } : null!;

    static Line Said(Happening what, int daysAgo) => new(Some.Now.AddDays(-daysAgo), what) { Channel = Channel.Email, Subject = "promotional", Because = "shop" };

    static async Task<bool> Counted(int daysAgo, params Line[] lines)
    {
        var store = new MemoryStore();
        var ann = Some.Ann with { Lines = lines.Length + 1 };
        await store.Commit([new(Dossier.For("ann"), 0, ann, "", [new(Some.Now.AddYears(-1), Happening.Joined), .. lines])], default);
        var past = await new HistoryResponses(store, Some.Now).Before(ann, Some.Now.AddDays(-daysAgo), Playbook, default);
        return past.Consents.Any(consent => consent is { Channel: Channel.Email, Given: true, Pending: false });
    }

    [Fact]
    public async Task What_was_confirmed_counts_from_then_on()
    {
        Line[] lines = [Said(Happening.ConfirmAsked, 60), Said(Happening.Confirmed, 50)];

        Assert.False(await Counted(55, lines));
        Assert.True(await Counted(30, lines));
    }

    [Fact]
    public async Task What_counted_at_once_counts_and_what_was_withdrawn_does_not()
    {
        Line[] lines = [Said(Happening.Agreed, 60), Said(Happening.Withdrew, 20)];

        Assert.True(await Counted(30, lines));
        Assert.False(await Counted(10, lines));
    }
}
