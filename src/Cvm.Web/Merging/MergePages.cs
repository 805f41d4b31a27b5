using System.Collections.Immutable;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Cvm.Web;

static class MergePages
{
    public static async Task<IResult> Ask(HttpContext http, string id, string? into, [FromServices] MergeCustomers merge, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var result = await merge(id, (into ?? "").Trim(), Acting.By(http, null), true, stop);
        return Show(http, id, result, playbook, clock);
    }

    public static async Task<IResult> Merge(HttpContext http, string id, [FromServices] MergeCustomers merge, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var form = await Acting.Form(http.Request);
        var result = await merge(id, form["into"].ToString().Trim(), Acting.By(http, form["by"]), false, CancellationToken.None);
        return result.Done ? new SeeOther(Words.CustomerAddress(result.Into)) : Show(http, id, result, playbook, clock);
    }

    static IResult Show(HttpContext http, string id, MergeResult result, Func<LoadedPlaybook> playbook, TimeProvider clock) => Site.Show<MergePage>(
        new MergeView(id, result, playbook().Playbook.Policies.Zone, clock.GetUtcNow(), Acting.Name(http)), result.Done ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
}

/// <param name="Name">Who is logged in; null where nobody is.</param>
public sealed record MergeView(string From, MergeResult Result, string Zone, DateTimeOffset Now, string? Name)
{
    /// <summary>What would be said in the timeline of the record that stays.</summary>
    public ImmutableArray<string> Sentences => [.. Result.Lines.Select(line => Telling.Of(line, Zone))];
}
