using System.Globalization;

namespace Cvm.Engine;

/// <summary>policies.yaml: the rules of permission, time and team that hold for every journey.</summary>
static class PoliciesFile
{
    internal static readonly Shape<string> ZoneShape = Shapes.Written<string>(
        (text, out zone) => LocalTimes.Knows(zone = text), "a time zone", "Write a name of the tz database, such as Europe/Paris.", () => Shapes.Schema("string"));

    static readonly Field<string> Zone = new("zone", ZoneShape, "Where customers live in time who did not say.");
    static readonly Field<string> Locale = new(
        "locale",
        Shapes.Written<string>((text, out locale) => TemplateFile.IsLocale(locale = text), "a language tag", "Write it like en or zh-CN.", () => Shapes.Schema("string")),
        "The language of those who did not say.");
    static readonly Field<string> Currency = new(
        "currency",
        Shapes.Written<string>(
            (text, out currency) => (currency = text).Length == 3 && text.All(char.IsAsciiLetterUpper), "a currency code", "Write three capital letters, such as EUR.", () => Shapes.Schema("string")),
        "ISO 4217.");
    static readonly Field<string> Sender = new("sender", Shapes.Text, "The name messages come from.");
    static readonly Field<string> SenderAddress = new("sender-address", Shapes.Email, "The address messages come from.");
    static readonly Field<LeapDay> Leap = new(
        "leap-day",
        Shapes.OneOf("a day for 29 February", ("february-28", LeapDay.February28), ("march-1", LeapDay.March1)),
        "When a birthday on 29 February is kept in a common year.");
    static readonly Field<ImmutableArray<Purpose>> ConsentNeeded = new(
        "consent-needed",
        Shapes.Purpose.OneOrMany("a purpose", mayBeEmpty: true).Distinct(),
        "Purposes that need a consent that was given.");
    static readonly Field<ImmutableArray<(Channel, Purpose)>> DoubleOptIn = new("double-opt-in", PreferenceShapes.Agreement.OneOrMany("an agreement", mayBeEmpty: true).Distinct(), "Agreements that count once they are confirmed through a link, such as email promotional.");
    static readonly Field<ImmutableArray<(string Name, Where At, ImmutableSortedDictionary<string, string> Labels)>> Topics = new(
        "topics", PreferenceShapes.Labels.Named(Shapes.Slug, "a mapping of topics"), "What customers may choose to hear of or not.");
    static readonly Field<TimeSpan> Spread = new("spread", Shapes.Window, "How long messages that a pause or an outage held up are spread over.");
    static readonly Field<SmsReplies> SmsReplies = new("sms-replies", PreferenceShapes.Replies, "Templates that answer STOP, START and HELP.");
    static readonly Field<double> Holdout = new("holdout", Shapes.Share, "Share of all customers kept out of every promotion, to measure the programme by, such as 5%.");
    static readonly Field<Quiet> QuietTimes = new("quiet", QuietShape(), "When no message goes out.");
    static readonly Field<ImmutableArray<Cap>> Caps = new("caps", CapShape().OneOrMany("a cap", mayBeEmpty: true), "At most so many messages within a time.");
    static readonly Field<TimeSpan> StaleAfter = new("stale-after", Shapes.Window, "Signals older than this change facts but start no journey.");
    static readonly Field<TimeSpan> SurveyRest = new("survey-rest", Shapes.Window, "No customer is asked two surveys within this time.");
    static readonly Field<TimeOnly> DayStarts = new("day-starts", Shapes.TimeOfDay, "When the day's round is made, local time.");
    static readonly Field<Office> HoursOf = new("hours", HoursFile.Shape(ZoneShape), "When the team works.");
    static readonly Field<ImmutableArray<(string Name, Where At, string Address)>> Staff = new(
        "staff",
        Shapes.StaffAddress.Named(Shapes.Slug, "a mapping of roles"),
        "Roles and their e-mail addresses, or phone numbers to be told by SMS.");
    static readonly Field<Utm> Utm = new("utm", LinkShapes.Utm, "What links to the shop's own pages tell its statistics.");
    static readonly Field<bool> TrackClicks = new("track-clicks", LinkShapes.YesNo, "Whether links in e-mails lead over the site, so that it is known who followed them.");
    static readonly Field<(decimal Middle, decimal High)> Value = new("value", ValueShape(), "Spent in all from which a customer's value is middle, and high.");

    static readonly Shape<Policies> File = Combining.Mapping<Policies>(
        "the policies",
        [Zone, Locale, Currency, Sender, SenderAddress, Leap, ConsentNeeded, DoubleOptIn, Topics, SmsReplies, Holdout, QuietTimes, Caps, Spread, StaleAfter, SurveyRest, DayStarts, HoursOf, Staff, Value, Utm, TrackClicks],
        Make);

    public static Policies Read(Node node, Reading reading) => File.Read(node, reading) ?? new();

    static Policies Make(Values values, Reading reading)
    {
        var usual = new Policies();
        var zone = values.Get(Zone, usual.Zone);
        var quiet = values.Get(QuietTimes) ?? new(usual.Quiet, usual.QuietIn);
        var locale = values.Get(Locale, usual.Locale);

        return new()
        {
            Zone = zone,
            Locale = locale,
            Currency = values.Get(Currency, usual.Currency),
            Sender = values.Get(Sender, usual.Sender),
            SenderAddress = values.Get(SenderAddress, usual.SenderAddress),
            LeapDay = values.Get(Leap, usual.LeapDay),
            ConsentNeeded = values.Get(ConsentNeeded, usual.ConsentNeeded),
            DoubleOptIn = values.Get(DoubleOptIn, usual.DoubleOptIn),
            Topics = [.. values.Get(Topics, []).Select(topic => PreferenceShapes.Make(topic.Name, topic.At, topic.Labels, locale, reading))],
            SmsReplies = values.Get(SmsReplies) ?? usual.SmsReplies,
            Spread = values.Get(Spread, usual.Spread),
            Holdout = values.Get(Holdout),
            Quiet = quiet.Everywhere,
            QuietIn = quiet.In,
            Caps = values.Get(Caps, usual.Caps),
            StaleAfter = values.Get(StaleAfter, usual.StaleAfter),
            SurveyRest = values.Get(SurveyRest, usual.SurveyRest),
            DayStarts = values.Get(DayStarts, usual.DayStarts),
            Hours = (values.Get(HoursOf) ?? new()).In(zone),
            Staff = values.Get(Staff, []).ToImmutableSortedDictionary(role => role.Name, role => role.Address, StringComparer.Ordinal),
            ValueFrom = values.Get(Value, usual.ValueFrom),
            Utm = values.Get(Utm),
            TrackClicks = values.Get(TrackClicks, usual.TrackClicks),
        };
    }

    sealed record Quiet(QuietHours Everywhere, ImmutableSortedDictionary<string, QuietHours> In);

    static Shape<Quiet> QuietShape()
    {
        var from = new Field<TimeOnly>("from", Shapes.TimeOfDay, "When quiet begins, such as \"21:00\".", required: true);
        var to = new Field<TimeOnly>("to", Shapes.TimeOfDay, "When quiet ends, such as \"08:00\".", required: true);
        var sundays = new Field<bool>("sundays", Shapes.OneOf("what Sundays are", ("quiet", true), ("usual", false)), "Whether Sundays are quiet all day.");
        var holidays = new Field<bool>("holidays", Shapes.OneOf("what public holidays are", ("quiet", true), ("usual", false)), "Whether public holidays of calendar.yaml are quiet all day.");
        var inOne = Combining.Mapping<QuietHours>("quiet hours", [from, to, sundays, holidays], (v, _) => new(v.Get(from), v.Get(to), v.Get(sundays), v.Get(holidays)));
        var countries = new Field<ImmutableArray<(string Name, Where At, QuietHours Hours)>>(
            "countries", inOne.Named(Shapes.Place, "a mapping of countries"), "Where the law is stricter, by country (FR) or region (US-FL).");

        return Combining.Mapping<Quiet>("quiet hours", [from, to, sundays, holidays, countries], (v, _) => new(
            new(v.Get(from), v.Get(to), v.Get(sundays), v.Get(holidays)),
            v.Get(countries, []).ToImmutableSortedDictionary(one => one.Name, one => one.Hours, StringComparer.Ordinal)));
    }

    static Shape<Cap> CapShape()
    {
        var channel = new Field<Channel>("channel", Shapes.Channel, "email or sms; both together where it is absent.");
        var purpose = new Field<Purpose>("purpose", Shapes.Purpose, "The purpose; all together where it is absent.");
        var most = new Field<long>("most", Shapes.Whole(1, 1_000), "How many at most.", required: true);
        var within = new Field<TimeSpan>("within", Shapes.Window, "Within what time, such as 7d.", required: true);

        return Combining.Mapping<Cap>("a cap", [channel, purpose, most, within], (v, _) => new(
            v.Has(channel) ? v.Get(channel) : null,
            v.Has(purpose) ? v.Get(purpose) : null,
            (int)v.Get(most),
            v.Get(within)));
    }

    static Shape<(decimal Middle, decimal High)> ValueShape()
    {
        var middle = new Field<decimal>("middle", Shapes.Amount, "Money spent from which the value is middle.", required: true);
        var high = new Field<decimal>("high", Shapes.Amount, "Money spent from which the value is high.", required: true);

        return Combining.Mapping<(decimal, decimal)>("the bounds of value", [middle, high], (v, reading) =>
        {
            if (v.Get(high) <= v.Get(middle)) reading.Wrong(v.PlaceOf(high), "'high' is not above 'middle'.", "Raise it.");
            return (v.Get(middle), v.Get(high));
        });
    }
}

/// <summary>The team's hours as written; what is not written follows the playbook.</summary>
sealed record Office(string? Zone = null, ImmutableArray<OpeningHours?> Week = default, ImmutableArray<DateOnly> Holidays = default)
{
    public BusinessHours In(string zone) => new(
        Zone ?? zone,
        Week.IsDefault ? BusinessHours.Default.Week : Week,
        Holidays.IsDefault ? [] : [.. Holidays]);
}

/// <summary>The part of policies.yaml that says when the team works.</summary>
static class HoursFile
{
    static readonly Shape<OpeningHours?> Opening = Shapes.Written<OpeningHours?>(
        IsOpening, "opening hours", "Write 9-17, 9:00-17:30 or closed.", () => Shapes.Schema("string"));

    static readonly ImmutableArray<Field<OpeningHours?>> Week =
        [.. CultureInfo.InvariantCulture.DateTimeFormat.DayNames.Select(name => new Field<OpeningHours?>(name.ToLowerInvariant(), Opening, "Opening hours such as 9-17, or closed."))];

    public static Shape<Office> Shape(Shape<string> zoneShape)
    {
        var zone = new Field<string>("zone", zoneShape, "Where the team works; the playbook's zone where it is absent.");
        var holidays = new Field<ImmutableArray<DateOnly>>("holidays", Shapes.Date.OneOrMany("a date", mayBeEmpty: true).Distinct(), "Dates on which nobody works.");

        return Combining.Mapping<Office>("the team's hours", [zone, .. Week, holidays], (v, reading) =>
        {
            ImmutableArray<OpeningHours?> week = Week.Any(v.Has) ? [.. Week.Select(day => v.Get(day))] : default;
            if (!week.IsDefault && week.All(day => day is null)) reading.Wrong(v.At, "The team never works.", "Open on one day at least.");
            return new(v.Get(zone), week, v.Get(holidays));
        });
    }

    static bool IsOpening(string text, out OpeningHours? hours)
    {
        hours = null;
        if (text == "closed") return true;
        if (text.Split('-', StringSplitOptions.TrimEntries) is not [var from, var to]) return false;
        if (!IsHour(from, out var open) || !IsHour(to, out var close) || close <= open) return false;

        hours = new(open, close);
        return true;
    }

    static bool IsHour(string text, out TimeOnly time) => Shapes.IsTime(text.Contains(':') ? text : $"{text}:00", out time);
}
