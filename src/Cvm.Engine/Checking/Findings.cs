namespace Cvm.Engine;

/// <summary>What the check finds, and where the parts of the playbook stand.</summary>
sealed class Findings(PlaybookSources sources)
{
    readonly Dictionary<string, JourneyPlaces> places = sources.Written.ToDictionary(written => written.Journey.Name, written => new JourneyPlaces(written), StringComparer.Ordinal);
    readonly Dictionary<string, Node.Map?> files = new(StringComparer.Ordinal);
    readonly List<Problem> problems = [];

    public ImmutableArray<Problem> All => PlaybookReader.InOrder(problems);

    public JourneyPlaces In(Journey journey) => places[journey.Name];

    /// <summary>Certainly not what was meant.</summary>
    public void Wrong(Where at, string what, string fix) => problems.Add(new(at, what, fix));

    /// <summary>It may be meant.</summary>
    public void Doubt(Where at, string what, string fix) => problems.Add(Problem.Warning(at, what, fix));

    /// <summary>Where the keys lead in a file beside the journeys; as far as they do.</summary>
    public Where Of(string file, params string[] keys)
    {
        if (!files.TryGetValue(file, out var map)) files[file] = map = Read(file);

        Node? node = map;
        var at = map?.At ?? new(sources.Files.Shown(file));
        foreach (var key in keys)
        {
            if (node is not Node.Map inner || inner.Find(key) is not { } value) break;
            at = inner.Entries.First(entry => entry.Key.Value == key).Key.At;
            node = value;
        }

        return at;
    }

    Node.Map? Read(string file) => sources.Files.All.FirstOrDefault(one => one.Path == file) is { } found
        ? YamlTree.Read(sources.Files.Shown(file), PlaybookReader.Plain(found.Text), []) as Node.Map : null;
}
