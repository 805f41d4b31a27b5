using System.Globalization;

namespace Cvm.Web;

static class EnglishTexts
{
    public static LinkTexts All { get; } = new()
    {
        Lang = "en",
        Save = "Save",
        Saved = "Saved.",
        SavedSoon = "Saved. It may take a minute until this page shows it.",
        OutOfDate = "This page was out of date, so nothing was changed. Please choose again.",
        Preferences = "Your preferences",
        ToPreferences = "Change what you get",
        For = to => $"For {to}",
        And = " and ",
        Messages = "What may we send you?",
        Always = "What concerns your account or an order itself always comes.",
        Pending = "Please confirm this through the link in the message we send you.",
        EmailStopped = "We do not write to this address any more: messages came back or were marked as spam.",
        SmsStopped = "We do not write to this number any more. Reply START to our last SMS to hear from us again.",
        Topics = "What about?",
        TopicsAbout = "Switch off what does not interest you.",
        LanguageAndTime = "Language and time",
        Language = "Language",
        Zone = "Time zone",
        ZoneAbout = "So that nothing comes at night.",
        Break = "Need a break?",
        BreakAbout = "No news and offers for 30 days. Questions about your orders still come.",
        PausedUntil = until => $"No news and offers until {until.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}.",
        Pause = "Pause for 30 days",
        EndPause = "End the pause",
        Data = "Your data",
        DataAbout = "Everything we know about you, as a file. Or have us erase it.",
        Download = "Download my data",
        Forget = "Forget me",
        ForgetAbout = "We erase everything we know about you: your name and addresses, your orders, points and coupons, and every message. This cannot be undone. What stays are codes that say nothing by themselves and keep you from being added again by mistake.",
        ForgetYes = "Yes, forget me",
        ForgetNo = "No, go back",
        Forgotten = "You are forgotten",
        ForgottenAbout = "Everything we knew about you is erased. This link does not work any more. Goodbye, and thank you.",
        Unsubscribe = "Unsubscribe",
        UnsubscribeAsk = "One click, and it stops at once.",
        UnsubscribeKeep = "What concerns your account or an order itself still comes.",
        Unsubscribed = "You are unsubscribed",
        Again = "Welcome back",
        AgainAbout = sender => $"{sender} will write to you again.",
        Confirm = "One more click",
        ConfirmAbout = sender => $"Please confirm that {sender} may send you this:",
        ConfirmYes = "Yes, I agree",
        ConfirmNo = "If you did not ask for this, do nothing: without your word, nothing comes.",
        Confirmed = "Confirmed, thank you",
        NothingToConfirm = "Nothing to confirm",
        NothingToConfirmAbout = "You have confirmed already, or the choice has been changed since.",
        NotFound = "This link does not lead anywhere",
        NotFoundAbout = "It may be cut off at the end. Please open it from the message again, or copy all of it.",
        Expired = "This link has expired",
        ExpiredAbout = "Links to personal pages work for a limited time, because messages are forwarded and lost. The end of our last message to you has a new one.",
        TooLarge = "That was more than this page takes. Nothing was changed.",
        Label = (channel, purpose) => $"{(purpose == Purpose.Service ? "Questions and news about your orders" : "News and offers")} by {By(channel)}",
        Stop = (channel, service) => $"Stop {What(service)} by {By(channel)}",
        Undo = (channel, service) => $"Undo: send me {What(service)} by {By(channel)} again",
        Stopped = (sender, channel, service) => $"{sender} will send you no more {What(service)} by {By(channel)}.",
        Areas = Zones.Areas.ToDictionary(area => area, area => area, StringComparer.Ordinal),
    };

    static string By(Channel channel) => channel == Channel.Email ? "e-mail" : "SMS";

    static string What(bool service) => service ? "news, offers and questions about orders" : "news and offers";
}
