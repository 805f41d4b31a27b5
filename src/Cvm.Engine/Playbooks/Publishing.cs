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

    static async Task<ImmutableArray<Journey>> Earlier(LoadedPlaybook loaded, IMemo memo)
    {
        var earlier = ImmutableArray.CreateBuilder<Journey>();

        foreach (var (name, yaml) in await memo.KeptUnder(Prefix, CancellationToken.None))
        {
            var parts = name.Split(':');
            var text = new JourneyText(parts[1], int.Parse(parts[2]), yaml);
            if (loaded.Playbook.Find(text.Journey, text.Version) is not null) continue;
            if (PlaybookFolder.ParseJourney(text, loaded.Playbook).Journey is { } journey) earlier.Add(journey);
        }

        return earlier.ToImmutable();
    }

    // Comments and blank lines are nobody's rules.
    static string Plain(string yaml) => string.Join('\n', yaml.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0 && !line.TrimStart().StartsWith('#')));
}
