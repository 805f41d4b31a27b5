namespace Cvm.Engine;

/// <summary>The steps that change the profile or pass it on.</summary>
static class ProfileSteps
{
    static readonly Shape<string> WebAddress = Shapes.Written<string>(
        (text, out address) => IsWebAddress(address = text),
        "a web address to post to",
        "Write one that begins with https:// and holds no user name or password.",
        () => Shapes.Schema("string", "^https?://"));

    public static StepKind Set()
    {
        var attributes = new Field<ImmutableArray<(string Name, Where At, string Value)>>(
            "attributes", Shapes.Scalar.Named(Shapes.Slug, "a mapping of attributes"), "Names and values.");
        var tags = new Field<ImmutableArray<string>>("tags", Shapes.Slug.OneOrMany("a tag").Distinct(), "Tags to add.");
        var untag = new Field<ImmutableArray<string>>("untag", Shapes.Slug.OneOrMany("a tag").Distinct(), "Tags to take away.");
        var set = new Field<Change>(
            "set",
            Combining.Mapping<Change>("a change of the profile", [attributes, tags, untag], Make),
            "Attributes and tags.",
            required: true);

        return new("set", "`set: { attributes: { name: value }, tags: [a], untag: [b] }`", "changes the profile", [set])
        {
            Slug = _ => "set",
            Build = (v, spot) => new Step.Set(spot.Id, spot.Next, v.Get(set)!.Attributes, v.Get(set)!.Tags, v.Get(set)!.Untag),
        };

        Change? Make(Values v, Reading reading)
        {
            var named = v.Get(attributes, []).ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
            var change = new Change(named, v.Get(tags, []), v.Get(untag, []));
            if (change.Attributes.IsEmpty && change.Tags.IsEmpty && change.Untag.IsEmpty)
                reading.Wrong(
                    v.At,
                    "This changes nothing.",
                    "Add attributes, tags or untag.");
            if (change.Tags.Intersect(change.Untag).FirstOrDefault() is { } both)
                reading.Wrong(
                    v.PlaceOf(untag),
                    $"The tag '{both}' is both added and taken away.",
                    "Keep one of them.");
            return change;
        }
    }

    sealed record Change(ImmutableSortedDictionary<string, string> Attributes, ImmutableArray<string> Tags, ImmutableArray<string> Untag);

    public static StepKind Webhook()
    {
        var address = new Field<string>("webhook", WebAddress, "The web address.", required: true);
        var fact = Shapes.OneOf("a fact", [.. Facts.All.Keys.Select(name => (name, name))]) with { Name = "fact" };
        var facts = new Field<ImmutableArray<string>>("facts", fact.OneOrMany("a fact").Distinct(), "The facts to send.");

        return new("webhook", "`webhook: https://...` with `facts: [name, ...]`", "posts the facts as JSON", [address, facts])
        {
            Slug = v => $"webhook-{new Uri(v.Get(address)!).Host}",
            Build = (v, spot) => new Step.Webhook(spot.Id, spot.Next, v.Get(address)!, v.Get(facts, [])),
        };
    }

    // Plain http only to this machine, for trying things out; a password in a playbook would be in every copy of it.
    static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo == ""
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
