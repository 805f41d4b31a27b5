using System.Collections.Immutable;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

/// <summary>The customer's own page about a case: what was written, and a box to write back. Looking changes nothing.</summary>
static class CaseLinkPages
{
    const int MostAnHour = 10, MostLettersAnHour = 12_000;

    public static Task<IResult> Show([AsParameters] Bearer bearer, string? saved) => bearer.Open(LinkKind.Case, guest =>
        Page(guest, bearer, saved switch { "yes" => guest.Texts.CaseSent, "soon" => guest.Texts.CaseSentSoon, _ => null }, ""));

    public static Task<IResult> Reply([AsParameters] Bearer bearer) => bearer.Open(LinkKind.Case, async guest =>
    {
        if (CaseOf(guest) is not { } about) return bearer.NotFound();
        if (await SmallForm.Of(bearer.Http.Request) is not { } form)
            return Notice.Of(guest.Texts, guest.Playbook, guest.Texts.Case(about.Id), [guest.Texts.TooLarge]).Show(StatusCodes.Status413PayloadTooLarge);

        var words = SmallForm.Tidy(form["words"]);
        if (words.Length == 0) return Page(guest, bearer, guest.Texts.CaseBlank, "", StatusCodes.Status400BadRequest);
        if (words.Length > CaseActs.MaxWords) return Page(guest, bearer, guest.Texts.CaseTooLong, words, StatusCodes.Status400BadRequest);

        if (SaidJustNow(about, words, guest.Now)) return new SeeOther($"{guest.AddressOf(bearer.Links, LinkKind.Case)}?saved=yes");
        if (SaysTooMuch(about, words, guest.Now)) return Page(guest, bearer, guest.Texts.CaseEnough, words, StatusCodes.Status429TooManyRequests);

        var shows = await bearer.Say(guest, new Signal.CaseWorked(guest.NewId("replied"), guest.Now, about.Id, CaseWork.CustomerReplied, CaseEntry.Customer, words));
        return new SeeOther($"{guest.AddressOf(bearer.Links, LinkKind.Case)}?saved={(shows ? "yes" : "soon")}");
    });

    // A double click.
    static bool SaidJustNow(Case about, string words, DateTimeOffset now) =>
        about.History.LastOrDefault(entry => entry.Theirs) is { Work: CaseWork.CustomerReplied } last && last.Words == words && last.At > now.AddMinutes(-10);

    // The link needs no login, and what is written stays; so nobody can fill the disk with it, nor bury what the team wrote.
    static bool SaysTooMuch(Case about, string words, DateTimeOffset now)
    {
        var lately = about.History.Where(entry => entry.Work == CaseWork.CustomerReplied && entry.At > now.AddHours(-1)).ToList();
        return lately.Count >= MostAnHour || lately.Sum(entry => entry.Words?.Length ?? 0) + words.Length > MostLettersAnHour;
    }

    static IResult Page(Guest guest, Bearer bearer, string? told, string words, int status = StatusCodes.Status200OK)
    {
        if (CaseOf(guest) is not { } about) return bearer.NotFound();
        var zone = guest.Playbook.ZoneOf(guest.Dossier);
        return Site.Show<CaseLinkPage>(new CaseLinkView
        {
            Texts = guest.Texts,
            Sender = guest.Sender,
            Case = about.Id,
            Subject = about.Subject,
            Resolved = !about.Open,
            Here = guest.AddressOf(bearer.Links, LinkKind.Case),
            Said = [.. about.History.Where(entry => entry.Theirs && entry.Words is not null).Select(entry => new Said(entry.Work == CaseWork.CustomerReplied, guest.Texts.Moment(LocalTimes.In(zone, entry.At)), entry.Words!))],
            Told = told,
            Words = words,
        }, status);
    }

    // A case that has become part of another leads to that one.
    static Case? CaseOf(Guest guest)
    {
        var about = CaseActs.Find(guest.Dossier, guest.Link.Target);
        for (var hops = 0; hops < guest.Dossier.Cases.Length && about?.MergedInto is { } into; hops++) about = CaseActs.Find(guest.Dossier, into);
        return about;
    }
}

/// <param name="Theirs">Whether the customer wrote it.</param>
public sealed record Said(bool Theirs, string At, string Words);

/// <summary>What a customer finds about a case of theirs. No name of anybody of the team.</summary>
public sealed record CaseLinkView
{
    public required LinkTexts Texts { get; init; }
    public required string Sender { get; init; }
    public required string Case { get; init; }
    public required string Subject { get; init; }
    public required bool Resolved { get; init; }
    public required string Here { get; init; }

    /// <summary>Oldest first.</summary>
    public required ImmutableArray<Said> Said { get; init; }

    public string? Told { get; init; }

    /// <summary>What was written and could not be sent.</summary>
    public string Words { get; init; } = "";
}
