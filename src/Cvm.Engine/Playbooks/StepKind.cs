using System.Text.Json.Nodes;

namespace Cvm.Engine;

/// <summary>One kind of step: how it is written, what it does, which keys it takes, and how it compiles.
/// The reader, the JSON Schema and the documentation are all made from this.</summary>
/// <param name="Written">For the documentation, in code quotes.</param>
/// <param name="Fields">The first is the step's own key; <c>id</c> goes with every step.</param>
sealed record StepKind(string Key, string Written, string About, ImmutableArray<Field> Fields)
{
    public static Field<string> Id { get; } = new("id", Shapes.Slug, "A name of your own for this step, unique in the journey.");

    /// <summary>The id of a step that has none of its own.</summary>
    public required Func<Values, string> Slug { get; init; }

    public required Func<Values, Spot, Step> Build { get; init; }

    /// <summary>Notes what is wrong across keys. Runs only where every key is right in itself.</summary>
    public Action<Values, Reading> Check { get; init; } = (_, _) => { };

    /// <summary>The steps inside, way by way.</summary>
    public Func<Values, IEnumerable<ImmutableArray<StepDraft>>> Ways { get; init; } = _ => [];

    /// <summary>Whether one of the ways is always taken.</summary>
    public Func<Values, bool> AlwaysOne { get; init; } = _ => false;

    public JsonObject Schema(Definitions definitions)
    {
        var schema = Values.Schema([.. Fields, Id], definitions);
        schema["description"] = About;
        return schema;
    }
}

/// <summary>Where a step comes to lie.</summary>
/// <param name="Next">Index of the step that follows.</param>
/// <param name="Entry">Index at which one of the step's ways begins; the following step's where it is empty.</param>
sealed record Spot(string Id, int Next, Names Names, Func<ImmutableArray<StepDraft>, int> Entry);

/// <summary>A step as it was read, not yet laid out. Compared by identity: the same words in two places are two steps.</summary>
/// <param name="sound">Whether no mistake was found in it or below.</param>
sealed class StepDraft(StepKind kind, Values values, bool sound)
{
    public StepKind Kind => kind;
    public Values Values => values;
    public Where At => values.At;

    /// <summary>Whether nobody comes past this step.</summary>
    public bool Ends => kind.Key == "end" || (sound && kind.AlwaysOne(values) && kind.Ways(values).All(way => !way.IsDefaultOrEmpty && way[^1].Ends));

    /// <summary>A list of steps, at least one.</summary>
    public static Shape<ImmutableArray<StepDraft>> Steps { get; } = new((node, reading) => ReadAll(node, reading, mayBeEmpty: false), Schema, "steps");

    /// <summary>A list of steps that may be empty.</summary>
    public static Shape<ImmutableArray<StepDraft>> StepsOrNone { get; } = new(
        (node, reading) => ReadAll(node, reading, mayBeEmpty: true),
        definitions => new() { ["anyOf"] = new JsonArray(Steps.Schema(definitions), new JsonObject { ["type"] = "array", ["maxItems"] = 0 }) });

    static JsonObject Schema(Definitions definitions)
    {
        foreach (var kind in StepKinds.All) definitions.Add(kind.Key, kind.Schema);
        var kinds = StepKinds.All.Select(kind => (JsonNode)new JsonObject { ["$ref"] = $"#/$defs/{kind.Key}" });
        return new() { ["type"] = "array", ["minItems"] = 1, ["items"] = new JsonObject { ["oneOf"] = new JsonArray([.. kinds]) } };
    }

    static ImmutableArray<StepDraft> ReadAll(Node node, Reading reading, bool mayBeEmpty)
    {
        if (node is not Node.List list)
        {
            reading.Wrong(node.At, $"Here stands {node.Kind}, where a list of steps is needed.", "Begin each step with '- '.");
            return [];
        }

        if (list.Items.IsEmpty && !mayBeEmpty) reading.Wrong(node.At, "There are no steps here.", "Write at least one, such as '- end: done'.");
        return [.. list.Items.Select(item => Read(item, reading)).OfType<StepDraft>()];
    }

    static StepDraft? Read(Node node, Reading reading)
    {
        if (node is not Node.Map { Entries: [var first, ..] } map)
        {
            reading.Wrong(node.At, $"Here stands {node.Kind}, where a step is needed.", "A step is written like '- send: we-miss-you'.");
            return null;
        }

        var keys = map.Entries.Select(entry => entry.Key.Value).ToList();
        var kinds = StepKinds.All.Where(kind => keys.Contains(kind.Key)).OrderBy(kind => keys.IndexOf(kind.Key)).ToList();

        if (kinds.Count == 0)
        {
            var words = StepKinds.All.Select(kind => kind.Key).ToList();
            if (map.Entries.FirstOrDefault(entry => entry.Key.Value != StepKind.Id.Key)?.Key is { } word)
                reading.Wrong(
                    word.At,
                    $"There is no step '{Reading.Short(word.Value)}'.",
                    Reading.Hint(word.Value, words));
            else reading.Wrong(first.Key.At, "This step has an id, but does nothing.", $"Add one of {string.Join(", ", words)}.");
            return null;
        }

        if (kinds.Count > 1)
        {
            var second = map.Entries.First(entry => entry.Key.Value == kinds[1].Key).Key;
            reading.Wrong(second.At, $"A step does one thing; this one has '{kinds[0].Key}' and '{kinds[1].Key}'.", $"Begin a new step with '- {kinds[1].Key}:'.");
            return null;
        }

        return Read(map, kinds[0], reading);
    }

    static StepDraft Read(Node.Map map, StepKind kind, Reading reading)
    {
        var before = reading.Mistakes;
        var values = Values.Read(map, $"a step '{kind.Key}'", [.. kind.Fields, StepKind.Id], reading);
        if (values.Get(StepKind.Id) == Enrollment.Holdout)
            reading.Wrong(values.PlaceOf(StepKind.Id), $"The id '{Enrollment.Holdout}' is taken: it is the place of those held out.", "Choose another.");
        if (reading.Mistakes == before) kind.Check(values, reading);
        return new(kind, values, reading.Mistakes == before);
    }
}
