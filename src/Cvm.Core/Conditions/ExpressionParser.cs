using System.Globalization;

namespace Cvm;

/// <summary>Reads a condition and checks every name and type. The grammar, loosest first:
/// <code>
/// or:      and { "or" and }
/// and:     not { "and" not }
/// not:     "not" not | compare
/// compare: sum [ ( == != &lt; &lt;= &gt; &gt;= ) sum | "in" "[" sum { "," sum } "]" ]
/// sum:     product { ( + - ) product }
/// product: atom { ( * / ) atom }
/// atom:    number | percent | span | 'text' | true | false | fact | question "(" 'text' ")" | "(" or ")"
/// </code>
/// A minus needs spaces around it, because names may hold hyphens.</summary>
public sealed partial class ExpressionParser
{
    // Deeper than anybody writes, shallower than any stack.
    const int MaxDepth = 64;
    const int MaxLength = 2_000;

    readonly string source;
    readonly Func<int, Where> where;
    readonly Func<string, IReadOnlyCollection<string>?> names;
    readonly List<Problem> problems;
    readonly List<Token> tokens = [];
    int at;
    int depth;

    ExpressionParser(string source, Func<int, Where> where, Func<string, IReadOnlyCollection<string>?> names, List<Problem> problems) =>
        (this.source, this.where, this.names, this.problems) = (source, where, names, problems);

    readonly record struct Token(char Kind, string Text, int At);

    sealed class Stop : Exception;

    /// <summary>The condition, or null with a problem added for each mistake.</summary>
    /// <param name="where">Turns an offset in the text into a place in the file.</param>
    /// <param name="names">The known names for a question's argument (tag, segment, journey, ...); null where any will do.</param>
    public static Expression? Parse(
        string source, Func<int, Where> where, Func<string, IReadOnlyCollection<string>?> names, List<Problem> problems, FactType wanted = FactType.Truth)
    {
        var parser = new ExpressionParser(source, where, names, problems);
        var before = problems.Count;

        try
        {
            parser.Scan();
            var root = parser.Or();
            if (parser.Peek is { Kind: not 'e' } rest) throw parser.Fail(rest.At, $"'{rest.Text}' does not belong here.", "Join conditions with 'and' or 'or'.");
            parser.Want(root, wanted, 0);
            return problems.Count == before ? new(source, root) : null;
        }
        catch (Stop)
        {
            return null;
        }
    }

    Token Peek => tokens[at];

    Token Take() => tokens[at].Kind == 'e' ? tokens[at] : tokens[at++];

    bool Takes(char kind, string text)
    {
        if (Peek.Kind != kind || Peek.Text != text) return false;
        at++;
        return true;
    }

    Stop Fail(int offset, string what, string? fix = null)
    {
        problems.Add(new(where(offset), what, fix));
        return new();
    }

    Term Or()
    {
        if (++depth > MaxDepth) throw Fail(Peek.At, "This condition is nested too deeply.", "Name parts of it as segments.");
        var start = Peek.At;
        var left = And();
        while (Takes('n', "or"))
        {
            var second = Peek.At;
            left = new Term.Or(Truth(left, start), Truth(And(), second));
        }

        depth--;
        return left;
    }

    Term And()
    {
        var start = Peek.At;
        var left = Not();
        while (Takes('n', "and"))
        {
            var second = Peek.At;
            left = new Term.And(Truth(left, start), Truth(Not(), second));
        }

        return left;
    }

    Term Not()
    {
        if (!Takes('n', "not")) return Compare();
        if (++depth > MaxDepth) throw Fail(Peek.At, "This condition is nested too deeply.", "Name parts of it as segments.");
        var start = Peek.At;
        var of = Truth(Not(), start);
        depth--;
        return new Term.Not(of);
    }

    Term Compare()
    {
        var start = Peek.At;
        var left = Sum();

        if (Peek is { Kind: 's', Text: "==" or "!=" or "<" or "<=" or ">" or ">=" })
        {
            var sign = Take();
            var right = Sum();
            Same(left, right, sign.At);
            if (left.Type is FactType.Truth && sign.Text is not ("==" or "!=")) Fail(sign.At, $"'{sign.Text}' compares numbers, spans and texts, not yes and no.");
            return new Term.Compare(sign.Text, left, right);
        }

        if (!Takes('n', "in")) return left;
        if (!Takes('s', "[")) throw Fail(Peek.At, "'in' needs a list.", "Write: country in ['FR', 'DE'].");

        var choices = ImmutableArray.CreateBuilder<Term>();
        do
        {
            var offset = Peek.At;
            choices.Add(Sum());
            Same(left, choices[^1], offset);
        }
        while (Takes('s', ","));

        if (!Takes('s', "]")) throw Fail(Peek.At, "The list is not closed.", "Add ']'.");
        return new Term.OneOf(left, choices.ToImmutable());
    }

    Term Sum()
    {
        var left = Product();
        while (Peek is { Kind: 's', Text: "+" or "-" })
        {
            var sign = Take();
            var right = Product();
            if (left.Type is FactType.Text or FactType.Truth || left.Type != right.Type)
                Fail(sign.At, $"'{sign.Text}' cannot join {Kind(left.Type)} and {Kind(right.Type)}.", "Add number to number, or span to span such as 7d.");
            left = new Term.Reckon(sign.Text[0], left, right, left.Type);
        }

        return left;
    }

    Term Product()
    {
        var left = Atom();
        while (Peek is { Kind: 's', Text: "*" or "/" })
        {
            var sign = Take();
            var right = Atom();
            FactType? result = (left.Type, sign.Text, right.Type) switch
            {
                (FactType.Number, _, FactType.Number) => FactType.Number,
                (FactType.Span, _, FactType.Number) => FactType.Span,
                (FactType.Number, "*", FactType.Span) => FactType.Span,
                (FactType.Span, "/", FactType.Span) => FactType.Number,
                _ => null,
            };
            if (result is null) Fail(sign.At, $"'{sign.Text}' cannot join {Kind(left.Type)} and {Kind(right.Type)}.");
            left = new Term.Reckon(sign.Text[0], left, right, result ?? FactType.Number);
        }

        return left;
    }

    Term Atom()
    {
        var token = Take();
        switch (token.Kind)
        {
            case 'v':
                return Literal(token);
            case 't':
                return new Term.Constant(Value.Of(token.Text), $"'{token.Text}'");
            case 'n' when token.Text is "true" or "false" or "yes" or "no":
                return new Term.Constant(Value.Of(token.Text is "true" or "yes"), token.Text);
            case 'n' when Peek is { Kind: 's', Text: "(" }:
                return Ask(token);
            case 'n':
                return Name(token);
            case 's' when token.Text == "(":
                var inner = Or();
                return Takes('s', ")") ? inner : throw Fail(Peek.At, "The bracket is not closed.", "Add ')'.");
            default:
                throw Fail(token.At, token.Kind == 'e' ? "The condition ends too early." : $"'{token.Text}' does not belong here.", "Expected a fact, a number, a span such as 7d, or 'text'.");
        }
    }

    Term.Named Name(Token token)
    {
        if (Facts.All.TryGetValue(token.Text, out var fact)) return new Term.Named(fact);
        if (Facts.Questions.TryGetValue(token.Text, out var question))
            throw Fail(token.At, $"'{token.Text}' needs a name.", $"Write: {token.Text}('{question.Argument}').");

        var near = Nearest.To(token.Text, Facts.All.Keys.Concat(Facts.Questions.Keys));
        throw Fail(token.At, $"There is no fact '{token.Text}'.", near is null ? "The facts are listed in docs/journeys.md." : $"Did you mean '{near}'?");
    }

    Term.Asked Ask(Token token)
    {
        if (!Facts.Questions.TryGetValue(token.Text, out var question))
            throw Fail(token.At, $"There is no question '{token.Text}'.", Nearest.Hint(token.Text, [.. Facts.Questions.Keys]));

        Take();
        var argument = Take();
        if (argument.Kind != 't') throw Fail(argument.At, $"'{token.Text}' asks about a {question.Argument} in quotes.", $"Write: {token.Text}('name').");
        if (!Takes('s', ")")) throw Fail(Peek.At, "The bracket is not closed.", "Add ')'.");
        if (names(question.Argument) is { } known && !known.Contains(argument.Text))
            Fail(argument.At, $"There is no {question.Argument} '{argument.Text}'.", Nearest.Hint(argument.Text, known));

        return new Term.Asked(question, argument.Text);
    }

    Term.Constant Literal(Token token)
    {
        var text = token.Text;
        if (text.EndsWith('%') && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent))
            return new Term.Constant(Value.Of(percent / 100), text);
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return new Term.Constant(Value.Of(number), text);
        if (Lapse.TryParse(text, out var lapse)) return new Term.Constant(Value.Days(lapse.Days), text);

        throw Fail(token.At, $"'{text}' is neither a number nor a span.", "Spans are written 30m, 4h, 7d or 2w.");
    }

    Term Truth(Term term, int offset)
    {
        Want(term, FactType.Truth, offset);
        return term;
    }

    void Want(Term term, FactType wanted, int offset)
    {
        if (term.Type == wanted) return;
        Fail(offset, $"This is {Kind(term.Type)}, where {Kind(wanted)} is needed.", wanted == FactType.Truth ? "Compare it with something, such as orders >= 2." : null);
    }

    void Same(Term left, Term right, int offset)
    {
        if (left.Type == right.Type) return;
        var fix = (left.Type, right.Type) switch
        {
            (FactType.Span, FactType.Number) => "Give the number a unit, such as 30d.",
            (FactType.Text, _) => "Put texts in quotes, such as 'gold'.",
            _ => null,
        };
        Fail(offset, $"{Kind(left.Type)} cannot be compared with {Kind(right.Type)}.", fix);
    }

    static string Kind(FactType type) => type switch
    {
        FactType.Truth => "a yes or no",
        FactType.Number => "a number",
        FactType.Text => "a text",
        _ => "a span of time",
    };
}
