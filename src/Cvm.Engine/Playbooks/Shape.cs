using System.Text.Json.Nodes;

namespace Cvm.Engine;

/// <summary>What may stand in one place of a file: how it is read, and what an editor's schema says of it.
/// Reading notes every mistake and then gives a stand-in, which nobody uses once a mistake is noted.</summary>
/// <param name="Name">Makes it a definition of its own in the schema.</param>
sealed record Shape<T>(Func<Node, Reading, T?> Read, Func<Definitions, JsonObject> Describe, string? Name = null)
{
    public JsonObject Schema(Definitions definitions)
    {
        if (Name is null) return Describe(definitions);
        definitions.Add(Name, Describe);
        return new() { ["$ref"] = $"#/$defs/{Name}" };
    }
}

/// <summary>The named parts of a JSON Schema.</summary>
sealed class Definitions
{
    readonly SortedDictionary<string, JsonObject?> all = new(StringComparer.Ordinal);

    public void Add(string name, Func<Definitions, JsonObject> describe)
    {
        // Entered before it is described, because steps hold steps.
        if (all.TryAdd(name, null)) all[name] = describe(this);
    }

    public JsonObject All() => new(all.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
}

/// <summary>A key that a mapping may hold.</summary>
/// <param name="about">One sentence, shown by editors, by the documentation, and where a required key is missing.</param>
abstract class Field(string key, string about, bool required)
{
    public string Key => key;
    public string About => about;
    public bool Required => required;

    public abstract object? Read(Node node, Reading reading);

    public abstract JsonObject Schema(Definitions definitions);
}

sealed class Field<T>(string key, Shape<T> shape, string about, bool required = false) : Field(key, about, required)
{
    public override object? Read(Node node, Reading reading) => shape.Read(node, reading);

    public override JsonObject Schema(Definitions definitions)
    {
        var schema = shape.Schema(definitions);
        schema["description"] = About;
        return schema;
    }
}

/// <summary>What stood under the keys of one mapping.</summary>
sealed class Values(Where at)
{
    readonly Dictionary<Field, (Where At, object? Value)> read = [];

    public Where At => at;

    public bool Has(Field field) => read.ContainsKey(field);

    /// <summary>Where the field's value stands; the mapping where it has none.</summary>
    public Where PlaceOf(Field field) => read.TryGetValue(field, out var found) ? found.At : at;

    /// <summary>The value; the type's default where the key is absent.</summary>
    public T? Get<T>(Field<T> field) => read.TryGetValue(field, out var found) && found.Value is T value ? value : default;

    public T Get<T>(Field<T> field, T otherwise) => read.TryGetValue(field, out var found) && found.Value is T value ? value : otherwise;

    /// <summary>Reads every entry by its field; notes unknown and missing keys.</summary>
    /// <param name="what">What the mapping is, such as "a trigger".</param>
    public static Values Read(Node.Map map, string what, IReadOnlyList<Field> fields, Reading reading)
    {
        var values = new Values(map.At);

        foreach (var (key, value) in map.Entries)
        {
            if (fields.FirstOrDefault(field => field.Key == key.Value) is { } field) values.read[field] = (value.At, field.Read(value, reading));
            else reading.Wrong(key.At, $"There is no '{Reading.Short(key.Value)}' in {what}.", Reading.Hint(key.Value, [.. fields.Select(field => field.Key)]));
        }

        foreach (var field in fields)
        {
            if (field.Required && !values.Has(field)) reading.Wrong(map.At, $"'{field.Key}' is missing in {what}.", field.About);
        }

        return values;
    }

    /// <summary>The schema of such a mapping.</summary>
    public static JsonObject Schema(IReadOnlyList<Field> fields, Definitions definitions)
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Schema(definitions)))),
            ["additionalProperties"] = false,
        };
        if (fields.Any(field => field.Required)) schema["required"] = new JsonArray([.. fields.Where(field => field.Required).Select(field => (JsonNode)field.Key)]);
        return schema;
    }
}
