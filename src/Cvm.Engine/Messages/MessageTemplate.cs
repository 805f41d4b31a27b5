using System.Globalization;
using System.Text.RegularExpressions;
using HandlebarsDotNet;

namespace Cvm.Engine;

/// <summary>One template file, checked, and compiled when it is first used.</summary>
sealed partial class MessageTemplate
{
    static readonly string Between = $"\n{Literal.Separator}\n";

    readonly Lazy<HandlebarsTemplate<TextWriter, object, object>> compiled;

    MessageTemplate(string locale, MessageSource source, IHandlebars handlebars)
    {
        Locale = locale;
        // One compilation for the three parts: compiling is what costs.
        var all = string.Join(Between, source.Subject.Text, source.Preheader.Text, source.Body.Text);
        compiled = new(() => handlebars.Compile(new StringReader(all)));
    }

    public string Locale { get; }

    /// <summary>The template, with a problem added for each mistake in it.</summary>
    public static MessageTemplate Load(TemplateFile file, IHandlebars handlebars, List<Problem> problems)
    {
        var source = MessageSource.Read(file, problems);

        foreach (var part in new[] { source.Subject, source.Preheader, source.Body })
        {
            void Report(int at, string what, string? fix) => problems.Add(new(source.Where(part, at), what, fix));

            for (var i = 0; i < part.Text.Length; i++)
            {
                if (Literal.IsReserved(part.Text[i])) Report(i, "This character of Unicode's private area is reserved.", "Take it away.");
            }

            new TemplateCheck(Report).Check(TemplateParser.Parse(part.Text, Report));
        }

        if (file.Channel == Channel.Email) MessageMarkdown.Check(Blanked(source.Body.Text), source.Body.Text, (at, what, fix) => problems.Add(new(source.Where(source.Body, at), what, fix)));
        return new(file.Locale, source, handlebars);
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

    // Braces read as plain words, so that offsets stay and Markdown sees what it will see.
    static string Blanked(string text)
    {
        var blank = text.ToCharArray();
        for (var at = text.IndexOf("{{", StringComparison.Ordinal); at >= 0; at = text.IndexOf("{{", at, StringComparison.Ordinal))
        {
            var end = text.IndexOf("}}", at, StringComparison.Ordinal);
            end = end < 0 ? text.Length : end + 2;
            var start = at;
            for (; at < end; at++) if (blank[at] != '\n') blank[at] = 'x';

            // The one kind of value that is an address whole.
            if (OwnLink().IsMatch(text.AsSpan(start, end - start))) Address.CopyTo(0, blank, start, Address.Length);
        }

        return new(blank);
    }

    const string Address = "https://x";

    [GeneratedRegex(@"^\{\{ *link\.[a-z]+ *\}\}$")]
    private static partial Regex OwnLink();
}
