using System.Net;
using System.Net.Mail;
using System.Text.Json;
using SendGrid;
using SendGrid.Helpers.Mail;

namespace Cvm.Functions;

/// <summary>E-mail by SendGrid. What SendGrid gives back of a message carries its seal, so that feedback finds its way home.</summary>
/// <param name="http">With the time-out that one message may take.</param>
/// <param name="seal">SendGrid keeps custom arguments for good and shows them to its people: nothing personal may stand in them.</param>
public sealed class SendGridSender(HttpClient http, SendGridSettings settings, TimeProvider clock, ReportSeal seal) : ISender
{
    // With a client of ours it does not retry by itself, which could send twice.
    readonly SendGridClient sendGrid = new(http, new SendGridClientOptions { ApiKey = settings.ApiKey });

    // SendGrid sends again what is posted again: nothing of it knows our key.
    public bool RefusesDoubles => false;

    public async Task<Delivery> Send(Outgoing message, CancellationToken stop)
    {
        var response = await sendGrid.SendEmailAsync(MessageOf(message), stop);
        return await Meaning(response, stop);
    }

    SendGridMessage MessageOf(Outgoing message)
    {
        var from = new MailAddress(settings.From);
        var mail = new SendGridMessage
        {
            From = new(from.Address, from.DisplayName),
            Subject = message.Subject,
            PlainTextContent = message.Text,
            HtmlContent = message.Html,
            Headers = message.Headers.Count == 0 ? null : message.Headers.ToDictionary(StringComparer.Ordinal),
            Categories = [message.Journey, message.Template],
            CustomArgs = new() { [ReportSeal.Name] = seal.Of(message) },
        };
        mail.AddTo(message.To);
        mail.SetClickTracking(false, false); // our links count themselves, and would look like a scanner's if SendGrid wrapped them once more
        if (settings.SandboxMode) mail.SetSandBoxMode(true);
        return mail;
    }

    async Task<Delivery> Meaning(Response response, CancellationToken stop)
    {
        if (response.IsSuccessStatusCode)
            return new Delivery.Accepted(response.Headers.TryGetValues("X-Message-Id", out var ids) ? ids.First() : "sendgrid");

        var reason = HttpAnswer.Reason("SendGrid", (int)response.StatusCode, await Reason(response, stop));
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => new Delivery.TryLater(reason, HttpAnswer.After(response.Headers, clock.GetUtcNow())),
            >= HttpStatusCode.InternalServerError => new Delivery.TryLater(reason, HttpAnswer.After(response.Headers, clock.GetUtcNow())),
            // Our key is wrong or not allowed to: the message is not at fault, and waits until somebody has mended it.
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new Delivery.TryLater(reason),
            _ => new Delivery.Refused(reason),
        };
    }

    static async Task<string?> Reason(Response response, CancellationToken stop)
    {
        try
        {
            using var body = JsonDocument.Parse(await response.Body.ReadAsStringAsync(stop));
            return string.Join(" ", body.RootElement.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("message").GetString()));
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
