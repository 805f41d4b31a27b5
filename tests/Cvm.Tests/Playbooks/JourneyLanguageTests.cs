using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cvm.Engine;

namespace Cvm.Tests.Playbooks;

public class JourneyLanguageTests
{
    [Fact]
    public void The_checked_in_schema_is_current() =>
        PlaybookGolden.Same(Path.Combine(PlaybookGolden.Root, "src/Playbook/journey.schema.json"), JourneyLanguage.Schema());

    [Fact]
    public void The_tables_in_the_documentation_are_current()
    {
        var path = Path.Combine(PlaybookGolden.Root, "docs/journeys.md");
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");

        foreach (var (name, table) in JourneyLanguage.Tables())
        {
            var block = new Regex($"(?<=<!-- {name} -->\n).*?(?=<!-- /{name} -->)", RegexOptions.Singleline);
            Assert.Single(block.Matches(text));
            text = block.Replace(text, _ => $"\n{table}\n");
        }

        PlaybookGolden.Same(path, text);
    }

    [Fact]
    public void Every_key_in_the_schema_says_what_it_is()
    {
        var schema = JsonNode.Parse(JourneyLanguage.Schema())!;

        var keys = Properties(schema).ToList();

        Assert.True(keys.Count > 60);
        Assert.All(keys, key => Assert.False(string.IsNullOrWhiteSpace((string?)key.Value?["description"]), key.Key));
    }

    [Fact]
    public void Every_reference_in_the_schema_has_its_definition()
    {
        var schema = JsonNode.Parse(JourneyLanguage.Schema())!;
        var defined = schema["$defs"]!.AsObject().Select(pair => $"#/$defs/{pair.Key}").ToHashSet();

        var references = Nodes(schema).OfType<JsonObject>().Select(node => (string?)node["$ref"]).OfType<string>().ToHashSet();

        Assert.Subset(defined, references);
        Assert.Superset(defined, references);
    }

    static IEnumerable<KeyValuePair<string, JsonNode?>> Properties(JsonNode schema) =>
        Nodes(schema).OfType<JsonObject>().Select(node => node["properties"]).OfType<JsonObject>().SelectMany(properties => properties);

    static IEnumerable<JsonNode> Nodes(JsonNode node) => node switch
    {
        JsonObject map => map.Select(pair => pair.Value).OfType<JsonNode>().SelectMany(Nodes).Prepend(node),
        JsonArray list => list.OfType<JsonNode>().SelectMany(Nodes).Prepend(node),
        _ => [node],
    };
}
