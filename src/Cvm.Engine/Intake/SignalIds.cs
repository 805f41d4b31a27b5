using System.Security.Cryptography;

namespace Cvm.Engine;

/// <summary>How signals are named after what their sender calls them, so that the same news twice is taken once.</summary>
public static class SignalIds
{
    public static string Order(string id) => $"order:{id}";

    public static string Refund(string id) => $"refund:{id}";

    public static string SurveyReply(string id) => $"survey-reply:{id}";

    /// <summary>What a checkout asks for, and how it ends.</summary>
    public static string Redemption(string id, string act) => $"redemption:{id}:{act}";

    public static string Adjustment(string id) => $"points:{id}";
    /// <param name="site">Each site numbers its own reviews.</param>
    public static string Review(string? site, string id) => $"review:{site}:{id}";

    public static string Complaint(string id) => $"complaint:{id}";

    public static string SmsReply(string id) => $"sms-reply:{id}";

    public static string MessageReport(string id) => $"message-report:{id}";

    public static string CaseWork(string id) => $"case-work:{id}";
    public static string TaskDone(string id) => $"task-done:{id}";

    public static string Customer(string signal) => $"customer:{signal}";

    /// <summary>A name from what is told, where the sender gave none: the same content is the same news. Without an own moment the
    /// content alone counts, so that it may be sent again at any time.</summary>
    public static string Customer(string customer, DateTimeOffset? at, Profile profile, ImmutableArray<Consent> consents, string? referrer = null)
    {
        var content = DossierText.Write(new Content(customer, at, profile, consents, referrer));
        return Customer(Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16)));
    }

    sealed record Content(string Customer, DateTimeOffset? At, Profile Profile, ImmutableArray<Consent> Consents, string? Referrer = null);
}
