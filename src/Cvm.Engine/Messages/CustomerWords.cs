namespace Cvm.Engine;

/// <summary>What pages say to customers of money and benefits, as messages say it: in the reader's language and the shop's currency.</summary>
public static class CustomerWords
{
    /// <summary>An amount of money, with cents where the currency has them.</summary>
    public static string Money(decimal amount, Policies policies, string locale) => Formats.Money(amount, policies.Currency, Formats.CultureFor(locale, locale));

    /// <summary>What a coupon takes off: <c>10%</c>, or money without cents where there are none.</summary>
    public static string Worth(string worth, Policies policies, string locale) =>
        decimal.TryParse(worth, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out var amount)
            ? Formats.RoundMoney(amount, policies.Currency, Formats.CultureFor(locale, locale)) : worth;

    /// <summary>What a tier brings, in the reader's language or else the shop's; null where nothing is written.</summary>
    public static string? Benefits(Tier? tier, Policies policies, string? locale)
    {
        if (tier is not { Benefits.Count: > 0 }) return null;
        foreach (var tag in Locales.Chain(locale, policies.Locale).Append(""))
            foreach (var (language, words) in tier.Benefits) if (string.Equals(language, tag, StringComparison.OrdinalIgnoreCase)) return Literal.Clean(words);
        return null;
    }

    /// <summary>The last day that a coupon promises, by the customer's calendar: who has it until five past midnight does not have that day.</summary>
    public static DateOnly LastDay(DateTimeOffset validUntil, string zone) => LocalTimes.Day(zone, validUntil).AddDays(-1);
}
