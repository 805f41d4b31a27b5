namespace Cvm.Web;

/// <summary>What Twilio's statuses and error codes mean (twilio.com/docs/api/errors).</summary>
static class TwilioMeaning
{
    // Numbers that will never take an SMS. Others, such as 30003 (switched off), 30007 (filtered) or 30008 (unknown), may the next time.
    static readonly Dictionary<int, string> DeadNumbers = new()
    {
        [21211] = "not a phone number",
        [21217] = "not a phone number",
        [21610] = Suppression.OptedOut,
        [21614] = "not a mobile number",
        [21635] = "a landline",
        [30005] = "no such number any more",
        [30006] = "a landline, or out of the carriers' reach",
    };

    static readonly Dictionary<int, string> Passing = new()
    {
        [30001] = "Twilio's queue was full",
        [30002] = "the Twilio account was suspended",
        [30003] = "the phone could not be reached",
        [30004] = "the phone or its carrier blocked it",
        [30007] = "a carrier filtered it",
        [30008] = "the carrier gave no reason",
        [30034] = "the sender is not registered with US carriers",
    };

    /// <summary>What a status says, with the reason; null where it is not known.</summary>
    public static (Report Report, string? Detail)? Of(string status, int? code) => status switch
    {
        "accepted" or "scheduled" or "queued" or "sending" or "sent" => (Report.Accepted, null),
        "delivered" => (Report.Delivered, null),
        "read" => (Report.Opened, null),
        "canceled" => (Report.Failed, "it was cancelled"),
        "undelivered" or "failed" when code is { } known && DeadNumbers.TryGetValue(known, out var dead) => (Report.Bounced, dead),
        "undelivered" or "failed" => (Report.Failed, code is { } known ? $"{Passing.GetValueOrDefault(known, "Twilio could not deliver it")} ({known})" : null),
        _ => null,
    };

    /// <summary>Whether Twilio answers this text by itself: its keywords, which it knows as the whole text only.</summary>
    public static bool Answers(string text) => text.Trim().ToUpperInvariant() is
        "STOP" or "STOPALL" or "UNSUBSCRIBE" or "CANCEL" or "END" or "QUIT" or "REVOKE" or "OPTOUT" or "START" or "YES" or "UNSTOP" or "HELP" or "INFO";

    /// <summary>What Advanced Opt-Out took an SMS for, by the keywords set there.</summary>
    public static Wish? WishOf(string? optOutType) => optOutType switch
    {
        "STOP" => Wish.Stop,
        "START" => Wish.Start,
        "HELP" => Wish.Help,
        _ => null,
    };
}
