using Cvm.Web;

namespace Cvm.Local;

/// <summary>By what reports of providers are known, from the environment: keys do not belong in files that are copied and shared.</summary>
static class WebhookKeys
{
    public const string SendGrid = "CVM_SENDGRID_WEBHOOK_KEY", Twilio = "CVM_TWILIO_AUTH_TOKEN", TwilioAnswers = "CVM_TWILIO_ANSWERS", Site = "CVM_SITE";

    /// <summary>The settings, or a <see cref="UserError"/> that says which variable is wrong.</summary>
    public static WebhookSettings Read(Func<string, string?> variable)
    {
        Uri? site = null;
        if (variable(Site) is { Length: > 0 } address && !Uri.TryCreate(address, UriKind.Absolute, out site)) throw new UserError($"{Site} is no address. Write it like https://care.shop.example.");

        var settings = new WebhookSettings
        {
            SendGridPublicKey = variable(SendGrid)?.Trim() ?? "",
            TwilioAuthToken = variable(Twilio)?.Trim() ?? "",
            TwilioAnswersKeywords = variable(TwilioAnswers)?.Trim().ToLowerInvariant() is not ("no" or "false" or "0"),
            PublicAddress = site,
        };

        if (settings.Problems().FirstOrDefault() is { } problem) throw new UserError($"{problem} See {SendGrid}, {Twilio} and {Site} in the environment.");
        return settings;
    }
}
