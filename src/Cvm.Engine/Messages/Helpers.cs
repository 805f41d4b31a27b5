using System.Globalization;
using HandlebarsDotNet;
using HandlebarsDotNet.IO;

namespace Cvm.Engine;

/// <summary>A helper of the language of messages.</summary>
/// <param name="Takes">Types its first argument may have; empty for any.</param>
/// <param name="Named">Whether it is told more by <c>key="value"</c>.</param>
sealed record Helper(string Name, int Least, int Most, ImmutableArray<VariableType> Takes, bool Named, string Fix)
{
    /// <summary>Whether it takes forms of a word by <c>one="word"</c>, instead of two words.</summary>
    public bool Forms { get; init; }
}

/// <summary>What can be done with a value, and the Handlebars that does it. The culture is that of the running thread,
/// set for the length of one message.</summary>
static class Helpers
{
    public static ImmutableSortedDictionary<string, Helper> All { get; } = new Helper[]
    {
        new("or", 2, 8, [], false, "Write {{or name \"there\"}}."),
        new("is", 2, 8, [], false, "Write {{#if (is tier \"gold\")}}."),
        new("pick", 1, 1, [], true, "Write {{pick tier silver=\"Silver\" gold=\"Gold\" else=\"Member\"}}."),
        new("plural", 1, 3, [VariableType.Number], false, "Write {{points}} {{plural points \"point\" \"points\"}}.") { Forms = true },
        new("product", 1, 1, [], false, "Write {{product \"earl-grey\"}}."),
        new("number", 1, 1, [VariableType.Number, VariableType.Money], false, "Write {{number points}}."),
        new("money", 1, 1, [VariableType.Number, VariableType.Money], false, "Write {{money spent}}."),
        new("date", 1, 1, [VariableType.Date], false, "Write {{date coupon.until}}."),
    }.ToImmutableSortedDictionary(helper => helper.Name, helper => helper, StringComparer.Ordinal);

    /// <summary>Handlebars with these helpers, hiding every value it writes.</summary>
    public static IHandlebars Handlebars(string currency)
    {
        var handlebars = HandlebarsDotNet.Handlebars.Create(new HandlebarsConfiguration { TextEncoder = new Literal.Encoder() });
        handlebars.Configuration.FormatterProviders.Add(new ValueFormatter(currency));

        handlebars.RegisterHelper("or", (in HelperOptions _, in Context _, in Arguments given) => given.FirstOrDefault(IsThere));
        handlebars.RegisterHelper("is", (in HelperOptions _, in Context _, in Arguments given) => Is(given));
        handlebars.RegisterHelper("pick", (in HelperOptions _, in Context _, in Arguments given) => Pick(given));
        handlebars.RegisterHelper("plural", (in HelperOptions _, in Context _, in Arguments given) => Plural(given));
        handlebars.RegisterHelper("number", (in HelperOptions _, in Context _, in Arguments given) => Figure(given[0]) is { } n ? Formats.Number(n, CultureInfo.CurrentCulture) : null);
        handlebars.RegisterHelper("money", (in HelperOptions _, in Context _, in Arguments given) => Figure(given[0]) is { } n ? Formats.Money(n, currency, CultureInfo.CurrentCulture) : null);
        handlebars.RegisterHelper("date", (in HelperOptions _, in Context _, in Arguments given) => given[0] is DateOnly day ? Formats.Date(day, CultureInfo.CurrentCulture) : null);
        return handlebars;
    }

    static bool IsThere(object? value) => value is not null and not UndefinedBindingResult and not "";

    static decimal? Figure(object? value) => value switch
    {
        long whole => whole,
        int whole => whole,
        decimal exact => exact,
        double real when Math.Abs(real) < 1e15 => (decimal)real,
        _ => null,
    };

    static bool Is(Arguments given)
    {
        for (var i = 1; i < given.Length; i++) if (IsThere(given[0]) && Same(given[0], given[i])) return true;
        return false;
    }

    static bool Same(object? a, object? b) => Figure(a) is { } x && Figure(b) is { } y ? x == y : string.Equals(a?.ToString(), b?.ToString(), StringComparison.Ordinal);

    static object? Pick(Arguments given)
    {
        var value = IsThere(given[0]) ? Convert.ToString(given[0], CultureInfo.InvariantCulture)! : "else";
        return given.Hash.TryGetValue(value, out var word) ? word : given.Hash.TryGetValue("else", out var other) ? other : value;
    }

    // Two words are the one for 1 and the one for the rest, whatever else the language has.
    static object? Plural(Arguments given)
    {
        if (Figure(given[0]) is not { } count) return null;
        var form = Plurals.Of(count, CultureInfo.CurrentCulture.TwoLetterISOLanguageName);
        if (given.Length == 3 && !given.Hash.Any()) return count == 1 || form == "one" ? given[1] : given[2];
        return given.Hash.TryGetValue(form, out var word) ? word : given.Hash.GetValueOrDefault("other");
    }

    sealed class ValueFormatter(string currency) : IFormatter, IFormatterProvider
    {
        public void Format<T>(T value, in EncodedTextWriter writer) => writer.Write(value switch
        {
            decimal money => Formats.Money(money, currency, CultureInfo.CurrentCulture),
            DateOnly day => Formats.Date(day, CultureInfo.CurrentCulture),
            _ => Formats.Number(Figure(value) ?? 0, CultureInfo.CurrentCulture),
        });

        public bool TryCreateFormatter(Type type, out IFormatter formatter)
        {
            formatter = this;
            return type == typeof(decimal) || type == typeof(DateOnly) || type == typeof(long) || type == typeof(int) || type == typeof(double);
        }
    }
}
