namespace Cvm.Web;

/// <summary>What customers read on the pages that links lead to, in one language. One word for one idea.</summary>
public sealed record LinkTexts
{
    public required string Lang { get; init; }
    public required string Save { get; init; }
    public required string Saved { get; init; }
    public required string SavedSoon { get; init; }
    public required string OutOfDate { get; init; }
    public required string Preferences { get; init; }
    public required string ToPreferences { get; init; }
    public required Func<string, string> For { get; init; }
    public required string And { get; init; }
    public required string Messages { get; init; }
    public required string Always { get; init; }
    public required string Pending { get; init; }
    public required string EmailStopped { get; init; }
    public required string SmsStopped { get; init; }
    public required string Topics { get; init; }
    public required string TopicsAbout { get; init; }
    public required string LanguageAndTime { get; init; }
    public required string Language { get; init; }
    public required string Zone { get; init; }
    public required string ZoneAbout { get; init; }
    public required string Break { get; init; }
    public required string BreakAbout { get; init; }
    public required Func<DateTimeOffset, string> PausedUntil { get; init; }
    public required string Pause { get; init; }
    public required string EndPause { get; init; }
    public required string Data { get; init; }
    public required string DataAbout { get; init; }
    public required string Download { get; init; }
    public required string Forget { get; init; }
    public required string ForgetAbout { get; init; }
    public required string ForgetYes { get; init; }
    public required string ForgetNo { get; init; }
    public required string Forgotten { get; init; }
    public required string ForgottenAbout { get; init; }
    public required string Unsubscribe { get; init; }
    public required string UnsubscribeAsk { get; init; }
    public required string UnsubscribeKeep { get; init; }
    public required string Unsubscribed { get; init; }
    public required string Again { get; init; }
    public required Func<string, string> AgainAbout { get; init; }
    public required string Confirm { get; init; }
    public required Func<string, string> ConfirmAbout { get; init; }
    public required string ConfirmYes { get; init; }
    public required string ConfirmNo { get; init; }
    public required string Confirmed { get; init; }
    public required string NothingToConfirm { get; init; }
    public required string NothingToConfirmAbout { get; init; }
    public required Func<string, string> Case { get; init; }
    public required string CaseResolved { get; init; }
    public required string CaseYou { get; init; }
    public required string CaseNothing { get; init; }
    public required string CaseBox { get; init; }
    public required string CaseBoxAbout { get; init; }
    public required string CaseSend { get; init; }
    public required string CaseSent { get; init; }
    public required string CaseSentSoon { get; init; }
    public required string CaseBlank { get; init; }
    public required string CaseTooLong { get; init; }
    public required string CaseEnough { get; init; }
    public required Func<DateTimeOffset, string> Moment { get; init; }
    public required string NotFound { get; init; }
    public required string NotFoundAbout { get; init; }
    public required string Expired { get; init; }
    public required string ExpiredAbout { get; init; }
    public required string TooLarge { get; init; }

    public required string SurveyAnswer { get; init; }
    public required string SurveyWhy { get; init; }
    public required string SurveyComment { get; init; }
    public required Func<int, int, string> SurveyNoted { get; init; }
    public required string SurveyCounts { get; init; }
    public required string SurveySend { get; init; }
    public required string SurveyThanks { get; init; }
    public required Func<int, int, string> SurveyGiven { get; init; }
    public required string SurveyRead { get; init; }
    public required string SurveySoon { get; init; }
    public required string SurveyChange { get; init; }
    public required string SurveyClosed { get; init; }
    public required string SurveyClosedAbout { get; init; }
    public required string SurveyWrong { get; init; }

    /// <summary>What the words agree to, by channel and purpose: the label of a switch, and so the wording of a consent.</summary>
    public required Func<Channel, Purpose, string> Label { get; init; }

    /// <summary>The button that unsubscribes; <c>true</c> for questions about orders, too.</summary>
    public required Func<Channel, bool, string> Stop { get; init; }

    /// <summary>The button that undoes it.</summary>
    public required Func<Channel, bool, string> Undo { get; init; }

    /// <summary>What no longer comes, as a sentence.</summary>
    public required Func<string, Channel, bool, string> Stopped { get; init; }

    /// <summary>Parts of the world that time zones are named after, by their names in the tz database.</summary>
    public required IReadOnlyDictionary<string, string> Areas { get; init; }

    /// <summary>In the customer's language, as far as the pages speak it; else in English.</summary>
    public static LinkTexts In(string? locale) => locale?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true ? ChineseTexts.All : EnglishTexts.All;
}
