namespace Cvm.Engine;

/// <summary>Something the shop sells, as messages show it.</summary>
/// <param name="Titles">By language; the playbook's own is always there.</param>
/// <param name="Image">An https address; null for none.</param>
public sealed record Product(string Sku, ImmutableSortedDictionary<string, string> Titles, decimal Price, string? Image, string Link, string? Category)
{
    /// <summary>The title in the nearest language.</summary>
    public string Title(string locale, string standard)
    {
        foreach (var tag in Locales.Chain(locale, standard))
            foreach (var (language, title) in Titles) if (Locales.Tidy(language) == tag) return title;
        return Sku;
    }
}
