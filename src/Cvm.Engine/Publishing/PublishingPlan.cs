namespace Cvm.Engine;

/// <summary>Where people stand in a version other than the one that is to be published.</summary>
/// <param name="Stands">The step; null for those held out, and where that version does not fit the playbook any more.</param>
/// <param name="Same">The step of the new version that is the same place, by its id or by what stands there now; null where there is none.</param>
/// <param name="Choices">Steps of the new version at which they may go on: those from which nothing comes again that may lie behind them.</param>
public sealed record Occupied(int Version, string Step, long People, Step? Stands, string? Same, ImmutableArray<string> Choices)
{
    /// <summary>Its name, such as <c>3/wait-7d</c>.</summary>
    public string Place => Moves.PlaceOf(Version, Step);
}

/// <summary>What publishing a version would do: to the journey, and to everybody in flight. Made without touching anything, from tallies and not from customers.</summary>
public sealed record PublishingPlan
{
    /// <summary>The text that would go live.</summary>
    public required JourneyText Text { get; init; }

    /// <summary>The same, compiled.</summary>
    public required Journey Candidate { get; init; }

    /// <summary>What is live now; null where nothing of this journey is.</summary>
    public required Journey? Live { get; init; }

    /// <summary>Number of the publication that the plan was made after; 0 where there was none.</summary>
    public required int After { get; init; }

    /// <summary>Everybody in flight in other versions, the newest first.</summary>
    public required ImmutableArray<Occupied> Places { get; init; }

    /// <summary>How many people are in the candidate's own version already.</summary>
    public required long There { get; init; }

    /// <summary>Other versions, in which people may come to a step while the plan is looked at.</summary>
    public required ImmutableArray<Journey> Others { get; init; }

    /// <summary>Against what is live; null where nothing is.</summary>
    public JourneyDifference? Difference => Live is null ? null : JourneyDifference.Of(Live, Candidate);

    /// <summary>How many people are in flight in other versions.</summary>
    public long People => Places.Sum(place => place.People);

    /// <summary>Everybody who has the same place in the new version goes on there; whoever has not stays.</summary>
    public ImmutableSortedDictionary<string, string> MoveAll() => Others.SelectMany(other => other.Steps.Select(step => step.Id).Append(Enrollment.Holdout).Select(step => (other.Version, Step: step, Same: SamePlace(other, Candidate, step))))
        .Where(place => place.Same is not null).ToImmutableSortedDictionary(place => Moves.PlaceOf(place.Version, place.Step), place => place.Same!, StringComparer.Ordinal);

    /// <summary>What of these wishes cannot be: places where nobody stands, steps that are not there or would bring something again. Each in words.</summary>
    public ImmutableArray<string> Wrong(IReadOnlyDictionary<string, string> places)
    {
        var wrong = ImmutableArray.CreateBuilder<string>();
        foreach (var (place, step) in places)
        {
            var (version, at) = Moves.Read(place);
            if (Others.FirstOrDefault(other => other.Version == version) is not { } from) wrong.Add($"Nobody can be moved out of version {version}: it is not known, or it is this one.");
            else if (at != Enrollment.Holdout && from.Find(at) is null) wrong.Add($"Version {version} has no step '{at}'.{Hint(at, from)}");
            else if (step != Enrollment.Holdout && Candidate.Find(step) is null) wrong.Add($"Version {Candidate.Version} has no step '{step}'.{Hint(step, Candidate)}");
            else if (Moves.Again(from, Candidate, at, step) is { IsEmpty: false } again) wrong.Add($"Whoever moves from '{at}' to '{step}' could get {string.Join(", ", again.Select(id => $"'{id}'"))} a second time. Choose a later step.");
            else if (!Moves.May(from, Candidate, at, step)) wrong.Add("Whoever is held back for comparison stays so, and nobody else comes to it.");
        }

        return wrong.ToImmutable();
    }

    static string Hint(string step, Journey journey) => Nearest.Hint(step, [.. journey.Steps.Select(known => known.Id)]) is { Length: > 0 } hint ? $" {hint}" : "";

    /// <summary>The plan for a text that has no mistakes.</summary>
    public static PublishingPlan Of(JourneyText text, Journey candidate, Playbook playbook, IEnumerable<Publication> publications, IEnumerable<(Tally Tally, long Count)> tallies)
    {
        var others = playbook.Journeys.Concat(playbook.Earlier).Where(known => known.Name == candidate.Name && known.Version != candidate.Version).OrderByDescending(known => known.Version).ToImmutableArray();
        var standing = tallies.Where(row => row.Tally.Kind == Tallies.At && row.Tally.Journey == candidate.Name && row.Count > 0).GroupBy(row => row.Tally.Detail, StringComparer.Ordinal)
            .Select(group => (Place: Moves.Read(group.Key), People: group.Sum(row => row.Count))).ToList();

        return new()
        {
            Text = text,
            Candidate = candidate,
            Live = playbook.Find(candidate.Name),
            After = publications.Where(one => one.Journey == candidate.Name).Select(one => one.Number).DefaultIfEmpty(0).Max(),
            Others = others,
            There = standing.Where(at => at.Place.Version == candidate.Version).Sum(at => at.People),
            Places =
            [
                .. standing.Where(at => at.Place.Version != candidate.Version).Select(at => PlaceOf(at.Place, at.People, others, candidate))
                    .OrderByDescending(place => place.Version).ThenBy(place => OrderOf(place, others)),
            ],
        };
    }

    static Occupied PlaceOf((int Version, string Step) at, long people, ImmutableArray<Journey> others, Journey candidate)
    {
        if (others.FirstOrDefault(other => other.Version == at.Version) is not { } from) return new(at.Version, at.Step, people, null, null, []);

        var steps = candidate.Steps.Select(step => step.Id).Append(Enrollment.Holdout);
        return new(at.Version, at.Step, people, from.Find(at.Step), SamePlace(from, candidate, at.Step), [.. steps.Where(step => Moves.May(from, candidate, at.Step, step))]);
    }

    // By id, else what stands at its place.
    static string? SamePlace(Journey from, Journey to, string step) =>
        Moves.Same(from, to, step) ?? (to.Find(step) is null && JourneyDifference.Of(from, to).Steps.FirstOrDefault(pair => pair.Old?.Id == step)?.New is { } stands && Moves.May(from, to, step, stands.Id) ? stands.Id : null);

    static int OrderOf(Occupied place, ImmutableArray<Journey> others) =>
        place.Stands is { } step && others.FirstOrDefault(other => other.Version == place.Version) is { } journey ? journey.Steps.IndexOf(step) : int.MaxValue;
}
