namespace Cvm;

/// <summary>A place in a text file. Lines and columns count from 1; 0 means the whole line, or the whole file.</summary>
public readonly record struct Where(string File, int Line = 0, int Column = 0)
{
    public override string ToString() => (Line, Column) switch
    {
        (0, _) => File,
        (_, 0) => $"{File}({Line})",
        _ => $"{File}({Line},{Column})",
    };
}

/// <summary>Whether the thing cannot be used as it is, or only might be better.</summary>
public enum Severity { Mistake, Warning }

/// <summary>A mistake in something a person wrote: the place, what is wrong, and how to mend it.</summary>
public sealed record Problem(Where At, string What, string? Fix = null)
{
    public Severity Severity { get; init; }

    /// <summary>What works, but costs or looks worse than it need.</summary>
    public static Problem Warning(Where at, string what, string fix) => new(at, what, fix) { Severity = Severity.Warning };

    public override string ToString() => $"{At}: {(Severity == Severity.Warning ? "warning: " : "")}{What}{(Fix is null ? "" : $" {Fix}")}";
}

/// <summary>The nearest right name, for "did you mean".</summary>
public static class Nearest
{
    /// <summary>The name with the smallest edit distance to <paramref name="word"/>, or null where none is close
    /// (more than a third of the word's length away). Damerau-Levenshtein, optimal string alignment.</summary>
    public static string? To(string word, IEnumerable<string> names)
    {
        string? best = null;
        var bound = Math.Max(1, word.Length / 3) + 1;

        foreach (var name in names)
        {
            var distance = Distance(word, name);
            if (distance >= bound) continue;
            (best, bound) = (name, distance);
        }

        return best;
    }

    /// <summary>"Did you mean 'x'?", or the whole list where nothing is near and the list is short.</summary>
    public static string? Hint(string word, IReadOnlyCollection<string> names) =>
        To(word, names) is { } near ? $"Did you mean '{near}'?"
        : names.Count is > 0 and <= 40 ? $"Known: {string.Join(", ", names)}."
        : null;

    static int Distance(string a, string b)
    {
        var before = new int[b.Length + 1];
        var above = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) above[j] = j;

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;

            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                var least = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + cost);
                var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                row[j] = swapped ? Math.Min(least, before[j - 2] + cost) : least;
            }

            (before, above, row) = (above, row, before);
        }

        return above[b.Length];
    }
}
