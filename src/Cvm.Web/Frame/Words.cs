using System.Collections.Immutable;
using System.Globalization;

namespace Cvm.Web;

/// <summary>Numbers, moments and spans as the reader writes them, whatever the machine's culture.</summary>
public static class Words
{
    static readonly CultureInfo English = CultureInfo.InvariantCulture;
    static readonly ImmutableArray<string> ChineseWeekdays = ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"];

    static bool InChinese => Lang != "en";

    public static string Count(long number) => number.ToString("#,0", English);

    /// <summary>A number with its noun.</summary>
    /// <param name="one">A literal: a test looks for the Chinese of <c>{0} one</c>.</param>
    public static string Count(long number, string one, string? many = null) =>
        InChinese ? T("{0} " + one, Count(number)) : $"{Count(number)} {(number == 1 ? one : many ?? one + "s")}";

    public static string Money(decimal amount) => amount.ToString("#,0.00", English);

    /// <summary>A part of a whole in percent, with one decimal below ten; a dash where there is no whole.</summary>
    public static string Share(long part, long whole) => whole == 0 ? "–" : Share((double)part / whole);

    /// <summary>A share that matters in hundredths of a percent.</summary>
    public static string Fine(double share) => (share * 100).ToString("0.00", English) + "%";

    public static string Share(double share) => (share * 100).ToString(share is > 0 and < 0.0995 ? "0.#" : "0", English) + "%";

    public static string Month(DateOnly month) => month.ToString(InChinese ? "yyyy年M月" : "MMM yyyy", English);

    /// <summary>For an axis by days.</summary>
    public static string Date(DateOnly day) => day.ToString(InChinese ? "M月d日" : "d MMM", English);

    /// <summary>For an axis, where there is little room: the year only with January.</summary>
    public static string MonthOf(DateOnly month) => month.ToString(InChinese ? month.Month == 1 ? "yyyy年M月" : "M月" : month.Month == 1 ? "MMM yyyy" : "MMM", English);

    /// <summary>A change, with its sign: a real minus, as wide as a plus.</summary>
    public static string Signed(long number) => number < 0 ? "−" + Count(-number) : number > 0 ? "+" + Count(number) : "0";

    public static string Day(DateOnly day) => day.ToString(InChinese ? "yyyy年M月d日" : "d MMM yyyy", English);

    /// <summary>Today, yesterday, or the day with its weekday.</summary>
    public static string Day(DateOnly day, DateOnly today) => (today.DayNumber - day.DayNumber) switch
    {
        0 => T("Today"),
        1 => T("Yesterday"),
        _ when InChinese => $"{day.ToString(day.Year == today.Year ? "M月d日" : "yyyy年M月d日", English)} {ChineseWeekdays[(int)day.DayOfWeek]}",
        _ => day.ToString(day.Year == today.Year ? "dddd d MMMM" : "dddd d MMMM yyyy", English),
    };

    public static string Time(DateTimeOffset local) => local.ToString("HH:mm", English);

    /// <summary>Day and time by the zone's clock; the year only where it is not this year.</summary>
    public static string Moment(DateTimeOffset at, string zone, DateTimeOffset now)
    {
        var local = LocalTimes.In(zone, at);
        var thisYear = local.Year == LocalTimes.In(zone, now).Year;
        return local.ToString(InChinese ? thisYear ? "M月d日 HH:mm" : "yyyy年M月d日 HH:mm" : thisYear ? "d MMM HH:mm" : "d MMM yyyy HH:mm", English);
    }

    /// <summary>The time alone where it is today.</summary>
    public static string Shortly(DateTimeOffset at, string zone, DateTimeOffset now) =>
        LocalTimes.In(zone, at).Date == LocalTimes.In(zone, now).Date ? Time(LocalTimes.In(zone, at)) : Moment(at, zone, now);

    /// <summary>For the datetime attribute of a time element.</summary>
    public static string Machine(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", English);

    /// <summary>How long ago, as roughly as people say it.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalMinutes: < 1 } => T("just now"),
        { TotalHours: < 1 } span => T("{0} ago", Count((long)span.TotalMinutes, "minute")),
        { TotalDays: < 1 } span => T("{0} ago", Count((long)span.TotalHours, "hour")),
        { TotalDays: < 60 } span => T("{0} ago", Count((long)span.TotalDays, "day")),
        { TotalDays: < 730 } span => T("{0} ago", Count((long)(span.TotalDays / 30.44), "month")),
        var span => T("{0} ago", Count((long)(span.TotalDays / 365.25), "year")),
    };

    public static string Days(double days) => Count((long)Math.Round(days), "day");

    public static string Span(Lapse lapse)
    {
        var amount = lapse.Amount.ToString("0.##", English);
        var one = lapse.Amount == 1;
        return lapse.Unit switch
        {
            "m" => one ? T("{0} minute", amount) : T("{0} minutes", amount),
            "h" => one ? T("{0} hour", amount) : T("{0} hours", amount),
            "d" => one ? T("{0} day", amount) : T("{0} days", amount),
            "w" => one ? T("{0} week", amount) : T("{0} weeks", amount),
            "bh" => one ? T("{0} business hour", amount) : T("{0} business hours", amount),
            "bd" => one ? T("{0} business day", amount) : T("{0} business days", amount),
            var unit => $"{amount} {unit}",
        };
    }

    /// <summary>Working time as people say it: 45 min, 3 h 20 min.</summary>
    public static string Work(TimeSpan span)
    {
        var minutes = (long)Math.Floor(span.Duration().TotalMinutes);
        return minutes < 60 ? T("{0} min", minutes) : minutes % 60 == 0 ? T("{0} h", Count(minutes / 60)) : T("{0} h {1} min", Count(minutes / 60), minutes % 60);
    }

    public static string Name(Channel channel) => channel == Channel.Email ? T("e-mail") : T("SMS");

    public static string Name(Purpose purpose) => purpose switch
    {
        Purpose.Promotional => T("promotional"),
        Purpose.Service => T("service"),
        _ => T("transactional"),
    };

    public static string Name(RedemptionState state) => state switch
    {
        RedemptionState.Reserved => T("reserved"),
        RedemptionState.Refused => T("refused"),
        RedemptionState.Confirmed => T("confirmed"),
        RedemptionState.Cancelled => T("cancelled"),
        _ => T("lapsed"),
    };

    public static string Name(OutboxKind kind) => kind switch
    {
        OutboxKind.Email => T("E-mail"),
        OutboxKind.Sms => T("SMS"),
        OutboxKind.Staff => T("Note to the team"),
        OutboxKind.Customer => T("Word to another customer"),
        _ => T("Webhook"),
    };

    public static string Plural(OutboxKind kind) => kind switch
    {
        OutboxKind.Email => T("E-mails"),
        OutboxKind.Sms => T("SMS"),
        OutboxKind.Staff => T("Notes to the team"),
        OutboxKind.Customer => T("Words to other customers"),
        _ => T("Webhooks"),
    };

    /// <summary>What came of handing a message over.</summary>
    public static string Of(Delivery delivery) => delivery switch
    {
        Delivery.Accepted => T("It was taken."),
        Delivery.Refused refused => T("It was refused: {0}.", refused.Reason),
        Delivery.TryLater later => T("It was not taken: {0}. Try again later.", later.Reason),
        Delivery.Unknown unknown => T("Nobody knows whether it was taken: {0}.", unknown.Problem),
        _ => "",
    };

    public static string Name(Stage stage) => stage switch
    {
        Stage.Prospect => T("Prospect"),
        Stage.New => T("New"),
        Stage.Repeat => T("Repeat"),
        Stage.Mature => T("Mature"),
        Stage.Loyal => T("Loyal"),
        Stage.AtRisk => T("At risk"),
        _ => T("Lapsed"),
    };

    /// <summary>A score's word as conditions call it, such as high, strategic or at-risk, as people say it.</summary>
    public static string Scored(string word) => word switch
    {
        "high" => T("high"),
        "middle" => T("middle"),
        "low" => T("low"),
        "strategic" => T("strategic"),
        "core" => T("core"),
        "general" => T("general"),
        "product" => T("product"),
        "service" => T("service"),
        "price" => T("price"),
        _ => Enum.GetValues<Stage>().Where(stage => ScoreWords.Of(stage) == word).Select(Name).FirstOrDefault(word),
    };

    /// <summary>Money in three digits or so, where there is little room: 950, 12.3k, 1.2M.</summary>
    public static string Roughly(double amount) => Math.Abs(amount) switch
    {
        >= 999_500_000 when InChinese => (amount / 100_000_000).ToString("0.0#", English) + "亿",
        >= 9_950 when InChinese => (amount / 10_000).ToString("0.#", English) + "万",
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
