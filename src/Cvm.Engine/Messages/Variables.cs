using System.Globalization;

namespace Cvm.Engine;

enum VariableType { Text, Number, Money, Date }

/// <summary>What a message is about: one customer and what one effect carries.</summary>
sealed record Subject(Playbook Playbook, Dossier Dossier, OutboxEntry Entry, string Locale, CultureInfo Culture, MessageLinks Links)
{
    public string Zone { get; } = Playbook.ZoneOf(Dossier);

    public string? Data(string name) => Literal.Clean(Entry.Data.GetValueOrDefault(name));

    public decimal? Number(string name) =>
        decimal.TryParse(Entry.Data.GetValueOrDefault(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public DateOnly? Day(string name) => DateOnly.TryParseExact(Entry.Data.GetValueOrDefault(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day : null;

    /// <summary>The customer's own day of a moment.</summary>
    public DateOnly? DayOf(DateTimeOffset? moment) => moment is { } at ? LocalTimes.Day(Zone, at) : null;

    public DateOnly? DayOf(string name) =>
        DateTimeOffset.TryParse(Entry.Data.GetValueOrDefault(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? DayOf(at) : null;
}

/// <summary>A name that templates may write between double braces.</summary>
/// <param name="Sure">It always has a value. All names of one group (before the dot) have a value, or none.</param>
/// <param name="Read">A string, a decimal (money), a long or double (number), or a DateOnly; null where it is missing.</param>
sealed record Variable(string Name, VariableType Type, bool Sure, string About, Func<Subject, object?> Read)
{
    public string? Group => Name.IndexOf('.') is > 0 and var dot ? Name[..dot] : null;
}

/// <summary>The names that messages may use. The list below is the whole vocabulary; attributes stand beside it as
/// <c>attribute.name</c>.</summary>
static class Variables
{
    /// <summary>Group whose names are the shop's own.</summary>
    public const string Attribute = "attribute";

    /// <summary>Stands for the answers to the survey that the message asks, as a row of buttons.</summary>
    public const string Answers = "answers";

    public static ImmutableSortedDictionary<string, Variable> All { get; } = new[]
    {
        new("customer", VariableType.Text, true, "The customer's id.", s => Literal.Clean(s.Dossier.Customer) ?? ""),
        Text("name", "The customer's name, whole: names are not cut into first and last.", s => Literal.Clean(s.Dossier.Profile.Name)),
        Text("country", "Country code.", s => Literal.Clean(s.Dossier.Profile.Country)),
        new("locale", VariableType.Text, true, "The language of this template.", s => s.Locale),
        Maybe("age", VariableType.Number, "Whole years, on the day the message is written.", Age),
        Maybe("joined", VariableType.Date, "The day the customer joined.", s => s.DayOf(s.Dossier.Profile.Joined)),

        new("orders", VariableType.Number, true, "Orders so far.", s => (long)s.Dossier.Purchases.Orders),
        new("spent", VariableType.Money, true, "Spent so far, less refunds.", s => s.Dossier.Purchases.Net),
        Maybe("last-order", VariableType.Date, "The day of the last order.", s => s.DayOf(s.Dossier.Purchases.Last)),

        new("points", VariableType.Number, true, "Points that can be spent.", s => s.Dossier.Ledger.Balance),
        new("pending-points", VariableType.Number, true, "Points of orders that may still be returned.", s => s.Dossier.Ledger.Coming),
        Text("benefits", "What the tier brings, in the reader's language.", BenefitsOf),
        Maybe("tier-falls-on", VariableType.Date, "The day on which a tier that is no longer reached is lost.", s => s.Dossier.Ledger.TierFallsOn),
        Text("tier", "Loyalty tier: the one just reached, else the present one.", s => s.Data("tier") ?? Literal.Clean(s.Dossier.Ledger.Tier)),
        Maybe("expiring.points", VariableType.Number, "Points that expire soon.", s => s.Day("on") is null ? null : Plain(s.Number("points"))),
        Maybe("expiring.on", VariableType.Date, "The last day of those points.", s => s.Number("points") is null ? null : s.Day("on")),

        Text("coupon.code", "Code of the coupon this journey gave.", s => CouponOf(s)?.Code),
        Text("coupon.worth", "Its worth, such as 10% or an amount of money.", s => CouponOf(s)?.Worth),
        Maybe("coupon.until", VariableType.Date, "Its last whole day, in the customer's zone.", s => CouponOf(s)?.Until),

        Text("reason", "What started the journey, in words: the text of a complaint, the comment of an answer.", s => s.Data("reason")),
        Maybe("figure", VariableType.Number, "The number that started the journey: an amount, a score, points.", s => Plain(s.Number("figure"))),
        Text("case", "Id of this journey's case.", s => s.Data("case")),
        Text("message", "What a person of the team wrote: the answer or question about a case.", s => s.Data("message")),
        Text("issue.title", "What many had raised, and is fixed now.", s => s.Data("fix") is null ? null : s.Data("issue")),
        Text("issue.fix", "What was done about it.", s => s.Data("issue") is null ? null : s.Data("fix")),
        Text("survey", "Name of the survey this message asks.", s => s.Data("survey")),

        Text("link.unsubscribe", "Where the reader unsubscribes from what this message is.", s => s.Links.Unsubscribe?.AbsoluteUri),
        Text("link.preferences", "Where the reader chooses what to get.", s => s.Links.Preferences?.AbsoluteUri),
        Text("link.statement", "The reader's points, tier and coupons.", s => s.Links.Statement?.AbsoluteUri),
        Text("link.referral", "Where a friend begins whom the reader brings.", s => s.Links.Referral?.AbsoluteUri),
        Text("link.confirm", "Where the reader confirms what they agreed to last.", s => s.Links.Confirm?.AbsoluteUri),

        Text("link.case", "Where the reader sees what was written about the case, and writes back.", s => s.Links.Case?.AbsoluteUri),

        new("sender", VariableType.Text, true, "Who writes.", s => s.Playbook.Policies.Sender),
        new("sender-address", VariableType.Text, true, "The address to answer to.", s => s.Playbook.Policies.SenderAddress),
    }.ToImmutableSortedDictionary(variable => variable.Name, variable => variable, StringComparer.Ordinal);

    public static ImmutableArray<string> Groups { get; } = [.. All.Values.Select(v => v.Group).OfType<string>().Distinct(), Attribute];

    /// <summary>Every value there is, by name, groups nested; what is missing is left out.</summary>
    public static Dictionary<string, object> ValuesOf(Subject subject)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);

        foreach (var variable in All.Values)
        {
            if (variable.Read(subject) is not { } value) continue;
            if (variable.Group is not { } group) values[variable.Name] = value;
            else InGroup(values, group)[variable.Name[(group.Length + 1)..]] = value;
        }

        foreach (var (name, value) in subject.Dossier.Profile.Attributes)
        {
            if (Literal.Clean(value) is { } clean) InGroup(values, Attribute)[name] = clean;
        }

        return values;
    }

    /// <summary>The values of these names as a message writes them; null where they are missing. Groups stand for themselves, and are left out.</summary>
    public static ImmutableArray<(string Name, string? Value)> Spelled(ImmutableArray<string> names, Dictionary<string, object> values, Subject about) =>
    [
        .. names.Where(name => All.ContainsKey(name) || name.StartsWith(Attribute + ".", StringComparison.Ordinal)).Select(name => (name, Find(values, name) switch
        {
            null => null,
            decimal money => Formats.Money(money, about.Playbook.Policies.Currency, about.Culture),
            DateOnly day => Formats.Date(day, about.Culture),
            string text => text,
            var number => Formats.Number(Convert.ToDecimal(number, CultureInfo.InvariantCulture), about.Culture),
        })),
    ];

    static object? Find(Dictionary<string, object> values, string name) =>
        values.TryGetValue(name, out var value) ? value
        : name.IndexOf('.') is > 0 and var dot && values.GetValueOrDefault(name[..dot]) is Dictionary<string, object> group ? group.GetValueOrDefault(name[(dot + 1)..])
        : null;

    static Dictionary<string, object> InGroup(Dictionary<string, object> values, string group)
    {
        if (values.TryGetValue(group, out var known)) return (Dictionary<string, object>)known;
        var made = new Dictionary<string, object>(StringComparer.Ordinal);
        values[group] = made;
        return made;
    }

    static object? Age(Subject subject)
    {
        if (subject.Dossier.Profile.Birthday is not { IsPlaceholder: false } birthday) return null;
        var age = birthday.AgeOn(LocalTimes.Day(subject.Zone, subject.Entry.QueuedAt));
        return age is > 0 ? (long)age : null;
    }

    /// <summary>The coupon this journey gave. Half a coupon is none: its names have a value together or not at all.</summary>
    public static (string Code, string Worth, DateOnly Until)? CouponOf(Subject subject) =>
        subject.Data("coupon") is { } code && Worth(subject) is { } worth && subject.DayOf("until") is { } end ? (code, worth, LastWholeDay(end)) : null;

    static string? BenefitsOf(Subject subject) =>
        CustomerWords.Benefits(subject.Playbook.Loyalty.Find(subject.Data("tier") ?? subject.Dossier.Ledger.Tier), subject.Playbook.Policies, subject.Locale);

    // A coupon that ends at five past midnight does not promise that day.
    static DateOnly LastWholeDay(DateOnly end) => end.AddDays(-1);

    static string? Worth(Subject subject) => subject.Number("worth") is { } money
        ? Formats.RoundMoney(money, subject.Playbook.Policies.Currency, subject.Culture)
        : subject.Data("worth");

    static object? Plain(decimal? number) => number switch
    {
        null => null,
        { } whole when decimal.IsInteger(whole) && Math.Abs(whole) < long.MaxValue => (long)whole,
        { } real => (double)real,
    };

    static Variable Text(string name, string about, Func<Subject, string?> read) => new(name, VariableType.Text, false, about, read);

    static Variable Maybe(string name, VariableType type, string about, Func<Subject, object?> read) => new(name, type, false, about, read);
}
