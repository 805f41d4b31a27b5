using System.Globalization;

namespace Cvm;

/// <summary>How a link that stands for an answer is written: <c>answer:survey/score</c>.</summary>
public static class AnswerLink
{
    const string Beginning = "answer:";

    public static string Of(string survey, int score) => string.Create(CultureInfo.InvariantCulture, $"{Beginning}{survey}/{score}");

    /// <summary>Survey and score; null where it is another link.</summary>
    public static (string Survey, int Score)? Read(string? link)
    {
        if (link?.StartsWith(Beginning, StringComparison.Ordinal) != true || link.LastIndexOf('/') is not (> 0 and var end)) return null;
        return int.TryParse(link.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var score) && end > Beginning.Length ? (link[Beginning.Length..end], score) : null;
    }
}
