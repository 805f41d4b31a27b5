using System.Net;
using Cvm.Engine;

namespace Cvm.Local.Tests.Links;

public sealed class ConfirmTests
{
    static Task<LinkShop> Asking() => LinkShop.Open(policies => policies with { DoubleOptIn = [(Channel.Email, Purpose.Service)] });

    static async Task Agree(LinkShop shop) => await shop.Engine.Take(
        LinkShop.Ann, new Signal.Consented("c1", LinkShop.Noon, new(Channel.Email, Purpose.Service, true, LinkShop.Noon, "checkout", "Ask me how it was")), default);

    [Fact]
    public async Task Looking_asks_and_the_button_confirms()
    {
        await using var shop = await Asking();
        await Agree(shop);
        var path = shop.Path(LinkKind.Confirm, Purpose.Service);

        var asked = await shop.Get(path);
        for (var i = 0; i < 20; i++) await shop.Get(path);
        await shop.Ask(HttpMethod.Head, path);
        var pending = (await shop.Dossier()).Consents[^1];
        var done = await shop.Post(path);

        Assert.Contains("Ask me how it was", asked.Text);
        Assert.True(pending.Pending);
        Assert.Contains("Confirmed, thank you", done.Text);
        var confirmed = (await shop.Dossier()).Consents[^1];
        Assert.Equal((false, LinkShop.Noon), (confirmed.Pending, confirmed.ConfirmedAt!.Value));
        Assert.Equal("ann@example.com", Assert.Single(await shop.Lines(), line => line.What == Happening.Confirmed).By);
    }

    [Fact]
    public async Task Again_or_after_it_was_withdrawn_there_is_nothing_to_confirm()
    {
        await using var shop = await Asking();
        await Agree(shop);
        var path = shop.Path(LinkKind.Confirm, Purpose.Service);
        await shop.Post(path);

        var again = await shop.Post(path);
        shop.Pass(TimeSpan.FromMinutes(1));
        await shop.Post(shop.Path(LinkKind.Unsubscribe, Purpose.Service));
        var late = await shop.Post(path);

        Assert.All([again, late], answer => Assert.Contains("Nothing to confirm", answer.Text));
        Assert.False((await shop.Dossier()).Consents.Single(consent => consent.Purpose == Purpose.Service).Given);
    }

    [Fact]
    public async Task A_link_that_went_to_an_older_address_does_not_confirm_the_new_one()
    {
        await using var shop = await Asking();
        await Agree(shop);
        await shop.Sent("old@example.com");

        var answer = await shop.Post(shop.Path(LinkKind.Confirm, Purpose.Service));

        Assert.Contains("Nothing to confirm", answer.Text);
        Assert.True((await shop.Dossier()).Consents[^1].Pending);
    }

    [Fact]
    public async Task After_a_week_it_is_over()
    {
        await using var shop = await Asking();
        await Agree(shop);
        shop.Pass(TimeSpan.FromDays(8));

        var answer = await shop.Post(shop.Path(LinkKind.Confirm, Purpose.Service));

        Assert.Equal(HttpStatusCode.Gone, answer.Status);
        Assert.True((await shop.Dossier()).Consents[^1].Pending);
    }
}
