using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Cvm;

/// <summary>A text stripped of all that changes its looks and not its words: small letters without accents, single spaces between
/// words and none between Chinese characters, simplified; a break where a clause ends, and none around the whole.</summary>
static class PlainLetters
{
    public const char Break = '\n';

    // Longer than any SMS.
    const int Longest = 1_600;

    // Traditional characters of the words that wishes are made of, each before its simplified one.
    const string Pairs =
        "訂订發发別别訊讯擾扰絕绝閱阅開开復复覆复啟启這这們们給给請请號号碼码刪删錯错電电話话謝谢煩烦騷骚廣广資资傳传為为還还嗎吗處处幫帮說说單单購购買买聯联繫系營营銷销"
        + "無无從从對对點点來来後后會会應应該该過过時时沒没產产業业車车貨货興兴滾滚許许願愿繼继續续務务關关閉闭總总亂乱";

    static readonly FrozenDictionary<char, char> Simplified =
        Enumerable.Range(0, Pairs.Length / 2).ToFrozenDictionary(pair => Pairs[2 * pair], pair => Pairs[2 * pair + 1]);

    public static char[] Of(string text)
    {
        var tidy = new List<char>(Math.Min(text.Length, Longest));

        foreach (var raw in Visible(text).Normalize(NormalizationForm.FormKD))
        {
            if (IsApostrophe(raw) || char.GetUnicodeCategory(raw) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark) continue;

            if (char.IsLetterOrDigit(raw)) Add(tidy, Simplified.GetValueOrDefault(char.ToLowerInvariant(raw), char.ToLowerInvariant(raw)));
            else if (tidy is [.., not (' ' or Break)]) tidy.Add(EndsClause(raw) ? Break : ' ');
            else if (EndsClause(raw) && tidy.Count > 0) tidy[^1] = Break;
        }

        if (tidy is [.., ' ' or Break]) tidy.RemoveAt(tidy.Count - 1);
        return Calm(tidy);
    }

    public static bool IsHan(char letter) => letter is >= '\u4E00' and <= '\u9FFF';

    // A zero-width character hides in the middle of a word; half an emoji would not be normalised.
    static string Visible(string text)
    {
        var visible = new StringBuilder(Math.Min(text.Length, Longest));
        for (var i = 0; i < text.Length && visible.Length < Longest; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) visible.Append(text[i]).Append(text[++i]);
            else if (char.GetUnicodeCategory(text[i]) is UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned) visible.Append(' ');
            else if (!IsApostrophe(text[i]) && char.GetUnicodeCategory(text[i]) is not UnicodeCategory.Format) visible.Append(text[i]);
        }

        return visible.ToString();
    }

    static void Add(List<char> tidy, char letter)
    {
        if (tidy is [.., var before, ' '] && (IsHan(before) || IsHan(letter))) tidy.RemoveAt(tidy.Count - 1);
        tidy.Add(letter);
    }

    // Stooooop is stop: no word of the tables has a letter three times in a row.
    static char[] Calm(List<char> letters)
    {
        var calm = new List<char>(letters.Count);
        for (var i = 0; i < letters.Count; i++)
        {
            var end = i;
            while (end + 1 < letters.Count && letters[end + 1] == letters[i] && char.IsAsciiLetter(letters[i])) end++;
            calm.Add(letters[i]);
            if (end == i + 1) calm.Add(letters[i]);
            i = end;
        }

        return [.. calm];
    }

    static bool IsApostrophe(char letter) => letter is '\'' or '\u2018' or '\u2019' or '\u02BC' or '\uFF07' or '`' or '\u00B4' or '\u2032';

    static bool EndsClause(char letter) => letter is '.' or ',' or '!' or '?' or ';' or ':' or '\n' or '\r' or '…' or '。' or '、' or '(' or ')' or '"';
}
