using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cvm.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cvm.Web;

/// <summary>Where journeys are written: as drafts, checked while somebody types. Nothing here goes live.</summary>
static partial class EditorPages
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/journeys/new", New);
        pages.MapGet("/journeys/{name}/edit", Edit);
        pages.MapPost("/journeys/{name}/edit", Act);
        pages.MapPost("/journeys/{name}/check", Check);
    }

    public static IResult New(string? name, string? from, Func<LoadedPlaybook> playbook)
    {
        var journeys = playbook().Playbook.Journeys;
        var (wanted, copied) = (name?.Trim() ?? "", journeys.FirstOrDefault(journey => journey.Name == from)?.Name);
        var wrong = name is null ? null
            : !Drafts.IsName(wanted) || wanted == "new" ? T("The name consists of small letters, digits and hyphens, such as thank-you.")
            : journeys.Any(journey => journey.Name == wanted) ? T("There is a journey {0} already. Choose another name, or edit that one.", wanted)
            : null;
        if (name is null || wrong is not null) return Site.Show<NewJourneyPage>(new NewJourneyView(wanted, copied, [.. journeys.Select(journey => journey.Name)], wrong));

        return new SeeOther($"{Words.JourneyAddress(wanted)}/edit{(copied is null ? "" : $"?from={Uri.EscapeDataString(copied)}")}");
    }

    public static async Task<IResult> Edit([AsParameters] EditorDesk desk, string name, string? from, string? show, string? done, string? by)
    {
        if (!Drafts.IsName(name)) return Nameless(name);

        var (draft, revision) = await desk.Drafts.Standing(name, desk.Stop);
        var yaml = draft?.Yaml ?? desk.TextOf(name) ?? (from is not null && desk.TextOf(from) is { } other ? Copy(other, name) : Beginning(name, desk.Loaded.Playbook));
        var form = new EditorForm(yaml, revision, Acting.Name(desk.Http) ?? Acting.Tidy(by), "", EditorForm.PanelOf(show), 30, false);
        return await Page(desk, name, form, done switch { "saved" => T("Saved."), "running" => T("Saved. The rehearsal runs."), _ => null });
    }

    public static async Task<IResult> Act([AsParameters] EditorDesk desk, string name)
    {
        if (!Drafts.IsName(name)) return Nameless(name);

        var (form, problem) = await EditorForm.Read(desk.Http);
        if (form is null) return Site.Show<NotFoundPage>(new Missing(T("That cannot be taken"), problem!, $"{Words.JourneyAddress(name)}/edit", T("Open the editor anew")), StatusCodes.Status413PayloadTooLarge);

        switch (form.Act)
        {
            case "save": return await desk.Save(name, form) is Saving.Second second ? Clash(desk, name, form, second) : Back(name, form, "saved");
            case "rehearse": return await Rehearse(desk, name, form);
            case "stop":
                desk.Rehearsals.Stop(name);
                return await Page(desk, name, form with { Show = Panel.Rehearsal }, null);
            case "merge": return await Merge(desk, name, form);
            case "version": return await Page(desk, name, form with { Yaml = await Raise(desk, name, form.Yaml) }, T("The version is raised. Save it when you are content."));
            case "discard": return await Discard(desk, name, form);
            default: return await Page(desk, name, form, null);
        }
    }

    /// <summary>What the script asks at each pause of the keyboard: mistakes, and the fragments of the page that follow the text.</summary>
    public static async Task<IResult> Check([AsParameters] EditorDesk desk, string name)
    {
        if (!Drafts.IsName(name)) return Problems.Of(StatusCodes.Status404NotFound, "A journey has a name of small letters, digits and hyphens.");

        var (form, problem) = await EditorForm.Read(desk.Http);
        if (form is null) return Problems.Of(StatusCodes.Status413PayloadTooLarge, problem!);

        var (view, services) = (await desk.View(name, form, null), desk.Http.RequestServices);
        return TypedResults.Json(new
        {
            problems = view.Checked.Problems.Select(one => new { line = one.At.Line, column = one.At.Column, warning = one.Severity == Severity.Warning, what = one.What, fix = one.Fix }),
            verdict = view.Verdict,
            mistakes = await Fragment.Of<Mistakes>(services, view),
            panel = await Fragment.Of<EditorPanel>(services, view),
            state = await Fragment.Of<EditorState>(services, view),
        });
    }

    static async Task<IResult> Rehearse(EditorDesk desk, string name, EditorForm form)
    {
        form = form with { Show = Panel.Rehearsal };
        var read = CheckedDraft.Of(desk.Loaded, name, form.Yaml, desk.Clock.GetUtcNow());
        if (read.Whole is not { } whole || read.Journey is not { } journey) return await Page(desk, name, form, T("It cannot be rehearsed before its mistakes are mended. Nothing was saved."));

        var saving = await desk.Save(name, form);
        if (saving is Saving.Second second) return Clash(desk, name, form, second);

        var saved = ((Saving.Landed)saving).Draft;
        var begun = await desk.Rehearsals.Begin(new(journey, whole, saved.Revision, form.Days, form.History, saved.By), desk.Stop);
        return begun ? Back(name, form, "running") : await Page(desk, name, form with { Based = saved.Revision }, T("Saved. Another rehearsal is running; begin this one when that is over."));
    }

    static async Task<IResult> Merge(EditorDesk desk, string name, EditorForm form)
    {
        if (await desk.Drafts.Of(name, desk.Stop) is not { } theirs) return await Page(desk, name, form, T("There is no other text any more."));

        var both = LineDiff.Both(form.Yaml, theirs.Yaml, T("yours"), theirs.By);
        return await Page(desk, name, form with { Yaml = both, Based = theirs.Revision }, T("Both texts are here. Where they differ, yours stands first; keep what should stay, and take out the lines that begin with # >>> and # <<<."));
    }

    static async Task<string> Raise(EditorDesk desk, string name, string yaml)
    {
        var version = CheckedDraft.Of(desk.Loaded, name, yaml, desk.Clock.GetUtcNow()).Journey?.Version ?? 0;
        return await VersionAdvice.For(name, version, yaml, desk.Memo, desk.Stop) is { } advice ? VersionAdvice.Write(yaml, advice.Next) : yaml;
    }

    static async Task<IResult> Discard(EditorDesk desk, string name, EditorForm form)
    {
        if (!await desk.Drafts.Drop(name, form.Based, Acting.By(desk.Http, form.By), desk.Stop) && await desk.Drafts.Of(name, desk.Stop) is { } theirs)
            return Clash(desk, name, form, new(theirs, theirs.Revision, theirs.By, theirs.At));

        return new SeeOther(desk.Loaded.Playbook.Find(name) is null ? "/journeys" : Words.JourneyAddress(name));
    }

    static async Task<IResult> Page(EditorDesk desk, string name, EditorForm form, string? told)
    {
        EditorScript.Allow(desk.Http.Response);
        return Site.Show<EditorPage>(await desk.View(name, form, told));
    }

    static IResult Clash(EditorDesk desk, string name, EditorForm form, Saving.Second second) =>
        Site.Show<ClashPage>(new ClashView(name, form.Yaml, second, Acting.Name(desk.Http), form.By, desk.Loaded.Playbook.Policies.Zone, desk.Clock.GetUtcNow()), StatusCodes.Status409Conflict);

    static SeeOther Back(string name, EditorForm form, string done) =>
        new($"{Words.JourneyAddress(name)}/edit?done={done}&show={form.Show.ToString().ToLowerInvariant()}{(form.By is null ? "" : $"&by={Uri.EscapeDataString(form.By)}")}");

    static IResult Nameless(string name) => Site.Lacks(new(T("No journey {0}", name), T("A journey has a name of small letters, digits and hyphens."), "/journeys", T("See all journeys")));

    static string Copy(string yaml, string name) => VersionAdvice.Write(FirstLine().Replace(yaml, $"journey: {name}", 1), 1);

    static string Beginning(string name, Playbook playbook) => $"""
        journey: {name}
        version: 1
        about: Say in one sentence what it is for.
        purpose: promotional
        enter:
          on: order
        again-after: 30d

        steps:
          - wait: 1d
          - send: {playbook.Templates.Values.FirstOrDefault(template => template.Email)?.Name ?? "name-of-a-message"}
          - end: done

        """.ReplaceLineEndings("\n");

    [GeneratedRegex(@"^journey:[^\n]*", RegexOptions.Multiline)]
    private static partial Regex FirstLine();
}

/// <summary>What the editor's pages work with.</summary>
sealed record EditorDesk(
    HttpContext Http, [FromServices] IMemo Memo, [FromServices] Func<LoadedPlaybook> Playbook, [FromServices] Rehearsals Rehearsals, [FromServices] TimeProvider Clock)
{
    public CancellationToken Stop => Http.RequestAborted;

    public LoadedPlaybook Loaded => Playbook();

    public Drafts Drafts => new(Memo, Clock);

    /// <summary>The text of a live journey; null where there is none.</summary>
    public string? TextOf(string name) => Loaded.Texts.FirstOrDefault(text => text.Journey == name)?.Yaml.ReplaceLineEndings("\n");

    public Task<Saving> Save(string name, EditorForm form) => Drafts.Save(name, form.Yaml, form.Based, Acting.By(Http, form.By), CancellationToken.None);

    public async Task<EditorView> View(string name, EditorForm form, string? told)
    {
        var (loaded, running) = (Loaded, Rehearsals.Running);
        var read = CheckedDraft.Of(loaded, name, form.Yaml, Clock.GetUtcNow());
        return new()
        {
            Name = name,
            Yaml = form.Yaml,
            Based = form.Based,
            Draft = await Drafts.Of(name, Stop),
            Live = loaded.Playbook.Find(name)?.Version,
            Checked = read,
            Untouched = form.Act.Length == 0 || form.Yaml == TextOf(name),
            PressureNow = PlaybookCheck.AsItStands(loaded, Clock.GetUtcNow()).Pressure,
            Advice = read.Journey is { } journey ? await VersionAdvice.For(name, journey.Version, form.Yaml, Memo, Stop) : null,
            Show = form.Show,
            Examples = form.Show == Panel.Examples && read.Whole is { } whole ? await Play(whole, name) : null,
            Rehearsal = Rehearsals.Of(name),
            Other = running is not null && running.Wish.Journey.Name != name ? running : null,
            Days = form.Days,
            History = form.History,
            Login = Acting.Name(Http),
            By = form.By,
            Told = told,
            Publishes = Http.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Any(route => route.RoutePattern.RawText == "/journeys/{name}/publish"),
            Vocabulary = JsonSerializer.Serialize(JourneyLanguage.Words(loaded.Playbook)),
            Zone = loaded.Playbook.Policies.Zone,
            Now = Clock.GetUtcNow(),
        };
    }

    async Task<ImmutableArray<PlayedExample>> Play(LoadedPlaybook whole, string name)
    {
        var played = ImmutableArray.CreateBuilder<PlayedExample>();
        foreach (var text in await PlayedExample.Of(whole, name, Stop)) played.Add(await PlayedExample.Play(text, whole, name, Stop));
        return played.ToImmutable();
    }
}
