using System.Globalization;

namespace Cvm;

/// <summary>A number that an SMS begins with, as people answer a survey: <c>4</c>, <c>4!</c>, <c>4 slow delivery</c>, <c>4/5</c>, <c>4分</c>.</summary>
public static class SmsAnswer
{
    const int MostDigits = 2;

    /// <summary>The score, how far the scale goes where they say so, and the words beside it (null for none). Null where it begins with no number, or one that belongs to
    /// something else: a time, a date, a price, a count.</summary>
    public static (int Score, int? Most, string? Words)? In(string text)
    {
        var rest = text.AsSpan().Trim();
        if (Whole(ref rest) is not { } score) return null;

        int? most = null;
        if (rest is ['/', ..] or ['\uFF0F', ..])
        {
            rest = rest[1..];
            if (Whole(ref rest) is not { } bound) return null;
            most = bound;
        }

        if (rest is ['分' or '点' or '點' or '星', ..]) rest = rest[1..];
        else if (rest.Length > 0 && !char.IsWhiteSpace(rest[0]) && !char.IsPunctuation(rest[0]) && !char.IsSymbol(rest[0]) && !char.IsSurrogate(rest[0])) return null;

        // What goes on with a digit is one number: 4.5, 12:30, 2027-03-01; a sign of money or a share makes it an amount.
        var words = rest;
        if (words is ['%' or '€' or '$' or '£' or '¥' or '\uFF05', ..]) return null;
        while (words.Length > 0 && (char.IsWhiteSpace(words[0]) || char.IsPunctuation(words[0]))) words = words[1..];
        if (words.Length > 0 && CharUnicodeInfo.GetDecimalDigitValue(words[0]) >= 0) return null;
        return (score, most, words.Length == 0 ? null : words.ToString());
    }

    // At most two digits, of any script; more are another thing.
    static int? Whole(ref ReadOnlySpan<char> text)
    {
        var (value, digits) = (0, 0);
        for (; text.Length > 0 && CharUnicodeInfo.GetDecimalDigitValue(text[0]) is >= 0 and var digit; text = text[1..])
        {
            if (++digits > MostDigits) return null;
            value = value * 10 + digit;
        }

        return digits == 0 ? null : value;
    }
}
