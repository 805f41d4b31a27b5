namespace Cvm.Engine;

/// <summary>A part of a YAML file that knows where it stands.</summary>
abstract record Node(Where At)
{
    /// <summary>What it is, for messages.</summary>
    public abstract string Kind { get; }

    /// <param name="Place">Turns an offset in the value into a place in the file, through quotes, folds and escapes.</param>
    public sealed record Text(Where At, string Value, Func<int, Where> Place) : Node(At)
    {
        public override string Kind => Value == "" ? "nothing" : "a text";
    }

    public sealed record List(Where At, ImmutableArray<Node> Items) : Node(At)
    {
        public override string Kind => "a list";
    }

    /// <summary>Keys are unique.</summary>
    public sealed record Map(Where At, ImmutableArray<Entry> Entries) : Node(At)
    {
        public override string Kind => "a mapping";

        public Node? Find(string key)
        {
            foreach (var entry in Entries) if (entry.Key.Value == key) return entry.Value;
            return null;
        }
    }

    public sealed record Entry(Text Key, Node Value);

    /// <summary>This node and all below it.</summary>
    public IEnumerable<Node> All() => this switch
    {
        List list => list.Items.SelectMany(item => item.All()).Prepend(this),
        Map map => map.Entries.SelectMany(entry => entry.Value.All()).Prepend(this),
        _ => [this],
    };
}
