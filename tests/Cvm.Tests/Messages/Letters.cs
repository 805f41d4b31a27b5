using System.Collections.Immutable;
using Cvm.Engine;

namespace Cvm.Tests.Messages;

/// <summary>Playbooks, customers and effects to write letters with.</summary>
static class Letters
{
    static readonly DateTimeOffset Now = new(2027, 3, 14, 8, 0, 0, TimeSpan.Zero);

    public static Policies Policies { get; } = new()
    {
        Sender = "Harbour & Pine",
        SenderAddress = "hello@shop.example",
        Zone = "Europe/Berlin",
        Staff = ImmutableSortedDictionary<string, string>.Empty.Add("agent", "service@shop.example"),
    };

    public static Playbook Playbook { get; } = new()
    {
        Journeys = [],
        Segments = ImmutableSortedDictionary<string, Segment>.Empty,
        Surveys = ImmutableSortedDictionary<string, Survey>.Empty,
        Loyalty = new(),
        Policies = Policies,
        Holidays = HolidayCalendar.Empty,
        Templates = ImmutableSortedDictionary<string, TemplateKind>.Empty,
    };

    /// <summary>A customer of whom nothing is known but where to write to.</summary>
    public static Dossier Nobody { get; } = new() { Customer = "c-1", Profile = new() { Email = "c1@example.com", Phone = "+4915112345678" } };

    public static Dossier Ann { get; } = Nobody with
    {
        Profile = Nobody.Profile with
        {
            Name = "Ann Müller",
            Locale = "en",
            Country = "DE",
            Zone = "Europe/Berlin",
            Birthday = new(1992, 3, 14),
            Joined = Now.AddYears(-2),
            Attributes = ImmutableSortedDictionary<string, string>.Empty.Add("favourite", "Earl Grey"),
        },
        Purchases = new() { Orders = 7, Spent = 1_284.5m, First = Now.AddYears(-2), Last = Now.AddDays(-20), Days = 7 },
        Ledger = new() { Tier = "gold", Earned = 1_250, Lots = [new(1_250, new(2027, 12, 31))] },
    };

    public static Dossier Wei { get; } = Ann with { Profile = Ann.Profile with { Name = "欧阳伟", Locale = "zh-CN", Country = "CN", Zone = "Asia/Shanghai" } };

    public static ImmutableSortedDictionary<string, string> FullData { get; } = new Dictionary<string, string>
    {
        ["coupon"] = "BDAY-7KQ2M4XR",
        ["worth"] = "10%",
        ["until"] = "2027-04-03T22:05:00.0000000+00:00",
        ["reason"] = "The box arrived broken.",
        ["figure"] = "2",
        ["case"] = "case-17",
        ["points"] = "320",
        ["on"] = "2027-04-30",
        ["tier"] = "gold",
        ["survey"] = "after-complaint",
        ["message"] = "A new one comes today.",
        ["issue"] = "Parcels were slow",
        ["fix"] = "They are fast now.",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    public static OutboxEntry Entry(string template, Channel channel, ImmutableSortedDictionary<string, string>? data = null, Purpose purpose = Purpose.Promotional) => new()
    {
        Key = $"journey:c-1:1/{template}/1",
        Kind = channel == Channel.Email ? OutboxKind.Email : OutboxKind.Sms,
        Purpose = purpose,
        Subject = template,
        Journey = "journey",
        Version = 1,
        Enrollment = "journey:c-1:1",
        Step = template,
        QueuedAt = Now,
        DueAt = Now,
        Data = data ?? ImmutableSortedDictionary<string, string>.Empty,
    };

    public static TemplateFile Partial(string body, string name = "part", string locale = "en", Channel channel = Channel.Email) =>
        new($"messages/partials/{name}.{locale}.{(channel == Channel.Email ? "md" : "sms")}", name, locale, channel, body, Partial: true);

    public static ImmutableSortedDictionary<string, Product> Products { get; } = new Product[]
    {
        new("earl-grey", Titles(("en", "Earl Grey, 100 g"), ("zh-CN", "伯爵茶 100 克")), 9.8m, "https://shop.example/img/earl-grey.jpg?w=96&h=96", "https://shop.example/tea/earl-grey", "tea"),
        new("A.b_C-1", Titles(("en", "<b>*Tea* & [x](http://evil)</b> \"quoted\"")), 1_234m, null, "https://shop.example/a?b=c&d=e", null),
    }.ToImmutableSortedDictionary(product => product.Sku, product => product, StringComparer.Ordinal);

    static ImmutableSortedDictionary<string, string> Titles(params (string Language, string Title)[] titles) =>
        titles.ToImmutableSortedDictionary(title => title.Language, title => title.Title, StringComparer.Ordinal);

    public static TemplateFile Mail(string body, string subject = "Hello", string locale = "en", string name = "note") =>
        new($"messages/{name}.{locale}.md", name, locale, Channel.Email, $"---\nsubject: {subject}\n---\n{body}");

    public static TemplateFile Sms(string body, string locale = "en", string name = "note") => new($"messages/{name}.{locale}.sms", name, locale, Channel.Sms, body);

    /// <summary>What these files make of the customer; fails on any problem.</summary>
    public static Outgoing Render(TemplateFile[] files, Dossier dossier, ImmutableSortedDictionary<string, string>? data = null)
    {
        var (templates, problems) = MessageTemplates.Load(files, Policies, null, Products);
        Assert.Empty(problems);
        var (message, problem) = templates.Render(Playbook, dossier, Entry(files[0].Name, files[0].Channel, data));
        Assert.Null(problem);
        return message!;
    }

    /// <summary>The body of the plain-text part, without the footer.</summary>
    public static string Body(this Outgoing message) => message.Text.Split("\n\n-- \n", StringSplitOptions.None)[0];

    public static string[] Problems(params TemplateFile[] files) => [.. MessageTemplates.Load(files, Policies, null, Products).Problems.Select(problem => problem.ToString())];
}
