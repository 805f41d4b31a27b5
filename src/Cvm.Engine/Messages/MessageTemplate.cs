using System.Globalization;
using HandlebarsDotNet;

namespace Cvm.Engine;

/// <summary>One template file, checked, and compiled when it is first used.</summary>
sealed class MessageTemplate
{
    static readonly string Between = $"\n{Literal.Separator}\n";

    readonly Lazy<HandlebarsTemplate<TextWriter, object, object>> compiled;

    MessageTemplate(TemplateFile file, MessageSource source, string body, ImmutableArray<string> reads, IHandlebars handlebars)
    {
        (Locale, Reads) = (file.Locale, reads);

        // One compilation for the three parts: compiling is what costs.
        var all = string.Join(Between, source.Subject.Text, source.Preheader.Text, body);
        compiled = new(() => handlebars.Compile(new StringReader(all)));
    }

    public string Locale { get; }

    /// <summary>The values it names, in order of name.</summary>
    public ImmutableArray<string> Reads { get; }

    /// <summary>The template, with a problem added for each mistake in it.</summary>
    public static MessageTemplate Load(TemplateFile file, IHandlebars handlebars, Shelf shelf, List<Problem> problems)
    {
        var source = MessageSource.Read(file, problems);
        ImmutableArray<TemplatePart> parts = [], all = [];

        foreach (var part in new[] { source.Subject, source.Preheader, source.Body })
        {
            void Report(int at, string what, string? fix) => problems.Add(new(source.Where(part, at), what, fix));

            CheckLetters(part.Text, Report);
            parts = TemplateParser.Parse(part.Text, Report);
            new TemplateCheck(Report, new(file, shelf, Head: part != source.Body)).Check(parts);
            all = all.AddRange(parts);
        }

        if (file.Channel == Channel.Email) MessageMarkdown.Check(source.Body.Text, (at, what, fix) => problems.Add(new(source.Where(source.Body, at), what, fix)));
        var body = shelf.Expand(source.Body.Text, parts, file);
        if (body is null) problems.Add(new(new(file.Path), "With its partials this message grows beyond all bounds.", "Use fewer of them."));
        return new(file, source, body ?? "", shelf.ReadBy(all, file), handlebars);
    }

    /// <summary>Reports letters that stand for something else in compiled templates.</summary>
    public static void CheckLetters(string text, Action<int, string, string?> report)
    {
        for (var i = 0; i < text.Length; i++)
            if (Literal.IsReserved(text[i])) report(i, "This character of Unicode's private area is reserved.", "Take it away.");
    }

    /// <summary>Subject, preheader and body with every value hidden.</summary>
    public (string Subject, string Preheader, string Body) Fill(Dictionary<string, object> values, CultureInfo culture)
    {
        var writer = new StringWriter(CultureInfo.InvariantCulture);
        var before = CultureInfo.CurrentCulture;

        try
        {
            CultureInfo.CurrentCulture = culture;
            compiled.Value(writer, values, null!);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        var parts = writer.ToString().Split(Literal.Separator);
        return (parts[0].Trim(), parts[1].Trim(), parts[2].Trim());
    }
}
