using System.Collections.Immutable;
using Cvm.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cvm.Web;

/// <summary>What many complain of: who sees to it, and what was done. Marking one as fixed tells everybody who raised it.</summary>
static class IssuePages
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/issues", List);
        pages.MapPost("/issues", Add);
        pages.MapGet("/issues/{id}", One);
        pages.MapPost("/issues/{id}/fix", Fix);
    }

    public static Task<IResult> List([AsParameters] Desk desk) => Page(desk, null, StatusCodes.Status200OK, ("", "", ""));

    public static async Task<IResult> Add([AsParameters] Desk desk)
    {
        if (await SmallForm.Of(desk.Http.Request) is not { } form) return await Page(desk, T("That was more than this page takes. Nothing was done."), StatusCodes.Status413PayloadTooLarge, ("", "", ""));

        var (id, title, owner) = (SmallForm.Tidy(form["id"]), SmallForm.Tidy(form["title"]), SmallForm.Tidy(form["owner"]));
        if (await desk.Issues.Open(id, title, owner, Acting.By(desk.Http, form["by"]), desk.Http.RequestAborted) is { } wrong) return await Page(desk, wrong, StatusCodes.Status400BadRequest, (id, title, owner));
        return new SeeOther($"/issues/{id}");
    }

    public static Task<IResult> One([AsParameters] Desk desk, string id) => Page(desk, id, null, "");

    public static async Task<IResult> Fix([AsParameters] Desk desk, string id)
    {
        if (await SmallForm.Of(desk.Http.Request) is not { } form) return await Page(desk, id, T("That was more than this page takes. Nothing was done."), "", StatusCodes.Status413PayloadTooLarge);

        var fix = SmallForm.Tidy(form["fix"]);
        if (await desk.Issues.Find(id, desk.Http.RequestAborted) is null) return NoIssue(id);
        if (await desk.Issues.Fix(id, fix, Acting.By(desk.Http, form["by"]), CancellationToken.None) is { } wrong) return await Page(desk, id, wrong, fix, StatusCodes.Status400BadRequest);
        return new SeeOther($"/issues/{id}");
    }

    static async Task<IResult> Page(Desk desk, string? told, int status, (string Id, string Title, string Owner) draft) => Site.Show<IssuesPage>(
        new IssuesView([.. await desk.Issues.All(desk.Http.RequestAborted)], told, draft.Id, draft.Title, draft.Owner, Acting.Name(desk.Http), desk.Playbook.Policies.Zone, desk.Now), status);

    static async Task<IResult> Page(Desk desk, string id, string? told, string fix, int status = StatusCodes.Status200OK)
    {
        if (await desk.Issues.Find(id, desk.Http.RequestAborted) is not { } issue) return NoIssue(id);
        var raised = await desk.Issues.RaisedBy(id, desk.Http.RequestAborted);
        return Site.Show<IssuePage>(new IssueView(issue, [.. raised], told, fix, Acting.Name(desk.Http), desk.Playbook.Policies.Zone, desk.Now), status);
    }

    static IResult NoIssue(string id) => Site.Lacks(new(T("No issue '{0}'", id.Length <= 80 ? id : id[..80]), T("The address may be mistyped."), "/issues", T("See all issues")));
}

/// <param name="Told">What was wrong with the last form.</param>
/// <param name="Id">As it was written there, with the next two.</param>
/// <param name="By">Who the login says is here.</param>
public sealed record IssuesView(ImmutableArray<(Issue Issue, int Raised)> All, string? Told, string Id, string Title, string Owner, string? By, string Zone, DateTimeOffset Now);

public sealed record IssueView(Issue Issue, ImmutableArray<Raised> Raised, string? Told, string Fix, string? By, string Zone, DateTimeOffset Now);
