using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Cvm.Engine;

/// <summary>What of a playbook is live: of each journey the version that was published last, and earlier ones that people may still be in.</summary>
public static class Publishing
{
    /// <summary>Publishes what the folder has and was never live. Everything else stays as it was published last, so that going back survives a restart. Refuses a journey that
    /// changed without a new version, because nobody could then say by which rules somebody was treated: <see cref="PlaybookProblems"/>.</summary>
    public static async Task Start(LoadedPlaybook folder, IMemo memo, TimeProvider clock, CancellationToken stop)
    {
        var problems = new List<Problem>();
        var (all, texts) = (await Publications.All(memo, stop), await Publications.Texts(memo, stop));

        foreach (var text in folder.Texts)
        {
            var history = all.Where(one => one.Journey == text.Journey).ToImmutableArray();
            if (history.IsEmpty) history = await NoteEarlier(texts.Where(kept => kept.Journey == text.Journey), memo, stop);
            if (!await Publications.KeepText(memo, text, stop))
                problems.Add(Wrong(text, $"Version {text.Version} of this journey has been live with other steps.", $"Write 'version: {history.Max(one => one.Version) + 1}'."));
            else if (history.IsEmpty || text.Version > history.Max(one => one.Version))
                await Publications.Add(memo, new(text.Journey, history.Length + 1, text.Version, PublishedFrom.Start) { At = clock.GetUtcNow(), InFolder = true }, stop);
            else if (!history.Any(one => one.Version == text.Version))
                problems.Add(Wrong(text, $"Version {history.Max(one => one.Version)} of this journey has been live already, and {text.Version} never was.", $"Write 'version: {history.Max(one => one.Version) + 1}'."));
            else
                await Publications.NoteInFolder(memo, history.MaxBy(one => one.Number)!, stop);
        }

        if (problems.Count > 0) throw new PlaybookProblems(problems);
    }

    /// <summary>The playbook as it is published: live versions, their texts, and earlier versions as far as they still fit. <see cref="PlaybookProblems"/> where a live one does not.</summary>
    public static LoadedPlaybook Assemble(LoadedPlaybook folder, ImmutableArray<Publication> publications, ImmutableArray<JourneyText> texts)
    {
        var live = Live(publications).Where(one => !one.InFolder || folder.Texts.Any(text => text.Journey == one.Journey)).ToList();
        var names = live.Select(one => one.Journey).ToList();
        var (journeys, earlier, problems) = (new List<(Journey Journey, JourneyText Text)>(), new List<Journey>(), new List<Problem>());

        foreach (var text in texts)
        {
            var (journey, wrong) = Compile(text, folder, names);
            if (!live.Any(one => one.Journey == text.Journey && one.Version == text.Version)) earlier.AddRange(journey is null ? [] : [journey]);
            else if (journey is null) problems.AddRange(wrong);
            else journeys.Add((journey, text));
        }

        if (problems.Count > 0) throw new PlaybookProblems(problems);
        journeys.Sort((one, other) => string.CompareOrdinal(one.Journey.Name, other.Journey.Name));
        return folder with
        {
            Playbook = folder.Playbook with
            {
                Journeys = [.. journeys.Select(pair => pair.Journey)],
                Earlier = [.. earlier],
                WatchedSegments = Playbook.WatchedBy(journeys.Select(pair => pair.Journey).Concat(earlier), folder.Playbook.Segments.Keys),
            },
            Texts = [.. journeys.Select(pair => pair.Text)],
            Folder = folder.Texts,
        };
    }

    /// <summary>The last publication of each journey.</summary>
    public static IEnumerable<Publication> Live(IEnumerable<Publication> publications) =>
        publications.GroupBy(one => one.Journey, StringComparer.Ordinal).Select(group => group.MaxBy(one => one.Number)!);

    /// <summary>Whether two playbooks send the same people the same way: the same versions of the same journeys.</summary>
    public static bool Same(Playbook one, Playbook other) =>
        one.Journeys.Select(journey => (journey.Name, journey.Version)).Order().SequenceEqual(other.Journeys.Select(journey => (journey.Name, journey.Version)).Order());

    /// <summary>Whether two texts of a journey say the same; comments and blank lines are nobody's rules.</summary>
    public static bool Same(string one, string other) => Plain(one) == Plain(other);

    /// <summary>The playbook as the folder has it, with the other versions that people are in; and as it is published now, null where nothing ever was. Keeps nothing.</summary>
    public static async Task<(Playbook Candidate, Playbook? Now)> Published(LoadedPlaybook folder, IMemo memo)
    {
        var (publications, texts) = (await Publications.All(memo, CancellationToken.None), await Publications.Texts(memo, CancellationToken.None));
        var now = Assemble(folder, Noted(publications, texts), texts).Playbook;
        var candidate = folder.Playbook with { Earlier = [.. now.Journeys.Concat(now.Earlier).Where(known => folder.Playbook.Find(known.Name, known.Version) is null)] };
        return (candidate, now.Journeys.IsEmpty ? null : now with { Earlier = [.. now.Earlier, .. folder.Playbook.Journeys.Where(journey => now.Find(journey.Name, journey.Version) is null)] });
    }

    /// <summary>The journey of a text that is not in the folder, by the names that the folder defines.</summary>
    public static (Journey? Journey, ImmutableArray<Problem> Problems) Compile(JourneyText text, LoadedPlaybook folder, IEnumerable<string> journeys) =>
        folder.Texts.Any(known => known.Journey == text.Journey && known.Version == text.Version && Same(known.Yaml, text.Yaml)) && folder.Playbook.Find(text.Journey, text.Version) is { } journey
            ? (journey, [])
            : PlaybookFolder.ParseJourney(text, folder.Playbook, journeys);

    // A store from before publications were noted: whatever it kept was live once, the highest last.
    static async Task<ImmutableArray<Publication>> NoteEarlier(IEnumerable<JourneyText> texts, IMemo memo, CancellationToken stop)
    {
        var noted = Noted([], [.. texts]);
        foreach (var one in noted) await Publications.Add(memo, one, stop);
        return noted;
    }

    static ImmutableArray<Publication> Noted(ImmutableArray<Publication> known, ImmutableArray<JourneyText> texts) =>
    [
        .. known,
        .. texts.Where(text => !known.Any(one => one.Journey == text.Journey)).GroupBy(text => text.Journey, StringComparer.Ordinal)
            .SelectMany(group => group.OrderBy(text => text.Version).Select((text, i) => new Publication(text.Journey, i + 1, text.Version, PublishedFrom.Before) { InFolder = true })),
    ];

    static Problem Wrong(JourneyText text, string what, string hint) => new(new($"journeys/{text.Journey}/journey.yaml"), what, hint);

    // What the YAML says, without its comments, spaces and quotes; of what is no YAML, its lines.
    static string Plain(string yaml)
    {
        var said = new StringBuilder();
        try
        {
            for (var parser = new Parser(new StringReader(yaml)); parser.MoveNext();)
                said.Append(parser.Current is Scalar scalar ? $"{scalar.Value.Length}:{scalar.Value}" : parser.Current!.GetType().Name).Append('\n');
            return said.ToString();
        }
        catch (YamlException)
        {
            return string.Join('\n', yaml.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0));
        }
    }
}
