using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Cvm.Web;

/// <summary>Takes in one object, or a batch of one per line; answers only what is on disk.</summary>
static class Intake
{
    public const string Ndjson = "application/x-ndjson";
    const string Json = "application/json";

    public static Task<IResult> Post(HttpContext context, IntakeKind kind, TakeSignals take)
    {
        var settings = context.RequestServices.GetRequiredService<ApiSettings>();
        var form = FormOf(context.Request);
        if (form is null)
        {
            context.Response.Headers.Accept = $"{Json}, {Ndjson}";
            return Task.FromResult(Problems.Of(StatusCodes.Status415UnsupportedMediaType, $"Send one object as {Json} or one per line as {Ndjson}, in UTF-8 and uncompressed."));
        }

        var most = form == Json ? settings.MostSingle : settings.MostBatch;
        if (context.Request.ContentLength > most) return Task.FromResult(TooLarge(most));

        // Counted here instead, where a batch that is too long can still be answered.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;

        var intake = Reader(context);
        return form == Json
            ? Single(context, kind, intake, take, settings.MostSingle)
            : new Batch(context, kind, intake, take, settings).Run(context.RequestAborted);
    }

    /// <summary>Reads what comes in by the rules of this moment.</summary>
    public static JsonIntake Reader(HttpContext context)
    {
        var playbook = context.RequestServices.GetRequiredService<Func<LoadedPlaybook>>()().Playbook;
        var rules = IntakeRules.Of(playbook, context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        return new(rules with { Referrer = context.RequestServices.GetService<SignedLinks>() is { } links ? links.Referrer : null });
    }

    /// <summary>The one object of a request that takes no batches, or the answer that says what is wrong with it.</summary>
    /// <param name="mayBeEmpty">Nothing at all is an object without members, then.</param>
    public static async Task<(byte[] Body, IResult? Wrong)> Body(HttpContext context, bool mayBeEmpty)
    {
        var most = context.RequestServices.GetRequiredService<ApiSettings>().MostSingle;
        if (context.Request.ContentLength > most) return ([], TooLarge(most));
        if (await Whole(context.Request.BodyReader, most, context.RequestAborted) is not { } read) return ([], TooLarge(most));

        var body = read.ToArray();
        context.Request.BodyReader.AdvanceTo(read.End);
        if (body.Length == 0 && mayBeEmpty) return ("{}"u8.ToArray(), null);
        if (FormOf(context.Request) == Json) return (body, null);

        context.Response.Headers.Accept = Json;
        return ([], Problems.Of(StatusCodes.Status415UnsupportedMediaType, $"Send one object as {Json}, in UTF-8 and uncompressed."));
    }

    static string? FormOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || request.Headers.ContentEncoding.Count > 0) return null;
        if (type.Encoding is { } encoding && encoding is not (UTF8Encoding or ASCIIEncoding)) return null;
        if (type.Charset.HasValue && type.Encoding is null) return null;
        return type.MediaType.Value?.ToLowerInvariant() switch
        {
            Json => Json,
            Ndjson or "application/ndjson" or "application/jsonl" => Ndjson,
            _ => null,
        };
    }

    static async Task<IResult> Single(HttpContext context, IntakeKind kind, JsonIntake intake, TakeSignals take, int most)
    {
        var stop = context.RequestAborted;
        if (await Whole(context.Request.BodyReader, most, stop) is not { } body) return TooLarge(most);

        var arrival = intake.Read(kind, body.IsSingleSegment ? body.FirstSpan : body.ToArray());
        context.Request.BodyReader.AdvanceTo(body.End);
        if (arrival.Signal is not { } signal) return Problems.Wrong(arrival.Problems);

        var takings = await take([(arrival.Customer, signal)], stop);
        var status = takings[0] == Taking.Accepted ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
        object answer = kind == IntakeKind.SmsReply ? new Reply(StatusOf(takings[0])) : new Answer(StatusOf(takings[0]), arrival.Customer);
        return TypedResults.Json(answer, statusCode: status);
    }

    public static string StatusOf(Taking taking) => taking switch
    {
        Taking.Taken => "taken",
        Taking.Accepted => "accepted",
        Taking.Forgotten => "forgotten",
        Taking.Nobody => "nobody",
        _ => "taken before",
    };

    public static async Task<ReadOnlySequence<byte>?> Whole(PipeReader body, int most, CancellationToken stop)
    {
        while (true)
        {
            var result = await body.ReadAsync(stop);
            if (result.IsCompleted && result.Buffer.Length <= most) return result.Buffer;

            var over = result.Buffer.Length > most;
            body.AdvanceTo(over ? result.Buffer.End : result.Buffer.Start, result.Buffer.End);
            if (over) return null;
        }
    }

    static IResult TooLarge(long most) => Problems.Of(StatusCodes.Status413PayloadTooLarge, most < 1024 * 1024 * 2
        ? $"A single object has at most {most:N0} bytes."
        : $"A batch has at most {most:N0} bytes. Send several.");

    sealed record Answer(string Status, string Customer);

    // It came from a number, which several may have.
    sealed record Reply(string Status);
}
