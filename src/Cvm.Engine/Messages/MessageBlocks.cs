using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Cvm.Engine;

/// <summary>A coupon as a card.</summary>
sealed class CouponBlock(string code, string worth, string until) : LeafBlock(null)
{
    public string Code => code;
    public string Worth => worth;
    public string Until => until;
}

/// <summary>A product as a card.</summary>
sealed class ProductBlock(string title, string price, string? image, string link) : LeafBlock(null)
{
    public string Title => title;
    public string Price => price;
    public string? Image => image;
    public string Link { get; set; } = link;
}

/// <summary>What a person of the team wrote, paragraph by paragraph.</summary>
sealed class WordsBlock(string words) : LeafBlock(null)
{
    public string Words => words;

    public IEnumerable<string[]> Paragraphs => words.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(paragraph => paragraph.Split('\n'));
}

/// <summary>The answers to a survey, each with its own link.</summary>
sealed class AnswersBlock(ImmutableArray<(int Score, string? Link)> answers, string low, string high) : LeafBlock(null)
{
    /// <summary>From the least score to the most; without links where the host makes none.</summary>
    public ImmutableArray<(int Score, string? Link)> Answers => answers;

    /// <summary>What the least means, and <see cref="High"/> the most.</summary>
    public string Low => low;

    public string High => high;

    public string Meaning(int score) => score == answers[0].Score ? low : score == answers[^1].Score ? high : "";
}

/// <summary>Puts cards where a template names a coupon, a product or the answers to a survey: cards where they have their lines to themselves, words within a sentence.</summary>
static class MessageBlocks
{
    // Stand in compiled templates only; what a person writes never holds them.
    const char CouponMark = '\uE0F1', ProductMark = '\uE0F2', WordsMark = '\uE0F3', AnswersMark = '\uE0F4';

    static readonly char[] Marks = [CouponMark, ProductMark, WordsMark, AnswersMark];

    public static string OfCoupon { get; } = $"{CouponMark}{CouponMark}";

    public static string OfWords { get; } = $"{WordsMark}{WordsMark}";

    public static string OfAnswers { get; } = $"{AnswersMark}{AnswersMark}";

    public static string OfProduct(string sku) => $"{ProductMark}{Hidden(sku)}{ProductMark}";

    static string Hidden(string text)
    {
        using var hidden = new StringWriter();
        Literal.Hide(text, hidden);
        return hidden.ToString();
    }

    public static void Place(MarkdownDocument document, Subject about, Shelf shelf)
    {
        foreach (var paragraph in document.Descendants<ParagraphBlock>().ToList())
        {
            if (paragraph.Inline is not { } inlines) continue;
            if (Cards(inlines, about, shelf) is { } cards) Replace(paragraph, cards);
            else foreach (var literal in inlines.Descendants<LiteralInline>().ToList()) Spell(literal, about, shelf);
        }

        foreach (var heading in document.Descendants<HeadingBlock>())
            foreach (var literal in heading.Inline?.Descendants<LiteralInline>().ToList() ?? []) Spell(literal, about, shelf);
    }

    /// <summary>An SMS with words where it names a coupon or a product.</summary>
    public static string InWords(string text, Subject about, Shelf shelf) =>
        string.Concat(Split(text).Select(piece => piece.Mark is { } mark ? Words(Card(mark, piece.Text, about, shelf)) : piece.Text));

    static string Words(LeafBlock? card) => card switch
    {
        CouponBlock coupon => $"{coupon.Code}: {coupon.Worth}. {coupon.Until}",
        ProductBlock product => $"{product.Title}, {product.Price}",
        WordsBlock written => Hidden(written.Words),
        _ => "",
    };

    static List<LeafBlock>? Cards(ContainerInline inlines, Subject about, Shelf shelf)
    {
        var cards = new List<LeafBlock>();
        foreach (var inline in inlines)
        {
            if (inline is LineBreakInline) continue;
            if (inline is not LiteralInline literal) return null;
            foreach (var (mark, text) in Split(literal.Content.ToString()))
            {
                if (mark is null && string.IsNullOrWhiteSpace(text)) continue;
                if (mark is null) return null;
                if (Card(mark.Value, text, about, shelf) is { } card) cards.Add(card);
            }
        }

        return cards;
    }

    static void Replace(ParagraphBlock paragraph, List<LeafBlock> cards)
    {
        var parent = paragraph.Parent!;
        var at = parent.IndexOf(paragraph);
        parent.RemoveAt(at);
        foreach (var card in cards) parent.Insert(at++, card);
    }

    static void Spell(LiteralInline literal, Subject about, Shelf shelf)
    {
        var text = literal.Content.ToString();
        if (text.IndexOfAny(Marks) < 0) return;

        foreach (var (mark, piece) in Split(text))
        {
            literal.InsertBefore(mark is null ? new LiteralInline(piece) : Card(mark.Value, piece, about, shelf) switch
            {
                CouponBlock coupon => new CodeInline("`") { Content = coupon.Code },
                AnswersBlock answers => new LiteralInline(string.Join(", ", answers.Answers.Select(answer => answer.Score))),
                ProductBlock product => new LinkInline(product.Link, "") { IsClosed = true }.AppendChild(new LiteralInline(product.Title)),
                WordsBlock written => new LiteralInline(written.Words.ReplaceLineEndings(" ")),
                _ => new LiteralInline(""),
            });
        }

        literal.Remove();
    }

    static LeafBlock? Card(char mark, string text, Subject about, Shelf shelf)
    {
        var words = Footers.In(about.Locale);
        if (mark == CouponMark) return Variables.CouponOf(about) is { } coupon ? new CouponBlock(coupon.Code, words.Off(coupon.Worth), words.Until(Formats.Date(coupon.Until, about.Culture))) : null;

        if (mark == WordsMark) return Literal.Lines(about.Entry.Data.GetValueOrDefault("message")) is { } written ? new WordsBlock(written) : null;

        var policies = about.Playbook.Policies;
        if (mark == AnswersMark) return Answers(about);
        return shelf.Products.GetValueOrDefault(Literal.Plain(text)) is { } product
            ? new ProductBlock(product.Title(about.Locale, policies.Locale), Formats.Money(product.Price, policies.Currency, about.Culture), product.Image, product.Link)
            : null;
    }

    static AnswersBlock? Answers(Subject about)
    {
        if (about.Data("survey") is not { } name || !about.Playbook.Surveys.TryGetValue(name, out var survey)) return null;
        var ((least, most), words) = (survey.Scale, SurveyWords.In(about.Locale));
        var (low, high) = words.Ends(survey.Kind);
        return new([.. Enumerable.Range(least, most - least + 1).Select(score => (score, about.Links.Answer(name, score)?.AbsoluteUri))], low, high);
    }

    // Marks come in pairs, with what they name between them.
    static List<(char? Mark, string Text)> Split(string text)
    {
        var pieces = new List<(char?, string)>();
        for (var at = 0; at < text.Length;)
        {
            var start = text.IndexOfAny(Marks, at);
            var end = start < 0 ? -1 : text.IndexOf(text[start], start + 1);
            if (end < 0)
            {
                pieces.Add((null, text[at..]));
                break;
            }

            if (start > at) pieces.Add((null, text[at..start]));
            pieces.Add((text[start], text[(start + 1)..end]));
            at = end + 1;
        }

        return pieces;
    }
}
