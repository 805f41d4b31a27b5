using HandlebarsDotNet;

namespace Cvm.Engine;

/// <summary>An answer that is ready to send, in one language, as written in service.yaml.</summary>
public sealed record CannedText(string Name, string Locale, string Text, Where At);

/// <summary>Answers that are ready to send, checked as messages are. Safe to share between threads.</summary>
public sealed class CannedAnswers
{
    readonly ImmutableDictionary<(string Name, string Locale), MessageTemplate> templates;

    CannedAnswers(ImmutableDictionary<(string, string), MessageTemplate> templates) => this.templates = templates;

    public static CannedAnswers None { get; } = new(ImmutableDictionary<(string, string), MessageTemplate>.Empty);

    /// <summary>Reads and checks every text; problems stand where the text does.</summary>
    public static (CannedAnswers Answers, ImmutableArray<Problem> Problems) Load(ImmutableArray<CannedText> texts, Policies policies)
    {
        var handlebars = Helpers.Handlebars(policies.Currency);
        var (problems, found) = (new List<Problem>(), new List<Problem>());
        var shelf = Shelf.Of([], policies, ImmutableSortedDictionary<string, Product>.Empty, problems);
        var loaded = ImmutableDictionary.CreateBuilder<(string, string), MessageTemplate>();

        foreach (var text in texts)
        {
            found.Clear();
            var template = MessageTemplate.Load(new TemplateFile(text.At.File, text.Name, text.Locale, Channel.Sms, text.Text), handlebars, shelf, found);
            problems.AddRange(found.Select(problem => problem with { At = text.At }));
            if (found.Count == 0) loaded[(text.Name, Locales.Tidy(text.Locale))] = template;
        }

        foreach (var answer in texts.GroupBy(text => text.Name, StringComparer.Ordinal))
            if (!answer.Any(text => Locales.Chain(null, policies.Locale).Contains(Locales.Tidy(text.Locale))))
                problems.Add(new(answer.First().At, $"The answer '{answer.Key}' is not written in {policies.Locale}, the language of last resort.", $"Add {policies.Locale}: to it."));

        return (new(loaded.ToImmutable()), [.. problems]);
    }

    /// <summary>The text in the customer's language with their values in place; null where there is no such answer.</summary>
    public string? Fill(string name, Playbook playbook, Dossier dossier, Case about, DateTimeOffset now)
    {
        foreach (var tag in Locales.Chain(dossier.Profile.Locale, playbook.Policies.Locale))
        {
            if (!templates.TryGetValue((name, tag), out var template)) continue;
            var entry = CaseMail.Entry(about, $"preview/{about.Id}", Channel.Email, playbook.Service.AnswerTemplate, "", now);
            var subject = new Subject(playbook, dossier, entry, template.Locale, Formats.CultureFor(template.Locale, dossier.Profile.Locale), new(null, playbook.Policies, dossier, entry));
            return Literal.Plain(template.Fill(Variables.ValuesOf(subject), subject.Culture).Body);
        }

        return null;
    }
}
