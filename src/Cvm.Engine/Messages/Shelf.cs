using System.Text;

namespace Cvm.Engine;

/// <summary>What templates draw on besides values: partials and products.</summary>
sealed class Shelf
{
    const int MostLetters = 256 * 1024, MostPartials = 1_000;

    readonly Dictionary<(string Name, Channel Channel, string Locale), Partial> partials = [];
    readonly HashSet<(string Name, Channel Channel)> used = [];
    readonly string standard;

    Shelf(string standard, ImmutableSortedDictionary<string, Product> products) => (this.standard, Products) = (standard, products);

    public ImmutableSortedDictionary<string, Product> Products { get; }

    /// <summary>A partial that was read, with its text cut into parts.</summary>
    public sealed record Partial(TemplateFile File, ImmutableArray<TemplatePart> Parts)
    {
        public Where Where(int offset) => MessageSource.PlaceOf(File, offset);
    }

    /// <summary>Reads and checks every partial on its own, so that each mistake is told once, where it stands.</summary>
    public static Shelf Of(IEnumerable<TemplateFile> files, Policies policies, ImmutableSortedDictionary<string, Product> products, List<Problem> problems)
    {
        var shelf = new Shelf(policies.Locale, products);
        foreach (var file in files)
        {
            var partial = Read(file, problems);
            if (!shelf.partials.TryAdd((file.Name, file.Channel, Locales.Tidy(file.Locale)), partial)) problems.Add(new(new(file.Path), $"The partial '{file.Name}' is written twice in {file.Locale}.", "Rename one of the files."));
        }

        foreach (var partial in shelf.partials.Values)
        {
            void Report(int at, string what, string? fix) => problems.Add(new(partial.Where(at), what, fix));
            new TemplateCheck(Report, new(partial.File, shelf, Head: false)).Check(partial.Parts);
            if (partial.File.Channel == Channel.Email) MessageMarkdown.Check(partial.File.Text, Report);
        }

        shelf.CheckLoops(problems);
        return shelf;
    }

    static Partial Read(TemplateFile file, List<Problem> problems)
    {
        void Report(int at, string what, string? fix) => problems.Add(new(MessageSource.PlaceOf(file, at), what, fix));
        if (file.Text.StartsWith("---\n", StringComparison.Ordinal) && file.Channel == Channel.Email) Report(0, "A partial has no head.", "Take the lines from --- to --- away; the message that uses it has them.");
        MessageTemplate.CheckLetters(file.Text, Report);
        return new(file, TemplateParser.Parse(file.Text, Report));
    }

    /// <summary>The partial in the language of the template that names it, or the nearest to it.</summary>
    public Partial? Find(string name, TemplateFile from)
    {
        foreach (var tag in Locales.Chain(from.Locale, standard)) if (partials.TryGetValue((name, from.Channel, tag), out var partial)) return partial;
        return null;
    }

    /// <summary>Notes that the template uses the partial; what is wrong with that, and how to mend it.</summary>
    public (string What, string? Fix)? Use(string name, TemplateFile from)
    {
        used.Add((name, from.Channel));
        if (Find(name, from) is not null) return null;

        var ending = from.Channel == Channel.Email ? "md" : "sms";
        var others = partials.Keys.Where(key => key.Name == name).ToList();
        return others.Any(key => key.Channel == from.Channel) ? ($"The partial '{name}' is not written in {from.Locale}, nor in {standard}.", $"Add messages/partials/{name}.{standard}.{ending}.")
            : others.Count > 0 ? ($"The partial '{name}' is not written for {(from.Channel == Channel.Email ? "e-mail" : "SMS")}.", $"Add messages/partials/{name}.{standard}.{ending}.")
            : ($"There is no partial '{name}'.", Nearest.Hint(name, [.. partials.Keys.Select(key => key.Name).Distinct()]) ?? $"Write messages/partials/{name}.{standard}.{ending}.");
    }

    /// <summary>Reports partials that no template of their channel names.</summary>
    public void CheckUnused(List<Problem> problems)
    {
        foreach (var (key, partial) in partials)
            if (!used.Contains((key.Name, key.Channel))) problems.Add(new(new(partial.File.Path), "No message uses this partial.", $"Write {{{{> {key.Name}}}}} where it belongs, or delete the file."));
    }

    /// <summary>The values that a text and its partials name, in order of name.</summary>
    public ImmutableArray<string> ReadBy(ImmutableArray<TemplatePart> parts, TemplateFile from)
    {
        var (names, seen) = (new SortedSet<string>(StringComparer.Ordinal), new HashSet<Partial>());
        Walk(parts, from);
        return [.. names];

        void Walk(ImmutableArray<TemplatePart> parts, TemplateFile from)
        {
            foreach (var part in TemplatePart.Flat(parts))
            {
                if (part is TemplatePart.Partial named && Find(named.Name, from) is { } partial && seen.Add(partial)) Walk(partial.Parts, partial.File);
                names.UnionWith(part switch { TemplatePart.Output output => output.Of.Names(), TemplatePart.Block block => block.When.Names(), _ => [] });
            }
        }
    }

    /// <summary>The text with partials in place and marks for coupons, products and answers; null where it grows beyond all bounds.</summary>
    public string? Expand(string text, ImmutableArray<TemplatePart> parts, TemplateFile from)
    {
        var (whole, left) = (new StringBuilder(text.Length), MostPartials);
        return Expand(text, parts, from, [], whole, ref left) ? whole.ToString() : null;
    }

    bool Expand(string text, ImmutableArray<TemplatePart> parts, TemplateFile from, ImmutableArray<string> inside, StringBuilder whole, ref int left)
    {
        var at = 0;
        foreach (var part in TemplatePart.Flat(parts))
        {
            if (part is TemplatePart.Output { Of: Spoken.Name { Path: "coupon" }, End: var end }) Put(part.At, end, MessageBlocks.OfCoupon);
            else if (part is TemplatePart.Output { Of: Spoken.Name { Path: "message" }, End: var close }) Put(part.At, close, MessageBlocks.OfWords);
            else if (part is TemplatePart.Output { Of: Spoken.Name { Path: Variables.Answers }, End: var shut }) Put(part.At, shut, MessageBlocks.OfAnswers);
            else if (part is TemplatePart.Output { Of: Spoken.Call { Helper: "product", Arguments: [Spoken.Text sku] }, End: var over }) Put(part.At, over, MessageBlocks.OfProduct(sku.Value));
            else if (part is TemplatePart.Partial { Name: var name, End: var last })
            {
                Put(part.At, last, "");
                if (Find(name, from) is not { } partial || inside.Contains(name)) continue;
                if (--left < 0 || !Expand(partial.File.Text.TrimEnd('\n'), partial.Parts, partial.File, inside.Add(name), whole, ref left)) return false;
            }

            if (whole.Length > MostLetters) return false;
        }

        whole.Append(text, at, text.Length - at);
        return whole.Length <= MostLetters;

        void Put(int start, int end, string instead)
        {
            whole.Append(text, at, start - at).Append(instead);
            at = end;
        }
    }

    void CheckLoops(List<Problem> problems)
    {
        var done = new HashSet<Partial>();
        foreach (var partial in partials.Values.OrderBy(partial => partial.File.Path, StringComparer.Ordinal)) Walk(partial, []);

        void Walk(Partial partial, ImmutableArray<Partial> way)
        {
            if (done.Contains(partial)) return;
            foreach (var named in TemplatePart.Flat(partial.Parts).OfType<TemplatePart.Partial>())
            {
                if (Find(named.Name, partial.File) is not { } next) continue;
                var from = way.Add(partial).IndexOf(next);
                if (from < 0) Walk(next, way.Add(partial));
                else problems.Add(new(partial.Where(named.At), $"The partial '{named.Name}' leads back to itself: {string.Join(", ", way.Add(partial).Skip(from).Append(next).Select(one => one.File.Name))}.", "Take one of them out."));
            }

            done.Add(partial);
        }
    }
}
