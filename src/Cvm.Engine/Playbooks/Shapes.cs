using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Cvm.Engine;

/// <summary>Reads a written form; false where the text is none.</summary>
delegate bool Parse<T>(string text, out T value);

/// <summary>The single values that playbook files are made of.</summary>
static partial class Shapes
{
    const int MaxText = 1_000;
    const int MaxName = 64;

    public static Shape<string> Text { get; } = new(
        (node, reading) =>
        {
            if (reading.TextOf(node, "a text") is not { } text) return null;
            if (text.Length > MaxText) reading.Wrong(node.At, $"This text is longer than {MaxText} characters.", "Shorten it.");
            return text.Trim();
        },
        _ => Schema("string"));

    /// <summary>Any plain value, taken as text.</summary>
    public static Shape<string> Scalar { get; } = Text with { Describe = _ => new() { ["type"] = new JsonArray("string", "number", "boolean") } };

    /// <summary>A name that this file defines.</summary>
    public static Shape<string> Slug { get; } = Written<string>(
        (text, out name) => IsSlug(name = text),
        $"a name of small letters, digits and hyphens (at most {MaxName})",
        "Write it like we-miss-you.",
        () => Schema("string", Name().ToString()),
        "name");

    public static Shape<Lapse> Span { get; } = Written<Lapse>(
        (text, out lapse) => Lapse.TryParse(text, out lapse) && lapse.Amount > 0,
        "a span of time",
        "Write 30m, 4h, 7d, 2w, 4bh or 2bd; more than nothing, at most ten years.",
        () => Schema("string", @"^[0-9.]+ ?(m|h|d|w|bh|bd)$"),
        "span");

    /// <summary>A span of the calendar, not of business hours.</summary>
    public static Shape<TimeSpan> Window { get; } = Written(
        static (string text, out TimeSpan span) =>
        {
            var read = Lapse.TryParse(text, out var lapse) && lapse is { Amount: > 0, Unit: "m" or "h" or "d" or "w" };
            span = TimeSpan.FromDays(read ? lapse.Days : 0);
            return read;
        },
        "a span of the calendar",
        "Write 30m, 4h, 7d or 2w.",
        () => Schema("string", @"^[0-9.]+ ?(m|h|d|w)$"));

    public static Shape<int> Days { get; } = Written(
        static (string text, out int days) =>
        {
            var read = Lapse.TryParse(text, out var lapse) && lapse is { Days: >= 1 and <= 366, Unit: "d" or "w" } && lapse.Days % 1 == 0;
            days = read ? (int)lapse.Days : 0;
            return read;
        },
        "a number of whole days within a year",
        "Write 3d or 2w.",
        () => Schema("string", @"^[0-9]+ ?(d|w)$"));

    public static Shape<TimeOnly> TimeOfDay { get; } = Written<TimeOnly>(
        (text, out time) => IsTime(text, out time),
        "a time of day",
        "Write it in quotes like \"10:00\".",
        () => Schema("string", "^([01]?[0-9]|2[0-3]):[0-5][0-9]$"));

    public static Shape<DateOnly> Date { get; } = Written<DateOnly>(
        (text, out date) => IsDate(text, out date),
        "a date",
        "Write it like 2027-01-31.",
        () => Schema("string", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"));

    /// <summary>A percentage above 0 and below 100, as a share of 1.</summary>
    public static Shape<double> Share { get; } = Written(
        static (string text, out double share) =>
        {
            share = 0;
            if (!text.EndsWith('%') || !double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)) return false;
            share = percent / 100;
            return percent is > 0 and < 100;
        },
        "a share between 0% and 100%",
        "Write it like 10%.",
        () => Schema("string", @"^[0-9.]+%$"));

    public static Shape<string> Email { get; } = Written<string>(
        (text, out address) => Address().IsMatch(address = text) && text.Length <= 254,
        "an e-mail address",
        "Write it like service@example.com.",
        () => Schema("string"));

    /// <summary>Where a person of the team is told: by e-mail, or by SMS.</summary>
    public static Shape<string> StaffAddress { get; } = Written<string>(
        (text, out address) => (Address().IsMatch(address = text) && text.Length <= 254) || PhoneNumber().IsMatch(text),
        "an e-mail address or a phone number",
        "Write it like service@example.com, or \"+4915112345678\" in quotes.",
        () => Schema("string"));

    public static Shape<string> Country { get; } = Written<string>(
        (text, out country) => text is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] & (country = text) is not null,
        "a country code",
        "Write two capital letters, such as FR.",
        () => Schema("string", "^[A-Z]{2}$"));

    /// <summary>A country, or a region of one.</summary>
    public static Shape<string> Place { get; } = Written<string>(
        (text, out place) => PlaceName().IsMatch(place = text),
        "a country or a region",
        "Write two capital letters, such as FR, or a region of ISO 3166-2, such as US-FL.",
        () => Schema("string", "^[A-Z]{2}(-[A-Z0-9]{1,3})?$"));

    public static Shape<Purpose> Purpose { get; } = OneOf(
        "a purpose",
        ("promotional", Cvm.Purpose.Promotional),
        ("service", Cvm.Purpose.Service),
        ("transactional", Cvm.Purpose.Transactional));

    public static Shape<Channel> Channel { get; } = OneOf("a channel", ("email", Cvm.Channel.Email), ("sms", Cvm.Channel.Sms));

    public static Shape<Expression> Condition { get; } = new(
        (node, reading) => reading.Condition(node, FactType.Truth),
        _ => new() { ["type"] = new JsonArray("string", "boolean"), ["minLength"] = 1 },
        "condition");

    public static Shape<Expression> Reckoning { get; } = new(
        (node, reading) => reading.Condition(node, FactType.Number),
        _ => new() { ["type"] = new JsonArray("number", "string") });

    public static Shape<long> Whole(long least, long most) => Written(
        (string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most,
        $"a whole number from {least} to {most}",
        null,
        () => new() { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most });

    public static Shape<decimal> Amount { get; } = Written<decimal>(
        (text, out amount) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount) && amount <= 1_000_000_000,
        "a number, not below 0",
        "Write it like 12.50, without a sign or a currency.",
        () => new() { ["type"] = "number", ["minimum"] = 0 });

    /// <summary>A name that another part of the playbook defines: template, survey, segment, journey, tier, holiday or role.</summary>
    public static Shape<string> Known(string kind) => new(
        (node, reading) =>
        {
            if (reading.TextOf(node, $"the name of a {kind}") is not { } name) return null;
            Exists(kind, name, node.At, reading);
            return name;
        },
        _ => Schema("string"));

    public static void Exists(string kind, string name, Where at, Reading reading)
    {
        if (reading.Names.Of(kind) is { } known && !known.Contains(name))
            reading.Wrong(at, $"There is no {kind} '{Reading.Short(name)}'.", Reading.Hint(name, known) ?? Home(kind));
    }

    /// <summary>One word of a fixed list.</summary>
    public static Shape<T> OneOf<T>(string needed, params (string Word, T Value)[] words) => new(
        (node, reading) =>
        {
            if (reading.TextOf(node, needed) is not { } text) return default;
            foreach (var (word, value) in words) if (word == text) return value;
            reading.Wrong(
                node.At,
                $"'{Reading.Short(text)}' is not {needed}.",
                Reading.Hint(text, [.. words.Select(pair => pair.Word)]) ?? "They are listed in docs/journeys.md.");
            return default;
        },
        _ => new() { ["enum"] = new JsonArray([.. words.Select(pair => (JsonNode)pair.Word)]) });

    /// <summary>A single value with a written form of its own.</summary>
    public static Shape<T> Written<T>(Parse<T> parse, string needed, string? fix, Func<JsonObject> schema, string? name = null) => new(
        (node, reading) =>
        {
            if (reading.TextOf(node, needed) is not { } text) return default;
            if (parse(text, out var value)) return value;
            reading.Wrong(node.At, $"'{Reading.Short(text)}' is not {needed}.", fix);
            return default;
        },
        _ => schema(),
        name);

    public static JsonObject Schema(string type, string? pattern = null)
    {
        var schema = new JsonObject { ["type"] = type };
        if (pattern is not null) schema["pattern"] = pattern;
        return schema;
    }

    public static bool IsSlug(string text) => text.Length <= MaxName && Name().IsMatch(text);

    public static bool IsTime(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    public static bool IsDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date) && date.Year is >= 1990 and < 2100;

    static string Home(string kind) => kind switch
    {
        "template" => "Write it in a messages folder.",
        "survey" => "Define it in surveys.yaml.",
        "segment" => "Define it in segments.yaml.",
        "tier" => "Define it in loyalty.yaml, under tiers.",
        "holiday" => "Define it in calendar.yaml.",
        "role" => "Define it in policies.yaml, under staff.",
        _ => $"The playbook has no such {kind}.",
    };

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[^@\s<>,;""]+@[^@\s<>,;""]+\.[^@\s<>,;""]+$")]
    private static partial Regex Address();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$")]
    private static partial Regex PhoneNumber();

    [GeneratedRegex("^[A-Z]{2}(-[A-Z0-9]{1,3})?$")]
    private static partial Regex PlaceName();
}
