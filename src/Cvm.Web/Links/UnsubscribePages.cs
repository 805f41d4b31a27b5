using System.Collections.Immutable;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

/// <summary>The way out, as RFC 8058 has it: a POST unsubscribes at once, without login, cookie or redirect; looking changes nothing.</summary>
static class UnsubscribePages
{
    const string Source = "unsubscribe link";

    public static Task<IResult> Show([AsParameters] Bearer bearer) => bearer.Open(LinkKind.Unsubscribe, guest =>
    {
        var (texts, button) = (guest.Texts, ButtonOf(guest));
        return (Notice.Of(texts, guest.Playbook, texts.Unsubscribe, [texts.UnsubscribeAsk]) with
        {
            Acts = [new(button, Here(guest, bearer), Button: true) { OneClick = true }, .. ToPreferences(guest, bearer)],
            Small = texts.UnsubscribeKeep,
        }).Show();
    });

    // Whatever the body says: who posts here has the link and means it.
    public static Task<IResult> Do([AsParameters] Bearer bearer) => bearer.Open(LinkKind.Unsubscribe, async guest =>
    {
        var consents = PurposesOf(guest).Select(purpose => new Consent(guest.Link.Channel, purpose, false, guest.Now, Source, ButtonOf(guest), guest.By));
        await bearer.Say(guest, new Signal.Preferred(guest.NewId("unsubscribed"), guest.Now, new() { Consents = [.. consents] }));

        var texts = guest.Texts;
        return (Notice.Of(texts, guest.Playbook, texts.Unsubscribed, [texts.Stopped(guest.Sender, guest.Link.Channel, Service(guest))]) with
        {
            Acts = [.. Undo(guest, bearer), .. ToPreferences(guest, bearer)],
            Small = texts.UnsubscribeKeep,
        }).Show();
    });

    /// <summary>Gives back what <see cref="Do"/> took, and no more: <paramref name="purposes"/> are those that had counted before.</summary>
    public static Task<IResult> TakeBack([AsParameters] Bearer bearer, string? purposes) => bearer.Open(LinkKind.Unsubscribe, async guest =>
    {
        if (guest.Preferences is null) return bearer.NotFound();

        var (texts, wording) = (guest.Texts, UndoOf(guest));
        var back = PurposesOf(guest).Where(purpose => purposes?.Split(' ').Contains(Words.Name(purpose)) == true);
        var consents = back.Select(purpose => new Consent(guest.Link.Channel, purpose, true, guest.Now, Source, wording, guest.By, guest.ProvenAt(guest.Link.Channel)));
        await bearer.Say(guest, new Signal.Preferred(guest.NewId("subscribed"), guest.Now, new() { Consents = [.. consents] }));
        return (Notice.Of(texts, guest.Playbook, texts.Again, [texts.AgainAbout(guest.Sender)]) with { Acts = [.. ToPreferences(guest, bearer)] }).Show();
    });

    static bool Service(Guest guest) => guest.Link.Purpose != Purpose.Promotional;

    static ImmutableArray<Purpose> PurposesOf(Guest guest) => Service(guest) ? [Purpose.Promotional, Purpose.Service] : [Purpose.Promotional];

    static string ButtonOf(Guest guest) => guest.Texts.Stop(guest.Link.Channel, Service(guest));

    static string UndoOf(Guest guest) => guest.Texts.Undo(guest.Link.Channel, Service(guest));

    static string Here(Guest guest, Bearer bearer) => guest.AddressOf(bearer.Links, LinkKind.Unsubscribe);

    static IEnumerable<NoticeAct> Undo(Guest guest, Bearer bearer)
    {
        var before = PurposesOf(guest).Where(purpose => Counted(guest, purpose)).Select(Words.Name).ToList();
        if (guest.Preferences is not null && before.Count > 0)
            yield return new(UndoOf(guest), $"{Here(guest, bearer)}/undo?purposes={string.Join('+', before)}", Button: true);
    }

    static bool Counted(Guest guest, Purpose purpose) =>
        guest.Known(guest.Link.Channel, purpose) is { } known ? known.Given : !guest.Playbook.Policies.ConsentNeeded.Contains(purpose);

    static IEnumerable<NoticeAct> ToPreferences(Guest guest, Bearer bearer)
    {
        if (guest.Preferences is { } preferences)
            yield return new(guest.Texts.ToPreferences, "/" + SignedLinks.PathOf(LinkKind.Preferences) + bearer.Links.Token(preferences), Button: false);
    }
}
