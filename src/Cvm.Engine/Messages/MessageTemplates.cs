namespace Cvm.Engine;

/// <summary>Every template of a playbook, checked. Makes e-mails, SMS, notes to the team and webhooks; safe to share between threads.</summary>
public sealed class MessageTemplates : IRenderer
{
    readonly ImmutableDictionary<(string Name, Channel Channel, string Locale), MessageTemplate> templates;
    readonly Shelf shelf;
    readonly SignedLinks? links;

    MessageTemplates(IReadOnlyList<TemplateFile> files, ImmutableDictionary<(string, Channel, string), MessageTemplate> templates, Shelf shelf, SignedLinks? links) =>
        (Files, this.templates, this.shelf, this.links) = ([.. files.Where(file => !file.Partial)], templates, shelf, links);

    /// <summary>The messages as they were written, without partials.</summary>
    public ImmutableArray<TemplateFile> Files { get; }

    /// <summary>What messages may show, by SKU.</summary>
    public ImmutableSortedDictionary<string, Product> Products => shelf.Products;

    /// <summary>Every value and helper that templates may name, in ordinal order.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Variables.All.Keys.Concat(Helpers.All.Keys).Order(StringComparer.Ordinal)];

    /// <summary>Reads and checks every file; all mistakes come back at once, and what has none can be rendered.</summary>
    /// <param name="links">Makes signed links; without it mails carry neither a way out nor its header, and clicks are not counted.</param>
    /// <param name="products">What <c>{{product}}</c> may name, by SKU.</param>
    public static (MessageTemplates Templates, ImmutableArray<Problem> Problems) Load(
        IReadOnlyList<TemplateFile> files, Policies policies, SignedLinks? links = null, ImmutableSortedDictionary<string, Product>? products = null)
    {
        var handlebars = Helpers.Handlebars(policies.Currency);
        var problems = new List<Problem>();
        var loaded = ImmutableDictionary.CreateBuilder<(string, Channel, string), MessageTemplate>();

        var shelf = Shelf.Of(files.Where(file => file.Partial), policies, products ?? ImmutableSortedDictionary<string, Product>.Empty, problems);

        foreach (var file in files.Where(file => !file.Partial))
        {
            var mistakes = problems.Count;
            var template = MessageTemplate.Load(file, handlebars, shelf, problems);
            if (loaded.ContainsKey((file.Name, file.Channel, Locales.Tidy(file.Locale)))) problems.Add(new(new(file.Path), $"'{file.Name}' is written twice in {file.Locale}.", "Rename one of the files."));
            else if (problems.Count == mistakes) loaded.Add((file.Name, file.Channel, Locales.Tidy(file.Locale)), template);
        }

        shelf.CheckUnused(problems);
        CheckDefaults(files, policies, problems);
        return (new(files, loaded.ToImmutable(), shelf, links), [.. problems]);
    }

    /// <inheritdoc/>
    public (Outgoing? Message, string? Problem) Render(Playbook playbook, Dossier dossier, OutboxEntry entry) => entry.Kind switch
    {
        OutboxKind.Staff => StaffNote.Render(playbook, dossier, entry),
        OutboxKind.Webhook => (WebhookBody.Render(dossier, entry), null),
        OutboxKind.Customer => (Telling.Render(dossier, entry), null),
        _ => RenderMessage(playbook, dossier, entry, entry.Kind == OutboxKind.Email ? Channel.Email : Channel.Sms),
    };

    /// <summary>The message as this customer would get it, for looking at: its links do nothing and no click is counted.</summary>
    public Trial Try(Playbook playbook, Dossier dossier, OutboxEntry entry)
    {
        if (Find(entry.Subject, entry.Channel ?? default, dossier.Profile.Locale, playbook.Policies.Locale) is not { } template) return new(null, $"no template '{entry.Subject}'", null, null, []);

        var subject = About(playbook, dossier, entry, template, trial: true);
        var values = Variables.ValuesOf(subject);
        var filled = template.Fill(values, subject.Culture);
        var to = (entry.Channel == Channel.Email ? dossier.Profile.Email : dossier.Profile.Phone) ?? "";
        var (message, problem) = Write(subject, to, filled);
        return new(message, problem, template.Locale, Literal.Clean(Literal.Plain(filled.Preheader)), Variables.Spelled(template.Reads, values, subject));
    }

    (Outgoing? Message, string? Problem) RenderMessage(Playbook playbook, Dossier dossier, OutboxEntry entry, Channel channel)
    {
        var to = channel == Channel.Email ? dossier.Profile.Email : dossier.Profile.Phone;
        if (to is null) return (null, channel == Channel.Email ? "no e-mail address" : "no phone number");
        if (Find(entry.Subject, channel, dossier.Profile.Locale, playbook.Policies.Locale) is not { } template) return (null, $"no template '{entry.Subject}'");

        var subject = About(playbook, dossier, entry, template, trial: false);
        return Write(subject, to, template.Fill(Variables.ValuesOf(subject), subject.Culture));
    }

    Subject About(Playbook playbook, Dossier dossier, OutboxEntry entry, MessageTemplate template, bool trial) => new(
        playbook, dossier, entry, template.Locale, Formats.CultureFor(template.Locale, dossier.Profile.Locale), new(links, playbook.Policies, dossier, entry, playbook.Loyalty.Referral.Page is not null, trial));

    (Outgoing? Message, string? Problem) Write(Subject about, string to, (string Subject, string Preheader, string Body) filled)
    {
        var entry = about.Entry;
        var message = new Outgoing { Key = entry.Key, Kind = entry.Kind, To = to, Customer = about.Dossier.Customer, Journey = entry.Journey, Template = entry.Subject, Text = "" };
        return entry.Kind == OutboxKind.Email ? (Email(message, about, filled), null) : Sms(message, about, filled.Body);
    }

    Outgoing Email(Outgoing message, Subject about, (string Subject, string Preheader, string Body) filled)
    {
        var (sender, words) = (about.Playbook.Policies.Sender, Footers.In(about.Locale));
        var document = MessageMarkdown.Parse(filled.Body);
        MessageBlocks.Place(document, about, shelf);
        OutwardLinks.Point(document, about.Links);
        var headline = Literal.Clean(Literal.Plain(filled.Subject)) ?? sender;

        var page = new MailLayout.Page(
            about.Locale, sender, headline, Literal.Clean(Literal.Plain(filled.Preheader)), MailHtml.Of(document),
            words.Why(about.Entry.Purpose, sender), Ways(about.Links, words));

        return message with
        {
            Subject = headline,
            Html = MailLayout.Html(page),
            Text = MailLayout.Text(page, MailText.Of(document)),
            Headers = OneClick(about.Links.Unsubscribe),
        };
    }

    static ImmutableArray<(string, Uri)> Ways(MessageLinks links, Footers words)
    {
        var ways = ImmutableArray.CreateBuilder<(string, Uri)>(2);
        if (links.Unsubscribe is { } stop) ways.Add((words.Unsubscribe, stop));
        if (links.Preferences is { } choose) ways.Add((words.Preferences, choose));
        return ways.ToImmutable();
    }

    (Outgoing?, string?) Sms(Outgoing message, Subject about, string body)
    {
        var text = SmsLinks.Point(MessageBlocks.InWords(body, about, shelf), about.Links).ReplaceLineEndings("\n");
        text = SmsLength.Thrifty(text);
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

    /// <summary>Names of e-mails that write this value.</summary>
    internal ImmutableHashSet<string> MailsThatRead(string value) => [.. templates.Where(pair => pair.Key.Channel == Channel.Email && pair.Value.Reads.Contains(value)).Select(pair => pair.Key.Name)];

    /// <summary>Names of messages that write this value, or one of its group, in any channel and language.</summary>
    internal ImmutableHashSet<string> ThatRead(string value) =>
        [.. templates.Where(pair => pair.Value.Reads.Any(name => name == value || name.StartsWith(value + ".", StringComparison.Ordinal))).Select(pair => pair.Key.Name)];

    static void CheckDefaults(IReadOnlyList<TemplateFile> files, Policies policies, List<Problem> problems)
    {
        foreach (var group in files.GroupBy(file => (file.Name, file.Channel, file.Partial)))
        {
            if (group.Any(file => Locales.Chain(null, policies.Locale).Contains(Locales.Tidy(file.Locale)))) continue;
            var ending = group.Key.Channel == Channel.Email ? "md" : "sms";
            problems.Add(new(new(group.First().Path), $"'{group.Key.Name}' is not written in {policies.Locale}, the language of last resort.", $"Add {group.Key.Name}.{policies.Locale}.{ending}."));
        }
    }
}

/// <summary>A message that was made to be looked at.</summary>
/// <param name="Locale">The language of the template it was made from.</param>
/// <param name="Values">What the template names, as it is written; null where it is missing.</param>
public sealed record Trial(Outgoing? Message, string? Problem, string? Locale, string? Preheader, ImmutableArray<(string Name, string? Value)> Values);
