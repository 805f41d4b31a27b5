namespace Cvm.Engine;

/// <summary>Every template of a playbook, checked. Makes e-mails, SMS, notes to the team and webhooks; safe to share between threads.</summary>
public sealed class MessageTemplates : IRenderer
{
    readonly ImmutableDictionary<(string Name, Channel Channel, string Locale), MessageTemplate> templates;
    readonly SignedLinks? links;

    MessageTemplates(ImmutableDictionary<(string, Channel, string), MessageTemplate> templates, SignedLinks? links) =>
        (this.templates, this.links) = (templates, links);

    /// <summary>Every value and helper that templates may name, in ordinal order.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Variables.All.Keys.Concat(Helpers.All.Keys).Order(StringComparer.Ordinal)];

    /// <summary>Reads and checks every file; all mistakes come back at once, and what has none can be rendered.</summary>
    /// <param name="links">Makes the signed links of messages; without it mails carry neither link nor header.</param>
    public static (MessageTemplates Templates, ImmutableArray<Problem> Problems) Load(
        IReadOnlyList<TemplateFile> files, Policies policies, SignedLinks? links = null)
    {
        var handlebars = Helpers.Handlebars(policies.Currency);
        var problems = new List<Problem>();
        var loaded = ImmutableDictionary.CreateBuilder<(string, Channel, string), MessageTemplate>();

        foreach (var file in files)
        {
            var mistakes = problems.Count;
            var template = MessageTemplate.Load(file, handlebars, problems);
            if (loaded.ContainsKey((file.Name, file.Channel, Locales.Tidy(file.Locale)))) problems.Add(new(new(file.Path), $"'{file.Name}' is written twice in {file.Locale}.", "Rename one of the files."));
            else if (problems.Count == mistakes) loaded.Add((file.Name, file.Channel, Locales.Tidy(file.Locale)), template);
        }

        CheckDefaults(files, policies, problems);
        return (new(loaded.ToImmutable(), links), [.. problems]);
    }

    /// <inheritdoc/>
    public (Outgoing? Message, string? Problem) Render(Playbook playbook, Dossier dossier, OutboxEntry entry) => entry.Kind switch
    {
        OutboxKind.Staff => StaffNote.Render(playbook, dossier, entry),
        OutboxKind.Webhook => (WebhookBody.Render(dossier, entry), null),
        _ => RenderMessage(playbook, dossier, entry, entry.Kind == OutboxKind.Email ? Channel.Email : Channel.Sms),
    };

    (Outgoing? Message, string? Problem) RenderMessage(Playbook playbook, Dossier dossier, OutboxEntry entry, Channel channel)
    {
        var to = channel == Channel.Email ? dossier.Profile.Email : dossier.Profile.Phone;
        if (to is null) return (null, channel == Channel.Email ? "no e-mail address" : "no phone number");
        if (Find(entry.Subject, channel, dossier.Profile.Locale, playbook.Policies.Locale) is not { } template) return (null, $"no template '{entry.Subject}'");

        var subject = new Subject(playbook, dossier, entry, template.Locale, Formats.CultureFor(template.Locale, dossier.Profile.Locale));
        var filled = template.Fill(Variables.ValuesOf(subject), subject.Culture);
        var message = new Outgoing { Key = entry.Key, Kind = entry.Kind, To = to, Customer = dossier.Customer, Journey = entry.Journey, Template = entry.Subject, Text = "" };

        return channel == Channel.Email ? (Email(message, subject, filled), null) : Sms(message, filled.Body);
    }

    Outgoing Email(Outgoing message, Subject about, (string Subject, string Preheader, string Body) filled)
    {
        var sender = about.Playbook.Policies.Sender;
        var document = MessageMarkdown.Parse(filled.Body);
        var link = about.Entry.Purpose == Purpose.Transactional ? null : links?.Of(Link.In(about.Entry, about.Dossier.Customer, LinkKind.Unsubscribe));
        var headline = Literal.Clean(Literal.Plain(filled.Subject)) ?? sender;

        var page = new MailLayout.Page(
            about.Locale, sender, headline, Literal.Clean(Literal.Plain(filled.Preheader)), MailHtml.Of(document),
            Footers.Why(about.Locale, about.Entry.Purpose, sender), link is null ? null : (Footers.Unsubscribe(about.Locale), link));

        return message with
        {
            Subject = headline,
            Html = MailLayout.Html(page),
            Text = MailLayout.Text(page, MailText.Of(document)),
            Headers = OneClick(link),
        };
    }

    static (Outgoing?, string?) Sms(Outgoing message, string body)
    {
        // A no-break space would cost the whole message its alphabet: 70 characters a segment instead of 160.
        var text = Literal.Plain(body).Replace('\u00A0', ' ').Replace('\u202F', ' ').ReplaceLineEndings("\n");
        if (text.Length is 0 or > SmsLength.MaxCharacters) return (null, text.Length == 0 ? "the SMS is empty" : $"the SMS is longer than {SmsLength.MaxCharacters} characters");
        return (message with { Text = text, Segments = SmsLength.Of(text).Segments }, null);
    }

    // RFC 8058: an https address, and exactly this wording of the second header.
    static ImmutableSortedDictionary<string, string> OneClick(Uri? link) => link is not { Scheme: "https" }
        ? ImmutableSortedDictionary<string, string>.Empty
        : ImmutableSortedDictionary<string, string>.Empty
            .Add("List-Unsubscribe", $"<{link.AbsoluteUri}>")
            .Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");

    MessageTemplate? Find(string name, Channel channel, string? locale, string standard)
    {
        foreach (var tag in Locales.Chain(locale, standard)) if (templates.TryGetValue((name, channel, tag), out var template)) return template;
        return null;
    }

    static void CheckDefaults(IReadOnlyList<TemplateFile> files, Policies policies, List<Problem> problems)
    {
        foreach (var group in files.GroupBy(file => (file.Name, file.Channel)))
        {
            if (group.Any(file => Locales.Chain(null, policies.Locale).Contains(Locales.Tidy(file.Locale)))) continue;
            var ending = group.Key.Channel == Channel.Email ? "md" : "sms";
            problems.Add(new(new(group.First().Path), $"'{group.Key.Name}' is not written in {policies.Locale}, the language of last resort.", $"Add {group.Key.Name}.{policies.Locale}.{ending}."));
        }
    }
}
