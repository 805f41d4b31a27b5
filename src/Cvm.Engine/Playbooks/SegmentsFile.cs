namespace Cvm.Engine;

/// <summary>segments.yaml: named conditions.</summary>
static class SegmentsFile
{
    static readonly Field<string> About = new("about", Shapes.Text, "One sentence that says who is in it.", required: true);
    static readonly Field<Expression> When = new("when", Shapes.Condition, "The condition.", required: true);

    sealed record Body(string About, Expression When);

    static readonly Shape<ImmutableArray<(string Name, Where At, Body Body)>> File =
        Combining.Mapping<Body>("a segment", [About, When], (v, _) => new(v.Get(About)!, v.Get(When)!)).Named(Shapes.Slug, "a mapping of segments");

    public static ImmutableSortedDictionary<string, Segment> Read(Node node, Reading reading)
    {
        var written = File.Read(node, reading);
        var segments = written.ToImmutableSortedDictionary(one => one.Name, one => new Segment(one.Name, one.Body.About, one.Body.When), StringComparer.Ordinal);

        foreach (var (name, at, _) in written)
        {
            if (Reaches(segments, name))
                reading.Wrong(
                    at,
                    $"The segment '{name}' is defined by itself.",
                    "Take the 'in-segment' that leads back to it out of its condition.");
        }

        return segments;
    }

    // A condition that asks for itself would never come to an end.
    static bool Reaches(ImmutableSortedDictionary<string, Segment> segments, string goal)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(Inner(segments, goal));

        while (open.TryPop(out var name))
        {
            if (name == goal) return true;
            if (seen.Add(name)) foreach (var inner in Inner(segments, name)) open.Push(inner);
        }

        return false;
    }

    static IEnumerable<string> Inner(ImmutableSortedDictionary<string, Segment> segments, string name) =>
        segments.TryGetValue(name, out var segment)
            ? segment.When.Root.Leaves().OfType<Term.Asked>().Where(asked => asked.Question.Argument == "segment").Select(asked => asked.Argument)
            : [];
}
