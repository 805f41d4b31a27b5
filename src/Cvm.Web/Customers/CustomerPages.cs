using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

static class CustomerPages
{
    const int RowsPerPage = 50;
    const int LinesPerPage = 60;
    const int LinesLookedThrough = 400, MostScoreLines = 50;

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

    public static async Task<IResult> One(string id, long? before, IRecords records, IStore store, IMemo memo, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
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
            Model = before is null ? await Sweep.Model(memo, stop) : null,
            ScoreLines = [.. scored.Take(MostScoreLines)],
            AllScoreLines = lines.Count < LinesLookedThrough && scored.Count <= MostScoreLines,
        });
    }
}
