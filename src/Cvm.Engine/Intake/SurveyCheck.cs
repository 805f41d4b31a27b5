namespace Cvm.Engine;

/// <summary>Whether an answer fits its survey; the same for JSON and CSV.</summary>
sealed class SurveyCheck(Check check)
{
    public const int MostReasons = 12;

    public void Fits(string? survey, int? score, ImmutableArray<string> reasons)
    {
        if (survey is null) return;
        if (!check.Rules.Surveys.TryGetValue(survey, out var known))
        {
            check.Refuse("survey", $"is not in the playbook: '{survey}'.", Nearest.Hint(survey, [.. check.Rules.Surveys.Keys]) ?? "Add it to surveys.yaml.");
            return;
        }

        if (score is { } given && !known.Takes(given)) check.Refuse("score", $"is {given}, off the scale of '{survey}'.", $"It runs from {known.Scale.Least} to {known.Scale.Most}.");

        string[] names = [.. known.Reasons.Select(reason => reason.Name)];
        foreach (var reason in reasons)
        {
            if (names.Contains(reason)) continue;
            check.Refuse("reasons", $"names '{Check.Shown(reason)}', which '{survey}' has not.",
                names.Length == 0 ? $"Add reasons to '{survey}' in surveys.yaml, or leave them out." : Nearest.Hint(Check.Shown(reason), names) ?? $"Known: {string.Join(", ", names)}.");
        }
    }
}
