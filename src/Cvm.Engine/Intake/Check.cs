using System.Text;

namespace Cvm.Engine;

/// <summary>The rules for single values, the same for JSON and CSV: gives back what may be kept, or notes what is wrong and how to mend it.</summary>
sealed class Check(IntakeRules rules)
{
    public const int MostId = 64, MostName = 200, MostText = 4_000, MostProblems = 20;
    const decimal MostMoney = 1_000_000_000;

    static readonly DateTimeOffset Earliest = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
    readonly DateTimeOffset latest = rules.Now.AddDays(1);
    readonly List<FieldProblem> problems = [];
    readonly Dictionary<DateTime, DateTimeOffset> noons = [];
    string path = "";

    public IntakeRules Rules => rules;

    public bool Clear => problems.Count == 0;

    /// <summary>Whether a time without an offset is read in the shop's zone, as exports write it, rather than refused.</summary>
    public bool LocalTimesAllowed { get; init; }

    public void Begin()
    {
        problems.Clear();
        path = "";
    }

    /// <summary>Fields are within this array entry until <see cref="Leave"/>.</summary>
    public void Enter(string array, int index) => path = $"{array}[{index}].";

    public void Leave() => path = "";

    public IReadOnlyList<FieldProblem> Problems() => [.. problems];

    /// <summary>Notes a problem; the result is what the field then is worth.</summary>
    public string? Refuse(string field, string what, string fix)
    {
        if (problems.Count < MostProblems) problems.Add(new(field == "" ? path.TrimEnd('.') : path + field, what, fix));
        return null;
    }

    /// <summary>Trimmed and in Unicode's normal form C.</summary>
    public static string Clean(string text)
    {
        var trimmed = text.AsSpan().Trim().Length == text.Length ? text : text.Trim();
        return Ascii.IsValid(trimmed) || trimmed.IsNormalized() ? trimmed : trimmed.Normalize();
    }

    /// <summary>The id of whoever brought the customer, from an id or from what a referral link carried.</summary>
    public string? Referrer(string field, string? text)
    {
        if (text is null) return null;
        if (Clean(text).Length <= MostId) return Id(field, text);
        return rules.Referrer?.Invoke(Clean(text)) ?? Refuse(field, "is neither a customer's id nor what a referral link carries.", "Send what stands behind ref= as it is, or leave it out.");
    }

    public string? Id(string field, string? text) => Line(field, text, MostId);

    /// <summary>One line of 1 to <paramref name="most"/> characters.</summary>
    public string? Line(string field, string? text, int most)
    {
        if (text is null) return null;
        text = Clean(text);
        if (text.Length == 0) return Refuse(field, "is empty.", "Fill it, or leave it out where it may be.");
        if (text.Length > most) return Refuse(field, $"is longer than {most:N0} characters.", "Shorten it.");
        return HasControl(text, breaks: false) ? Refuse(field, "holds a control character.", "Take out tabs, line breaks and the like.") : text;
    }

    /// <summary>Text that may have line breaks.</summary>
    public string? Text(string field, string? text)
    {
        if (text is null) return null;
        text = Clean(text);
        if (text.Length == 0) return Refuse(field, "is empty.", "Fill it, or leave it out where it may be.");
        if (text.Length > MostText) return Refuse(field, $"is longer than {MostText:N0} characters.", "Shorten it.");
        return HasControl(text, breaks: true) ? Refuse(field, "holds a control character.", "Only line breaks and tabs may stand in it.") : text;
    }

    /// <summary>A moment, in UTC. A day alone means its noon in the shop's zone.</summary>
    public DateTimeOffset? Moment(string field, string? text)
    {
        if (text is null) return null;
        var form = MomentText.Read(text.AsSpan().Trim(), out var wall, out var offset);
        DateTimeOffset? moment = form switch
        {
            MomentForm.Exact => new DateTimeOffset(wall.Ticks - offset.Ticks, TimeSpan.Zero),
            MomentForm.Day when wall.Year is > 1 and < 9999 => Noon(wall),
            MomentForm.Local when LocalTimesAllowed && wall.Year is > 1 and < 9999 => LocalTimes.At(rules.Zone, DateOnly.FromDateTime(wall), TimeOnly.FromDateTime(wall)),
            _ => null,
        };

        if (moment is null) Refuse(field, WhatIsWrong(form, text), form == MomentForm.Local ? "Add an offset such as Z or +02:00." : FixOf(text));
        else if (moment > latest) Refuse(field, "lies in the future.", "Only what has happened comes in; check the year and the offset.");
        else if (moment < Earliest) Refuse(field, "lies before 1900.", "Check the year.");
        return moment;
    }

    /// <summary>Money of at least <paramref name="least"/>, rounded to cents, halves away from zero.</summary>
    public decimal? Money(string field, decimal? amount, decimal least)
    {
        if (amount is not { } given) return null;
        if (Math.Abs(given) >= MostMoney) Refuse(field, "is a billion or more.", "Check the decimal point.");
        else if (decimal.Round(given, 2, MidpointRounding.AwayFromZero) is var money && money >= least) return money;
        else if (least == 0) Refuse(field, "is less than 0.", "Send money that went back as a refund.");
        else Refuse(field, "is not more than 0.", "A refund says how much went back, as a positive number.");
        return null;
    }

    /// <summary>One of a few words.</summary>
    public string? OneOf(string field, string? text, params IReadOnlyCollection<string> words)
    {
        if (text is null) return null;
        var word = text.Trim();
        return words.Contains(word) ? word
            : Refuse(field, $"is '{Shown(word)}'.", Nearest.Hint(Shown(word), words) ?? $"Use one of {string.Join(", ", words)}.");
    }

    /// <summary>The shop's currency, or nothing.</summary>
    public void Currency(string field, string? text)
    {
        if (text is null || string.Equals(text.Trim(), rules.Currency, StringComparison.OrdinalIgnoreCase)) return;
        Refuse(field, $"is '{Shown(text)}', the shop's is {rules.Currency}.", $"Convert the amount to {rules.Currency}, or leave the currency out.");
    }

    /// <summary>A value as a message may show it.</summary>
    public static string Shown(string text) => text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 37), "...");

    DateTimeOffset Noon(DateTime day)
    {
        if (noons.TryGetValue(day, out var noon)) return noon;
        if (noons.Count > 10_000) noons.Clear();
        return noons[day] = LocalTimes.At(rules.Zone, DateOnly.FromDateTime(day), new(12, 0));
    }

    static string WhatIsWrong(MomentForm form, string text) =>
        form == MomentForm.Local ? "has no offset, so nobody knows which hour it was." : $"is not a moment: '{Shown(text.Trim())}'.";

    static string FixOf(string text) => text.Length > 2 && char.IsAsciiDigit(text[0]) && text.AsSpan(1, Math.Min(2, text.Length - 1)).IndexOfAny('/', '.', '-') >= 0
        ? "Which part is the day and which the month differs by country: write the year first, such as 2026-03-01."
        : "Write 2026-03-01T10:00:00Z, or 2026-03-01 for a day.";

    static bool HasControl(string text, bool breaks)
    {
        foreach (var letter in text) if (char.IsControl(letter) && !(breaks && letter is '\n' or '\r' or '\t')) return true;
        return false;
    }
}
