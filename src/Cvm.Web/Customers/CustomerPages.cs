using Cvm.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Cvm.Web;

static class CustomerPages
{
    const int RowsPerPage = 50;
    const int LinesPerPage = 60;
    const int LinesLookedThrough = 400, MostScoreLines = 50, MostSaid = 50;

    public static async Task<IResult> List(HttpRequest request, string? q, string? after, IRecords records, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var text = (q ?? "").Trim();
        if (!ScoreQuery.TryRead(request.Query, playbook().Playbook.Scores.Segments, out var which, out var wrong)) return Site.Lacks(wrong);

        var rows = which is null
            ? await records.Search(text, after ?? "", RowsPerPage + 1, stop)
            : await records.Scored(which.Filter, after ?? "", RowsPerPage + 1, stop);
        var next = rows.Count > RowsPerPage ? rows[RowsPerPage - 1].Customer : null;

        return Site.Show<CustomersPage>(new CustomersView(text, which, after ?? "", [.. rows.Take(RowsPerPage)], next, playbook().Playbook.Policies, clock.GetUtcNow()));
    }

    /// <summary>The customer's own page, for a person of the team who helps them. Posted, so that only those who may change things get there.</summary>
    public static Task<IResult> OpenPreferences(string id, HttpContext http, IStore store, [FromServices] SignedLinks links, TimeProvider clock, CancellationToken stop) =>
        Open(LinkKind.Preferences, id, http, store, links, clock, stop);

    public static Task<IResult> OpenStatement(string id, HttpContext http, IStore store, [FromServices] SignedLinks links, TimeProvider clock, CancellationToken stop) =>
        Open(LinkKind.Statement, id, http, store, links, clock, stop);

    /// <summary>Adds points, or takes some off. Where that cannot be, the page says why, with what was written still in the form.</summary>
    public static async Task<IResult> AdjustPoints(
        string id, HttpContext http, IStore store, IRecords records, IMemo memo, Func<LoadedPlaybook> playbook, TimeProvider clock, [FromServices] AtOnce atOnce, CancellationToken stop)
    {
        if ((await store.Load(id, "", stop)).Revision == 0) return Unknown(id);

        var form = await Acting.Form(http.Request);
        var (draft, asked) = PointsDraft.Read(form, Acting.By(http, form["by"]), clock.GetUtcNow());
        var problem = asked is null ? draft.Problem : (await Adjustment.Take(id, asked, atOnce.Take, store, records, stop)).Problem;
        if (problem is null) return new SeeOther(Words.CustomerAddress(id) + "#loyalty");

        var view = await View(id, null, http, records, store, memo, playbook, clock, stop);
        return Site.Show<CustomerPage>(view! with { Draft = draft with { Problem = problem } }, asked is null ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict);
    }

    public static async Task<IResult> One(
        string id, long? before, string? wrong, HttpContext http, IRecords records, IStore store, IMemo memo, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop) =>
        await View(id, before, http, records, store, memo, playbook, clock, stop) is { } view ? Site.Show<CustomerPage>(view with { WrongTask = TaskView.Wrong(wrong) }) : Unknown(id);

    static async Task<IResult> Open(LinkKind kind, string id, HttpContext http, IStore store, SignedLinks links, TimeProvider clock, CancellationToken stop)
    {
        if ((await store.Load(id, "", stop)).Revision == 0) return Unknown(id);

        var link = Guest.ForStaff(id, Acting.By(http, null), clock.GetUtcNow(), kind);
        return new SeeOther("/" + SignedLinks.PathOf(link.Kind) + links.Token(link));
    }

    internal static IResult Unknown(string id) => Site.Lacks(new(T("No customer '{0}'", id), T("The id may be mistyped, or the customer has not been imported yet."), "/customers", T("Search all customers")));

    static async Task<CustomerView?> View(
        string id, long? before, HttpContext http, IRecords records, IStore store, IMemo memo, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var stored = await store.Load(id, "", stop);
        if (stored.Revision == 0) return null;

        // The newest page shows the scores, too, and their history is told between everything else.
        var lines = await records.Timeline(id, before ?? long.MaxValue, before is null ? LinesLookedThrough : LinesPerPage + 1, stop);
        var scored = lines.Select(line => line.Line).Where(line => line.What == Happening.Scored).ToList();
        long? older = lines.Count > LinesPerPage ? lines[LinesPerPage - 1].Number : null;

        return new CustomerView
        {
            Dossier = stored.Dossier,
            Playbook = playbook().Playbook,
            Now = clock.GetUtcNow(),
            Lines = [.. lines.Take(LinesPerPage)],
            Older = older,
            Newest = before is null,
            Model = before is null ? await Sweep.Model(memo, stop) : null,
            ScoreLines = [.. scored.Take(MostScoreLines)],
            Said = [.. lines.Select(line => line.Line).Where(line => line.What is Happening.Agreed or Happening.Withdrew or Happening.ConfirmAsked or Happening.Confirmed).Take(MostSaid)],
            AllScoreLines = lines.Count < LinesLookedThrough && scored.Count <= MostScoreLines,
            Acting = Acting.Name(http),
            Draft = PointsDraft.Blank,
        };
    }
}
