using System.Collections.Immutable;
using Cvm.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cvm.Web;

/// <summary>Where people of the team work cases: the board, and a page for each case. Looking changes nothing.</summary>
static class CasePages
{
    const int LinesPerPage = 200;

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/cases", Board);
        pages.MapGet("/cases/{**id}", One);
        pages.MapPost("/cases/{**id}", Work);
        pages.MapPost("/customers/{id}/cases", Open);
    }

    public static async Task<IResult> Board(string? with, string? level, string? by, IRecords records, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var (now, whose) = (clock.GetUtcNow(), string.IsNullOrWhiteSpace(with) ? null : with);
        var board = await CaseBoard.Of(records, playbook().Playbook, whose, now, stop);
        return Site.Show<CasesPage>(new CasesView(board, whose, string.IsNullOrWhiteSpace(level) ? null : level, By(by), playbook().Playbook, now));
    }

    public static async Task<IResult> One([AsParameters] Desk desk, string id, string? answer, string? done, string? by)
    {
        if (await desk.Find(id) is not { } found) return NoCase(id);

        var text = answer is null ? "" : desk.Loaded().Answers.Fill(answer, desk.Playbook, found.Dossier, found.Case, desk.Now) ?? "";
        return await Page(desk, found, By(by), text, told: done is null ? null : Told(done));
    }

    public static async Task<IResult> Work([AsParameters] Desk desk, string id)
    {
        if (await desk.Find(id) is not { } found) return NoCase(id);
        if (await SmallForm.Of(desk.Http.Request) is not { } form) return await Page(desk, found, null, "", T("That was more than this page takes. Nothing was done."), StatusCodes.Status413PayloadTooLarge);

        var read = CaseForm.Read(form, desk.Http, found.Case, desk.Playbook.Service.Resolutions, desk.Now);
        if (read.Signal is not { } work) return await Page(desk, found, read.By, read.Words, read.Problem ?? T("Nothing was done."), StatusCodes.Status400BadRequest);
        if (!read.Preview && (await desk.Store.Load(found.Dossier.Customer, work.Id, desk.Http.RequestAborted)).Taken) return Done(found, work, read.By); // a double click
        if (CaseActs.Refusal(desk.Playbook, found.Dossier, work, desk.Now) is { } refusal) return await Page(desk, found, read.By, read.Words, T("Nothing was done: {0}.", refusal), StatusCodes.Status409Conflict);
        if (read.Preview) return await Page(desk, found, read.By, read.Words, null, preview: work.Work);
        if (work is { Work: CaseWork.LinkIssue } && await desk.Issues.Follow(found.Dossier, found.Case, work, desk.Http.RequestAborted) is { } wrong) return await Page(desk, found, read.By, read.Words, wrong, StatusCodes.Status409Conflict);

        await desk.AtOnce.Take([(found.Dossier.Customer, work)], CancellationToken.None);
        return Done(found, work, read.By);
    }

    static SeeOther Done(FoundCase found, Signal.CaseWorked work, string? by) =>
        new($"{Words.CaseAddress(found.Case.Id)}?done={CaseWorks.NameOf(work.Work)}{(by is null ? "" : $"&by={Uri.EscapeDataString(by)}")}");

    public static async Task<IResult> Open([AsParameters] Desk desk, string id)
    {
        var stored = await desk.Store.Living(id, "", desk.Http.RequestAborted);
        if (stored.Revision == 0) return Site.Lacks(new(T("No customer '{0}'", id), T("The id may be mistyped, or the customer has not been imported yet."), "/customers", T("Search all customers")));
        if (await SmallForm.Of(desk.Http.Request) is not { } form) return Site.Lacks(new(T("That was too long"), T("A case needs a short subject. Nothing was done."), Words.CustomerAddress(id), T("Back to the customer")));

        var work = CaseForm.Opening(form, desk.Http, desk.Now);
        if (CaseActs.Refusal(desk.Playbook, stored.Dossier, work, desk.Now) is { } refusal)
            return Site.Show<NotFoundPage>(new Missing(T("Nothing was done: {0}", refusal), T("Say in a few words what it is about."), Words.CustomerAddress(id), T("Back to the customer")), StatusCodes.Status400BadRequest);

        await desk.AtOnce.Take([(id, work)], CancellationToken.None);
        var after = (await desk.Store.Living(id, "", desk.Http.RequestAborted)).Dossier;
        var opened = after.Cases.LastOrDefault(known => CaseActs.Find(stored.Dossier, known.Id) is null);
        return new SeeOther(opened is null ? Words.CustomerAddress(id) : Words.CaseAddress(opened.Id));
    }

    static async Task<IResult> Page(Desk desk, FoundCase found, string? by, string words, string? told = null, int status = StatusCodes.Status200OK, CaseWork? preview = null)
    {
        var stop = desk.Http.RequestAborted;
        var lines = await desk.Records.Timeline(found.Dossier.Customer, long.MaxValue, LinesPerPage, stop);
        return Site.Show<CasePage>(new CaseView
        {
            Dossier = found.Dossier,
            Shown = CaseBoard.Shown(desk.Playbook, found.Dossier.Customer, found.Case, desk.Now),
            Playbook = desk.Playbook,
            Now = desk.Now,
            Lines = [.. lines.Select(line => line.Line)],
            More = lines.Count == LinesPerPage,
            By = Acting.Name(desk.Http) ?? by,
            KnownByLogin = Acting.Name(desk.Http) is not null,
            Words = words,
            Told = told,
            Wrong = status != StatusCodes.Status200OK,
            Preview = preview is { } work ? Made(desk, found, work, words) : null,
            Previewed = preview,
            Issues = [.. (await desk.Issues.All(stop)).Select(one => one.Issue)],
        }, status);
    }

    static Trial? Made(Desk desk, FoundCase found, CaseWork work, string words)
    {
        var template = work == CaseWork.Ask ? desk.Playbook.Service.QuestionTemplate : desk.Playbook.Service.AnswerTemplate;
        return CaseActs.ChannelFor(desk.Playbook, found.Dossier, template, desk.Now).Channel is { } channel
            ? desk.Loaded().Messages?.Try(desk.Playbook, found.Dossier, CaseMail.Entry(found.Case, $"preview/{found.Case.Id}", channel, template, words, desk.Now)) : null;
    }

    static IResult NoCase(string id) => Site.Lacks(new(T("No case '{0}'", id.Length <= 80 ? id : id[..80]), T("The address may be mistyped, or the case is too old to be kept."), "/cases", T("See all open cases")));

    static string? By(string? written) => string.IsNullOrWhiteSpace(written) ? null : Acting.Tidy(written);

    static string? Told(string done) => CaseWorks.Of(done) switch
    {
        CaseWork.Answer => T("Your answer is on its way to the customer."),
        CaseWork.Ask => T("Your question is on its way. The clocks stand until the customer answers."),
        CaseWork.Resolve => T("Resolved. The customer is asked whether it is."),
        CaseWork.Reopen => T("The case is open again."),
        CaseWork.Escalate => T("It has gone up."),
        CaseWork.Merge => T("The other case is part of this one now."),
        null => null,
        _ => T("Done."),
    };
}

/// <summary>What a page of a case works with.</summary>
sealed record Desk(
    HttpContext Http, [FromServices] IStore Store, [FromServices] IRecords Records, [FromServices] IMemo Memo, [FromServices] Func<LoadedPlaybook> Loaded, [FromServices] TakeSignals Take,
    [FromServices] AtOnce AtOnce, [FromServices] TimeProvider Clock)
{
    public DateTimeOffset Now { get; } = Clock.GetUtcNow();

    public Playbook Playbook => Loaded().Playbook;

    public Issues Issues => new(Memo, Take, Clock);

    /// <summary>The case, and whose it is; its id is the customer's and a number.</summary>
    public async Task<FoundCase?> Find(string id)
    {
        if (id.LastIndexOf('/') is not (> 0 and var slash)) return null;
        var dossier = (await Store.Living(id[..slash], "", Http.RequestAborted)).Dossier;
        return CaseActs.Find(dossier, id) is { } found ? new(dossier, found) : null;
    }
}

sealed record FoundCase(Dossier Dossier, Case Case);
