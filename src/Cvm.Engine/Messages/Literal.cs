using System.Net;
using System.Text;
using HandlebarsDotNet;

namespace Cvm.Engine;

/// <summary>Keeps values literal. Every character of a value that could mean something in Markdown, HTML or a web address
/// travels through the template in Unicode's private area, where it means nothing, and comes back when the mail is written.</summary>
static class Literal
{
    const char Hidden = '\uE000';

    /// <summary>Stands between the parts of one compiled template. Never part of a value or a template.</summary>
    public const char Separator = '\uE0FF';

    const int MaxValue = 1_000;

    /// <summary>Whether a template may not hold this character.</summary>
    public static bool IsReserved(char letter) => letter is >= Hidden and <= Separator;

    /// <summary>A value as one clean line: no control or direction characters, no private ones, single spaces, at most
    /// <see cref="MaxValue"/> characters; null where nothing is left.</summary>
    public static string? Clean(string? value) => Clean(value, MaxValue);

    static string? Clean(string? value, int most)
    {
        if (string.IsNullOrWhiteSpace(value)) return null;

        var clean = new StringBuilder(Math.Min(value.Length, most));
        foreach (var rune in value.EnumerateRunes())
        {
            if (clean.Length >= most) return clean.Append('…').ToString();
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune)) Space(clean);
            else if (IsVisible(rune)) clean.Append(rune.ToString());
        }

        var text = clean.ToString().TrimEnd();
        return text.Length == 0 ? null : text;
    }

    /// <summary>A text of several lines, each clean, at most one blank line between them; null where nothing is left.</summary>
    public static string? Lines(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;

        var lines = new StringBuilder(text.Length);
        var blank = false;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (Clean(line, int.MaxValue) is not { } clean)
            {
                blank = true;
                continue;
            }

            if (lines.Length > 0) lines.Append(blank ? "\n\n" : "\n");
            blank = false;
            lines.Append(clean);
        }

        return lines.Length == 0 ? null : lines.ToString();
    }

    static void Space(StringBuilder clean)
    {
        if (clean.Length > 0 && clean[^1] != ' ') clean.Append(' ');
    }

    // Direction marks could make one text look like another; joiners belong to names and emoji, so they stay.
    static bool IsVisible(Rune rune) => rune.Value is not (>= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069 or >= 0xE000 and <= 0xF8FF or 0xFFFD or 0xFEFF);

    public static void Hide(ReadOnlySpan<char> value, TextWriter into)
    {
        foreach (var letter in value) into.Write(letter < 0x80 && !char.IsAsciiLetterOrDigit(letter) ? (char)(Hidden + letter) : letter);
    }

    /// <summary>The text as it is meant to be read.</summary>
    public static string Plain(string text) => string.Create(text.Length, text, static (into, from) =>
    {
        for (var i = 0; i < from.Length; i++) into[i] = Show(from[i]);
    });

    public static string Html(string text) => WebUtility.HtmlEncode(Plain(text));

    /// <summary>A web address in which values are data: they can add no part of it.</summary>
    public static string Url(string url)
    {
        var safe = new StringBuilder(url.Length);

        foreach (var rune in url.EnumerateRunes())
        {
            var hidden = rune.IsBmp && Show((char)rune.Value) != (char)rune.Value;
            var text = hidden ? Show((char)rune.Value).ToString() : rune.ToString();
            safe.Append(hidden || !rune.IsAscii || rune.Value <= ' ' ? Uri.EscapeDataString(text) : text);
        }

        return safe.ToString();
    }

    static char Show(char letter) => letter is >= Hidden and < (char)(Hidden + 0x80) ? (char)(letter - Hidden) : letter;

    /// <summary>Hides what Handlebars writes for an expression.</summary>
    public sealed class Encoder : ITextEncoder
    {
        public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

        public void Encode(string? text, TextWriter target) => Hide(text, target);

        public void Encode<T>(T? text, TextWriter target) where T : IEnumerator<char>
        {
            if (text is null) return;

            var letters = new StringBuilder();
            while (text.MoveNext()) letters.Append(text.Current);
            Encode(letters.ToString(), target);
        }
    }
}
