using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Cvm.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using static Cvm.Web.Tongue;

namespace Cvm.Web;

/// <summary>Puts a version live, with a plan for everybody in flight; and goes back. Asked before, because it concerns many people at once.</summary>
static class PublishPages
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/journeys/{name}/publish", Ask);
        pages.MapPost("/journeys/{name}/publish", Publish);
        pages.MapGet("/journeys/{name}/back", AskBack);
        pages.MapPost("/journeys/{name}/back", GoBack);
        pages.MapGet("/journeys/{name}/versions", VersionPages.Show);
        pages.MapGet("/journeys/{name}/drain", (string name, HttpContext http, IRecords records, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop) => HaltPages.Ask(name, PauseKind.Drain, http, records, playbook, clock, stop));
        pages.MapGet("/journeys/{name}/stop", (string name, HttpContext http, IRecords records, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop) => HaltPages.Ask(name, PauseKind.Stop, http, records, playbook, clock, stop));
        pages.MapPost("/journeys/{name}/drain", (string name, HttpContext http, [FromServices] Pauses pauses, Func<LoadedPlaybook> playbook, CancellationToken stop) => HaltPages.Begin(name, PauseKind.Drain, http, pauses, playbook, stop));
        pages.MapPost("/journeys/{name}/stop", (string name, HttpContext http, [FromServices] Pauses pauses, Func<LoadedPlaybook> playbook, CancellationToken stop) => HaltPages.Begin(name, PauseKind.Stop, http, pauses, playbook, stop));
    }

    static async Task<IResult> Ask(string name, HttpContext http, [FromServices] Publisher publisher, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        if (await publisher.Next(name, stop) is not var (yaml, draft)) return Lacks(name, playbook());
        return Show(await Look(name, yaml, draft, publisher, playbook, http, clock, stop));
    }

    static async Task<IResult> Publish(string name, HttpContext http, [FromServices] Publisher publisher, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var form = await Acting.Form(http.Request);
        if (await publisher.Next(name, stop) is not var (yaml, draft)) return Lacks(name, playbook());

        var view = await Look(name, yaml, draft, publisher, playbook, http, clock, stop);
        if (view.Plan is not { } plan) return Show(view, StatusCodes.Status409Conflict);
        if (form["text"] != view.Text) return Show(view with { Notice = T("The text has changed since you looked. Nothing was published; this is the plan for the new text.") }, StatusCodes.Status409Conflict);
        return await Carry(view, plan, form, http, publisher, PublishedFrom.Page, stop);
    }

    static async Task<IResult> AskBack(string name, HttpContext http, [FromServices] Publisher publisher, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        if (await publisher.PlanBack(name, stop) is not { } plan) return NoWayBack(name);
        return Show(View(name, playbook(), http, clock) with { Plan = plan, Text = Hash(plan.Text.Yaml), Back = true });
    }

    static async Task<IResult> GoBack(string name, HttpContext http, [FromServices] Publisher publisher, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var form = await Acting.Form(http.Request);
        if (await publisher.PlanBack(name, stop) is not { } plan) return NoWayBack(name);
        return await Carry(View(name, playbook(), http, clock) with { Plan = plan, Text = Hash(plan.Text.Yaml), Back = true }, plan, form, http, publisher, PublishedFrom.Back, stop);
    }

    // By the plan that was looked at: where something was published since, nothing happens.
    static async Task<IResult> Carry(PublishView view, PublishingPlan plan, IFormCollection form, HttpContext http, Publisher publisher, PublishedFrom from, CancellationToken stop)
    {
        if (!int.TryParse(form["after"], out var after)) return Show(view, StatusCodes.Status409Conflict);

        var places = Places(form, plan);
        return await publisher.Publish(plan with { After = after }, places, Acting.By(http, form["by"]), from, stop) switch
        {
            Published.Landed => new SeeOther($"{Words.JourneyAddress(view.Journey)}/versions"),
            Published.Second second => Show(view with { Notice = T("{0} has just published version {1}. Nothing of yours was changed; this is the plan as things stand now.", second.First.By ?? T("Another process"), second.First.Version) }, StatusCodes.Status409Conflict),
            Published.Refused refused => Show(view with { Notice = string.Join(" ", refused.Reasons), Chosen = places }, StatusCodes.Status409Conflict),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    // Where everybody of a version moves, so does whoever comes to another step of it meanwhile.
    static ImmutableSortedDictionary<string, string> Places(IFormCollection form, PublishingPlan plan)
    {
        if (form["all"] == "1") return plan.MoveAll();

        var chosen = plan.Places.Select(place => (place.Place, place.Version, To: form["at:" + place.Place].ToString())).ToList();
        var all = plan.MoveAll().Where(pair => chosen.Where(one => one.Version == Moves.Read(pair.Key).Version) is var same && same.Any() && same.All(one => one.To != "") && same.All(one => one.Place != pair.Key));
        return all.Concat(chosen.Where(one => one.To != "").Select(one => KeyValuePair.Create(one.Place, one.To))).ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    static async Task<PublishView> Look(string name, string yaml, Draft? draft, Publisher publisher, Func<LoadedPlaybook> playbook, HttpContext http, TimeProvider clock, CancellationToken stop)
    {
        var (plan, problems) = await publisher.Plan(name, yaml, stop);
        return View(name, playbook(), http, clock) with { Plan = plan, Problems = problems, Draft = draft, Text = Hash(yaml) };
    }

    static PublishView View(string name, LoadedPlaybook loaded, HttpContext http, TimeProvider clock) =>
        new() { Journey = name, Zone = loaded.Playbook.Policies.Zone, Now = clock.GetUtcNow(), Name = Acting.Name(http) };

    static IResult Show(PublishView view, int status = StatusCodes.Status200OK) => Site.Show<PublishPage>(view, status);

    static string Hash(string yaml) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(yaml)))[..16];

    internal static IResult Lacks(string name, LoadedPlaybook loaded) => loaded.Playbook.Find(name) is null
        ? Site.Lacks(new(T("No journey '{0}'", name), T("It may have been renamed, or taken out of the playbook."), "/journeys", T("See all journeys")))
        : Site.Lacks(new(T("Nothing to publish"), T("The folder has no text of this journey, and there is no draft of it."), Words.JourneyAddress(name), T("Go to the journey")));

    static IResult NoWayBack(string name) => Site.Lacks(new(T("There is no version to go back to"), T("Only one version of this journey was ever live, or the one before does not fit the playbook any more."), Words.JourneyAddress(name), T("Go to the journey")));
}

/// <summary>A plan as somebody looks at it.</summary>
public sealed record PublishView
{
    public required string Journey { get; init; }

    /// <summary>Null where the text has mistakes.</summary>
    public PublishingPlan? Plan { get; init; }

    public ImmutableArray<Problem> Problems { get; init; } = [];

    /// <summary>The draft that would be published; null for what the folder has.</summary>
    public Draft? Draft { get; init; }

    /// <summary>Whether it is the version before.</summary>
    public bool Back { get; init; }

    /// <summary>Tells the text that was looked at from another.</summary>
    public string Text { get; init; } = "";

    /// <summary>Why nothing has happened.</summary>
    public string? Notice { get; init; }

    /// <summary>What was chosen before.</summary>
    public ImmutableSortedDictionary<string, string> Chosen { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public required string Zone { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>Who is logged in; null where nobody is.</summary>
    public required string? Name { get; init; }
}
