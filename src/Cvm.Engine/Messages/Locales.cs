namespace Cvm.Engine;

/// <summary>Language tags, as far as choosing a template needs them.</summary>
static class Locales
{
    /// <summary>The tag, then itself less one part after another: zh-Hans-CN, zh-Hans, zh; at last the default.</summary>
    public static IEnumerable<string> Chain(string? locale, string standard)
    {
        for (var tag = Tidy(locale); tag.Length > 0; tag = Shorter(tag)) yield return tag;
        for (var tag = Tidy(standard); tag.Length > 0; tag = Shorter(tag)) yield return tag;
    }

    public static string Tidy(string? locale) => locale is null ? "" : locale.Trim().Replace('_', '-').ToLowerInvariant();

    public static string Language(string locale)
    {
        var tag = Tidy(locale);
        return tag.IndexOf('-') is > 0 and var end ? tag[..end] : tag;
    }

    static string Shorter(string tag) => tag.LastIndexOf('-') is > 0 and var end ? tag[..end] : "";
}
