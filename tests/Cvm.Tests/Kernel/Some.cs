namespace Cvm.Tests;

/// <summary>Small sound values to start a test from.</summary>
static class Some
{
    /// <summary>A Monday, 10:00 in Berlin.</summary>
    public static readonly DateTimeOffset Now = new(2027, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public static Playbook Playbook(params Journey[] journeys) => new()
    {
        Journeys = [.. journeys],
        Segments = ImmutableSortedDictionary<string, Segment>.Empty.Add("big", new("big", "Big spenders", When("spent >= 100"))),
        Surveys = ImmutableSortedDictionary<string, Survey>.Empty.Add("csat", new("csat", SurveyKind.Csat, "survey", 2)),
        Loyalty = new() { PointsPerUnit = 1, Tiers = [new("silver", 500), new("gold", 1500)] },
        Policies = new()
        {
            Zone = "Europe/Berlin",
            Caps = [new(Channel.Email, Purpose.Promotional, 2, TimeSpan.FromDays(7))],
            Staff = ImmutableSortedDictionary<string, string>.Empty.Add("agent", "agent@shop.example").Add("manager", "manager@shop.example"),
            Hours = BusinessHours.Default with { Zone = "Europe/Berlin" },
        },
        Holidays = new([new("christmas", new HolidayDay.Yearly(new(null, 12, 25)), [])]),
        Templates = new[] { new TemplateKind("hello", true, true), new TemplateKind("letter", true, false), new TemplateKind("text", false, true), new TemplateKind("survey", true, false), new TemplateKind("case-answer", true, true), new TemplateKind("case-question", true, true) }
            .ToImmutableSortedDictionary(kind => kind.Name, kind => kind, StringComparer.Ordinal),
        WatchedSegments = ["big"],
        CodeKey = [1, 2, 3, 4],
    };

    public static Journey Journey(string name, Trigger enter, params Step[] steps) => new()
    {
        Name = name,
        Version = 1,
        About = name,
        Purpose = Purpose.Promotional,
        Enter = [enter],
        Steps = [.. steps],
    };

    public static Sending Sending(string template = "hello", Channel[]? via = null, TimeOnly? at = null, string validFor = "2d", OnLate onLate = OnLate.Skip, Purpose? purpose = null) =>
        new(template, [.. via ?? [Channel.Email, Channel.Sms]], at, Lapse(validFor), onLate, purpose);

    public static Lapse Lapse(string text) => Cvm.Lapse.TryParse(text, out var lapse) ? lapse : throw new ArgumentException(text);

    public static Expression When(string source, FactType type = FactType.Truth)
    {
        var problems = new List<Problem>();
        return ExpressionParser.Parse(source, offset => new("test", 1, offset + 1), _ => null, problems, type) ?? throw new ArgumentException(string.Join("; ", problems));
    }

    /// <summary>Ann in Berlin, who agreed to promotions by e-mail and SMS.</summary>
    public static Dossier Ann { get; } = Dossier.For("ann") with
    {
        Profile = new()
        {
            Name = "Ann",
            Email = "ann@example.com",
            Phone = "+4915112345678",
            Birthday = new(1990, 3, 1),
            Zone = "Europe/Berlin",
            Country = "DE",
            Joined = Now.AddYears(-1),
        },
        Consents =
        [
            new(Channel.Email, Purpose.Promotional, true, Now.AddYears(-1), "test"),
            new(Channel.Sms, Purpose.Promotional, true, Now.AddYears(-1), "test"),
        ],
    };

    public static Signal.Ordered Order(string id, decimal amount, DateTimeOffset? at = null) => new($"order:{id}", at ?? Now, id, amount);

    public static Signal.Complained Complaint(DateTimeOffset? at = null) => new("complaint:c1", at ?? Now, "It broke", "high");

    public static Signal.Day Day(DateTimeOffset now) =>
        new($"day:{now:yyyy-MM-dd}", now, DateOnly.FromDateTime(now.UtcDateTime), DateOnly.FromDateTime(now.UtcDateTime).AddDays(-1));
}
