using Cvm.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Cvm.Web;

/// <summary>Stops sending, of one journey or of all, and lets it go on. Asked before, because it concerns many people at once.</summary>
static class PausePages
{
    const int MostCounted = 1_000;

    public static Task<IResult> AskToPause(string? journey, HttpContext http, IRecords records, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop) =>
        Ask(journey, pausing: true, http, records, playbook, clock, stop);

    public static Task<IResult> AskToResume(string? journey, HttpContext http, IRecords records, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop) =>
        Ask(journey, pausing: false, http, records, playbook, clock, stop);

    public static async Task<IResult> Pause(HttpContext http, [FromServices] Pauses pauses, Func<LoadedPlaybook> playbook, CancellationToken stop)
    {
        var form = await Acting.Form(http.Request);
        var what = Named(form["journey"]);
        if (what is not null && playbook().Playbook.Find(what) is null) return Unknown(what);

        await pauses.Begin(what, Acting.By(http, form["by"]), stop);
        return Back(what);
    }

    public static async Task<IResult> Resume(HttpContext http, [FromServices] Pauses pauses, CancellationToken stop)
    {
        var what = Named((await Acting.Form(http.Request))["journey"]);
        await pauses.End(what, stop);
        return Back(what);
    }

    static async Task<IResult> Ask(string? journey, bool pausing, HttpContext http, IRecords records, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var (loaded, what) = (playbook().Playbook, Named(journey));
        var standing = loaded.Pauses.FirstOrDefault(pause => pause.Journey == what && (!pausing || pause.Kind == PauseKind.Pause));
        if (what is not null && loaded.Find(what) is null && standing is null) return Unknown(what);

        var waiting = await records.Outbox(OutboxState.Queued, MostCounted, stop);
        var people = await records.Tallies([Tallies.At], stop);
        return Site.Show<PausePage>(new PauseView
        {
            Journey = what,
            Pausing = pausing,
            Standing = standing,
            Messages = waiting.Count(one => one.Entry.Channel is not null && (what is null || one.Entry.Journey == what)),
            MoreMessages = waiting.Count == MostCounted,
            People = people.Where(row => (what is null || row.Tally.Journey == what) && !row.Tally.Detail.EndsWith("/" + Enrollment.Holdout, StringComparison.Ordinal)).Sum(row => row.Count),
            Spread = loaded.Policies.Spread,
            Zone = loaded.Policies.Zone,
            Now = clock.GetUtcNow(),
            Name = Acting.Name(http),
        });
    }

    static string? Named(string? journey) => string.IsNullOrWhiteSpace(journey) ? null : journey;

    static IResult Unknown(string journey) => Site.Lacks(new(T("No journey '{0}'", journey), T("It may have been renamed, or taken out of the playbook."), "/journeys", T("See all journeys")));

    static SeeOther Back(string? journey) => new SeeOther(journey is null ? "/" : Words.JourneyAddress(journey));
}

public sealed record PauseView
{
    /// <summary>Null for everything.</summary>
    public required string? Journey { get; init; }

    public required bool Pausing { get; init; }

    /// <summary>The pause that stands already.</summary>
    public required Pause? Standing { get; init; }

    /// <summary>Messages queued now.</summary>
    public required int Messages { get; init; }

    public required bool MoreMessages { get; init; }

    /// <summary>People who are in the journey, or in any.</summary>
    public required long People { get; init; }

    public required TimeSpan Spread { get; init; }
    public required string Zone { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>Who is logged in; null where nobody is.</summary>
    public required string? Name { get; init; }
}
