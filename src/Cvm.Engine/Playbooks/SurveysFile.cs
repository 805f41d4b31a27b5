namespace Cvm.Engine;

/// <summary>surveys.yaml: questions, their scales, which answers are unhappy, and what customers may choose from to say why.</summary>
static class SurveysFile
{
    const int MostReasons = 12;

    static readonly Field<SurveyKind> Kind = new(
        "kind",
        Shapes.OneOf("a kind of survey", ("csat", SurveyKind.Csat), ("nps", SurveyKind.Nps), ("ces", SurveyKind.Ces)),
        "csat (1 to 5), nps (0 to 10) or ces (1 to 7).",
        required: true);
    static readonly Field<string> Template = new("template", Shapes.Known("template"), "The template that asks; where it is absent, answers are only entered or imported.");
    static readonly Field<long> Unhappy = new("unhappy", Shapes.Whole(0, 9), "This score or worse is unhappy; csat 2, nps 6, ces 3 where it is absent.");
    static readonly Field<ImmutableSortedDictionary<string, string>> Question = new(
        "question", PreferenceShapes.Labels, "The question as the page shows it: one text, or one for each language; the usual one of its kind where it is absent.");
    static readonly Field<ImmutableArray<(string Name, Where At, ImmutableSortedDictionary<string, string> Labels)>> Reasons = new(
        "reasons", PreferenceShapes.Labels.Named(Shapes.Slug, "a mapping of reasons"), "What customers may choose from to say why.");

    sealed record Body(SurveyKind Kind, string? Template, int Unhappy, ImmutableSortedDictionary<string, string> Question, ImmutableArray<(string Name, Where At, ImmutableSortedDictionary<string, string> Labels)> Reasons, Where At);

    static readonly Shape<ImmutableArray<(string Name, Where At, Body Body)>> File =
        Combining.Mapping<Body>("a survey", [Kind, Template, Unhappy, Question, Reasons], Make).Named(Shapes.Slug, "a mapping of surveys");

    /// <param name="locale">The language of last resort.</param>
    public static ImmutableSortedDictionary<string, Survey> Read(Node node, string locale, Reading reading) =>
        File.Read(node, reading)
            .Select(one => new Survey(one.Name, one.Body.Kind, one.Body.Template, one.Body.Unhappy)
            {
                Question = InEvery(one.Body.Question, one.Body.At, $"The question of '{one.Name}' is", locale, reading),
                Reasons = [.. one.Body.Reasons.Select(reason => new SurveyReason(reason.Name, InEvery(reason.Labels, reason.At, $"The reason '{reason.Name}' is", locale, reading)))],
            })
            .ToImmutableSortedDictionary(survey => survey.Name, survey => survey, StringComparer.Ordinal);

    // One text for everybody is one in the playbook's own language.
    static ImmutableSortedDictionary<string, string> InEvery(ImmutableSortedDictionary<string, string> labels, Where at, string what, string locale, Reading reading)
    {
        if (labels.IsEmpty) return labels;
        if (labels.TryGetValue("", out var one)) return labels.Remove("").Add(locale, one);
        if (!labels.ContainsKey(locale)) reading.Wrong(at, $"{what} not written in {locale}, the language of last resort.", $"Add {locale}: to it.");
        return labels;
    }

    static Body Make(Values values, Reading reading)
    {
        var kind = values.Get(Kind);
        var unhappy = (int)values.Get(Unhappy, kind switch { SurveyKind.Csat => 2, SurveyKind.Nps => 6, _ => 3 });
        var (least, most) = new Survey("", kind, null, 0).Scale;
        if (unhappy < least || unhappy >= most)
            reading.Wrong(
                values.PlaceOf(Unhappy),
                $"The scale goes from {least} to {most}.",
                $"'unhappy' is a score from {least} to {most - 1}.");

        var reasons = values.Get(Reasons, []);
        if (reasons.Length > MostReasons) reading.Wrong(values.PlaceOf(Reasons), $"These are more than {MostReasons} reasons.", "Nobody reads so many: keep those that you would act upon.");
        return new(kind, values.Get(Template), unhappy, values.Get(Question, ImmutableSortedDictionary<string, string>.Empty), reasons, values.PlaceOf(Question));
    }
}
