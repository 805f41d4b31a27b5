namespace Cvm;

// From characters to tokens.
partial class ExpressionParser
{
    void Scan()
    {
        if (source.Length > MaxLength) throw Fail(0, $"This condition is longer than {MaxLength} characters.", "Name parts of it as segments.");

        for (var i = 0; i < source.Length;)
        {
            var c = source[i];
            if (char.IsWhiteSpace(c)) i++;
            else if (c is '\'' or '"') i = ScanText(i);
            else if (char.IsAsciiDigit(c) || (c == '-' && i + 1 < source.Length && char.IsAsciiDigit(source[i + 1]) && ValueMayStand())) i = ScanWhile('v', i, static d => char.IsAsciiLetterOrDigit(d) || d is '.' or '%');
            else if (char.IsLetter(c)) i = ScanWhile('n', i, static d => char.IsLetterOrDigit(d) || d is '-' or '_' or '.');
            else i = ScanSign(i);
        }

        tokens.Add(new('e', "end", source.Length));
    }

    // After a value a minus is subtraction; elsewhere it may begin a number.
    bool ValueMayStand() => tokens.Count == 0 || tokens[^1] is { Kind: 's', Text: not (")" or "]") } or { Kind: 'n', Text: "and" or "or" or "not" or "in" };

    int ScanWhile(char kind, int start, Func<char, bool> belongs)
    {
        var end = start + 1;
        while (end < source.Length && belongs(source[end])) end++;
        tokens.Add(new(kind, source[start..end], start));
        return end;
    }

    int ScanText(int start)
    {
        var end = source.IndexOf(source[start], start + 1);
        if (end < 0) throw Fail(start, "The text is not closed.", "Add a quote.");
        tokens.Add(new('t', source[(start + 1)..end], start));
        return end + 1;
    }

    int ScanSign(int start)
    {
        var two = start + 1 < source.Length ? source.Substring(start, 2) : "";
        if (two is "==" or "!=" or "<=" or ">=")
        {
            tokens.Add(new('s', two, start));
            return start + 2;
        }

        var fix = (source[start], two) switch
        {
            ('=', _) => "Write == to compare.",
            (_, "&&") => "Write 'and'.",
            (_, "||") => "Write 'or'.",
            ('!', _) => "Write 'not'.",
            _ => null,
        };
        if (fix is not null || !"<>+-*/()[],".Contains(source[start])) throw Fail(start, $"'{source[start]}' does not belong here.", fix);
        tokens.Add(new('s', source[start].ToString(), start));
        return start + 1;
    }
}
