namespace Cvm.Web;

/// <summary>Names of the rules that say no, in the reader's language.</summary>
static class Rules
{
    public static string Said(string rule) => rule switch
    {
        Permission.NoEmail => T("no e-mail address"),
        Permission.NoPhone => T("no phone number"),
        Permission.Suppressed => T("address is suppressed"),
        Permission.NoConsent => T("no consent"),
        Permission.Withdrawn => T("consent was withdrawn"),
        Permission.NotConfirmed => T("consent is not confirmed yet"),
        Permission.TopicOff => T("topic is switched off"),
        Permission.Paused => T("sending is paused"),
        Permission.JourneyPaused => T("the journey is paused"),
        Permission.OnHold => T("promotions are paused"),
        Permission.QuietHours => T("quiet hours"),
        Permission.Cap => T("frequency cap"),
        Permission.NotValid => T("no longer valid"),
        "already in this journey" => T("already in this journey"),
        "held back for comparison" => T("held back for comparison"),
        "once per occasion" => T("once per occasion"),
        "again-after: never" => T("again-after: never"),
        "no case holds" => T("no case holds"),
        "the journey ended" => T("the journey ended"),
        "released by the journey" => T("released by the journey"),
        "an unhappy answer" => T("an unhappy answer"),
        "asked for a pause" => T("asked for a pause"),
        "the time of comparison is over" => T("the time of comparison is over"),
        "not enough points" => T("not enough points"),
        _ => rule,
    };
}
