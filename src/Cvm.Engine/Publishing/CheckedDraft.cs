namespace Cvm.Engine;

/// <summary>A draft, read within the playbook it would become part of.</summary>
/// <param name="Journey">Null where the draft itself has a mistake.</param>
/// <param name="Whole">The playbook with the draft in it, to rehearse and to play examples with; null where anything in it is wrong.</param>
/// <param name="Problems">Of the draft, by line.</param>
/// <param name="Elsewhere">What the draft makes wrong in other files.</param>
public sealed record CheckedDraft(Journey? Journey, LoadedPlaybook? Whole, ImmutableArray<Problem> Problems, ImmutableArray<Problem> Elsewhere)
{
    /// <summary>Mistakes of the draft, without warnings.</summary>
    public int Mistakes => Problems.Count(problem => problem.Severity == Severity.Mistake);

    /// <summary>Reads the draft. Nothing is read from disk or written to it.</summary>
    public static CheckedDraft Of(LoadedPlaybook loaded, string journey, string yaml)
    {
        var (whole, problems) = PlaybookLoader.CheckDraft(loaded, journey, yaml);
        var own = problems.Where(problem => IsOf(problem, journey)).ToImmutableArray();
        var compiled = whole?.Playbook.Find(journey) ?? PlaybookFolder.ParseJourney(new(journey, 0, yaml), loaded.Playbook).Journey;
        var sound = compiled is not null && (whole is not null || loaded.Sources is null);

        return new(compiled, sound ? loaded with { Playbook = With(loaded.Playbook, compiled!) } : null, own, [.. problems.Except(own).Where(problem => problem.Severity == Severity.Mistake)]);
    }

    // Who is in the live version finishes that.
    static Playbook With(Playbook live, Journey draft) => live with
    {
        Journeys = [.. live.Journeys.Where(known => known.Name != draft.Name).Append(draft).OrderBy(known => known.Name, StringComparer.Ordinal)],
        Earlier = live.Find(draft.Name) is { } before && before.Version != draft.Version ? live.Earlier.Add(before) : live.Earlier,
    };

    static bool IsOf(Problem problem, string journey) =>
        problem.At.File.EndsWith($"journeys/{journey}/journey.yaml", StringComparison.Ordinal) || problem.At.File.StartsWith($"{journey} version", StringComparison.Ordinal);
}
