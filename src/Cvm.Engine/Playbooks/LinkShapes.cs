using System.Text.RegularExpressions;

namespace Cvm.Engine;

/// <summary>How the parts of policies.yaml are written that concern links in messages.</summary>
static partial class LinkShapes
{
    static readonly Shape<string> Host = Shapes.Written<string>(
        (text, out host) => HostName().IsMatch(host = text), "the name of a host", "Write it like shop.example, without https:// and without a path.", () => Shapes.Schema("string"));

    static readonly Shape<string> Source = Shapes.Written<string>(
        (text, out source) => SourceName().IsMatch(source = text), "the name of a source", "Write small letters, digits, hyphens or underscores, such as shop.", () => Shapes.Schema("string"));

    public static Shape<bool> YesNo { get; } = Shapes.OneOf("yes or no", ("yes", true), ("no", false));

    public static Shape<Utm> Utm { get; } = MakeUtm();

    static Shape<Utm> MakeUtm()
    {
        var source = new Field<string>("source", Source, "The value of utm_source, such as shop.", required: true);
        var hosts = new Field<ImmutableArray<string>>("hosts", Host.OneOrMany("a host").Distinct(), "The hosts whose links get the parameters.", required: true);
        var sms = new Field<bool>("sms", YesNo, "Whether links in SMS get them too; no where it is absent.");
        return Combining.Mapping<Utm>("the parameters of links", [source, hosts, sms], (v, _) => new(v.Get(source)!, v.Get(hosts), v.Get(sms)));
    }

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$")]
    private static partial Regex HostName();

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,63}$")]
    private static partial Regex SourceName();
}
