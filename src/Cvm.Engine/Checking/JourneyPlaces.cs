namespace Cvm.Engine;

/// <summary>Where the parts of a journey stand in its file.</summary>
sealed class JourneyPlaces
{
    readonly Node.Map text;
    readonly ImmutableDictionary<string, Where> steps;
    readonly Dictionary<Where, Node.Map> maps = [];

    public JourneyPlaces(WrittenJourney written)
    {
        (text, steps) = (written.Text, written.Places);
        foreach (var map in text.All().OfType<Node.Map>()) maps.TryAdd(map.At, map);
    }

    /// <summary>The journey itself.</summary>
    public Where Top => text.At;

    /// <summary>The value of a key of the journey, such as <c>goal</c>; the journey where it has none.</summary>
    public Where Of(string key) => text.Find(key)?.At ?? text.At;

    /// <summary>The condition of the trigger under the key, one of a list or the only one; the trigger where it has none.</summary>
    public Where WhenOf(string key, int number = 0) => Part(text.Find(key), number, "when");

    /// <summary>The trigger under the key, one of a list or the only one.</summary>
    public Where TriggerOf(string key, int number) => At(text.Find(key), number)?.At ?? Of(key);

    /// <summary>The step.</summary>
    public Where Step(string id) => steps.GetValueOrDefault(id, text.At);

    /// <summary>The value of a key of the step; the step where it has none.</summary>
    public Where Step(string id, string key) => Map(id)?.Find(key)?.At ?? Step(id);

    /// <summary>Whether the step has the key.</summary>
    public bool Has(string id, string key) => Map(id)?.Find(key) is not null;

    /// <summary>A part of one of the step's list: the <c>when</c> of a case.</summary>
    public Where Item(string id, string key, int number, string part) => Part(Map(id)?.Find(key), number, part);

    /// <summary>The step as it is written.</summary>
    public Node.Map? Map(string id) => steps.TryGetValue(id, out var at) && maps.TryGetValue(at, out var map) ? map : null;

    Where Part(Node? node, int number, string part) => At(node, number) is { } item ? (item as Node.Map)?.Find(part)?.At ?? item.At : text.At;

    static Node? At(Node? node, int number) => node is Node.List list ? (number < list.Items.Length ? list.Items[number] : list) : node;
}
