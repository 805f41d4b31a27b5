using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Http;
using Twilio.Rest.Api.V2010.Account;

namespace Cvm.Functions;

/// <summary>SMS by Twilio, through a messaging service.</summary>
/// <param name="http">With the time-out that one message may take.</param>
/// <param name="seal">Goes with the callback's address, so that even a message whose id we never heard is known when Twilio reports of it.</param>
public sealed class TwilioSender(System.Net.Http.HttpClient http, TwilioSettings settings, TimeProvider clock, ReportSeal seal) : ISender
{
    // https://www.twilio.com/docs/api/errors: replied STOP; not a mobile, not reachable, not a number.
    static readonly Dictionary<int, string> DeadNumbers = new()
    {
        [21610] = Suppression.OptedOut,
        [21614] = "not a mobile number",
        [21211] = "not a phone number",
        [21217] = "not a phone number",
    };

    const int TooMany = 20429, QueueFull = 21611;

    public bool RefusesDoubles => false;

    public async Task<Delivery> Send(Outgoing message, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var listening = new SystemNetHttpClient(http); // one for each message: it keeps the last answer, whose headers we need
        var client = new TwilioRestClient(settings.AccountSid, settings.AuthToken, httpClient: listening);
        var options = new CreateMessageOptions(new(message.To))
        {
            MessagingServiceSid = settings.MessagingServiceSid,
            Body = message.Text,
            StatusCallback = settings.StatusCallback == "" ? null : CallbackOf(message),
        };

        try
        {
            var sent = await MessageResource.CreateAsync(options, client);
            return sent.Sid is { Length: > 0 } sid ? new Delivery.Accepted(sid) : throw new InvalidDataException("Twilio's answer names no message.");
        }
        catch (ApiException said)
        {
            return Meaning(said, listening.LastResponse);
        }
    }

    // Twilio gives nothing back but its own id: the callback's address carries ours.
    Uri CallbackOf(Outgoing message) => new(
        $"{settings.StatusCallback}{(settings.StatusCallback.Contains('?') ? '&' : '?')}{ReportSeal.Name}={seal.Of(message)}");

    Delivery Meaning(ApiException said, Response? response)
    {
        // An answer that is not Twilio's own, such as a proxy's page, has no status in the exception.
        var status = response is null ? said.Status : (int)response.StatusCode;
        var reason = HttpAnswer.Reason("Twilio", status, $"{said.Message} ({said.Code})");
        // The very words by which START finds the block again.
        if (DeadNumbers.TryGetValue(said.Code, out var dead)) return new Delivery.Refused(dead == Suppression.OptedOut ? dead : $"Twilio: {dead} ({said.Code})", Suppress: true);

        return status switch
        {
            429 => Later(),
            >= 500 => Later(),
            // The account is at fault and not the message, which waits until somebody has mended it.
            401 or 403 => new Delivery.TryLater(reason),
            _ when said.Code is TooMany or QueueFull => Later(),
            _ => new Delivery.Refused(reason),
        };

        Delivery.TryLater Later() => new(reason, HttpAnswer.After(response?.Headers, clock.GetUtcNow()));
    }
}
