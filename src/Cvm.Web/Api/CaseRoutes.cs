using System.Buffers;
using System.Globalization;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Cvm.Web;

/// <summary>The acts of a case's page, for programs.</summary>
static class CaseRoutes
{
    const int MostBytes = 64 * 1024;
    const string New = "new";

    public static async Task<IResult> Work(string id, string number, HttpContext context, IStore store, IMemo memo, Func<LoadedPlaybook> loaded, TimeProvider clock, TakeSignals take)
    {
        var stop = context.RequestAborted;
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "Send one object as application/json, in UTF-8 and uncompressed.");

        var stored = await store.Living(id, "", stop);
        if (stored.Revision == 0) return Problems.NoCustomer(id);
        if (await Intake.Whole(context.Request.BodyReader, MostBytes, stop) is not { } body) return Problems.Of(StatusCodes.Status413PayloadTooLarge, $"Work on a case has at most {MostBytes:N0} bytes.");

        var about = number == New ? "" : int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? $"{id}/{count}" : number;
        var arrival = new JsonIntake(IntakeRules.Of(loaded().Playbook, clock.GetUtcNow())).ReadCaseWork(id, about, body.IsSingleSegment ? body.FirstSpan : body.ToArray());
        context.Request.BodyReader.AdvanceTo(body.End);
        if (arrival.Signal is not Signal.CaseWorked work) return Problems.Wrong(arrival.Problems);

        // The same work again was done before, and may not be possible any more.
        if ((await store.Living(id, work.Id, stop)).Taken) return Done(Taking.TakenBefore, id);
        if (about != "" && CaseActs.Find(stored.Dossier, about) is null) return Problems.Of(StatusCodes.Status404NotFound, "This customer has no such case.");
        if (CaseActs.Refusal(loaded().Playbook, stored.Dossier, work, clock.GetUtcNow()) is { } refusal) return Problems.Of(StatusCodes.Status409Conflict, $"Nothing was done: {refusal}.");
        if (work is { Work: CaseWork.LinkIssue } && await new Issues(memo, take, clock).Follow(stored.Dossier, CaseActs.Find(stored.Dossier, about)!, work, stop) is { } wrong) return Problems.Of(StatusCodes.Status409Conflict, wrong);

        return Done((await take([(id, work)], CancellationToken.None))[0], id);
    }

    static JsonHttpResult<Answer> Done(Taking taking, string customer) => TypedResults.Json(
        new Answer(Intake.StatusOf(taking), customer), statusCode: taking == Taking.Accepted ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);

    sealed record Answer(string Status, string Customer);
}
