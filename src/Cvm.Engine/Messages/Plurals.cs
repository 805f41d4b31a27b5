namespace Cvm.Engine;

/// <summary>Which form of a word goes with a number, by the plural rules of CLDR.</summary>
static class Plurals
{
    public static ImmutableArray<string> Forms { get; } = ["zero", "one", "two", "few", "many", "other"];

    /// <summary>The form of a number as <see cref="Formats.Number"/> writes it: with at most two decimals, none of them a last zero.</summary>
    public static string Of(decimal number, string language)
    {
        var n = Math.Round(Math.Abs(number), 2, MidpointRounding.AwayFromZero);
        var whole = decimal.IsInteger(n);
        var i = decimal.Truncate(n);

        return language switch
        {
            "zh" or "ja" or "ko" or "vi" or "th" or "id" or "ms" => "other",
            "ru" or "uk" or "be" => !whole ? "other" : East(i, i % 10 == 1 && i % 100 != 11),
            "pl" => !whole ? "other" : East(i, i == 1),
            "cs" or "sk" => !whole ? "many" : i == 1 ? "one" : i is >= 2 and <= 4 ? "few" : "other",
            "sl" => !whole ? "few" : (i % 100) switch { 1 => "one", 2 => "two", 3 or 4 => "few", _ => "other" },
            "lt" => !whole ? "many" : i % 100 is >= 11 and <= 19 || i % 10 == 0 ? "other" : i % 10 == 1 ? "one" : "few",
            "ro" => whole && i == 1 ? "one" : !whole || i == 0 || i % 100 is >= 1 and <= 19 ? "few" : "other",
            "ar" => Arabic(n, whole),
            "he" => (whole && i == 1) || (!whole && i == 0) ? "one" : whole && i == 2 ? "two" : "other",
            "fr" or "pt" => i <= 1 ? "one" : Millions(i, whole),
            "es" => n == 1 ? "one" : Millions(i, whole),
            "it" => whole && i == 1 ? "one" : Millions(i, whole),
            "da" => n == 1 || (!whole && i <= 1) ? "one" : "other",
            _ => n == 1 ? "one" : "other",
        };
    }

    /// <summary>The forms that whole numbers take beside other, and that a template of this language cannot do without.</summary>
    public static ImmutableArray<string> Needed(string language) => language switch
    {
        "zh" or "ja" or "ko" or "vi" or "th" or "id" or "ms" => [],
        "ru" or "uk" or "be" or "pl" => ["one", "few", "many"],
        "cs" or "sk" or "lt" or "ro" => ["one", "few"],
        "sl" => ["one", "two", "few"],
        "ar" => ["zero", "one", "two", "few", "many"],
        "he" => ["one", "two"],
        _ => ["one"],
    };

    static string East(decimal i, bool one) => one ? "one" : i % 10 is >= 2 and <= 4 && i % 100 is not (>= 12 and <= 14) ? "few" : "many";

    static string Arabic(decimal n, bool whole) => n switch
    {
        0 => "zero",
        1 => "one",
        2 => "two",
        _ when whole && n % 100 is >= 3 and <= 10 => "few",
        _ when whole && n % 100 is >= 11 => "many",
        _ => "other",
    };

    // Un million de points: a form of its own, that few templates need.
    static string Millions(decimal i, bool whole) => whole && i != 0 && i % 1_000_000 == 0 ? "many" : "other";
}
