using System.Globalization;
using System.Text;

namespace Cvm.Web;

/// <summary>Text for a box that cannot grow.</summary>
public static class Fit
{
    /// <summary>The text, cut with an ellipsis where it is wider than so many Latin letters; a Chinese character is as wide as two.</summary>
    public static string To(string text, int letters)
    {
        var (kept, width) = (new StringBuilder(), 0);
        var parts = StringInfo.GetTextElementEnumerator(text);

        while (parts.MoveNext())
        {
            var part = parts.GetTextElement();
            width += part[0] >= 0x1100 ? 2 : 1;
            if (width > letters) return kept.ToString().TrimEnd() + "…";
            kept.Append(part);
        }

        return text;
    }
}
