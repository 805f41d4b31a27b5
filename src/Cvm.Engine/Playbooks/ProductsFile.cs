using System.Text.RegularExpressions;

namespace Cvm.Engine;

/// <summary>products.yaml: what messages may show.</summary>
static partial class ProductsFile
{
    static readonly Shape<string> Sku = Shapes.Written<string>(
        (text, out sku) => SkuName().IsMatch(sku = text), "a SKU of letters, digits, dots, hyphens and underscores (at most 64)", "Write it like earl-grey or TEA-100.", () => Shapes.Schema("string"));

    static readonly Shape<string> Secure = Address("https", "a web address that starts with https://");
    static readonly Shape<string> Web = Address("http", "a web address");

    static readonly Field<ImmutableSortedDictionary<string, string>> Title = new("title", PreferenceShapes.Labels, "What it is called: one text, or one for each language.", required: true);
    static readonly Field<decimal> Price = new("price", Shapes.Amount, "In the playbook's currency.", required: true);
    static readonly Field<string> Link = new("link", Web, "Its page.", required: true);
    static readonly Field<string> Image = new("image", Secure, "A picture of it, best square; starts with https://.");
    static readonly Field<string> Category = new("category", Shapes.Text, "The shop's own word for what kind of thing it is.");

    sealed record Body(ImmutableSortedDictionary<string, string> Titles, decimal Price, string Link, string? Image, string? Category);

    static readonly Shape<ImmutableArray<(string Name, Where At, Body Body)>> File = Combining.Mapping<Body>(
        "a product", [Title, Price, Link, Image, Category], (v, _) => new(v.Get(Title)!, v.Get(Price), v.Get(Link)!, v.Get(Image), v.Get(Category))).Named(Sku, "a mapping of products");

    public static ImmutableSortedDictionary<string, Product> Read(Node node, string locale, Reading reading) =>
        File.Read(node, reading).Select(one => Make(one.Name, one.At, one.Body, locale, reading)).ToImmutableSortedDictionary(product => product.Sku, product => product, StringComparer.Ordinal);

    static Product Make(string sku, Where at, Body body, string locale, Reading reading)
    {
        var titles = body.Titles.TryGetValue("", out var one) ? body.Titles.Remove("").Add(locale, one) : body.Titles;
        if (!titles.ContainsKey(locale)) reading.Wrong(at, $"The product '{sku}' has no title in {locale}, the language of last resort.", $"Add {locale}: to it.");

        // Nothing in a file may become a mark, a direction or a second line of a message.
        var clean = titles.ToImmutableSortedDictionary(title => title.Key, title => Literal.Clean(title.Value) ?? sku, StringComparer.Ordinal);
        return new(sku, clean, body.Price, body.Image, body.Link, body.Category);
    }

    static Shape<string> Address(string scheme, string needed) => Shapes.Written<string>(
        (text, out address) =>
        {
            address = text;
            return text.StartsWith(scheme, StringComparison.Ordinal) && Ascii(text) && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", UserInfo: "" };
        },
        needed, "Write it like https://shop.example/tea, without a user name.", () => Shapes.Schema("string"));

    static bool Ascii(string text) => text.All(letter => letter is > ' ' and < '\x7F' and not ('"' or '<' or '>' or '\\'));

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
    private static partial Regex SkuName();
}
