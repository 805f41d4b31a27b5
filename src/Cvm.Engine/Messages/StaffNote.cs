using System.Globalization;
using System.Net;
using System.Text;

namespace Cvm.Engine;

/// <summary>A note to a person of the team: what to do, by when, and who the customer is. Built in, so that a case is never
/// held up by a template.</summary>
static class StaffNote
{
    const int MostHeadline = 240;

    public static (Outgoing? Message, string? Problem) Render(Playbook playbook, Dossier dossier, OutboxEntry entry)
    {
        if (!playbook.Policies.Staff.TryGetValue(entry.Subject, out var address)) return (null, $"nobody in staff is '{entry.Subject}'");

        var locale = playbook.Policies.Locale;
        var about = new Subject(playbook, dossier, entry, locale, Formats.CultureFor(locale, locale), new(null, playbook.Policies, dossier, entry));
        var text = about.Data("text") ?? "See this customer.";
        var headline = about.Data("subject") ?? text;
        var facts = Facts(about);
        if (IsPhone(address)) return (Sms(entry, dossier, address, headline, facts), null);

        var page = new MailLayout.Page(
            locale, playbook.Policies.Sender, headline, null, Html(headline, text, facts),
            $"You get this note as {entry.Subject}: {(entry.Journey == "" ? entry.Data.ContainsKey("case") ? "the ladder of service.yaml" : "regular contact, contacts.yaml" : $"journey {entry.Journey}, step {entry.Step}")}.", []);

        return (new()
        {
            Key = entry.Key,
            Kind = entry.Kind,
            To = address,
            Customer = dossier.Customer,
            Journey = entry.Journey,
            Template = entry.Subject,
            Subject = headline,
            Html = MailLayout.Html(page),
            Text = MailLayout.Text(page, Text(headline, text, facts)),
        }, null);
    }

    public static bool IsPhone(string? address) => address is ['+', ..];

    // The headline, whose case it is, and how to reach them; what is more is on the case's page.
    static Outgoing Sms(OutboxEntry entry, Dossier dossier, string number, string headline, List<(string Name, string Value)> facts)
    {
        var due = facts.Where(fact => fact.Name == "Due").Select(fact => $" Due {fact.Value}.").FirstOrDefault();
        var text = SmsLength.Thrifty($"{(headline.Length <= MostHeadline ? headline : headline[..(MostHeadline - 3)] + "...")}{due}");
        return new()
        {
            Key = entry.Key,
            Kind = OutboxKind.Sms,
            To = number,
            Customer = dossier.Customer,
            Journey = entry.Journey,
            Template = entry.Subject,
            Text = text,
            Segments = SmsLength.Of(text).Segments,
        };
    }

    static List<(string Name, string Value)> Facts(Subject about)
    {
        var (profile, purchases) = (about.Dossier.Profile, about.Dossier.Purchases);
        var currency = about.Playbook.Policies.Currency;
        var facts = new List<(string, string)>();

        Add("Case", about.Data("case"));
        Add("Severity", about.Data("severity"));
        Add("Assigned to", about.Data("assignee"));
        Add("Due", Moment(about, "due"));
        Add("Customer", about.Dossier.Customer);
        Add("Name", Literal.Clean(profile.Name));
        Add("Phone", profile.Phone);
        Add("E-mail", profile.Email);
        Add("Tier", about.Dossier.Ledger.Tier);
        Add("Orders", $"{purchases.Orders}, {Formats.Money(purchases.Net, currency, about.Culture)} in all");
        Add("Last order", about.DayOf(purchases.Last) is { } day ? Formats.Date(day, about.Culture) : null);
        return facts;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) facts.Add((name, value));
        }
    }

    // Staff live by the team's clock, not by the customer's.
    static string? Moment(Subject about, string name)
    {
        if (!DateTimeOffset.TryParse(about.Entry.Data.GetValueOrDefault(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) return null;

        var local = LocalTimes.In(about.Playbook.Policies.Hours.Zone, at);
        return $"{Formats.Date(DateOnly.FromDateTime(local.DateTime), about.Culture)}, {local.ToString("HH:mm", CultureInfo.InvariantCulture)}";
    }

    static string Html(string headline, string text, List<(string Name, string Value)> facts)
    {
        var html = new StringBuilder("<h1 class=\"ink\" style=\"margin:0 0 16px;font-size:22px;line-height:30px;font-weight:650;color:#1c2330\">").Append(WebUtility.HtmlEncode(headline)).Append("</h1>\n");
        if (!headline.Contains(text, StringComparison.Ordinal)) html.Append("<p style=\"margin:0 0 20px\">").Append(WebUtility.HtmlEncode(text)).Append("</p>\n");
        html.Append("<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 18px;font-size:15px;line-height:22px\">\n");

        foreach (var (name, value) in facts)
        {
            html.Append("<tr><th class=\"soft line\" align=\"left\" scope=\"row\" style=\"padding:9px 16px 9px 0;border-top:1px solid #e6e8ec;font-weight:400;color:#6d7684;white-space:nowrap;vertical-align:top\">")
                .Append(name)
                .Append("</th><td class=\"ink line\" width=\"100%\" style=\"padding:9px 0;border-top:1px solid #e6e8ec;color:#1c2330\">")
                .Append(WebUtility.HtmlEncode(value))
                .Append("</td></tr>\n");
        }

        return html.Append("</table>\n").ToString();
    }

    static string Text(string headline, string text, List<(string Name, string Value)> facts)
    {
        var all = new StringBuilder(headline).Append('\n');
        if (!headline.Contains(text, StringComparison.Ordinal)) all.Append('\n').Append(text).Append('\n');
        foreach (var (name, value) in facts) all.Append('\n').Append(name).Append(": ").Append(value);
        return all.ToString();
    }
}
