using System.Globalization;
using System.Runtime.CompilerServices;

namespace Cvm;

/// <summary>What the facts of a condition were when it was read, as one line of text that is kept with what it decided:
/// <c>alive 0.41; open-case no; tagged('vip') yes; tier 'gold'; silence 41.5 days; age unknown</c>. Numbers are exact, so that the condition says the same of them again.</summary>
public static class Seen
{
    const int MostLetters = 200;
    const string Days = " days", Unknown = "unknown";

    /// <summary>The facts of these conditions, each once, in reading order.</summary>
    public static string Of(in View view, params ReadOnlySpan<Expression> conditions)
    {
        var text = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[512]);
        for (var i = 0; i < conditions.Length; i++)
        {
            foreach (var (name, leaf) in conditions[i].Named)
            {
                if (Before(conditions[..i], name)) continue;
                if (text.Text.Length > 0) text.AppendLiteral("; ");
                text.AppendLiteral(name);
                text.AppendLiteral(" ");
                Write(leaf.Read(view), ref text);
            }
        }

        return text.ToStringAndClear();
    }

    /// <summary>The facts by name, in order. Text that was not written by <see cref="Of"/> gives as much as can be read.</summary>
    public static ImmutableArray<(string Name, Value Value)> Read(string? saw)
    {
        var facts = ImmutableArray.CreateBuilder<(string, Value)>();
        var rest = saw.AsSpan();
        while (!rest.IsEmpty)
        {
            var part = rest[..Until(rest, ';')];
            rest = rest[part.Length..].TrimStart("; ");
            var space = Until(part, ' ');
            if (space < part.Length) facts.Add((part[..space].ToString(), Value(part[(space + 1)..])));
        }

        return facts.ToImmutable();
    }

    /// <summary>The condition as it was read: the same words over the facts of then, so that it can be asked again without the customer of then.
    /// Null where one of its facts was not kept.</summary>
    public static Expression? Again(Expression condition, ImmutableArray<(string Name, Value Value)> facts)
    {
        foreach (var (name, _) in condition.Named)
            if (!facts.Any(fact => fact.Name == name)) return null;

        return condition with { Root = condition.Root.With(leaf => Kept(leaf, facts)) };
    }

    static Term.Remembered Kept(Term leaf, ImmutableArray<(string Name, Value Value)> facts)
    {
        var name = leaf.ToString()!;
        var value = facts.First(fact => fact.Name == name).Value;
        return new Term.Remembered(name, value.Known || leaf.Type != FactType.Text ? value : Cvm.Value.Of((string?)null));
    }

    static bool Before(ReadOnlySpan<Expression> conditions, string name)
    {
        foreach (var condition in conditions)
            foreach (var (known, _) in condition.Named)
                if (known == name) return true;
        return false;
    }

    static void Write(in Value value, ref DefaultInterpolatedStringHandler text)
    {
        if (!value.Known)
        {
            text.AppendLiteral(Unknown);
            return;
        }

        switch (value.Type)
        {
            case FactType.Truth:
                text.AppendLiteral(value.True ? "yes" : "no");
                break;
            case FactType.Text:
                text.AppendLiteral("'");
                text.AppendLiteral(Quotable(value.Text!));
                text.AppendLiteral("'");
                break;
            default:
                text.AppendFormatted(value.Number);
                if (value.Type == FactType.Span) text.AppendLiteral(Days);
                break;
        }
    }

    // A condition compares with short words; of a long text the beginning tells which one it was.
    static string Quotable(string text) => (text.Length > MostLetters ? text[..MostLetters] : text).Replace("'", "''", StringComparison.Ordinal);

    // Where a mark stands that is not within quotes; the length where it does not.
    static int Until(ReadOnlySpan<char> text, char mark)
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\'') quoted = !quoted;
            else if (text[i] == mark && !quoted) return i;
        }

        return text.Length;
    }

    static Value Value(ReadOnlySpan<char> written)
    {
        if (written is "yes" or "no") return Cvm.Value.Of(written is "yes");
        if (written.Length > 1 && written[0] == '\'') return Cvm.Value.Of(written[1..^1].ToString().Replace("''", "'", StringComparison.Ordinal));

        var span = written.EndsWith(Days);
        return !double.TryParse(span ? written[..^Days.Length] : written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Cvm.Value.Of(double.NaN)
            : span ? Cvm.Value.Days(number) : Cvm.Value.Of(number);
    }
}
