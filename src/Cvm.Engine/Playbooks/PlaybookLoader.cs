namespace Cvm.Engine;

/// <summary>Mistakes in a playbook, all of them.</summary>
public sealed class PlaybookProblems(IReadOnlyList<Problem> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<Problem> Problems { get; } = problems;
}

/// <summary>Reads a playbook's journeys and messages together.</summary>
public static class PlaybookLoader
{
    /// <summary>The playbook, or <see cref="PlaybookProblems"/> with everything that is wrong with it.</summary>
    /// <param name="links">Makes the links of messages; without it they carry none.</param>
    public static LoadedPlaybook Load(string folder, SignedLinks? links = null)
    {
        var read = Read(folder, links);
        return read.Loaded ?? throw new PlaybookProblems(read.Mistakes);
    }

    /// <summary>The playbook, null where there is any mistake, and everything to be said of it: mistakes, or warnings.</summary>
    public static (LoadedPlaybook? Loaded, IReadOnlyList<Problem> Problems) Check(string folder)
    {
        var read = Read(folder, null);
        return (read.Loaded, read.Loaded is null ? read.Mistakes : [.. SmsSpill.In(read.Files, read.Templates, read.Loaded.Playbook), .. SurveyMails.Warnings(read.Files, read.Templates, read.Loaded.Playbook)]);
    }

    static (LoadedPlaybook? Loaded, ImmutableArray<TemplateFile> Files, MessageTemplates Templates, IReadOnlyList<Problem> Mistakes) Read(string folder, SignedLinks? links)
    {
        var sources = PlaybookFolder.Load(folder);
        var (templates, problems) = MessageTemplates.Load(sources.Templates, sources.Policies, links, sources.Products);
        var (answers, wrong) = CannedAnswers.Load(sources.Answers, sources.Policies);
        var unfit = sources.Playbook is { } sound ? SurveyMails.Mistakes(sources.Templates, templates, sound) : [];
        IReadOnlyList<Problem> all = [.. sources.Problems.Concat(problems).Concat(wrong).Concat(unfit).OrderBy(p => p.At.File, StringComparer.Ordinal).ThenBy(p => p.At.Line).ThenBy(p => p.At.Column)];

        return (all.Count == 0 ? new(sources.Playbook!, templates, sources.Texts) { Messages = templates, Answers = answers, Locales = LocalesOf(sources.Templates) } : null, sources.Templates, templates, all);
    }

    static ImmutableArray<string> LocalesOf(ImmutableArray<TemplateFile> templates) =>
        [.. templates.Select(template => template.Locale).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The folder where none is named: the one in the working tree, else the one that came with the program.</summary>
    public static string DefaultFolder()
    {
        var inTree = Path.Combine("src", "Playbook");
        return Directory.Exists(inTree) ? inTree : Path.Combine(AppContext.BaseDirectory, "Playbook");
    }
}
