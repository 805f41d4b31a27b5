using System.Buffers;
using System.Text;
using Cvm.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cvm.Web;

/// <summary>Where providers report. Answered with success only once what they told is taken: until then they send it again.</summary>
sealed class WebhookRoutes(WebhookSettings settings, TakeSignals take, Texts texts, Func<LoadedPlaybook> playbook, TimeProvider clock, ILogger log)
{
    // SendGrid's batches have at most 768 KB, Twilio's posts a few.
    const int MostEvents = 4 * 1024 * 1024, MostForm = 64 * 1024, Chunk = 1_000;

    const string SendGridName = "sendgrid", TwilioName = "twilio";

    // Longer than SendGrid tries. What is sent again within it changes nothing, since each event is taken once.
    static readonly TimeSpan Fresh = TimeSpan.FromHours(48);

    public async Task<IResult> SendGrid(HttpContext context)
    {
        if (await Body(context, MostEvents) is not { } body) return Refused(SendGridName, "too large", StatusCodes.Status413PayloadTooLarge);

        var (signature, timestamp) = (context.Request.Headers[SendGridSignature.Header].ToString(), context.Request.Headers[SendGridSignature.TimestampHeader].ToString());
        if (signature == "" || timestamp == "") return Refused(SendGridName, "unsigned");
        if (!SendGridSignature.Fits(settings.SendGridPublicKey, signature, timestamp, body)) return Refused(SendGridName, "signature");
        if (!long.TryParse(timestamp, out var seconds) || Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - seconds) > Fresh.TotalSeconds) return Refused(SendGridName, "stale");

        var signals = new SendGridEvents(Seal, clock.GetUtcNow()).Read(body);
        return await TakeAll(signals, context.RequestAborted) ? TypedResults.Ok() : TypedResults.StatusCode(StatusCodes.Status500InternalServerError);
    }

    public async Task<IResult> TwilioStatus(HttpContext context)
    {
        var (form, refusal) = await Form(context);
        if (form is null) return refusal!;

        var status = Value(form, "MessageStatus") ?? Value(form, "SmsStatus") ?? "";
        var code = int.TryParse(Value(form, "ErrorCode"), out var number) ? number : (int?)null;
        if (Seal.Read(context.Request.Query[ReportSeal.Name].ToString()) is not var (customer, key) || Value(form, "MessageSid") is not { Length: > 0 and <= 64 } sid)
        {
            WebhookCounts.Event(TwilioName, "not ours");
            return TypedResults.Ok();
        }

        if (TwilioMeaning.Of(status, code) is not var (report, detail))
        {
            WebhookCounts.Event(TwilioName, "unknown");
            return TypedResults.Ok();
        }

        WebhookCounts.Event(TwilioName, status);
        var signal = new Signal.Reported($"twilio:{sid}:{report.ToString().ToLowerInvariant()}", clock.GetUtcNow(), key, report, detail, Channel: Channel.Sms, Address: Value(form, "To"));
        return await TakeAll([(customer, signal)], context.RequestAborted) ? TypedResults.Ok() : TypedResults.StatusCode(StatusCodes.Status500InternalServerError);
    }

    public async Task<IResult> TwilioInbound(HttpContext context)
    {
        var (form, refusal) = await Form(context);
        if (form is null) return refusal!;

        var (sid, from, text) = (Value(form, "MessageSid"), Value(form, "From"), Value(form, "Body") ?? "");
        if (sid is { Length: > 0 and <= 64 } && from is not null)
        {
            var optOut = Value(form, "OptOutType");
            var answered = optOut is not null || (settings.TwilioAnswersKeywords && TwilioMeaning.Answers(text));
            await texts.Take([(from, new Signal.Texted($"twilio:{sid}", clock.GetUtcNow(), text, answered, TwilioMeaning.WishOf(optOut)))], context.RequestAborted);
            WebhookCounts.Event(TwilioName, "inbound");
        }

        return TypedResults.Content("<Response/>", "text/xml");
    }

    ReportSeal Seal => new(playbook().Playbook.CodeKey);

    // One customer that no turn can be made for must not keep back the news of others; its own is sent again.
    async Task<bool> TakeAll(List<(string Customer, Signal Signal)> signals, CancellationToken stop)
    {
        var all = true;
        foreach (var chunk in signals.Chunk(Chunk))
        {
            try
            {
                await take(chunk, stop);
            }
            catch (UndecidedException)
            {
                foreach (var one in chunk) all &= await TakeOne(one, stop);
            }
        }

        return all;
    }

    async Task<bool> TakeOne((string Customer, Signal Signal) one, CancellationToken stop)
    {
        try
        {
            await take([one], stop);
            return true;
        }
        catch (UndecidedException problem)
        {
            log.LogError(problem, "What a provider told of a message could not be taken");
            return false;
        }
    }

    async Task<(List<(string Name, string Value)>? Form, IResult? Refusal)> Form(HttpContext context)
    {
        if (await Body(context, MostForm) is not { } body) return (null, Refused(TwilioName, "too large", StatusCodes.Status413PayloadTooLarge));

        var form = new List<(string, string)>();
        foreach (var pair in new QueryStringEnumerable(Encoding.UTF8.GetString(body))) form.Add((pair.DecodeName().ToString(), pair.DecodeValue().ToString()));

        var signature = context.Request.Headers[TwilioSignature.Header].ToString();
        if (signature == "") return (null, Refused(TwilioName, "unsigned"));
        return TwilioSignature.Fits(settings.TwilioAuthToken, CalledBy(context.Request), form, signature) ? (form, null) : (null, Refused(TwilioName, "signature"));
    }

    Uri CalledBy(HttpRequest request) =>
        new((settings.PublicAddress?.OriginalString.TrimEnd('/') ?? $"{request.Scheme}://{request.Host}") + request.PathBase + request.Path + request.QueryString);

    static string? Value(List<(string Name, string Value)> form, string name)
    {
        foreach (var pair in form) if (pair.Name == name) return pair.Value;
        return null;
    }

    static async Task<byte[]?> Body(HttpContext context, int most)
    {
        if (context.Request.ContentLength > most || await Intake.Whole(context.Request.BodyReader, most, context.RequestAborted) is not { } whole) return null;
        var body = whole.ToArray();
        context.Request.BodyReader.AdvanceTo(whole.End);
        return body;
    }

    // Whoever posts hears that it was refused, and never why.
    IResult Refused(string provider, string reason, int status = StatusCodes.Status401Unauthorized)
    {
        WebhookCounts.Refused(provider, reason);
        log.LogDebug("A post of {Provider} was refused: {Reason}", provider, reason);
        return TypedResults.StatusCode(status);
    }
}

static class Webhooks
{
    /// <summary>Maps the routes of the providers whose keys are set; the others do not exist.</summary>
    public static void MapWebhooks(this IEndpointRouteBuilder routes, TakeSignals take, Texts texts)
    {
        var services = routes.ServiceProvider;
        var settings = services.GetRequiredService<WebhookSettings>();
        if (settings.Problems().ToList() is { Count: > 0 } problems) throw new InvalidOperationException(string.Join(" ", problems));

        var webhooks = new WebhookRoutes(
            settings, take, texts, services.GetRequiredService<Func<LoadedPlaybook>>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<WebhookRoutes>>());
        if (settings.SendGridPublicKey != "") routes.MapPost("/webhooks/sendgrid", webhooks.SendGrid).ExcludeFromDescription();
        if (settings.TwilioAuthToken == "") return;

        routes.MapPost("/webhooks/twilio/status", webhooks.TwilioStatus).ExcludeFromDescription();
        routes.MapPost("/webhooks/twilio/inbound", webhooks.TwilioInbound).ExcludeFromDescription();
    }
}
