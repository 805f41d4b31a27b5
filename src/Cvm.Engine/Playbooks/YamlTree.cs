using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Cvm.Engine;

/// <summary>Reads YAML into nodes with places. Takes the plain part of YAML only: no anchors, tags or second documents,
/// and nothing longer or deeper than a person writes.</summary>
sealed partial class YamlTree
{
    const int MaxLength = 256 * 1024;
    const int MaxDepth = 64;
    const int MaxNodes = 10_000;

    readonly string file;
    readonly string source;
    readonly List<Problem> problems;
    readonly Parser parser;
    int nodes;

    YamlTree(string file, string source, List<Problem> problems)
    {
        (this.file, this.source, this.problems) = (file, source, problems);
        parser = new(new StringReader(source));
    }

    sealed class Stop : Exception;

    /// <summary>The file's content, an empty mapping where it holds nothing; null, with a problem added, where it cannot be read.</summary>
    public static Node? Read(string file, string source, List<Problem> problems)
    {
        if (source.Length > MaxLength)
        {
            problems.Add(new(new(file), $"This file is longer than {MaxLength / 1024} KB.", "Split it, or take out what does not belong here."));
            return null;
        }

        if (StrangeCharacter(source) is { } strange)
        {
            problems.Add(new(PlaceOf(file, source, strange), $"The character U+{(int)source[strange]:X4} may not stand in a text file.", "Delete it, and save the file as UTF-8."));
            return null;
        }

        try
        {
            return new YamlTree(file, source, problems).Document();
        }
        catch (YamlException broken)
        {
            problems.Add(Broken(file, source, broken));
            return null;
        }
        catch (Stop)
        {
            return null;
        }
    }

    static int? StrangeCharacter(string source)
    {
        for (var i = 0; i < source.Length; i++)
        {
            var c = source[i];
            if (char.IsHighSurrogate(c) && i + 1 < source.Length && char.IsLowSurrogate(source[i + 1])) i++;
            else if (char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF' || (char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\u0085'))) return i;
        }

        return null;
    }

    static Where PlaceOf(string file, string source, int offset)
    {
        var line = source.AsSpan(0, offset).Count('\n') + 1;
        return new(file, line, offset - source.AsSpan(0, offset).LastIndexOf('\n'));
    }

    static Problem Broken(string file, string source, YamlException broken)
    {
        var what = broken.Message.TrimEnd('.');
        if (what.Contains("tab", StringComparison.OrdinalIgnoreCase) && TabIndent().Match(source) is { Success: true } tab)
            return new(PlaceOf(file, source, tab.Index + tab.Length - 1), "A tab stands in the indentation.", "Indent with spaces.");

        return new(
            new(file, (int)broken.Start.Line, (int)broken.Start.Column),
            $"This is not valid YAML: {char.ToLowerInvariant(what[0])}{what[1..]}.",
            "Check indentation and quotes just before this place. A text that begins with a quote or bracket, or stands in { } and holds commas, brackets or colons, needs double quotes around the whole.");
    }

    [GeneratedRegex("^ *\t", RegexOptions.Multiline)]
    private static partial Regex TabIndent();

    Node Document()
    {
        Take<StreamStart>();
        if (parser.Current is StreamEnd) return new Node.Map(new(file, 1, 1), []);

        Take<DocumentStart>();
        var root = Read(0);
        Take<DocumentEnd>();
        if (parser.Current is not StreamEnd)
            throw Fail(
                parser.Current!.Start,
                "A second document begins here.",
                "Keep one document per file: take out the line '---'.");

        return root is Node.Text { Value: "" } ? new Node.Map(root.At, []) : root;
    }

    T Take<T>() where T : ParsingEvent
    {
        if (parser.Current is null) MoveOn();
        if (parser.Current is not T taken) throw Unclear();
        MoveOn();
        return taken;
    }

    void MoveOn()
    {
        try
        {
            parser.MoveNext();
        }
        catch (InvalidOperationException)
        {
            // The scanner's answer to a sign where a value should begin, such as "[ -, a ]".
            throw Unclear();
        }
    }

    Stop Unclear() => Fail(parser.Current?.End ?? Mark.Empty, "This is not valid YAML just after this place.", "Put double quotes around a text that begins with a sign.");

    Node Read(int depth)
    {
        var start = parser.Current!.Start;
        if (++nodes > MaxNodes) throw Fail(start, $"This file holds more than {MaxNodes} values.", "Split it.");
        if (depth > MaxDepth) throw Fail(start, "This is nested too deeply.", "Start another journey for the inner part.");
        if (parser.Current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            throw Fail(
                start,
                "Anchors (&) and aliases (*) are not part of the language.",
                "Write it out, or put quotes around the text.");
        if (parser.Current is NodeEvent { Tag.IsEmpty: false })
            throw Fail(
                start,
                "Tags (!) are not part of the language.",
                "Write 'not' for no, or put quotes around the text.");

        return parser.Current switch
        {
            Scalar => ReadText(),
            SequenceStart => ReadList(depth),
            _ => ReadMap(depth),
        };
    }

    Node.Text ReadText()
    {
        var scalar = Take<Scalar>();
        return new(At(scalar.Start), scalar.Value, offset => Locate(scalar, offset));
    }

    Node.List ReadList(int depth)
    {
        var start = Take<SequenceStart>().Start;
        var items = ImmutableArray.CreateBuilder<Node>();
        while (parser.Current is not SequenceEnd) items.Add(Read(depth + 1));
        Take<SequenceEnd>();
        return new(At(start), items.ToImmutable());
    }

    Node.Map ReadMap(int depth)
    {
        var start = Take<MappingStart>().Start;
        var entries = ImmutableArray.CreateBuilder<Node.Entry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);

        while (parser.Current is not MappingEnd)
        {
            if (Read(depth + 1) is not Node.Text key) throw Fail(start, "A key is a single word.", "Put double quotes around a text that holds { or [.");
            var value = Read(depth + 1);
            if (seen.Add(key.Value)) entries.Add(new(key, value));
            else problems.Add(new(key.At, $"'{Reading.Short(key.Value)}' stands here twice.", "Keep one of them."));
        }

        Take<MappingEnd>();
        return new(At(start), entries.ToImmutable());
    }

    Stop Fail(Mark at, string what, string fix)
    {
        problems.Add(new(At(at), what, fix));
        return new();
    }

    Where At(Mark mark) => new(file, (int)mark.Line, (int)mark.Column);

    // Walks value and source together: what the value lacks (quotes, escapes, indentation) is skipped in the source.
    Where Locate(Scalar scalar, int offset)
    {
        var (at, line, column) = ((int)scalar.Start.Index, (int)scalar.Start.Line, (int)scalar.Start.Column);
        var end = Math.Min((int)scalar.End.Index, source.Length);
        if (scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted) Step();
        if (scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded) while (at < end && source[at] != '\n') Step();

        for (var i = 0; i < offset && i < scalar.Value.Length; i++)
        {
            Seek(scalar.Value[i]);
            Step();
        }

        if (offset < scalar.Value.Length) Seek(scalar.Value[offset]);
        return new(file, line, column);

        void Seek(char wanted)
        {
            while (at < end - 1 && source[at] != wanted && !(char.IsWhiteSpace(source[at]) && char.IsWhiteSpace(wanted))) Step();
        }

        void Step()
        {
            (line, column) = at < source.Length && source[at] == '\n' ? (line + 1, 1) : (line, column + 1);
            at++;
        }
    }
}
