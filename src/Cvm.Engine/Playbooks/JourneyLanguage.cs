using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cvm.Engine;

/// <summary>The journey language about itself: what editors and the documentation say is made from what the reader knows.</summary>
public static class JourneyLanguage
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>The JSON Schema (draft 2020-12) of journey.yaml.</summary>
    public static string Schema()
    {
        var definitions = new Definitions();
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Journey",
            ["description"] = "A customer journey of a CvmFunctions playbook. Generated; see docs/journeys.md.",
        };
        foreach (var (key, value) in Values.Schema(JourneyFile.Fields, definitions).ToList()) schema[key] = value?.DeepClone();
        schema["$defs"] = definitions.All();

        return schema.ToJsonString(Indented) + "\n";
    }

    /// <summary>Markdown tables for the documentation, by name: steps, options, events, facts, questions.</summary>
    public static ImmutableSortedDictionary<string, string> Tables() => ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
    [
        Table("steps", "step | written | what it does", StepKinds.All.Select(kind => $"{kind.Key} | {kind.Written} | {kind.About}")),
        Table("options", "step | key | what it says",
            (from kind in StepKinds.All
             from field in kind.Fields.Skip(1)
             select $"{kind.Key} | `{field.Key}` | {field.About}").Prepend($"every step | `{StepKind.Id.Key}` | {StepKind.Id.About}")),
        Table("events", "event | when | `of:` names", Events.All.Select(kind => $"{kind.Name} | {kind.About} | {kind.Of ?? ""}")),
        Table("facts", "fact | type | what it is", Facts.All.Values.Select(fact => $"`{fact.Name}` | {TypeOf(fact.Type)} | {fact.About}")),
        Table("questions", "question | type | what it asks", Facts.Questions.Values.Select(question => $"`{question.Name}('{question.Argument}')` | {TypeOf(question.Type)} | {question.About}")),
    ]);

    /// <summary>The words that may stand in a journey, by the key they stand after: on, send, ask, start, topic, for; and by place: key of the journey, step, option of a step, fact of a condition.</summary>
    public static ImmutableSortedDictionary<string, ImmutableArray<string>> Words(Playbook playbook) => ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new KeyValuePair<string, ImmutableArray<string>>[]
    {
        new("key", [.. JourneyFile.Fields.Select(field => field.Key)]),
        new("step", [.. StepKinds.All.Select(kind => kind.Key)]),
        new("option", [.. StepKinds.All.SelectMany(kind => kind.Fields.Skip(1)).Select(field => field.Key).Concat(["when", "of", "as", "on", StepKind.Id.Key]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]),
        new("fact", [.. Facts.All.Keys, .. Facts.Questions.Keys]),
        new("on", [.. Events.All.Select(kind => kind.Name)]),
        new("until", [.. Events.All.Select(kind => kind.Name)]),
        new("send", [.. playbook.Templates.Keys]),
        new("ask", [.. playbook.Surveys.Keys]),
        new("start", [.. playbook.Journeys.Select(journey => journey.Name)]),
        new("topic", [.. playbook.Policies.Topics.Select(topic => topic.Name)]),
        new("for", [.. playbook.Policies.Staff.Keys]),
    });

    static KeyValuePair<string, string> Table(string name, string head, IEnumerable<string> rows)
    {
        var rule = string.Join("|", Enumerable.Repeat("---", head.Split('|').Length));
        return new(name, $"| {head} |\n|{rule}|\n{string.Concat(rows.Select(row => $"| {row} |\n"))}");
    }

    static string TypeOf(FactType type) => type switch
    {
        FactType.Truth => "yes or no",
        FactType.Number => "number",
        FactType.Text => "text",
        _ => "span",
    };
}
