using System.Text.Json.Nodes;

namespace Cvm.Engine;

/// <summary>Lists, mappings and choices made of other shapes.</summary>
static class Combining
{
    /// <summary>A list; a single item may stand without brackets. Items with mistakes are left out.</summary>
    public static Shape<ImmutableArray<T>> OneOrMany<T>(this Shape<T> item, string needed, bool mayBeEmpty = false) => new(
        (node, reading) =>
        {
            if (node is not Node.List list) return ReadAll([node], item, reading);
            if (list.Items.IsEmpty && !mayBeEmpty) reading.Wrong(node.At, $"This list is empty, where {needed} is needed.");
            return ReadAll(list.Items, item, reading);
        },
        definitions =>
        {
            var many = new JsonObject { ["type"] = "array", ["items"] = item.Schema(definitions) };
            if (!mayBeEmpty) many["minItems"] = 1;
            return new() { ["anyOf"] = new JsonArray(item.Schema(definitions), many) };
        });

    static ImmutableArray<T> ReadAll<T>(ImmutableArray<Node> nodes, Shape<T> item, Reading reading)
    {
        var items = ImmutableArray.CreateBuilder<T>(nodes.Length);

        foreach (var node in nodes)
        {
            var before = reading.Mistakes;
            var value = item.Read(node, reading);
            if (reading.Mistakes == before) items.Add(value!);
        }

        return items.ToImmutable();
    }

    /// <summary>As <see cref="OneOrMany"/>, each item once.</summary>
    public static Shape<ImmutableArray<T>> Distinct<T>(this Shape<ImmutableArray<T>> list) => list with
    {
        Read = (node, reading) =>
        {
            var items = list.Read(node, reading);
            if (!items.IsDefault && items.Distinct().Count() < items.Length) reading.Wrong(node.At, "Something stands twice in this list.", "Name each once.");
            return items;
        },
    };

    /// <summary>A mapping whose keys are names that the writer chooses, in the order of the file. Entries with mistakes are left out.</summary>
    public static Shape<ImmutableArray<(string Name, Where At, T Value)>> Named<T>(this Shape<T> value, Shape<string> name, string needed) => new(
        (node, reading) =>
        {
            if (node is not Node.Map map)
            {
                reading.Wrong(node.At, $"Here stands {node.Kind}, where {needed} is needed.");
                return [];
            }

            var entries = ImmutableArray.CreateBuilder<(string, Where, T)>(map.Entries.Length);

            foreach (var entry in map.Entries)
            {
                var before = reading.Mistakes;
                var key = name.Read(entry.Key, reading);
                var read = value.Read(entry.Value, reading);
                if (reading.Mistakes == before) entries.Add((key!, entry.Key.At, read!));
            }

            return entries.ToImmutable();
        },
        definitions => new() { ["type"] = "object", ["additionalProperties"] = value.Schema(definitions), ["propertyNames"] = name.Schema(definitions) });

    /// <summary>A mapping with these keys. <paramref name="build"/> sees it only where every key is right, and may note more.</summary>
    public static Shape<T> Mapping<T>(string what, IReadOnlyList<Field> fields, Func<Values, Reading, T?> build, string? name = null) => new(
        (node, reading) =>
        {
            if (node is not Node.Map map)
            {
                var keys = string.Join(", ", fields.Select(field => field.Key));
                reading.Wrong(node.At, $"Here stands {node.Kind}, where {what} is needed.", $"Write it with the keys {keys}.");
                return default;
            }

            var before = reading.Mistakes;
            var values = Values.Read(map, what, fields, reading);
            return reading.Mistakes == before ? build(values, reading) : default;
        },
        definitions => Values.Schema(fields, definitions),
        name);

    /// <summary>A mapping whose leading key says which of several it is.</summary>
    public static Shape<T> Variants<T>(string what, params (Field Lead, Shape<T> Shape)[] variants) => new(
        (node, reading) =>
        {
            var leads = variants.Select(variant => variant.Lead.Key).ToList();
            var found = node is Node.Map map ? variants.Where(variant => map.Find(variant.Lead.Key) is not null).ToList() : [];
            if (found.Count == 1) return found[0].Shape.Read(node, reading);

            var all = string.Join(", ", leads);
            if (found.Count > 1) reading.Wrong(node.At, $"'{found[0].Lead.Key}' and '{found[1].Lead.Key}' cannot stand together in {what}.", "Keep one of them.");
            else if (node is not Node.Map { Entries: [var first, ..] }) reading.Wrong(node.At, $"Here stands {node.Kind}, where {what} is needed.", $"Write one of the keys {all}.");
            else if (Nearest.To(Reading.Short(first.Key.Value), leads) is { } near) reading.Wrong(first.Key.At, $"There is no '{first.Key.Value}' in {what}.", $"Did you mean '{near}'?");
            else reading.Wrong(node.At, $"One of {all} is missing in {what}.", "Write one of them.");

            return default;
        },
        definitions => new() { ["oneOf"] = new JsonArray([.. variants.Select(variant => (JsonNode)variant.Shape.Schema(definitions))]) });

    /// <summary>A single value or, at length, a mapping.</summary>
    public static Shape<T> OrAtLength<T>(this Shape<T> single, Shape<T> mapping, string? name = null) => new(
        (node, reading) => node is Node.Map ? mapping.Read(node, reading) : single.Read(node, reading),
        definitions => new() { ["anyOf"] = new JsonArray(single.Schema(definitions), mapping.Schema(definitions)) },
        name);
}
