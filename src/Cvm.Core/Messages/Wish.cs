namespace Cvm;

/// <summary>What the writer of an SMS asks for, as far as it concerns messages.</summary>
public enum Wish { None, Stop, Start, Help }

/// <summary>Reads the wish in a reply: Twilio's keywords, and wishes to stop in the writer's own words, English or Chinese. Any
/// reasonable wording revokes (47 CFR 64.1200(a)(10)): where a short text leaves doubt and denies nothing, it is Stop.</summary>
public static class Wishes
{
    // In a longer text, a stop word in the middle may speak of anything.
    const int MostWords = 8;

    /// <summary>The wish in the text, whatever the text. Start means going on after a stop; it is no consent to anything new.</summary>
    public static Wish In(string text)
    {
        var wording = new Wording(text);
        if (wording.Keyword() is not Wish.None and var keyword) return keyword;

        // In this order: a denial in Chinese covers the English word behind it.
        if (Asks(wording, WishWords.Chinese, Script.Chinese) || Asks(wording, WishWords.English, Script.Latin)) return Wish.Stop;
        return wording.Words <= MostWords && wording.Has(WishWords.StopWord, Script.Latin) ? Wish.Stop : Wish.None;
    }

    static bool Asks(Wording wording, ImmutableArray<WishRule> rules, Script script)
    {
        foreach (var rule in rules)
        {
            if (rule.Spares) wording.Spare(rule.Phrase, script);
            else if (wording.Has(rule.Phrase, script)) return true;
        }

        return false;
    }
}
