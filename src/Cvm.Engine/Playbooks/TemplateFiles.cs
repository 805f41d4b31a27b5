namespace Cvm.Engine;

/// <summary>Collects the messages, named <c>template.locale.md</c> or <c>template.locale.sms</c>, and the partials, named likewise.</summary>
sealed class TemplateFiles(Func<string, string> shown, List<Problem> problems)
{
    public ImmutableArray<TemplateFile> Collect(ImmutableArray<PlaybookFile> files)
    {
        var templates = files.Where(file => IsMessage(file.Path)).Select(Read).OfType<TemplateFile>().ToImmutableArray();

        foreach (var byName in templates.Where(template => !template.Partial).GroupBy(template => template.Name, StringComparer.Ordinal))
        {
            var home = FolderOf(byName.First());
            if (byName.FirstOrDefault(template => FolderOf(template) != home) is { } stray)
                Wrong(stray.Path, $"The template '{stray.Name}' is written in {home} too.", "Give one another name, or put what both need into the top folder 'messages'.");
        }

        return templates;
    }

    static bool IsMessage(string path) =>
        path.Split('/') is ["messages", _] or ["messages", "partials", _] or ["journeys", _, "messages", _] && !path.EndsWith("/README.md", StringComparison.Ordinal);

    static string FolderOf(TemplateFile template) => template.Path[..template.Path.LastIndexOf('/')];

    TemplateFile? Read(PlaybookFile file)
    {
        var path = shown(file.Path);
        var parts = file.Path[(file.Path.LastIndexOf('/') + 1)..].Split('.');
        var before = problems.Count;

        if (parts is not [var name, var locale, "md" or "sms"])
        {
            Wrong(path, "This is not named like a message.", "Name it template.language.md or template.language.sms, such as we-miss-you.en.md.");
            return null;
        }

        if (!Shapes.IsSlug(name))
            Wrong(path, $"'{Reading.Short(name)}' is not a name of small letters, digits and hyphens.", "Rename the file, such as we-miss-you.en.md.");
        if (!TemplateFile.IsLocale(locale)) Wrong(path, $"'{Reading.Short(locale)}' is not a language tag.", "Write it like en or zh-CN.");
        if (string.IsNullOrWhiteSpace(file.Text)) Wrong(path, "This message is empty.", "Write it, or delete the file.");

        // A file with a mistake still defines its template, so that one mistake is not told twice.
        return problems.Count == before || Shapes.IsSlug(name) ? new(path, name, locale, parts[2] == "md" ? Channel.Email : Channel.Sms, file.Text, file.Path.StartsWith("messages/partials/", StringComparison.Ordinal)) : null;
    }

    void Wrong(string path, string what, string fix) => problems.Add(new(new(path), what, fix));
}
