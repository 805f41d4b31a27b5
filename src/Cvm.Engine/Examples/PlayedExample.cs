namespace Cvm.Engine;

/// <summary>An example as it lies beside its journey.</summary>
/// <param name="Expected">The transcript that was kept; null where none was.</param>
public sealed record ExampleText(string Name, string Path, string Source, string? Expected);

/// <summary>An example, played.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Transcript">What happened; null where it could not be played.</param>
/// <param name="Problem">Why it could not be played, or null.</param>
public sealed record PlayedExample(ExampleText Example, string Title, string? Transcript, string? Problem)
{
    public bool Matches => Transcript is not null && Transcript == Example.Expected;

    /// <summary>The examples of a journey, in order of name; none where the playbook was not read from a folder, or has none.</summary>
    public static async Task<ImmutableArray<ExampleText>> Of(LoadedPlaybook loaded, string journey, CancellationToken stop)
    {
        if (loaded.Sources?.Files.Folder is not { } folder || !Drafts.IsName(journey)) return [];

        var place = Path.Combine(folder, "journeys", journey, "examples");
        if (!Directory.Exists(place)) return [];

        var texts = ImmutableArray.CreateBuilder<ExampleText>();
        foreach (var file in Directory.EnumerateFiles(place, "*.yaml").Order(StringComparer.Ordinal))
        {
            var expected = Path.ChangeExtension(file, ".expected.txt");
            texts.Add(new(Path.GetFileNameWithoutExtension(file), file, await File.ReadAllTextAsync(file, stop), File.Exists(expected) ? (await File.ReadAllTextAsync(expected, stop)).ReplaceLineEndings("\n") : null));
        }

        return texts.ToImmutable();
    }

    /// <summary>Plays one with this playbook, in virtual time.</summary>
    public static async Task<PlayedExample> Play(ExampleText text, LoadedPlaybook playbook, string journey, CancellationToken stop)
    {
        var (example, problems) = ExampleFile.Read(text.Path, text.Source, playbook.Playbook.Find(journey) is null ? null : journey, playbook.Playbook);
        if (example is null) return new(text, text.Name, null, string.Join(' ', problems.Select(problem => problem.What)));

        try
        {
            return new(text, example.Name, await ExampleRun.Transcript(example, playbook, stop), null);
        }
        catch (ExampleProblem problem)
        {
            return new(text, example.Name, null, problem.Message);
        }
    }
}
