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
    public static async Task<IResult> OpenPreferences(string id, HttpContext http, IStore store, [FromServices] SignedLinks links, TimeProvider clock, CancellationToken stop)
    {
        if ((await store.Load(id, "", stop)).Revision == 0) return Site.Lacks(new($"No customer '{id}'", "The id may be mistyped, or the customer has not been imported yet.", "/customers", "Search all customers"));

        var link = Guest.ForStaff(id, Acting.By(http, null), clock.GetUtcNow());
        return new SeeOther("/" + SignedLinks.PathOf(link.Kind) + links.Token(link));
    }

    public static async Task<IResult> One(
        HttpContext http, string id, long? before, string? wrong, IRecords records, IStore store, IMemo memo, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var stored = await store.Load(id, "", stop);
        if (stored.Revision == 0)
            return Site.Lacks(new($"No customer '{id}'", "The id may be mistyped, or the customer has not been imported yet.", "/customers", "Search all customers"));

        // The newest page shows the scores, too, and their history is told between everything else.
        var lines = await records.Timeline(id, before ?? long.MaxValue, before is null ? LinesLookedThrough : LinesPerPage + 1, stop);
        var scored = lines.Select(line => line.Line).Where(line => line.What == Happening.Scored).ToList();
        long? older = lines.Count > LinesPerPage ? lines[LinesPerPage - 1].Number : null;

        return Site.Show<CustomerPage>(new CustomerView
        {
            Dossier = stored.Dossier,
            Playbook = playbook().Playbook,
            Now = clock.GetUtcNow(),
            Lines = [.. lines.Take(LinesPerPage).Select(line => line.Line)],
            Older = older,
            Newest = before is null,
            Person = Acting.Name(http),
            WrongTask = wrong == "until" ? TaskView.WrongTime : null,
            Model = before is null ? await Sweep.Model(memo, stop) : null,
            ScoreLines = [.. scored.Take(MostScoreLines)],
            Said = [.. lines.Select(line => line.Line).Where(line => line.What is Happening.Agreed or Happening.Withdrew or Happening.ConfirmAsked or Happening.Confirmed).Take(MostSaid)],
            AllScoreLines = lines.Count < LinesLookedThrough && scored.Count <= MostScoreLines,
        });
    }
}
