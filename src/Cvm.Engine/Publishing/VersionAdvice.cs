using System.Globalization;
using System.Text.RegularExpressions;

namespace Cvm.Engine;

/// <summary>That a draft says a version under which other steps are known already.</summary>
/// <param name="Version">What the draft says.</param>
/// <param name="Next">The version to say instead.</param>
public sealed partial record VersionAdvice(int Version, int Next)
{
    const string Kept = "journey:";

    /// <summary>The advice for a draft of this version; null where the version is free, or is this very text.</summary>
    public static async Task<VersionAdvice?> For(string journey, int version, string yaml, IMemo memo, CancellationToken stop)
    {
        var known = new SortedDictionary<int, string>();
        foreach (var (name, text) in await memo.KeptUnder($"{Kept}{journey}:", stop))
            if (int.TryParse(name.AsSpan(name.LastIndexOf(':') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) known[number] = text;

        if (known.Count == 0 || version > known.Keys.Last() || (known.TryGetValue(version, out var same) && Publishing.Same(same, yaml))) return null;
        return new(version, known.Keys.Last() + 1);
    }

    /// <summary>The text with this version in the place of the one it says, or below its first line where it says none.</summary>
    public static string Write(string yaml, int version)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"version: {version}");
        if (Line().IsMatch(yaml)) return Line().Replace(yaml, line, 1);

        var end = yaml.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? $"{yaml}\n{line}\n" : $"{yaml[..end]}\n{line}{yaml[end..]}";
    }

    [GeneratedRegex(@"^version:[^\n#]*?(?=\s*(#|$))", RegexOptions.Multiline)]
    private static partial Regex Line();
}
