using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Cvm.Web;

/// <summary>What pages say to the team, in the reader's language. The English text stands where it is said and is its own name; the Chinese stands in the
/// *.zh.txt file of the same folder, a line each: <c>English = 中文</c>.</summary>
public static class Tongue
{
    /// <summary>Names the language in addresses and in the cookie.</summary>
    public const string Name = "lang";

    const string English = "en", Chinese = "zh-CN";

    static readonly AsyncLocal<string?> Reader = new();
    static readonly FrozenDictionary<string, string> InChinese = Read();

    /// <summary>The languages there are: tag, and what its readers call it.</summary>
    public static ImmutableArray<(string Tag, string Called)> All { get; } = [(English, "English"), (Chinese, "中文")];

    /// <summary>The reader's language.</summary>
    public static string Lang => Reader.Value ?? English;

    /// <summary>The text in the reader's language.</summary>
    /// <param name="english">A literal: a test looks for its Chinese.</param>
    public static string T(string english) => Lang == Chinese && InChinese.TryGetValue(english, out var chinese) ? chinese : english;

    /// <summary>The same with values at {0}, {1} and so on.</summary>
    public static string T(string english, params object?[] values) => string.Format(CultureInfo.InvariantCulture, T(english), values);

    /// <summary>A template of the engine with its values, each told as this reader is told such things.</summary>
    public static string T(FormattableString text, Func<object?, object?> told) =>
        string.Format(CultureInfo.InvariantCulture, T(text.Format), [.. text.GetArguments().Select(told)]);

    /// <summary>Sets the reader's language: by the address (which is remembered), else as remembered, else as the browser asks.</summary>
    internal static Task Choose(HttpContext context, RequestDelegate next)
    {
        if (Known(context.Request.Query[Name]) is { } chosen)
        {
            Reader.Value = chosen;
            context.Response.Cookies.Append(Name, chosen, new() { MaxAge = TimeSpan.FromDays(365), SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax, HttpOnly = true, IsEssential = true });
        }
        else
        {
            Reader.Value = Known(context.Request.Cookies[Name]) ?? Asked(context.Request.Headers.AcceptLanguage.ToString());
        }

        return next(context);
    }

    static string? Known(string? tag) => tag switch
    {
        null => null,
        _ when tag.Equals(English, StringComparison.OrdinalIgnoreCase) || tag.StartsWith("en-", StringComparison.OrdinalIgnoreCase) => English,
        _ when tag.Equals("zh", StringComparison.OrdinalIgnoreCase) || tag.StartsWith("zh-", StringComparison.OrdinalIgnoreCase) => Chinese,
        _ => null,
    };

    static string? Asked(string header) =>
        !StringWithQualityHeaderValue.TryParseList([header], out var wishes) ? null
        : wishes.Where(wish => wish.Quality != 0).OrderByDescending(wish => wish.Quality ?? 1).Select(wish => Known(wish.Value.Value)).FirstOrDefault(tag => tag is not null);

    static FrozenDictionary<string, string> Read()
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var assembly = typeof(Tongue).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".zh.txt", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            while (reader.ReadLine() is { } line)
                if (line.Split(" = ", 2) is [var english, var chinese]) texts[english] = chinese;
        }

        return texts.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
