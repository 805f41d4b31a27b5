using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Cvm.Engine;

/// <summary>Numbers, money and dates as people of a culture write them.</summary>
static partial class Formats
{
    static readonly ConcurrentDictionary<(string Culture, string Currency), NumberFormatInfo> Monies = new();

    static readonly ConcurrentDictionary<string, string> DatePatterns = new(StringComparer.Ordinal);

    static readonly ImmutableSortedDictionary<string, (string Symbol, int Digits)> Currencies = new Dictionary<string, (string, int)>(StringComparer.Ordinal)
    {
        ["EUR"] = ("€", 2),
        ["USD"] = ("$", 2),
        ["GBP"] = ("£", 2),
        ["CNY"] = ("¥", 2),
        ["JPY"] = ("¥", 0),
        ["KRW"] = ("₩", 0),
        ["INR"] = ("₹", 2),
        ["VND"] = ("₫", 0),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

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
        var (symbol, digits) = Currencies.GetValueOrDefault(currency, (currency + '\u00A0', 2));
        var format = (NumberFormatInfo)culture.NumberFormat.Clone();
        (format.CurrencySymbol, format.CurrencyDecimalDigits) = (symbol, digits);
        if (format.CurrencyPositivePattern is 1 or 3) format.CurrencySymbol = symbol.Trim();
        return format;
    }

    static CultureInfo? Find(string locale)
    {
        try
        {
            return CultureInfo.GetCultureInfo(locale, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    [GeneratedRegex("[,،]?[ \u00A0]*'?dddd'?[,،]?[ \u00A0]*")]
    private static partial Regex Weekday();
}
