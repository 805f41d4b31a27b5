namespace Cvm.Engine;

/// <summary>The alphabet a text needs: GSM 03.38, or UTF-16 where one character is not in it.</summary>
public enum SmsAlphabet { Gsm7, Ucs2 }

/// <summary>What an SMS is billed as: its alphabet, its length in units of it (septets, or UTF-16 units), and its segments;
/// an empty text has none.</summary>
public readonly record struct SmsLength(SmsAlphabet Alphabet, int Units, int Segments)
{
    /// <summary>More UTF-16 units than this are refused by Twilio.</summary>
    public const int MaxCharacters = 1_600;

    const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
        + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    const string Extended = "\f^{}\\[~]|€";

    /// <summary>How many units of this alphabet so many segments hold.</summary>
    public int Room(int segments) => Alphabet == SmsAlphabet.Gsm7 ? segments > 1 ? segments * 153 : 160 : segments > 1 ? segments * 67 : 70;

    /// <summary>Counts as phones join segments: nothing that takes two units is cut in half.</summary>
    public static SmsLength Of(string text)
    {
        if (text.Length == 0) return default;

        var gsm = text.All(IsGsm);
        var (single, joined) = gsm ? (160, 153) : (70, 67);
        var (units, segments, used) = (0, 1, 0);

        for (var i = 0; i < text.Length; i++)
        {
            var width = gsm ? Extended.Contains(text[i]) ? 2 : 1 : IsPair(text, i) ? 2 : 1;
            if (!gsm && width == 2) i++;
            units += width;

            if (used + width > joined) (segments, used) = (segments + 1, 0);
            used += width;
        }

        return new(gsm ? SmsAlphabet.Gsm7 : SmsAlphabet.Ucs2, units, units <= single ? 1 : segments);
    }

    /// <summary>The text with letters of the GSM alphabet for what figures hold: one no-break space, minus sign or apostrophe outside of it would
    /// cost the whole message its alphabet.</summary>
    public static string Thrifty(string text) => string.Create(text.Length, text, static (into, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            into[i] = from[i] switch
            {
                '\u00A0' or '\u202F' or '\u2009' => ' ',
                '\u2212' => '-',
                '\u2019' when i > 0 && i + 1 < from.Length && char.IsDigit(from[i - 1]) && char.IsDigit(from[i + 1]) => '\'',
                var letter => letter,
            };
        }
    });

    static bool IsGsm(char letter) => Basic.Contains(letter) || Extended.Contains(letter);

    static bool IsPair(string text, int at) => at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
}
