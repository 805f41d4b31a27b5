using System.Globalization;

namespace Cvm;

/// <summary>A length of time as a marketer writes it: 30m, 4h, 7d, 2w, 4bh (business hours), 2bd (business days).
/// Days and weeks keep the wall-clock time across clock changes; hours and minutes are exact.</summary>
public readonly record struct Lapse(double Amount, string Unit)
{
    /// <summary>Days as the unit that conditions reckon in; a business day counts as 8 business hours.</summary>
    public double Days => Unit switch
    {
        "m" => Amount / 1440,
        "h" => Amount / 24,
        "d" => Amount,
        "w" => Amount * 7,
        "bh" => Amount / 24,
        "bd" => Amount / 3,
        _ => 0,
    };

    /// <summary>The moment this long after <paramref name="from"/>, in the customer's zone and the team's business hours.</summary>
    public DateTimeOffset After(DateTimeOffset from, string zone, BusinessHours hours) => Unit switch
    {
        "m" => from.AddMinutes(Amount),
        "h" => from.AddHours(Amount),
        "d" => PlusDays(from, zone, Amount),
        "w" => PlusDays(from, zone, Amount * 7),
        "bh" => hours.After(from, TimeSpan.FromHours(Amount)),
        "bd" => hours.After(from, hours.Day * Amount),
        _ => from,
    };

    static DateTimeOffset PlusDays(DateTimeOffset from, string zone, double days)
    {
        var whole = (int)Math.Floor(days);
        return LocalTimes.PlusDays(zone, from, whole).AddDays(days - whole);
    }

    /// <summary>Reads 30m, 4h, 7d, 2w, 4bh, 2bd; no sign, at most ten years.</summary>
    public static bool TryParse(string text, out Lapse lapse)
    {
        lapse = default;
        var digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.')) digits++;
        var unit = text[digits..].Trim();

        if (unit is not ("m" or "h" or "d" or "w" or "bh" or "bd")) return false;
        if (!double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)) return false;

        lapse = new(amount, unit);
        return lapse.Days <= 3653;
    }

    public override string ToString() => Amount.ToString(CultureInfo.InvariantCulture) + Unit;
}
