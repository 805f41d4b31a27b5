using Cvm.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Cvm.Web;

/// <summary>Where customers choose for themselves: what they get, when, in which language, and what becomes of their data.</summary>
static class PreferencePages
{
    public static Task<IResult> Show([AsParameters] Bearer bearer, string? saved) => bearer.Open(LinkKind.Preferences, guest =>
        Page(guest, bearer, saved switch { "yes" => guest.Texts.Saved, "soon" => guest.Texts.SavedSoon, "no" => guest.Texts.OutOfDate, _ => null }));

    public static Task<IResult> Save([AsParameters] Bearer bearer) => bearer.Open(LinkKind.Preferences, async guest =>
    {
        var here = Here(guest, bearer);
        if (await LinkForms.Read(bearer.Http.Request) is not { } form)
            return Notice.Of(guest.Texts, guest.Playbook, guest.Texts.Preferences, [guest.Texts.TooLarge]).Show(StatusCodes.Status413PayloadTooLarge);

        if (new PreferenceForm(form, PreferenceView.Of(guest, bearer.Loaded(), here)).Read(guest) is not { } chosen)
            return Page(guest, bearer, guest.Texts.OutOfDate, StatusCodes.Status400BadRequest);

        var shows = !PreferenceForm.Says(chosen) || await bearer.Say(guest, new Signal.Preferred(guest.NewId("preferred"), guest.Now, chosen));
        return new SeeOther($"{here}?saved={(shows ? "yes" : "soon")}");
    });

    public static Task<IResult> AskToForget([AsParameters] Bearer bearer) => bearer.Open(LinkKind.Preferences, guest =>
        (Notice.Of(guest.Texts, guest.Playbook, guest.Texts.Forget, [guest.Texts.ForgetAbout]) with
        {
            Acts = [new(guest.Texts.ForgetYes, Here(guest, bearer) + "/forget", Button: true, Grave: true), new(guest.Texts.ForgetNo, Here(guest, bearer), Button: false)],
        }).Show());

    public static Task<IResult> Forget([AsParameters] Bearer bearer, [FromServices] Forgetting forgetting) => bearer.Open(LinkKind.Preferences, async guest =>
    {
        await forgetting.Forget(guest.Link.Customer, CancellationToken.None);
        return Notice.Of(guest.Texts, guest.Playbook, guest.Texts.Forgotten, [guest.Texts.ForgottenAbout]).Show();
    });

    public static Task<IResult> Data([AsParameters] Bearer bearer, [FromServices] IRecords records) =>
        bearer.Open(LinkKind.Preferences, guest => new PersonalData(guest.Dossier, records, guest.Now));

    static IResult Page(Guest guest, Bearer bearer, string? told, int status = StatusCodes.Status200OK) =>
        Site.Show<PreferencesPage>(PreferenceView.Of(guest, bearer.Loaded(), Here(guest, bearer)) with { Told = told, Statement = StatementOf(guest, bearer) }, status);

    static string? StatementOf(Guest guest, Bearer bearer) =>
        guest.Statement is { } link ? "/" + SignedLinks.PathOf(link.Kind) + bearer.Links.Token(link) : null;

    static string Here(Guest guest, Bearer bearer) => guest.AddressOf(bearer.Links, LinkKind.Preferences);
}
