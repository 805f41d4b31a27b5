namespace Cvm.Engine;

/// <summary>A draft, read within the playbook it would become part of.</summary>
/// <param name="Journey">Null where the draft itself has a mistake.</param>
/// <param name="Whole">The playbook with the draft in it, to rehearse and to play examples with; null where anything in it is wrong.</param>
/// <param name="Problems">Of the draft, by line: what cannot be read, and what <see cref="PlaybookCheck"/> proves of it.</param>
/// <param name="Elsewhere">What the draft makes wrong in other files.</param>
public sealed record CheckedDraft(Journey? Journey, LoadedPlaybook? Whole, ImmutableArray<Problem> Problems, ImmutableArray<Problem> Elsewhere)
{
    /// <summary>The most messages that one person could get with it; null where anything is wrong that keeps the playbook from being read.</summary>
    public Pressure? Pressure { get; init; }

    /// <summary>Mistakes of the draft, without warnings.</summary>
    public int Mistakes => Problems.Count(problem => problem.Severity == Severity.Mistake);

    /// <summary>Everything that has to be mended before it may go live, here and in other files.</summary>
    public ImmutableArray<Problem> Hindrances => [.. Problems.Where(problem => problem.Severity == Severity.Mistake), .. Elsewhere];

    /// <summary>Reads the draft, and proves what can be proven of it. Nothing is read from disk or written to it.</summary>
    /// <param name="now">Days before it are over.</param>
    public static CheckedDraft Of(LoadedPlaybook loaded, string journey, string yaml, DateTimeOffset now)
    {
        var verdict = PlaybookCheck.Draft(loaded, journey, yaml, now);
        var own = verdict.Problems.Where(problem => IsOf(problem, journey)).ToImmutableArray();
        var compiled = verdict.Loaded?.Playbook.Find(journey) ?? PlaybookFolder.ParseJourney(new(journey, 0, yaml), loaded.Playbook).Journey;
        var sound = compiled is not null && (verdict.Loaded is not null || loaded.Sources is null);
        var before = verdict.Problems.Length == own.Length ? [] : PlaybookCheck.AsItStands(loaded, now).Problems;

        return new(compiled, sound ? loaded with { Playbook = With(loaded.Playbook, compiled!) } : null, own, [.. verdict.Problems.Except(own).Except(before).Where(problem => problem.Severity == Severity.Mistake)])
        {
            Pressure = verdict.Pressure,
        };
    }

    // Who is in the live version finishes that.
    static Playbook With(Playbook live, Journey draft) => live with
    {
        Journeys = [.. live.Journeys.Where(known => known.Name != draft.Name).Append(draft).OrderBy(known => known.Name, StringComparer.Ordinal)],
        Earlier = live.Find(draft.Name) is { } before && before.Version != draft.Version ? live.Earlier.Add(before) : live.Earlier,
        WatchedSegments = Playbook.WatchedBy(live.Journeys.Concat(live.Earlier).Append(draft), live.Segments.Keys),
    };

    static bool IsOf(Problem problem, string journey) =>
        problem.At.File.EndsWith($"journeys/{journey}/journey.yaml", StringComparison.Ordinal) || problem.At.File.StartsWith($"{journey} version", StringComparison.Ordinal);
}
