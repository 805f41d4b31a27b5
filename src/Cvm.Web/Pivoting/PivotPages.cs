using System.Collections.Immutable;
using System.Text;
using Cvm.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cvm.Web;

/// <summary>Any two dimensions by any measure: the table, the people behind it, both as files, and the views that are kept.</summary>
static class PivotPages
{
    const int PeoplePerPage = 50;

    // Parameters of the page that are no part of the question.
    static readonly string[] Others = ["after", "choose", "saved", Tongue.Name];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/pivot", Show);
        pages.MapGet("/pivot.csv", Csv);
        pages.MapGet("/pivot/people", People);
        pages.MapGet("/pivot/people.csv", PeopleCsv);
        pages.MapPost("/pivot/views", Keep);
        pages.MapPost("/pivot/views/delete", Delete);
    }

    static async Task<IResult> Show(HttpContext http, string? choose, [FromServices] Pivot pivot, [FromServices] PivotViews views, Func<LoadedPlaybook> playbook, CancellationToken stop)
    {
        var (query, mistakes) = Read(http.Request);
        if (!string.IsNullOrEmpty(choose) && Dimensions.Find(choose) is null) mistakes = mistakes.Add(new("choose", $"There is nothing called '{choose}' to filter by.", "Choose from the list."));
        return await View(http, query ?? PivotQuery.Usual, mistakes, Dimensions.Find(choose ?? ""), null, pivot, views, playbook, stop);
    }

    static async Task<IResult> View(HttpContext http, PivotQuery query, ImmutableArray<PivotMistake> mistakes, Dimension? choosing, string? unkept, Pivot pivot, PivotViews views, Func<LoadedPlaybook> playbook, CancellationToken stop)
    {
        var choices = choosing is null ? null : await pivot.Ask(new(choosing, null, PivotMeasures.Find("people")!, query.With(choosing, []).Filters), stop);
        return Site.Show<PivotPage>(
            new PivotPageView(query, await pivot.Ask(query, stop), playbook().Playbook.Policies, [.. PivotViews.Shipped, .. await views.Kept(stop)])
            {
                Mistakes = mistakes,
                Choices = choices,
                Unkept = unkept,
                Acting = Acting.Name(http),
            },
            mistakes.IsEmpty && unkept is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    static async Task<IResult> Csv(HttpContext http, [FromServices] Pivot pivot, CancellationToken stop)
    {
        var (query, mistakes) = Read(http.Request);
        if (query is null) return Wrong(mistakes);

        var table = await pivot.Ask(query, stop);
        return File(http, PivotCsv.Table(table), $"pivot-{query.Rows.Name}{(query.Columns is { } columns ? "-" + columns.Name : "")}-{query.Measure.Name}.csv");
    }

    static async Task<IResult> People(HttpContext http, string? after, [FromServices] Pivot pivot, IStore store, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var (query, mistakes) = Read(http.Request);
        if (query is null) return Wrong(mistakes);

        var people = await pivot.People(query, after ?? "", PeoplePerPage + 1, stop);
        var rows = new List<CustomerRow>();
        foreach (var person in people.Some.Take(PeoplePerPage)) rows.Add(CustomerRow.Of((await store.Load(person.Customer, "", stop)).Dossier));
        return Site.Show<PivotPeoplePage>(new PivotPeopleView(query, people.Count, [.. rows], after ?? "", people.Some.Length > PeoplePerPage ? rows[^1].Customer : null, playbook().Playbook.Policies, clock.GetUtcNow()));
    }

    static async Task PeopleCsv(HttpContext http, [FromServices] Pivot pivot, CancellationToken stop)
    {
        var (query, mistakes) = Read(http.Request);
        if (query is null)
        {
            await Wrong(mistakes).ExecuteAsync(http);
            return;
        }

        Name(http, "people.csv");
        http.Response.ContentType = "text/csv; charset=utf-8";
        await PivotCsv.People(pivot, query, (text, token) => http.Response.WriteAsync(text, Encoding.UTF8, token), stop);
    }

    static async Task<IResult> Keep(HttpContext http, [FromServices] Pivot pivot, [FromServices] PivotViews views, Func<LoadedPlaybook> playbook, CancellationToken stop)
    {
        var form = await Acting.Form(http.Request);
        var (query, mistakes) = PivotQuery.Read(Parameters(form["address"].ToString()));
        if (query is null) return Wrong(mistakes);

        var problem = await views.Keep(form["name"].ToString(), query, Acting.By(http, form["by"]), stop);
        return problem is null ? new SeeOther("/pivot?" + query.Address) : await View(http, query, [], null, problem, pivot, views, playbook, stop);
    }

    static async Task<IResult> Delete(HttpContext http, [FromServices] PivotViews views, CancellationToken stop)
    {
        await views.Delete((await Acting.Form(http.Request))["name"].ToString(), stop);
        return new SeeOther("/pivot");
    }

    static (PivotQuery? Query, ImmutableArray<PivotMistake> Mistakes) Read(HttpRequest request) =>
        PivotQuery.Read(request.Query.Where(pair => !Others.Contains(pair.Key)).SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? ""))));

    static IEnumerable<KeyValuePair<string, string>> Parameters(string address) =>
        Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(address).SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? "")));

    static IResult Wrong(ImmutableArray<PivotMistake> mistakes) =>
        Site.Show<NotFoundPage>(new Missing(T("This cannot be asked"), string.Join(' ', mistakes.Select(mistake => mistake.ToString())), "/pivot", T("Go to the pivot")), StatusCodes.Status400BadRequest);

    static IResult File(HttpContext http, string text, string name)
    {
        Name(http, name);
        return Results.Content(text, "text/csv; charset=utf-8", Encoding.UTF8);
    }

    static void Name(HttpContext http, string name) => http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
}
