using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Cvm.Functions;

/// <summary>Where the tables are.</summary>
public sealed class TablesSettings
{
    /// <summary><c>https://ACCOUNT.table.core.windows.net</c>, reached as this app's identity; or a connection string such as
    /// <c>UseDevelopmentStorage=true</c> for Azurite.</summary>
    [Required(ErrorMessage = "Tables__Endpoint is missing. Set it to https://ACCOUNT.table.core.windows.net, or to UseDevelopmentStorage=true for Azurite.")]
    public string Endpoint { get; set; } = "";

    /// <summary>What the tables' names begin with.</summary>
    [RegularExpression("^[A-Za-z][A-Za-z0-9]{0,30}$", ErrorMessage = "Tables__Prefix must be 1 to 31 letters and digits, a letter first.")]
    public string Prefix { get; set; } = "Cvm";
}

/// <summary>Where people find the pages.</summary>
public sealed class SiteSettings
{
    /// <summary>The host name that people see, such as <c>care.shop.example</c>; empty for the app's own.</summary>
    [RegularExpression("^(|[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)$", ErrorMessage = "Site__Host must be a host name alone, such as care.shop.example.")]
    public string Host { get; set; } = "";

    /// <summary>Where customers reach the links in messages, such as <c>https://care.shop.example/</c>.</summary>
    [Required(ErrorMessage = "Site__Address is missing. Set it to where customers reach the app, such as https://care.shop.example/.")]
    [RegularExpression("^(https://[^/?#\\s]+|http://(localhost|127\\.0\\.0\\.1)(:[0-9]+)?)/?$", ErrorMessage = "Site__Address must be an https address without a path, such as https://care.shop.example/; http only for localhost.")]
    public string Address { get; set; } = "";
}

/// <summary>Links in messages.</summary>
public sealed class LinksSettings
{
    /// <summary>The secret that links are sealed with.</summary>
    [Required(ErrorMessage = "Links__Key is missing. Set it to a Key Vault reference, or to any long text on a laptop.")]
    [MinLength(16, ErrorMessage = "Links__Key is too short: whoever guesses it can read and erase anybody. Give it 16 characters at least.")]
    public string Key { get; set; } = "";
}

/// <summary>Where signals are taken in.</summary>
public sealed class SignalsSettings
{
    [Required(ErrorMessage = "Signals__Queue is missing. Set it to the name of the Service Bus queue, such as signals.")]
    public string Queue { get; set; } = "";

    /// <summary>How often the queue gives a message out: its <c>maxDeliveryCount</c>. The last time, what fails is put aside with the reason.</summary>
    [Range(1, 2_000, ErrorMessage = "Signals__MostTries must be 1 to 2000: the queue's maxDeliveryCount.")]
    public int MostTries { get; set; } = 10;
}

/// <summary>What marketers edit.</summary>
public sealed class PlaybookSettings
{
    /// <summary>The folder; the one that came with the app where empty.</summary>
    public string Folder { get; set; } = "";

    /// <summary>The secret that coupon codes are made with.</summary>
    [Required(ErrorMessage = "Playbook__CodeKey is missing. Set it to a Key Vault reference, or to any long text on a laptop.")]
    [MinLength(16, ErrorMessage = "Playbook__CodeKey is too short: guessable codes are money. Give it 16 characters at least.")]
    public string CodeKey { get; set; } = "";
}

/// <summary>E-mail by SendGrid.</summary>
public sealed class SendGridSettings
{
    [Required(ErrorMessage = "SendGrid__ApiKey is missing. Set it to a Key Vault reference, or set Senders to mailbox.")]
    public string ApiKey { get; set; } = "";

    /// <summary>SendGrid checks messages and delivers none.</summary>
    public bool SandboxMode { get; set; }

    /// <summary>By which SendGrid's reports are known to be its own: the verification key of its signed event webhook; empty for no reports.</summary>
    [RegularExpression("^(|[A-Za-z0-9+/]{80,}={0,2})$", ErrorMessage = "SendGrid__WebhookKey must be the verification key as SendGrid shows it, in base64.")]
    public string WebhookKey { get; set; } = "";

    [Required(ErrorMessage = "SendGrid__From is missing. Set it to the sender's address, such as Shop <hello@example.com>.")]
    public string From { get; set; } = "";

    /// <summary>What one instance of the app may send, such as <c>20/s</c>; empty for as much as comes.</summary>
    [RegularExpression(RateText.Form, ErrorMessage = "SendGrid__Rate must be empty or like 20/s, 600/m, 5000/h or 100000/d.")]
    public string Rate { get; set; } = "";
}

/// <summary>SMS by Twilio.</summary>
public sealed class TwilioSettings
{
    [Required(ErrorMessage = "Twilio__AccountSid is missing. Set it, or set Senders to mailbox.")]
    [RegularExpression("^AC[0-9a-fA-F]{32}$", ErrorMessage = "Twilio__AccountSid must be AC and 32 hexadecimal digits.")]
    public string AccountSid { get; set; } = "";

    [Required(ErrorMessage = "Twilio__AuthToken is missing. Set it to a Key Vault reference, or set Senders to mailbox.")]
    [MinLength(16, ErrorMessage = "Twilio__AuthToken is too short to be one: copy it whole from Twilio's console.")]
    public string AuthToken { get; set; } = "";

    [Required(ErrorMessage = "Twilio__MessagingServiceSid is missing. Set it to the messaging service's SID.")]
    [RegularExpression("^MG[0-9a-fA-F]{32}$", ErrorMessage = "Twilio__MessagingServiceSid must be MG and 32 hexadecimal digits.")]
    public string MessagingServiceSid { get; set; } = "";

    /// <summary>Whether Twilio itself answers STOP, START and HELP, as it does for long codes and toll-free numbers.</summary>
    public bool AnswersKeywords { get; set; } = true;

    /// <summary>Where Twilio reports what became of a message, such as https://care.shop.example/webhooks/twilio/status; empty for nowhere.</summary>
    [RegularExpression("^(|https://.+)$", ErrorMessage = "Twilio__StatusCallback must be an https address.")]
    public string StatusCallback { get; set; } = "";

    /// <summary>What one instance of the app may send, such as <c>10/s</c>; empty for as much as comes.</summary>
    [RegularExpression(RateText.Form, ErrorMessage = "Twilio__Rate must be empty or like 10/s, 600/m, 5000/h or 100000/d.")]
    public string Rate { get; set; } = "";
}

/// <summary>How a rate is written in settings.</summary>
static class RateText
{
    public const string Form = "^(|([1-9][0-9]{0,4}|100000)/[smhd])$";
}

[OptionsValidator]
sealed partial class TablesCheck : IValidateOptions<TablesSettings>;

[OptionsValidator]
sealed partial class SiteCheck : IValidateOptions<SiteSettings>;

[OptionsValidator]
sealed partial class LinksCheck : IValidateOptions<LinksSettings>;

[OptionsValidator]
sealed partial class SignalsCheck : IValidateOptions<SignalsSettings>;

[OptionsValidator]
sealed partial class PlaybookCheck : IValidateOptions<PlaybookSettings>;

[OptionsValidator]
sealed partial class SendGridCheck : IValidateOptions<SendGridSettings>;

[OptionsValidator]
sealed partial class TwilioCheck : IValidateOptions<TwilioSettings>;
