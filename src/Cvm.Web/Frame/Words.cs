using System.Globalization;

namespace Cvm.Web;

/// <summary>Numbers, moments and spans as people write them, in English whatever the machine's culture.</summary>
public static class Words
{
    static readonly CultureInfo English = CultureInfo.InvariantCulture;

    public static string Count(long number) => number.ToString("#,0", English);

    public static string Count(long number, string one, string? many = null) => $"{Count(number)} {(number == 1 ? one : many ?? one + "s")}";

    public static string Money(decimal amount) => amount.ToString("#,0.00", English);

    /// <summary>A part of a whole in percent, with one decimal below ten; a dash where there is no whole.</summary>
    public static string Share(long part, long whole) => whole == 0 ? "–" : Share((double)part / whole);

    /// <summary>A share that matters in hundredths of a percent.</summary>
    public static string Fine(double share) => (share * 100).ToString("0.00", English) + "%";

    public static string Share(double share) => (share * 100).ToString(share is > 0 and < 0.0995 ? "0.#" : "0", English) + "%";

    public static string Month(DateOnly month) => month.ToString("MMM yyyy", English);

    /// <summary>A change, with its sign: a real minus, as wide as a plus.</summary>
    public static string Signed(long number) => number < 0 ? "−" + Count(-number) : number > 0 ? "+" + Count(number) : "0";

    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", English);

    /// <summary>Today, yesterday, or the day with its weekday.</summary>
    public static string Day(DateOnly day, DateOnly today) => (today.DayNumber - day.DayNumber) switch
    {
        0 => "Today",
        1 => "Yesterday",
        _ => day.ToString(day.Year == today.Year ? "dddd d MMMM" : "dddd d MMMM yyyy", English),
    };

    public static string Time(DateTimeOffset local) => local.ToString("HH:mm", English);

    /// <summary>Day and time by the zone's clock; the year only where it is not this year.</summary>
    public static string Moment(DateTimeOffset at, string zone, DateTimeOffset now)
    {
        var local = LocalTimes.In(zone, at);
        return local.ToString(local.Year == LocalTimes.In(zone, now).Year ? "d MMM HH:mm" : "d MMM yyyy HH:mm", English);
    }

    /// <summary>The time alone where it is today.</summary>
    public static string Shortly(DateTimeOffset at, string zone, DateTimeOffset now) =>
        LocalTimes.In(zone, at).Date == LocalTimes.In(zone, now).Date ? Time(LocalTimes.In(zone, at)) : Moment(at, zone, now);

    /// <summary>For the datetime attribute of a time element.</summary>
    public static string Machine(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", English);

    /// <summary>How long ago, as roughly as people say it.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } span => $"{Count((long)span.TotalMinutes, "minute")} ago",
        { TotalDays: < 1 } span => $"{Count((long)span.TotalHours, "hour")} ago",
        { TotalDays: < 60 } span => $"{Count((long)span.TotalDays, "day")} ago",
        { TotalDays: < 730 } span => $"{Count((long)(span.TotalDays / 30.44), "month")} ago",
        var span => $"{Count((long)(span.TotalDays / 365.25), "year")} ago",
    };

    public static string Days(double days) => Count((long)Math.Round(days), "day");

    public static string Span(Lapse lapse) => lapse.Amount.ToString("0.##", English) + " " + lapse.Unit switch
    {
        "m" => "minute",
        "h" => "hour",
        "d" => "day",
        "w" => "week",
        "bh" => "business hour",
        "bd" => "business day",
        var unit => unit,
    } + (lapse.Amount == 1 ? "" : "s");

    /// <summary>Working time as people say it: 45 min, 3 h 20 min.</summary>
    public static string Work(TimeSpan span)
    {
        var minutes = (long)Math.Floor(span.Duration().TotalMinutes);
        return minutes < 60 ? $"{minutes} min" : minutes % 60 == 0 ? $"{Count(minutes / 60)} h" : $"{Count(minutes / 60)} h {minutes % 60} min";
    }

    public static string Name(Channel channel) => channel == Channel.Email ? "e-mail" : "SMS";

    public static string Name(Purpose purpose) => purpose switch
    {
        Purpose.Promotional => "promotional",
        Purpose.Service => "service",
        _ => "transactional",
    };

    public static string Name(RedemptionState state) => state.ToString().ToLowerInvariant();

    public static string Name(OutboxKind kind) => kind switch
    {
        OutboxKind.Email => "E-mail",
        OutboxKind.Sms => "SMS",
        OutboxKind.Staff => "Note to the team",
        OutboxKind.Customer => "Word to another customer",
        _ => "Webhook",
    };

    public static string Plural(OutboxKind kind) => kind switch
    {
        OutboxKind.Email => "E-mails",
        OutboxKind.Sms => "SMS",
        OutboxKind.Staff => "Notes to the team",
        OutboxKind.Customer => "Words to other customers",
        _ => "Webhooks",
    };

    /// <summary>What came of handing a message over.</summary>
    public static string Of(Delivery delivery) => delivery switch
    {
        Delivery.Accepted => "It was taken.",
        Delivery.Refused refused => $"It was refused: {refused.Reason}.",
        Delivery.TryLater later => $"It was not taken: {later.Reason}. Try again later.",
        Delivery.Unknown unknown => $"Nobody knows whether it was taken: {unknown.Problem}.",
        _ => "",
    };

    public static string Name(Stage stage) => stage == Stage.AtRisk ? "At risk" : Capital(ScoreWords.Of(stage));

    /// <summary>Money in three digits or so, where there is little room: 950, 12.3k, 1.2M.</summary>
    public static string Roughly(double amount) => Math.Abs(amount) switch
    {
        >= 999_500 => (amount / 1_000_000).ToString("0.0#", English) + "M",
        >= 9_950 => (amount / 1_000).ToString("0", English) + "k",
        >= 999.5 => (amount / 1_000).ToString("0.0", English) + "k",
        _ => amount.ToString("0", English),
    };

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>Address of a customer's page.</summary>
    public static string CustomerAddress(string customer) => "/customers/" + Uri.EscapeDataString(customer);

    /// <summary>Address of the list of customers with a score, such as segment champion.</summary>
    public static string ScoredAddress(string kind, string name) => $"/customers?{kind}={Uri.EscapeDataString(name)}";

    /// <summary>Address of a case's page; its id is the customer's and a number.</summary>
    public static string CaseAddress(string id) => "/cases/" + string.Join('/', id.Split('/').Select(Uri.EscapeDataString));

    public static string JourneyAddress(string journey) => "/journeys/" + Uri.EscapeDataString(journey);
}
