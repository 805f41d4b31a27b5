using System.Text;
using System.Text.RegularExpressions;

namespace Cvm.Engine;

/// <summary>A file of the playbook.</summary>
/// <param name="Path">Below the playbook's folder, with slashes.</param>
public sealed record PlaybookFile(string Path, string Text);

/// <summary>A message as it was written, for one channel and language.</summary>
/// <param name="Path">As problems name it.</param>
/// <param name="Text">With line feeds only.</param>
/// <param name="Partial">It is a part of other messages, and none itself.</param>
public sealed partial record TemplateFile(string Path, string Name, string Locale, Channel Channel, string Text, bool Partial = false)
{
    /// <summary>Whether the text is a language tag such as en, zh-CN or zh-Hant-TW.</summary>
    public static bool IsLocale(string text) => Tag().IsMatch(text);

    [GeneratedRegex("^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$")]
    private static partial Regex Tag();
}

/// <summary>A playbook as read: every mistake in it, or none and the playbook.</summary>
/// <param name="Playbook">Null where there is any problem.</param>
/// <param name="Policies">As far as they could be read, so that messages can be checked all the same.</param>
/// <param name="Templates">With the partials, in order of path.</param>
/// <param name="Texts">The journeys as written, in order of name; only those without mistakes.</param>
/// <param name="Problems">In order of file, line and column.</param>
public sealed record PlaybookSources(
    Playbook? Playbook, Policies Policies, ImmutableArray<TemplateFile> Templates, ImmutableArray<JourneyText> Texts, ImmutableArray<Problem> Problems)
{
    /// <summary>Answers that are ready to send, as they were written.</summary>
    public ImmutableArray<CannedText> Answers { get; init; } = [];

    /// <summary>What dashboards show, group by group.</summary>
    public ImmutableArray<Measure> Measures { get; init; } = [];

    /// <summary>What messages may show, by SKU.</summary>
    public ImmutableSortedDictionary<string, Product> Products { get; init; } = ImmutableSortedDictionary<string, Product>.Empty;

    /// <summary>What all of it was read from.</summary>
    public PlaybookFiles Files { get; init; } = PlaybookFiles.None;

    /// <summary>The journeys with the places of their parts; only those without mistakes.</summary>
    internal ImmutableArray<WrittenJourney> Written { get; init; } = [];
}

/// <summary>The files of a playbook as they were read, so that it can be read anew with one of them changed.</summary>
/// <param name="Shown">How problems name a path.</param>
public sealed record PlaybookFiles(ImmutableArray<PlaybookFile> All, Func<string, string> Shown)
{
    /// <summary>No files at all: of a playbook that was made in memory.</summary>
    public static PlaybookFiles None { get; } = new([], path => path);

    /// <summary>The folder they lie in, where other things than the playbook's own lie beside them, such as examples; null where they were made in memory.</summary>
    public string? Folder { get; init; }

    /// <summary>The same with this text in the place of one file, or beside the others where there is none of that path.</summary>
    public PlaybookFiles With(string path, string text) => this with { All = All.RemoveAll(file => file.Path == path).Add(new(path, text)) };

    /// <summary>Where a journey is written.</summary>
    public static string PathOf(string journey) => $"journeys/{journey}/{PlaybookLayout.JourneyFile}";
}

/// <summary>Reads the folder that marketers edit.</summary>
public static class PlaybookFolder
{
    const int MaxFiles = 10_000;
    const int MaxFileBytes = 1024 * 1024;

    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads every file below the folder. Whatever is wrong with them becomes a problem; nothing throws but a bug.</summary>
    public static PlaybookSources Load(string folder)
    {
        var problems = new List<Problem>();
        var files = new List<PlaybookFile>();

        if (!Directory.Exists(folder)) problems.Add(new(new(folder), "There is no such folder.", "Name the folder that holds 'journeys'."));
        else foreach (var (path, shown) in Paths(folder, problems)) if (ReadText(folder, path, shown, problems) is { } text) files.Add(new(path, text));

        return PlaybookReader.Read(new([.. files], path => Shown(folder, path)) { Folder = folder }, problems);
    }

    /// <summary>Reads files that are in memory already.</summary>
    public static PlaybookSources Read(IReadOnlyList<PlaybookFile> files) => Read(PlaybookFiles.None with { All = [.. files] });

    /// <summary>Reads files that are in memory already, and names them as they say.</summary>
    public static PlaybookSources Read(PlaybookFiles files) => PlaybookReader.Read(files, []);

    /// <summary>Compiles a journey on its own, by the names that the playbook defines now: an earlier version that the store
    /// has kept, for <see cref="Playbook.Earlier"/>. Null, with problems, where it does not fit the playbook any more.</summary>
    /// <param name="journeys">Journeys that are known besides those of the playbook.</param>
    public static (Journey? Journey, ImmutableArray<Problem> Problems) ParseJourney(JourneyText text, Playbook playbook, IEnumerable<string>? journeys = null)
    {
        var problems = new List<Problem>();
        if (YamlTree.Read($"{text.Journey} version {text.Version}", PlaybookReader.Plain(text.Yaml), problems) is not { } node) return (null, [.. problems]);

        var names = Names.From(playbook);
        names = names
            .With("journey", names.Of("journey")!.Concat(journeys ?? []).Append(text.Journey))
            .With("coupon", names.Of("coupon")!.Concat(JourneyFile.Coupons(node)));
        var written = JourneyFile.Read(node, text.Journey, new(names, problems));
        return (written?.Journey, PlaybookReader.InOrder(problems));
    }

    static IEnumerable<(string Path, string Shown)> Paths(string folder, List<Problem> problems)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 4, AttributesToSkip = FileAttributes.ReparsePoint };
        var paths = Directory.EnumerateFiles(folder, "*", options)
            .Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(PlaybookReader.Reads)
            .Take(MaxFiles + 1)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (paths.Count > MaxFiles) problems.Add(new(new(folder), $"There are more than {MaxFiles} files in this folder.", "Is it the right one?"));

        return paths.Take(MaxFiles).Select(path => (path, Shown(folder, path)));
    }

    static string? ReadText(string folder, string path, string shown, List<Problem> problems)
    {
        try
        {
            var file = new FileInfo(Path.Combine(folder, path));
            if (file.Length <= MaxFileBytes) return Utf8.GetString(File.ReadAllBytes(file.FullName));
            problems.Add(new(new(shown), $"This file is larger than {MaxFileBytes / 1024} KB.", "Split it, or take out what does not belong here."));
        }
        catch (DecoderFallbackException)
        {
            problems.Add(new(new(shown), "This file is not UTF-8 text.", "Save it as UTF-8."));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            problems.Add(new(new(shown), $"This file cannot be read: {unreadable.Message}"));
        }

        return null;
    }

    static string Shown(string folder, string path) => Path.Combine(folder, path).Replace(Path.DirectorySeparatorChar, '/');
}
