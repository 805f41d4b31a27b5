using System.Text.Json.Nodes;

namespace Cvm.Engine;

/// <summary>How the parts of policies.yaml are written that customers choose among.</summary>
static class PreferenceShapes
{
    /// <summary>A channel and a purpose in one line, such as <c>email promotional</c>.</summary>
    public static Shape<(Channel Channel, Purpose Purpose)> Agreement { get; } = Shapes.Written<(Channel, Purpose)>(
        IsAgreement, "a channel and a purpose", "Write it like email promotional.", () => Shapes.Schema("string"));

    static readonly Shape<string> LocaleShape = Shapes.Written<string>(
        (text, out locale) => TemplateFile.IsLocale(locale = text), "a language tag", "Write it like en or zh-CN.", () => Shapes.Schema("string"));

    static readonly Shape<ImmutableArray<(string Name, Where At, string Label)>> ByLanguage = Shapes.Text.Named(LocaleShape, "a mapping of languages");

    /// <summary>One label for everybody, or one for each language.</summary>
    public static Shape<ImmutableSortedDictionary<string, string>> Labels { get; } = new(
        (node, reading) => node is Node.Text
            ? ImmutableSortedDictionary<string, string>.Empty.Add("", Shapes.Text.Read(node, reading) ?? "")
            : ByLanguage.Read(node, reading).ToImmutableSortedDictionary(label => label.Name, label => label.Label, StringComparer.Ordinal),
        definitions => new() { ["anyOf"] = new JsonArray(Shapes.Text.Schema(definitions), ByLanguage.Schema(definitions)) });

    /// <summary>Templates by wish.</summary>
    public static Shape<SmsReplies> Replies { get; } = MakeReplies();

    /// <summary>The topic, with a label in the playbook's own language.</summary>
    public static Topic Make(string name, Where at, ImmutableSortedDictionary<string, string> labels, string locale, Reading reading)
    {
        if (labels.TryGetValue("", out var one)) return new(name, ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal).Add(locale, one));
        if (!labels.ContainsKey(locale)) reading.Wrong(at, $"The topic '{name}' has no label in {locale}, the language of last resort.", $"Add {locale}: to it.");
        return new(name, labels);
    }

    static bool IsAgreement(string text, out (Channel, Purpose) agreement)
    {
        agreement = default;
        if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var channel, var purpose]) return false;

        Purpose? meant = purpose switch { "promotional" => Purpose.Promotional, "service" => Purpose.Service, "transactional" => Purpose.Transactional, _ => null };
        Channel? by = channel switch { "email" => Channel.Email, "sms" => Channel.Sms, _ => null };
        agreement = (by ?? default, meant ?? default);
        return meant is not null && by is not null;
    }

    static Shape<SmsReplies> MakeReplies()
    {
        var stop = new Field<string>("stop", Shapes.Known("template"), "Answers whoever wants no more messages.");
        var start = new Field<string>("start", Shapes.Known("template"), "Answers whoever wants them again.");
        var help = new Field<string>("help", Shapes.Known("template"), "Answers whoever asks for help.");

        return Combining.Mapping<SmsReplies>("the answers by SMS", [stop, start, help], (v, reading) =>
        {
            foreach (var field in new[] { stop, start, help })
                if (v.Get(field) is { } name && reading.Names.Templates.TryGetValue(name, out var kind) && !kind.Sms)
                    reading.Wrong(v.PlaceOf(field), $"The template '{name}' is not written for SMS.", $"Add {name}.en.sms.");
            return new(v.Get(stop), v.Get(start), v.Get(help));
        });
    }
}
