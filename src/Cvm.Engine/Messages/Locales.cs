namespace Cvm.Engine;

/// <summary>Language tags, as far as choosing a template needs them.</summary>
static class Locales
{
    /// <summary>The tag, then itself less one part after another (lookup of RFC 4647): zh-Hans-CN, zh-Hans, zh; at last the default.
    /// Chinese tries what the same script is written in elsewhere before it tries Chinese of any kind.</summary>
    public static IEnumerable<string> Chain(string? locale, string standard) => Lookup(Tidy(locale)).Concat(Lookup(Tidy(standard)));

    public static string Tidy(string? locale) => locale is null ? "" : locale.Trim().Replace('_', '-').ToLowerInvariant();

    public static string Language(string locale)
    {
        var tag = Tidy(locale);
        return tag.IndexOf('-') is > 0 and var end ? tag[..end] : tag;
    }

    static IEnumerable<string> Lookup(string tag)
    {
        var chinese = Language(tag) == "zh";

        for (var rest = tag; rest.Length > 0; rest = Shorter(rest))
        {
            if (rest == tag) yield return rest;
            if (chinese && rest == "zh") foreach (var near in SameScript(tag)) yield return near;
            if (rest != tag) yield return rest;
        }
    }

    // A region implies a script, and a script is at home in a region (likely subtags of CLDR).
    static IEnumerable<string> SameScript(string tag)
    {
        var parts = tag.Split('-');
        var traditional = parts.Contains("hant") || (!parts.Contains("hans") && parts.Any(part => part is "tw" or "hk" or "mo"));
        var (script, home) = traditional ? ("zh-hant", "zh-tw") : ("zh-hans", "zh-cn");
        if (parts is [_, { Length: 2 } region, ..]) yield return $"{script}-{region}";
        yield return script;
        if (parts is ["zh", _, { Length: 2 } own, ..]) yield return $"zh-{own}";
        yield return home;
    }

    // A letter alone begins an extension, and says nothing without it.
    static string Shorter(string tag)
    {
        var end = tag.LastIndexOf('-');
        if (end >= 2 && tag[end - 2] == '-') end -= 2;
        return end > 0 ? tag[..end] : "";
    }
}
