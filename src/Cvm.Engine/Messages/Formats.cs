using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Cvm.Engine;

/// <summary>Numbers, money and dates as people of a culture write them.</summary>
static partial class Formats
{
    static readonly ConcurrentDictionary<(string Culture, string Currency), NumberFormatInfo> Monies = new();

    static readonly ConcurrentDictionary<string, string> DatePatterns = new(StringComparer.Ordinal);

    // Where one sign is that of several currencies, it stands for the shop's own.
    static readonly ImmutableSortedDictionary<string, string> Symbols = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["EUR"] = "€",
        ["USD"] = "$",
        ["GBP"] = "£",
        ["CNY"] = "¥",
        ["JPY"] = "¥",
        ["KRW"] = "₩",
        ["INR"] = "₹",
        ["VND"] = "₫",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    // ISO 4217; all others have two.
    static readonly ImmutableArray<string> WithoutCents =
        ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"];
    static readonly ImmutableArray<string> WithThousandths = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

    /// <summary>The culture for figures: the customer's own where it shares the template's language, else the template's,
    /// so that no English sentence holds a German date.</summary>
    public static CultureInfo CultureFor(string template, string? customer) =>
        customer is not null && Locales.Language(customer) == Locales.Language(template) && Find(customer) is { } own ? own
        : Find(template) ?? CultureInfo.InvariantCulture;

    public static string Number(decimal number, CultureInfo culture) => number.ToString("#,0.##", culture);

    public static string Money(decimal amount, string currency, CultureInfo culture) =>
        amount.ToString("C", Monies.GetOrAdd((culture.Name, currency), static (key, culture) => MoneyOf(key.Currency, culture), culture)).Trim();

    /// <summary>Without cents where there are none: 5 off, not 5.00 off.</summary>
    public static string RoundMoney(decimal amount, string currency, CultureInfo culture)
    {
        var format = MoneyOf(currency, culture);
        if (decimal.IsInteger(amount)) format.CurrencyDecimalDigits = 0;
        return amount.ToString("C", format).Trim();
    }

    public static string Date(DateOnly date, CultureInfo culture) =>
        date.ToString(DatePatterns.GetOrAdd(culture.Name, static (_, culture) => Weekday().Replace(culture.DateTimeFormat.LongDatePattern, "").Trim(), culture), culture);

    static NumberFormatInfo MoneyOf(string currency, CultureInfo culture)
    {
        var symbol = Symbol(currency, culture);
        var digits = WithoutCents.Contains(currency) ? 0 : WithThousandths.Contains(currency) ? 3 : 2;
        var format = (NumberFormatInfo)culture.NumberFormat.Clone();
        (format.CurrencySymbol, format.CurrencyDecimalDigits) = (symbol, digits);
        if (format.CurrencyPositivePattern is 1 or 3) format.CurrencySymbol = symbol.Trim();

        // Accounts put a loss in brackets; a sentence does not.
        if (format.CurrencyNegativePattern is 0) format.CurrencyNegativePattern = 1;
        if (format.CurrencyNegativePattern is 14) format.CurrencyNegativePattern = 12;
        return format;
    }

    // The yuan and the yen share a sign: each keeps it at home, and says which it is to readers of the other.
    static string Symbol(string currency, CultureInfo culture) => (currency, culture.TwoLetterISOLanguageName) switch
    {
        ("JPY", "zh") => "JP¥",
        ("CNY", not "zh") => "CN¥",
        _ => Symbols.GetValueOrDefault(currency, currency + '\u00A0'),
    };

    static CultureInfo? Find(string locale)
    {
        try
        {
            return CultureInfo.GetCultureInfo(locale.Trim().Replace('_', '-'), predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    [GeneratedRegex("[,،]?[ \u00A0]*'?dddd'?[,،]?[ \u00A0]*")]
    private static partial Regex Weekday();
}
