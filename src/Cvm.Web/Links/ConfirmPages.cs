using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

/// <summary>Double opt-in: a GET asks, because scanners follow links; a POST confirms.</summary>
static class ConfirmPages
{
    public static Task<IResult> Show([AsParameters] Bearer bearer) => bearer.Open(LinkKind.Confirm, guest =>
    {
        var texts = guest.Texts;
        if (!Waits(guest)) return Nothing(guest);

        return (Notice.Of(texts, guest.Playbook, texts.Confirm, [texts.ConfirmAbout(guest.Sender)]) with
        {
            Words = Wording(guest),
            Acts = [new(texts.ConfirmYes, guest.AddressOf(bearer.Links, LinkKind.Confirm), Button: true)],
            Small = texts.ConfirmNo,
        }).Show();
    });

    public static Task<IResult> Do([AsParameters] Bearer bearer) => bearer.Open(LinkKind.Confirm, async guest =>
    {
        if (!Waits(guest)) return Nothing(guest);

        var address = guest.Link.Channel == Channel.Email ? guest.Dossier.Profile.Email : guest.Dossier.Profile.Phone;
        await bearer.Say(guest, new Signal.Confirmed(guest.NewId("confirmed"), guest.Now, guest.Link.Channel, guest.Link.Purpose, address ?? guest.By));
        return (Notice.Of(guest.Texts, guest.Playbook, guest.Texts.Confirmed, []) with { Words = Wording(guest) }).Show();
    });

    // A link that went to an address the customer has left proves nothing of the new one.
    static bool Waits(Guest guest) =>
        guest.Known(guest.Link.Channel, guest.Link.Purpose) is { Given: true, Pending: true } && !guest.WentElsewhere(guest.Link.Channel);

    static string Wording(Guest guest) => guest.Known(guest.Link.Channel, guest.Link.Purpose)?.Wording ?? guest.Texts.Label(guest.Link.Channel, guest.Link.Purpose);

    static IResult Nothing(Guest guest) =>
        Notice.Of(guest.Texts, guest.Playbook, guest.Texts.NothingToConfirm, [guest.Texts.NothingToConfirmAbout]).Show();
}
