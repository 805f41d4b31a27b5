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
