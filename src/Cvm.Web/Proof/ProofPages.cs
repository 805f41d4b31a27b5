using Cvm.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Cvm.Web;

static class ProofPages
{
    public static async Task<IResult> Show(IRecords records, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var current = playbook().Playbook;
        var report = ProofReport.Of(await records.Tallies(ProofReport.Kinds.ToArray(), stop), current, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        return Site.Show<ProofPage>(new ProofView(report, current.Policies.Currency, current.Policies.Holdout));
    }

    /// <summary>The lot decides again, where a rule had let everybody take what won.</summary>
    public static async Task<IResult> TakeBack(HttpContext http, [FromServices] Winners winners, Func<LoadedPlaybook> playbook, CancellationToken stop)
    {
        var form = await Acting.Form(http.Request);
        var (journey, step) = (form["journey"].ToString(), form["step"].ToString());
        if (playbook().Playbook.Find(journey) is null) return Site.Lacks(new(T("No journey '{0}'", journey), T("It may have been renamed, or taken out of the playbook."), "/proof", T("See what journeys earned")));

        await winners.TakeBack(journey, step, Acting.By(http, form["by"]), stop);
        return new SeeOther(Words.JourneyAddress(journey));
    }
}

/// <param name="Holdout">Share of customers kept out of every promotion.</param>
public sealed record ProofView(ProofReport Report, string Currency, double Holdout);
