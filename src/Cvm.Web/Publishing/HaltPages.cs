using Cvm.Engine;
using Microsoft.AspNetCore.Http;
using static Cvm.Web.Tongue;

namespace Cvm.Web;

/// <summary>Drains or stops a journey, after saying what that does to how many people.</summary>
static class HaltPages
{
    public static async Task<IResult> Ask(string name, PauseKind kind, HttpContext http, IRecords records, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var current = playbook().Playbook;
        if (current.Find(name) is null) return PublishPages.Lacks(name, playbook());
        return Site.Show<HaltPage>(new HaltView(
            await Halting.Of(name, records, stop), kind, current.Pauses.FirstOrDefault(pause => pause.Journey == name && pause.Kind == kind), current.Policies.Zone, clock.GetUtcNow(), Acting.Name(http)));
    }

    public static async Task<IResult> Begin(string name, PauseKind kind, HttpContext http, Pauses pauses, Func<LoadedPlaybook> playbook, CancellationToken stop)
    {
        var form = await Acting.Form(http.Request);
        if (playbook().Playbook.Find(name) is null) return PublishPages.Lacks(name, playbook());

        await pauses.Begin(name, Acting.By(http, form["by"]), stop, kind);
        return new SeeOther(Words.JourneyAddress(name));
    }
}

/// <param name="Standing">That it stands already; null where it does not.</param>
/// <param name="Name">Who is logged in; null where nobody is.</param>
public sealed record HaltView(Halting Halting, PauseKind Kind, Pause? Standing, string Zone, DateTimeOffset Now, string? Name);
