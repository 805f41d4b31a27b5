using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

static class CustomerPages
{
    const int RowsPerPage = 50;
    const int LinesPerPage = 60;

    public static async Task<IResult> List(string? q, string? after, IRecords records, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var text = (q ?? "").Trim();
        var rows = await records.Search(text, after ?? "", RowsPerPage + 1, stop);
        var next = rows.Count > RowsPerPage ? rows[RowsPerPage - 1].Customer : null;

        return Site.Show<CustomersPage>(new CustomersView(text, after ?? "", [.. rows.Take(RowsPerPage)], next, playbook().Playbook.Policies, clock.GetUtcNow()));
    }

    public static async Task<IResult> One(string id, long? before, IRecords records, IStore store, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var stored = await store.Load(id, "", stop);
        if (stored.Revision == 0)
            return Site.Lacks(new($"No customer '{id}'", "The id may be mistyped, or the customer has not been imported yet.", "/customers", "Search all customers"));

        var lines = await records.Timeline(id, before ?? long.MaxValue, LinesPerPage + 1, stop);
        long? older = lines.Count > LinesPerPage ? lines[LinesPerPage - 1].Number : null;

        return Site.Show<CustomerPage>(new CustomerView
        {
            Dossier = stored.Dossier,
            Playbook = playbook().Playbook,
            Now = clock.GetUtcNow(),
            Lines = [.. lines.Take(LinesPerPage).Select(line => line.Line)],
            Older = older,
            Newest = before is null,
        });
    }
}
