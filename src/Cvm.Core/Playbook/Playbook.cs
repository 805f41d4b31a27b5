using System.Collections.Frozen;

namespace Cvm;

/// <summary>Everything marketers define, checked. One value; publishing makes another.</summary>
public sealed record Playbook
{
    /// <summary>The journeys that customers may enter now, by name in ordinal order.</summary>
    public required ImmutableArray<Journey> Journeys
    {
        get;
        init => (field, enteredOn) = (value, EnteredOn(value));
    }

    readonly FrozenDictionary<string, ImmutableArray<Journey>> enteredOn = FrozenDictionary<string, ImmutableArray<Journey>>.Empty;

    /// <summary>Earlier versions that people may still be in.</summary>
    public ImmutableArray<Journey> Earlier { get; init; } = [];

    public required ImmutableSortedDictionary<string, Segment> Segments { get; init; }
    public required ImmutableSortedDictionary<string, Survey> Surveys { get; init; }
    public required LoyaltyRules Loyalty { get; init; }
    public required Policies Policies { get; init; }
    public required HolidayCalendar Holidays { get; init; }
    public ScoreRules Scores { get; init; } = ScoreRules.Usual;
    public ServiceRules Service { get; init; } = ServiceRules.Usual;

    /// <summary>Plans of regular contact, in the order of the file.</summary>
    public ImmutableArray<ContactPlan> Contacts { get; init; } = [];

    /// <summary>Templates by name, with the channels each is written for.</summary>
    public required ImmutableSortedDictionary<string, TemplateKind> Templates { get; init; }

    /// <summary>The category of an article by its SKU, as products.yaml says.</summary>
    public ImmutableSortedDictionary<string, string> Categories { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What is paused, drained or stopped now, by whom; the host keeps it.</summary>
    public ImmutableArray<Pause> Pauses { get; init; } = [];

    /// <summary>Ways that won, and that everybody new takes now; the host keeps them.</summary>
    public ImmutableArray<Winner> Winners { get; init; } = [];

    /// <summary>Keys coupon codes, so that nobody can guess one. Secret; the host keeps it.</summary>
    public ImmutableArray<byte> CodeKey { get; init; } = [];

    /// <summary>The journey in this version, published or earlier.</summary>
    public Journey? Find(string name, int version)
    {
        foreach (var journey in Journeys) if (journey.Version == version && journey.Name == name) return journey;
        foreach (var journey in Earlier) if (journey.Version == version && journey.Name == name) return journey;
        return null;
    }

    /// <summary>What won at this split, and is to be taken by everybody new; null where the lot decides.</summary>
    public Winner? WinnerAt(string journey, int version, string step)
    {
        foreach (var winner in Winners) if (winner.Step == step && winner.Version == version && winner.Journey == journey) return winner;
        return null;
    }

    /// <summary>The published version, or null.</summary>
    public Journey? Find(string name)
    {
        foreach (var journey in Journeys) if (journey.Name == name) return journey;
        return null;
    }

    /// <summary>What keeps everybody from entering the journey: that it is drained or, which says more, stopped; null where nothing does.</summary>
    public Pause? Closed(string journey) => Stopped(journey) ?? Standing(journey, PauseKind.Drain);

    /// <summary>That the journey is stopped; null where it is not.</summary>
    public Pause? Stopped(string journey) => Standing(journey, PauseKind.Stop);

    Pause? Standing(string journey, PauseKind kind)
    {
        foreach (var pause in Pauses) if (pause.Kind == kind && pause.Journey == journey) return pause;
        return null;
    }

    /// <summary>Those of <see cref="Journeys"/> that an event may lead into.</summary>
    public ImmutableArray<Journey> EnteredOn(string name) => enteredOn[name];

    static FrozenDictionary<string, ImmutableArray<Journey>> EnteredOn(ImmutableArray<Journey> journeys) =>
        Events.All.ToFrozenDictionary(
            kind => kind.Name,
            kind => journeys.Where(journey => journey.Enter.Any(trigger => Events.Covers(trigger.On, kind.Name))).ToImmutableArray(),
            StringComparer.Ordinal);

    /// <summary>Segments that a journey looks out for, to be entered, to go on, to end or to count as success; sorted.</summary>
    public ImmutableArray<string> WatchedSegments { get; init; } = [];

    /// <summary>The segments whose coming is to be told of, because one of these journeys begins, waits or ends by it; sorted.</summary>
    /// <param name="all">Every segment, which is meant where a trigger names none.</param>
    public static ImmutableArray<string> WatchedBy(IEnumerable<Journey> journeys, IEnumerable<string> all)
    {
        var triggers = journeys.SelectMany(journey => journey.Enter
            .Concat(journey.Leave.Select(leave => leave.Trigger))
            .Concat(journey.Steps.OfType<Step.Wait>().Select(wait => wait.Until).OfType<Trigger>())
            .Concat(journey.Goal is { } goal ? [goal.Trigger] : []));
        return [.. triggers.Where(trigger => trigger.On == "segment").SelectMany(trigger => trigger.Of is { } one ? [one] : all).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>Where the customer lives in time.</summary>
    public string ZoneOf(Dossier dossier) => dossier.Profile.Zone ?? Policies.Zone;
}

/// <summary>What holds a journey up. Pause: no message goes out. Drain: nobody enters any more, and those inside walk on to their end.
/// Stop: nobody enters, and those inside end.</summary>
public enum PauseKind { Pause, Drain, Stop }

/// <summary>What holds up one journey; or, for a pause alone, everything where <paramref name="Journey"/> is null.</summary>
public sealed record Pause(string? Journey, DateTimeOffset Since, string By, PauseKind Kind = PauseKind.Pause);

/// <summary>What customers may choose to hear of or not.</summary>
/// <param name="Labels">By language, as the preference centre shows it; the playbook's own language is always there.</param>
public sealed record Topic(string Name, ImmutableSortedDictionary<string, string> Labels);

/// <summary>A named condition over facts.</summary>
public sealed record Segment(string Name, string About, Expression When);

/// <summary>Satisfaction from 1 to 5, recommendation from 0 to 10, effort from 1 to 7.</summary>
public enum SurveyKind { Csat, Nps, Ces }

/// <summary>A question, its scale, and which answers are unhappy.</summary>
/// <param name="Template">The message that asks it; null for one whose answers are only entered or imported.</param>
/// <param name="Unhappy">This score or worse.</param>
public sealed record Survey(string Name, SurveyKind Kind, string? Template, int Unhappy)
{
    /// <summary>The question in words, by language; empty for the usual ones of its kind.</summary>
    public ImmutableSortedDictionary<string, string> Question { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What customers may choose from to say why, in the order they see it.</summary>
    public ImmutableArray<SurveyReason> Reasons { get; init; } = [];

    /// <summary>Whether the score lies on the scale.</summary>
    public bool Takes(int score) => score >= Scale.Least && score <= Scale.Most;

    /// <summary>CSAT 1 to 5, NPS 0 to 10, CES 1 to 7.</summary>
    public (int Least, int Most) Scale => Kind switch { SurveyKind.Csat => (1, 5), SurveyKind.Nps => (0, 10), _ => (1, 7) };
}

/// <summary>A reason for an answer.</summary>
/// <param name="Labels">By language; the playbook's own is always there.</param>
public sealed record SurveyReason(string Name, ImmutableSortedDictionary<string, string> Labels);

/// <param name="Variables">Names the template reads, for the check that each has a value or a fallback.</param>
public sealed record TemplateKind(string Name, bool Email, bool Sms)
{
    public bool For(Channel channel) => channel == Channel.Email ? Email : Sms;
}

/// <summary>The rules of permission, time and team that hold for every journey.</summary>
public sealed record Policies
{
    public string Zone { get; init; } = "UTC";
    public string Locale { get; init; } = "en";
    public string Currency { get; init; } = "EUR";
    public string Sender { get; init; } = "Shop";
    public string SenderAddress { get; init; } = "shop@example.com";
    public LeapDay LeapDay { get; init; } = LeapDay.February28;

    /// <summary>Purposes that need a consent that was given; the others stop only at one that was withdrawn.</summary>
    public ImmutableArray<Purpose> ConsentNeeded { get; init; } = [Purpose.Promotional];

    /// <summary>Agreements that count only once they are confirmed through a link (double opt-in).</summary>
    public ImmutableArray<(Channel Channel, Purpose Purpose)> DoubleOptIn { get; init; } = [];

    /// <summary>In the order of the preference centre.</summary>
    public ImmutableArray<Topic> Topics { get; init; } = [];

    /// <summary>Messages held up by a pause or an outage go out spread over this long, each by its own hash.</summary>
    public TimeSpan Spread { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Templates that answer wishes written by SMS; where one is missing, nothing is answered.</summary>
    public SmsReplies SmsReplies { get; init; } = new();

    /// <summary>What links to the shop's own pages tell its statistics; null for nothing.</summary>
    public Utm? Utm { get; init; }

    /// <summary>Whether links in e-mails lead over the site, so that it is known who followed them.</summary>
    public bool TrackClicks { get; init; } = true;

    /// <summary>Share of all customers kept out of every promotion, in [0, 1), to measure the programme by.</summary>
    public double Holdout { get; init; }

    public QuietHours Quiet { get; init; } = QuietHours.Default;

    /// <summary>By country, or by region (US-FL), where the law is stricter.</summary>
    public ImmutableSortedDictionary<string, QuietHours> QuietIn { get; init; } = ImmutableSortedDictionary<string, QuietHours>.Empty;

    public ImmutableArray<Cap> Caps { get; init; } = [];

    /// <summary>Signals older than this change facts but start no journey.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>No customer is asked two surveys within this time.</summary>
    public TimeSpan SurveyRest { get; init; } = TimeSpan.FromDays(30);

    /// <summary>When the day's round is made, local time.</summary>
    public TimeOnly DayStarts { get; init; } = new(0, 5);

    public BusinessHours Hours { get; init; } = BusinessHours.Default;

    /// <summary>Role to e-mail address or phone number (E.164), such as agent to service@example.com.</summary>
    public ImmutableSortedDictionary<string, string> Staff { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Spent in all from which a customer's value is middle, and high.</summary>
    public (decimal Middle, decimal High) ValueFrom { get; init; } = (100, 500);

    /// <summary>The region's hours, else the country's, else everybody's.</summary>
    public QuietHours QuietFor(Profile profile) =>
        profile.Region is { } region && QuietIn.TryGetValue(region, out var hours) ? hours
        : profile.Country is { } country && QuietIn.TryGetValue(country, out hours) ? hours : Quiet;
}

/// <summary>The parameters utm_source, utm_medium, utm_campaign and utm_content of links to the shop's own pages.</summary>
/// <param name="Hosts">Only links to these get them.</param>
/// <param name="Sms">Whether links in SMS get them too, where they cost letters.</param>
public sealed record Utm(string Source, ImmutableArray<string> Hosts, bool Sms = false);

/// <summary>Templates that answer STOP, START and HELP.</summary>
public sealed record SmsReplies(string? Stop = null, string? Start = null, string? Help = null);

/// <summary>No message with purpose promotional or service between these local times; equal times mean never quiet.</summary>
/// <param name="Sundays">Whether Sundays are quiet all day.</param>
/// <param name="Holidays">Whether days that calendar.yaml calls public holidays of the customer's country are quiet all day.</param>
public readonly record struct QuietHours(TimeOnly From, TimeOnly To, bool Sundays = false, bool Holidays = false)
{
    /// <summary>21:00 to 8:00 (47 CFR 64.1200(c)(1)).</summary>
    public static QuietHours Default { get; } = new(new(21, 0), new(8, 0));
}

/// <summary>At most so many messages of a purpose on a channel within a sliding window; null means any.</summary>
public sealed record Cap(Channel? Channel, Purpose? Purpose, int Most, TimeSpan Within)
{
    public bool Covers(Channel channel, Purpose purpose) => (Channel ?? channel) == channel && (Purpose ?? purpose) == purpose;
}
