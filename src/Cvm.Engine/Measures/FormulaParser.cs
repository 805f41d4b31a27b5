using System.Globalization;

namespace Cvm.Engine;

/// <summary>Reads formulas: numbers, names, + - * /, brackets, and the functions before, median and satisfaction. Money adds to money and counts to counts;
/// two of a kind divide to a share.</summary>
sealed class FormulaParser
{
    const int MaxDepth = 30, MaxLength = 500;
    static readonly string[] Functions = ["before", "median", "satisfaction"];

    readonly string text;
    readonly Func<int, Where> place;
    readonly Reading reading;
    readonly int mistakes;
    int at, depth;

    FormulaParser(string text, Func<int, Where> place, Reading reading) => (this.text, this.place, this.reading, mistakes) = (text, place, reading, reading.Mistakes);

    /// <summary>What the parts of a formula come to; null for a plain number, which goes with everything.</summary>
    readonly record struct Part(Formula Formula, MeasureUnit? Unit);

    /// <summary>The formula and its unit, null for a plain number; null, with a mistake noted, where it is none.</summary>
    public static (Formula Formula, MeasureUnit? Unit)? Read(Node node, Reading reading)
    {
        if (reading.TextOf(node, "a formula") is not { } text) return null;
        if (text.Length > MaxLength)
        {
            reading.Wrong(node.At, $"This formula is longer than {MaxLength} characters.", "Make two measures of it.");
            return null;
        }

        var parser = new FormulaParser(text, ((Node.Text)node).Place, reading);
        var read = parser.Sum();
        if (parser.Good && parser.Peek() is { } rest) parser.Wrong(parser.at, $"Here stands '{rest}', where the formula should be over.", "Put one of + - * / between two parts.");
        return parser.Good && read is { } part ? (part.Formula, part.Unit) : null;
    }

    bool Good => reading.Mistakes == mistakes;

    // One mistake in a formula is enough: what follows it means nothing.
    Part? Wrong(int where, string what, string? fix)
    {
        if (Good) reading.Wrong(place(Math.Min(where, Math.Max(0, text.Length - 1))), what, fix);
        return null;
    }

    Part? Sum()
    {
        var left = Product();
        while (left is { } one && Peek() is '+' or '-')
        {
            var (sign, where) = (text[at], at++);
            if (Product() is not { } other) return null;
            left = one.Unit == other.Unit || one.Unit is null || other.Unit is null
                ? new(new Formula.Joined(sign, one.Formula, other.Formula), one.Unit ?? other.Unit)
                : Wrong(where, $"{Name(one.Unit)} and {Name(other.Unit)} do not go together by '{sign}'.", "Multiply what is counted by what one of it costs, or divide.");
        }

        return left;
    }

    Part? Product()
    {
        var left = Single();
        while (left is { } one && Peek() is '*' or '/')
        {
            var (sign, where) = (text[at], at++);
            if (Single() is not { } other) return null;
            left = (sign == '*' ? Times(one.Unit, other.Unit) : By(one.Unit, other.Unit)) is (true, var unit)
                ? new(new Formula.Joined(sign, one.Formula, other.Formula), unit)
                : Wrong(where, $"{Name(one.Unit)} cannot be {(sign == '*' ? "multiplied with" : "divided by")} {Name(other.Unit)}.", null);
        }

        return left;
    }

    static (bool Fits, MeasureUnit? Unit) Times(MeasureUnit? one, MeasureUnit? other) => (one, other) switch
    {
        (null, _) => (true, other),
        (_, null) => (true, one),
        (MeasureUnit.Share, _) => (true, other),
        (_, MeasureUnit.Share) => (true, one),
        (MeasureUnit.Count, MeasureUnit.Money) or (MeasureUnit.Money, MeasureUnit.Count) => (true, MeasureUnit.Money),
        _ => (false, null),
    };

    static (bool Fits, MeasureUnit? Unit) By(MeasureUnit? one, MeasureUnit? other) => (one, other) switch
    {
        (_, null or MeasureUnit.Share) => (true, one),
        (MeasureUnit.Money, MeasureUnit.Count) => (true, MeasureUnit.Money),
        _ when one == other => (true, MeasureUnit.Share),
        _ => (false, null),
    };

    Part? Single()
    {
        var (next, where) = (Peek(), at);
        if (next is null) return Wrong(text.Length, "The formula stops too early.", "A name, a number or a bracket is missing.");
        if (next == '(') return Bracket();
        if (char.IsAsciiDigit(next.Value)) return Number();
        if (Word() is not { } word) return Wrong(where, $"Here stands '{next}', where a name, a number or a bracket is needed.", null);
        if (Peek() == '(') return Call(word, where);

        if (BaseSeries.Find(word) is { } series)
            return series.Unit == MeasureUnit.Hours ? Wrong(where, $"'{word}' is spans of time, which do not add up.", $"Write median({word}).") : new(new Formula.Counted(word), series.Unit);
        foreach (var price in Formula.Prices) if (price.Name == word) return new(new Formula.Price(word), price.Unit);
        return Wrong(where, $"There is no '{Reading.Short(word)}' to reckon with.", Hint(word, [.. BaseSeries.All.Select(known => known.Name), .. Formula.Prices.Select(price => price.Name)]));
    }

    Part? Bracket()
    {
        var opened = at++;
        if (++depth > MaxDepth) return Wrong(opened, $"More than {MaxDepth} brackets lie in one another.", "Write it more simply.");
        var inner = Sum();
        depth--;
        if (inner is null) return null;
        if (Peek() != ')') return Wrong(opened, "This bracket is not closed.", "Add a ')'.");
        at++;
        return inner;
    }

    Part? Number()
    {
        var from = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.')) at++;
        var written = text[from..at];
        return double.TryParse(written, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? new(new Formula.Number(value), null) : Wrong(from, $"'{Reading.Short(written)}' is not a number.", "Write it like 12.5.");
    }

    Part? Call(string function, int where)
    {
        at++;
        var (inner, argument) = (Peek() is null ? text.Length : at, Word());
        if (argument is null) return Wrong(inner, $"A name is missing in {function}(...).", null);
        if (Peek() != ')') return Wrong(at, $"'{function}' takes one name, and a ')' after it.", null);
        at++;

        switch (function)
        {
            case "before" when BaseSeries.Find(argument) is { Stands: false, Unit: not MeasureUnit.Hours } series: return new(new Formula.Counted(argument, Before: true), series.Unit);
            case "before": return Wrong(inner, $"'{Reading.Short(argument)}' is nothing that is counted by the day.", Hint(argument, [.. BaseSeries.All.Where(known => known is { Stands: false, Unit: not MeasureUnit.Hours }).Select(known => known.Name)]));
            case "median" when BaseSeries.Find(argument)?.Unit == MeasureUnit.Hours: return new(new Formula.Median(argument), MeasureUnit.Hours);
            case "median": return Wrong(inner, $"'{Reading.Short(argument)}' is not spans of time.", $"There is {BaseSeries.ResolvedIn}.");
            case "satisfaction": return Asked(argument, inner);
            default: return Wrong(where, $"There is no function '{Reading.Short(function)}'.", Hint(function, Functions));
        }
    }

    Part? Asked(string argument, int where)
    {
        SurveyKind? kind = argument switch { "csat" => SurveyKind.Csat, "nps" => SurveyKind.Nps, "ces" => SurveyKind.Ces, _ => null };
        var survey = kind is null && reading.Names.Surveys.TryGetValue(argument, out var known) ? known : null;
        if ((kind ?? survey?.Kind) is not { } asked)
            return Wrong(where, $"There is no survey '{Reading.Short(argument)}'.", Hint(argument, ["csat", "nps", "ces", .. reading.Names.Surveys.Keys]));
        return new(new Formula.Satisfaction(asked, survey?.Name), asked == SurveyKind.Csat ? MeasureUnit.Share : MeasureUnit.Score);
    }

    static string? Hint(string word, IReadOnlyCollection<string> known) => Reading.Hint(word, known) ?? "docs/measures.md lists what there is.";

    static string Name(MeasureUnit? unit) => unit is { } known ? known.ToString().ToLowerInvariant() : "a number";

    char? Peek()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        return at < text.Length ? text[at] : null;
    }

    // A hyphen between letters belongs to the name; one with a space before it takes away.
    string? Word()
    {
        if (Peek() is not { } first || !char.IsAsciiLetterLower(first)) return null;
        var from = at;
        while (at < text.Length && (char.IsAsciiLetterLower(text[at]) || char.IsAsciiDigit(text[at]) || (text[at] == '-' && at + 1 < text.Length && char.IsAsciiLetterLower(text[at + 1])))) at++;
        return text[from..at];
    }
}
