namespace Cvm;

/// <summary>What an SMS from a customer asks of us.</summary>
public enum Wish { None, Stop, Start, Help }

/// <summary>Reads wishes out of what customers write.</summary>
public static class Wishes
{
    /// <summary>The wish in the text; none where it is about something else.</summary>
    public static Wish In(string text) => text.Trim().ToUpperInvariant() switch
    {
        "STOP" or "STOPALL" or "UNSUBSCRIBE" or "CANCEL" or "END" or "QUIT" => Wish.Stop,
        "START" or "YES" or "UNSTOP" => Wish.Start,
        "HELP" or "INFO" => Wish.Help,
        _ => Wish.None,
    };
}
