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
        var read = Read(PlaybookFolder.Load(folder), links);
        return read.Loaded ?? throw new PlaybookProblems(read.Mistakes);
    }

    /// <summary>The playbook, null where there is any mistake, and everything to be said of it: mistakes, or warnings.</summary>
    public static (LoadedPlaybook? Loaded, IReadOnlyList<Problem> Problems) Check(string folder) => Check(PlaybookFolder.Load(folder));

    /// <summary>The playbook as it would be with this text as the journey's: null where there is any mistake, and everything to be
    /// said of it, as <see cref="Check(string)"/> says it; only the warnings on messages, which a journey does not change, are left out. Nothing is read from disk or written to it. Of a playbook that was made in memory
    /// the journey is read alone, by the names that there are, and no playbook is made.</summary>
    /// <param name="journey">Its name, which is its folder's; a new one where there is none of that name.</param>
    /// <param name="yaml">The text of its journey.yaml.</param>
    public static (LoadedPlaybook? Loaded, IReadOnlyList<Problem> Problems) CheckDraft(LoadedPlaybook loaded, string journey, string yaml)
    {
        if (loaded.Sources is not { } sources) return (null, PlaybookFolder.ParseJourney(new(journey, 0, yaml), loaded.Playbook).Problems);
        var (read, _, mistakes) = Read(PlaybookFolder.Read(sources.Files.With(PlaybookFiles.PathOf(journey), yaml)), null);
        return (read, mistakes);
    }

    static (LoadedPlaybook? Loaded, IReadOnlyList<Problem> Problems) Check(PlaybookSources sources)
    {
        var (loaded, templates, mistakes) = Read(sources, null);
        return (loaded, loaded is null ? mistakes : [.. SmsSpill.In(sources.Templates, templates, loaded.Playbook), .. SurveyMails.Warnings(sources.Templates, templates, loaded.Playbook)]);
    }

    static (LoadedPlaybook? Loaded, MessageTemplates Templates, IReadOnlyList<Problem> Mistakes) Read(PlaybookSources sources, SignedLinks? links)
    {
        var (templates, problems) = MessageTemplates.Load(sources.Templates, sources.Policies, links, sources.Products);
        var (answers, wrong) = CannedAnswers.Load(sources.Answers, sources.Policies);
        var unfit = sources.Playbook is { } sound ? SurveyMails.Mistakes(sources.Templates, templates, sound) : [];
        IReadOnlyList<Problem> all = [.. sources.Problems.Concat(problems).Concat(wrong).Concat(unfit).OrderBy(p => p.At.File, StringComparer.Ordinal).ThenBy(p => p.At.Line).ThenBy(p => p.At.Column)];

        var loaded = all.Count > 0 ? null : new LoadedPlaybook(sources.Playbook!, templates, sources.Texts)
        {
            Messages = templates,
            Answers = answers,
            Locales = LocalesOf(sources.Templates),
            Sources = sources,
            Measures = sources.Measures,
        };
        return (loaded, templates, all);
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
