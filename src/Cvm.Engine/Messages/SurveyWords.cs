namespace Cvm.Engine;

/// <summary>What surveys say of themselves in messages and on their page, in English and Chinese; English elsewhere.</summary>
/// <param name="Ask">The usual question of a kind, by the shop's name.</param>
/// <param name="Ends">What the least and the most of a scale mean.</param>
public sealed record SurveyWords(Func<SurveyKind, string, string> Ask, Func<SurveyKind, (string Low, string High)> Ends)
{
    static readonly SurveyWords English = new(
        (kind, sender) => kind switch
        {
            SurveyKind.Csat => $"How happy are you with {sender}?",
            SurveyKind.Nps => $"How likely are you to recommend {sender} to a friend?",
            _ => $"How easy did {sender} make it for you?",
        },
        kind => kind switch
        {
            SurveyKind.Csat => ("not at all happy", "very happy"),
            SurveyKind.Nps => ("not at all likely", "very likely"),
            _ => ("very hard", "very easy"),
        });

    static readonly SurveyWords Chinese = new(
        (kind, sender) => kind switch
        {
            SurveyKind.Csat => $"您对{sender}满意吗？",
            SurveyKind.Nps => $"您有多大可能向朋友推荐{sender}？",
            _ => $"{sender}让您办事容易吗？",
        },
        kind => kind switch
        {
            SurveyKind.Csat => ("很不满意", "非常满意"),
            SurveyKind.Nps => ("完全不可能", "非常可能"),
            _ => ("非常困难", "非常容易"),
        });

    /// <summary>In this language, as far as it is spoken.</summary>
    public static SurveyWords In(string? locale) => Locales.Language(locale ?? "") == "zh" ? Chinese : English;

    /// <summary>The question of a survey as a customer reads it.</summary>
    public static string Question(Survey survey, Policies policies, string? locale) =>
        Nearest(survey.Question, locale, policies.Locale) ?? In(locale).Ask(survey.Kind, policies.Sender);

    /// <summary>A reason as a customer reads it; its name where it has no label.</summary>
    public static string Label(SurveyReason reason, string? locale, Policies policies) => Nearest(reason.Labels, locale, policies.Locale) ?? reason.Name;

    static string? Nearest(ImmutableSortedDictionary<string, string> labels, string? locale, string standard)
    {
        foreach (var tag in Locales.Chain(locale, standard))
            foreach (var (language, label) in labels) if (Locales.Tidy(language) == tag) return label;
        return null;
    }
}
