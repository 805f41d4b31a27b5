namespace Cvm.Engine;

/// <summary>Finds files that lie where nothing reads them, which would otherwise be passed over in silence.</summary>
sealed class PlaybookLayout(Func<string, string> shown, List<Problem> problems)
{
    public const string JourneyFile = "journey.yaml";
    const string Messages = "messages", Partials = "partials";
    const string TakenName = "new"; // the address /journeys/new

    public static ImmutableArray<string> TopFiles { get; } = ["calendar.yaml", "contacts.yaml", "loyalty.yaml", "metrics.yaml", "policies.yaml", "products.yaml", "scores.yaml", "segments.yaml", "service.yaml", "surveys.yaml"];

    public void Check(ImmutableArray<PlaybookFile> files)
    {
        foreach (var file in files) CheckPlace(file.Path);

        var folders = files
            .Select(file => file.Path.Split('/'))
            .Where(parts => parts is ["journeys", _, _, ..])
            .Select(parts => parts[1])
            .Distinct(StringComparer.Ordinal);
        var written = files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);

        foreach (var folder in folders)
        {
            if (!Shapes.IsSlug(folder))
                Wrong($"journeys/{folder}", $"'{Reading.Short(folder)}' is not a name of small letters, digits and hyphens.", "Rename the folder, such as win-back.");
            if (folder == TakenName)
                Wrong($"journeys/{folder}", "No journey can have this name: its page would have the address of the page that begins a new one.", "Rename the folder and the journey, such as new-here.");
            if (!written.Contains($"journeys/{folder}/{JourneyFile}"))
                Wrong($"journeys/{folder}", $"There is no {JourneyFile} in this folder.", "Write one, or delete the folder.");
        }
    }

    void CheckPlace(string path)
    {
        if (!IsPlaybookText(path)) return;

        switch (path.Split('/'))
        {
            case [var name] when IsYaml(name) && !TopFiles.Contains(name):
                Wrong(path, "Nothing reads this file.", Reading.Hint(name, TopFiles));
                break;
            case ["journeys", var name] when IsYaml(name):
                Wrong(path, "Nothing reads this file.", $"Put it into a folder of its own: journeys/{Path.GetFileNameWithoutExtension(name)}/{JourneyFile}.");
                break;
            case ["journeys", _, var name] when IsYaml(name) && name != JourneyFile:
                Wrong(path, "Nothing reads this file.", $"Did you mean '{JourneyFile}'?");
                break;
            case ["journeys", _, var folder, _, ..] when folder != Messages:
                Wrong(path, "Nothing reads this folder.", Reading.Hint(folder, [Messages, "examples"]));
                break;
            case [var folder, _, ..] when folder is not ("journeys" or Messages):
                Wrong(path, "Nothing reads this folder.", Reading.Hint(folder, ["journeys", Messages]));
                break;
            case ["journeys", _, Messages, Partials, _, ..]:
                Wrong(path, "Nothing reads this file.", $"Partials are shared: put it into {Messages}/{Partials}.");
                break;
            case [Messages, var folder, _] when folder != Partials:
                Wrong(path, "Nothing reads this folder.", Reading.Hint(folder, [Partials]));
                break;
            case [Messages, _, _, _, ..] or ["journeys", _, Messages, _, _, ..]:
                Wrong(path, "Nothing reads this folder.", $"Put the file into '{Messages}' itself.");
                break;
            case ["journeys", _, var name] when IsMessage(name):
                Wrong(path, "Nothing reads this file.", $"Put it into the folder '{Messages}' beside it.");
                break;
        }
    }

    static bool IsYaml(string path) => path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal);

    static bool IsMessage(string path) => path.EndsWith(".md", StringComparison.Ordinal) || path.EndsWith(".sms", StringComparison.Ordinal);

    static bool IsPlaybookText(string path) => (IsYaml(path) || IsMessage(path)) && Path.GetFileName(path) != "README.md";

    void Wrong(string path, string what, string? fix) => problems.Add(new(new(shown(path)), what, fix));
}
