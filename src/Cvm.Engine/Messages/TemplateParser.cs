namespace Cvm.Engine;

/// <summary>Reads the Handlebars of a template into parts, so that it can be checked; all mistakes at once.
/// What it accepts, Handlebars accepts and means the same.</summary>
sealed class TemplateParser
{
    const int MaxDepth = 16;

    readonly string text;
    readonly Action<int, string, string?> report;
    int at;
    int depth;

    TemplateParser(string text, Action<int, string, string?> report) => (this.text, this.report) = (text, report);

    enum Ends { Text, Else, ElseIf, Block }

    sealed class Unreadable : Exception;

    /// <param name="report">Takes the offset, what is wrong, and how to mend it.</param>
    public static ImmutableArray<TemplatePart> Parse(string text, Action<int, string, string?> report)
    {
        var parser = new TemplateParser(text, report);
        try
        {
            return parser.Parts(null).Parts;
        }
        catch (Unreadable)
        {
            return [];
        }
    }

    (ImmutableArray<TemplatePart> Parts, Ends End) Parts((string Name, int At)? block)
    {
        var parts = ImmutableArray.CreateBuilder<TemplatePart>();

        while (NextBraces() is { } start)
        {
            if (Take('!'))
            {
                SkipComment(start);
            }
            else if (Take('#'))
            {
                parts.Add(Block(start));
            }
            else if (Take('/'))
            {
                var name = Word() ?? throw Fail(start, "A closing tag names no block.", "Write {{/if}} or {{/unless}}.");
                Close(start);
                if (block is null) throw Fail(start, $"'{{{{/{name}}}}}' closes a block that was not opened.");
                if (block.Value.Name != name) throw Fail(start, $"'{{{{/{name}}}}}' closes '{{{{#{block.Value.Name}}}}}'.", $"Write {{{{/{block.Value.Name}}}}}.");
                return (parts.ToImmutable(), Ends.Block);
            }
            else if (TakeWord("else"))
            {
                if (block is null) throw Fail(start, "'{{else}}' stands outside a block.");
                if (TakeWord("if")) return (parts.ToImmutable(), Ends.ElseIf);
                Close(start);
                return (parts.ToImmutable(), Ends.Else);
            }
            else if (Take('>'))
            {
                var name = Word() ?? throw Fail(start, "A partial has no name.", "Write {{> name}}.");
                Close(start);
                parts.Add(new TemplatePart.Partial(name, start, at));
            }
            else
            {
                var said = Expression(start);
                Close(start);
                parts.Add(new TemplatePart.Output(said, start, at));
            }
        }

        return block is null ? (parts.ToImmutable(), Ends.Text)
            : throw Fail(block.Value.At, $"'{{{{#{block.Value.Name}}}}}' is never closed.", $"Write {{{{/{block.Value.Name}}}}} where it ends.");
    }

    TemplatePart.Block Block(int start)
    {
        var name = Word() ?? throw Fail(start, "A block has no name.", "Write {{#if name}} ... {{/if}}.");
        if (name is not ("if" or "unless")) throw Fail(start, $"There is no block '{name}'.", Nearest.Hint(name, ["if", "unless"]));
        if (++depth > MaxDepth) throw Fail(start, $"Blocks are nested deeper than {MaxDepth}.");

        var when = Argument() ?? throw Fail(start, $"'{{{{#{name}}}}}' asks nothing.", $"Write {{{{#{name} name}}}}.");
        Close(start);
        var block = Rest(name, start, when);
        depth--;
        return block;
    }

    TemplatePart.Block Rest(string name, int start, Spoken when)
    {
        var (then, end) = Parts((name, start));
        if (end == Ends.Block) return new(name == "unless", when, then, [], start);

        if (end == Ends.ElseIf)
        {
            var from = at;
            var next = Argument() ?? throw Fail(from, "'{{else if}}' asks nothing.", "Write {{else if name}}.");
            Close(from);
            return new(name == "unless", when, then, [RestAsIf(name, from, next)], start);
        }

        var (otherwise, last) = Parts((name, start));
        return last == Ends.Block ? new(name == "unless", when, then, otherwise, start)
            : throw Fail(at, "A second '{{else}}' in one block.");
    }

    // {{else if}} shares the closing tag of the block it stands in.
    TemplatePart.Block RestAsIf(string name, int start, Spoken when) => Rest(name, start, when) with { Unless = false };

    int? NextBraces()
    {
        var start = text.IndexOf("{{", at, StringComparison.Ordinal);
        if (start < 0)
        {
            at = text.Length;
            return null;
        }

        at = start + 2;
        if (start > 0 && text[start - 1] == '\\') throw Fail(start - 1, "A backslash before '{{' turns the braces into text.", "Take it away.");
        if (Take('{') || Take('&')) throw Fail(start, "A value without escaping is not allowed.", "Write two braces: {{name}}.");
        if (Peek() is '*' or '^') throw Fail(start, $"'{{{{{Peek()}' is not part of the language of messages.");
        Take('~');
        return start;
    }

    void SkipComment(int start)
    {
        var dashed = text.AsSpan(at).StartsWith("--");
        if (dashed) at += 2;
        var end = dashed ? "--}}" : "}}";
        var found = text.IndexOf(end, at, StringComparison.Ordinal);
        if (found < 0) throw Fail(start, "A comment is never closed.", $"Write {end} where it ends.");

        // Handlebars loses its way in more of them.
        if (dashed && text.AsSpan(at, found - at + 1).Contains("--", StringComparison.Ordinal))
            throw Fail(start, "A comment may not hold two hyphens in a row.", "Take them out.");
        at = found + end.Length;
    }

    void Close(int start)
    {
        Spaces();
        Take('~');
        if (!text.AsSpan(at).StartsWith("}}")) throw Fail(start, "These braces are not closed, or hold something that cannot be read.", "Write {{name}}, or {{or name \"there\"}}.");
        at += 2;
        if (Peek() == '}') throw Fail(start, "Three closing braces.", "Write two braces: {{name}}.");
    }

    /// <summary>A name, or a helper with what it is given.</summary>
    Spoken Expression(int start)
    {
        Spaces();
        var from = at;
        var word = Word() ?? throw Fail(start, "There is no name between the braces.", "Write {{name}}.");
        var arguments = ImmutableArray.CreateBuilder<Spoken>();
        var named = ImmutableArray.CreateBuilder<(string, Spoken)>();

        while (true)
        {
            if (Key() is { } key) named.Add((key, Argument() ?? throw Fail(at, $"'{key}=' has no value.")));
            else if (Argument() is { } argument) arguments.Add(argument);
            else break;
        }

        return arguments.Count + named.Count == 0 ? new Spoken.Name(word, from) : new Spoken.Call(word, arguments.ToImmutable(), named.ToImmutable(), from);
    }

    Spoken? Argument()
    {
        Spaces();
        var from = at;
        if (Peek() is '"' or '\'') return new Spoken.Text(Quoted(from), from);
        if (Take('(')) return Bracketed(from);
        if (char.IsAsciiDigit(Peek()) || Peek() == '-') return new Spoken.Number(Digits(from), from);
        return Word() is { } word ? new Spoken.Name(word, from) : null;
    }

    Spoken Bracketed(int from)
    {
        if (++depth > MaxDepth) throw Fail(from, $"Brackets are nested deeper than {MaxDepth}.");
        var inner = Expression(from);
        Spaces();
        if (!Take(')')) throw Fail(from, "A bracket is never closed.");
        depth--;
        return inner is Spoken.Name name ? throw Fail(from, $"'({name.Path})' needs no brackets.", $"Write {name.Path}.") : inner;
    }

    string Quoted(int from)
    {
        var quote = text[at++];
        var end = text.IndexOf(quote, at);
        if (end < 0 || text.AsSpan(at, end - at).ContainsAny('\n', '\\')) throw Fail(from, "A text in quotes is not closed on its line, or holds a backslash.");

        var value = text[at..end];
        at = end + 1;
        return value;
    }

    string Digits(int from)
    {
        Take('-');
        while (char.IsAsciiDigit(Peek()) || Peek() == '.') at++;
        return text[from..at];
    }

    string? Key()
    {
        Spaces();
        var from = at;
        if (Word() is { } word && Take('=')) return word;
        at = from;
        return null;
    }

    string? Word()
    {
        Spaces();
        var from = at;
        if (!char.IsLetter(Peek()) && Peek() is not ('_' or '@')) return null;
        while (char.IsLetterOrDigit(Peek()) || Peek() is '_' or '-' or '.' or '@' or '/') at++;
        return text[from..at];
    }

    bool TakeWord(string word)
    {
        var from = at;
        if (Word() == word) return true;
        at = from;
        return false;
    }

    bool Take(char letter)
    {
        if (Peek() != letter) return false;
        at++;
        return true;
    }

    char Peek() => at < text.Length ? text[at] : '\0';

    void Spaces()
    {
        while (char.IsWhiteSpace(Peek())) at++;
    }

    Unreadable Fail(int where, string what, string? fix = null)
    {
        report(where, what, fix);
        return new();
    }
}
