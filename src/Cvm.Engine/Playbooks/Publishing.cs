namespace Cvm.Engine;

/// <summary>Keeps every version of every journey that was ever live here.</summary>
public static class Publishing
{
    const string Prefix = "journey:";

    /// <summary>The playbook with the earlier versions that people may still be in. Refuses a journey that changed without a new
    /// version, because nobody could then say by which rules somebody was treated.</summary>
    public static async Task<LoadedPlaybook> Publish(LoadedPlaybook loaded, IMemo memo)
    {
        var problems = new List<Problem>();

        foreach (var text in loaded.Texts)
        {
            var name = $"{Prefix}{text.Journey}:{text.Version:D6}";
            var known = await memo.Kept(name, CancellationToken.None);
            if (known is null) await memo.Keep(name, text.Yaml, CancellationToken.None);
            else if (Plain(known) != Plain(text.Yaml))
                problems.Add(new(new($"journeys/{text.Journey}/journey.yaml"), $"Version {text.Version} of this journey has been live with other steps.", $"Write 'version: {text.Version + 1}'."));
        }

        if (problems.Count > 0) throw new PlaybookProblems(problems);
        return loaded with { Playbook = loaded.Playbook with { Earlier = await Earlier(loaded, memo) } };
    }

    /// <summary>Whether two playbooks send the same people the same way: the same versions of the same journeys.</summary>
    public static bool Same(Playbook one, Playbook other) =>
        one.Journeys.Select(journey => (journey.Name, journey.Version)).Order().SequenceEqual(other.Journeys.Select(journey => (journey.Name, journey.Version)).Order());

    /// <summary>The playbook as it would be published, with the earlier versions that people are in; and as it is published now, null where it never was. Keeps nothing.</summary>
    public static async Task<(Playbook Candidate, Playbook? Now)> Published(Playbook candidate, IMemo memo)
    {
        var kept = await Texts(memo);
        var earlier = kept.Where(text => candidate.Find(text.Journey, text.Version) is null).Select(text => PlaybookFolder.ParseJourney(text, candidate).Journey).OfType<Journey>().ToImmutableArray();
        var whole = candidate with { Earlier = earlier };

        var newest = kept.GroupBy(text => text.Journey, StringComparer.Ordinal).Select(group => group.MaxBy(text => text.Version)!);
        var live = newest.Select(text => PlaybookFolder.ParseJourney(text, candidate).Journey).OfType<Journey>().OrderBy(journey => journey.Name, StringComparer.Ordinal).ToImmutableArray();
        return (whole, live.IsEmpty ? null : whole with { Journeys = live, Earlier = [.. earlier.Concat(candidate.Journeys).Where(journey => !live.Any(other => other.Name == journey.Name && other.Version == journey.Version))] });
    }

    static async Task<List<JourneyText>> Texts(IMemo memo)
    {
        var texts = new List<JourneyText>();
        foreach (var (name, yaml) in await memo.KeptUnder(Prefix, CancellationToken.None))
            if (name.Split(':') is [_, var journey, var version]) texts.Add(new(journey, int.Parse(version), yaml));
        return texts;
    }

    static async Task<ImmutableArray<Journey>> Earlier(LoadedPlaybook loaded, IMemo memo)
    {
        var earlier = ImmutableArray.CreateBuilder<Journey>();

        foreach (var text in await Texts(memo))
        {
            if (loaded.Playbook.Find(text.Journey, text.Version) is not null) continue;
            if (PlaybookFolder.ParseJourney(text, loaded.Playbook).Journey is { } journey) earlier.Add(journey);
        }

        return earlier.ToImmutable();
    }

    // Comments and blank lines are nobody's rules.
    static string Plain(string yaml) => string.Join('\n', yaml.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0 && !line.TrimStart().StartsWith('#')));
}
