namespace Cvm.Engine;

/// <summary>surveys.yaml: questions, their scales, and which answers are unhappy.</summary>
static class SurveysFile
{
    static readonly Field<SurveyKind> Kind = new(
        "kind",
        Shapes.OneOf("a kind of survey", ("csat", SurveyKind.Csat), ("nps", SurveyKind.Nps), ("ces", SurveyKind.Ces)),
        "csat (1 to 5), nps (0 to 10) or ces (1 to 7).",
        required: true);
    static readonly Field<string> Template = new("template", Shapes.Known("template"), "The template that asks.", required: true);
    static readonly Field<long> Unhappy = new("unhappy", Shapes.Whole(0, 9), "This score or worse is unhappy; csat 2, nps 6, ces 3 where it is absent.");

    sealed record Body(SurveyKind Kind, string Template, int Unhappy);

    static readonly Shape<ImmutableArray<(string Name, Where At, Body Body)>> File =
        Combining.Mapping<Body>("a survey", [Kind, Template, Unhappy], Make).Named(Shapes.Slug, "a mapping of surveys");

    public static ImmutableSortedDictionary<string, Survey> Read(Node node, Reading reading) =>
        File.Read(node, reading)
            .Select(one => new Survey(one.Name, one.Body.Kind, one.Body.Template, one.Body.Unhappy))
            .ToImmutableSortedDictionary(survey => survey.Name, survey => survey, StringComparer.Ordinal);

    static Body Make(Values values, Reading reading)
    {
        var kind = values.Get(Kind);
        var unhappy = (int)values.Get(Unhappy, kind switch { SurveyKind.Csat => 2, SurveyKind.Nps => 6, _ => 3 });
        var (least, most) = new Survey("", kind, "", 0).Scale;
        if (unhappy < least || unhappy >= most)
            reading.Wrong(
                values.PlaceOf(Unhappy),
                $"The scale goes from {least} to {most}.",
                $"'unhappy' is a score from {least} to {most - 1}.");
        return new(kind, values.Get(Template)!, unhappy);
    }
}
