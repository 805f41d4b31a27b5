namespace Cvm;

/// <summary>Whether phrases are made of words with spaces between them, or of Chinese characters.</summary>
enum Script { Latin, Chinese }

/// <summary>A text as wishes are looked for in it.</summary>
sealed class Wording(string text)
{
    const int WordsInGap = 3;
    const int CharactersInGap = 4;
    const char Spared = '\0';

    readonly char[] letters = PlainLetters.Of(text);

    /// <summary>How many words it has; a Chinese character counts as one.</summary>
    public int Words
    {
        get
        {
            var words = 0;
            for (var at = 0; at < letters.Length; at++) if (Begins(at, Script.Latin) || PlainLetters.IsHan(letters[at])) words++;
            return words;
        }
    }

    /// <summary>The wish where nothing but its word stands here, once or several times, spelt out, or beside please and thank you.</summary>
    public Wish Keyword()
    {
        var plain = new string(letters);
        if (WishWords.WholeTexts.TryGetValue(plain, out var whole)) return whole;

        var words = plain.Split([' ', PlainLetters.Break], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 1 && words.All(word => word.Length == 1) && WishWords.Keywords.TryGetValue(string.Concat(words), out var spelt)) return spelt;

        var wish = Wish.None;
        foreach (var word in words)
        {
            if (WishWords.Polite.Contains(word) || Bare(word) is not { Length: > 0 } bare) continue;
            if (!WishWords.Keywords.TryGetValue(bare, out var next)) return Wish.None;
            if (wish is Wish.None || next is Wish.Stop) wish = next;
        }

        return wish;
    }

    static string Bare(string word)
    {
        if (!PlainLetters.IsHan(word[0]) && !PlainLetters.IsHan(word[^1])) return word;
        foreach (var polite in WishWords.PoliteChinese) word = word.Replace(polite, "", StringComparison.Ordinal);
        return word;
    }

    public bool Has(Phrase phrase, Script script) => Find(phrase, script, 0).From >= 0;

    /// <summary>Covers the phrase wherever it stands, so that nothing finds it any more.</summary>
    public void Spare(Phrase phrase, Script script)
    {
        for (var found = Find(phrase, script, 0); found.From >= 0; found = Find(phrase, script, found.To)) letters.AsSpan(found.From, found.To - found.From).Clear();
    }

    (int From, int To) Find(Phrase phrase, Script script, int from)
    {
        for (var at = from; at < letters.Length; at++)
        {
            if (Begins(at, script) && End(phrase.Parts.AsSpan(), at, script) is var to and > 0) return (at, to);
        }

        return (-1, -1);
    }

    // Where the phrase that begins here ends; -1 where another stands here.
    int End(ReadOnlySpan<PhrasePart> parts, int at, Script script)
    {
        if (parts.IsEmpty) return at;
        var part = parts[0];
        var rest = parts[1..];

        if (part.Kind == PartKind.Start) return at == 0 || letters[at - 1] == PlainLetters.Break ? End(rest, at, script) : -1;
        if (part.Kind == PartKind.Gap) return EndAfterGap(rest, at, script);

        foreach (var word in part.Any)
            if (After(word, at, script) is var next and >= 0 && End(rest, next, script) is var end and > 0) return end;

        return part.MayMiss ? End(rest, at, script) : -1;
    }

    int EndAfterGap(ReadOnlySpan<PhrasePart> rest, int at, Script script)
    {
        for (var steps = script == Script.Latin ? WordsInGap : CharactersInGap; ; steps--)
        {
            if (End(rest, at, script) is var end and > 0) return end;
            if (steps == 0 || at >= letters.Length || letters[at] is PlainLetters.Break or Spared) return -1;

            at++;
            if (script == Script.Latin) while (at < letters.Length && !Begins(at, script) && letters[at] is not (PlainLetters.Break or Spared)) at++;
        }
    }

    // The place behind the word, and behind the space that follows it; -1 where another word stands here.
    int After(string word, int at, Script script)
    {
        if (word == PhrasePart.End) return at >= letters.Length || letters[at] == PlainLetters.Break ? at : -1;

        var end = at + word.Length;
        if (end > letters.Length || !letters.AsSpan(at, word.Length).SequenceEqual(word)) return -1;
        if (script == Script.Chinese) return end;
        if (!Begins(at, script) || (end < letters.Length && IsLatin(letters[end]))) return -1;
        return end < letters.Length && letters[end] == ' ' ? end + 1 : end;
    }

    bool Begins(int at, Script script) =>
        script == Script.Chinese ? letters[at] is not (' ' or Spared or PlainLetters.Break) : IsLatin(letters[at]) && (at == 0 || !IsLatin(letters[at - 1]));

    static bool IsLatin(char letter) => letter is not (' ' or Spared or PlainLetters.Break) && !PlainLetters.IsHan(letter);
}
