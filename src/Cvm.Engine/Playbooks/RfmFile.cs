namespace Cvm.Engine;

/// <summary>The part of scores.yaml that names the 25 cells of recency and frequency.</summary>
static class RfmFile
{
    static readonly Shape<ImmutableArray<string>> Cells = Shapes.Written<string>(
        (text, out pattern) => RfmMap.IsPattern(pattern = text),
        "a part of the map",
        "Write recency and frequency, each a number from 1 to 5 or several in brackets, in quotes: \"[12][34]\".",
        () => Shapes.Schema("string", @"^([1-5]|\[[1-5]+\]){2}$")).OneOrMany("a part of the map");

    sealed record Body(string? Label, ImmutableArray<string> Cells);

    public static Shape<RfmMap> Map { get; } = MapShape();

    static Shape<RfmMap> MapShape()
    {
        var label = new Field<string>("label", Shapes.Text, "As people read it; the name with spaces where it is absent.");
        var cells = new Field<ImmutableArray<string>>("cells", Cells, "The cells, such as \"[12][34]\".", required: true);
        var body = Combining.Mapping<Body>("a segment of recency and frequency", [label, cells], (v, _) => new(v.Get(label), v.Get(cells)));
        var segment = new Shape<Body>(
            (node, reading) => node is Node.Map ? body.Read(node, reading) : new(null, Cells.Read(node, reading)),
            definitions => Cells.OrAtLength(Cells).Describe(definitions));
        var named = segment.Named(Shapes.Slug, "a mapping of segments");

        return new(
            (node, reading) =>
            {
                var before = reading.Mistakes;
                var segments = named.Read(node, reading);
                return reading.Mistakes == before ? Make(node, segments, reading) : null;
            },
            named.Describe);
    }

    static RfmMap? Make(Node node, ImmutableArray<(string Name, Where At, Body Body)> written, Reading reading)
    {
        var map = RfmMap.Make([.. written.Select(one => new RfmSegment(one.Name, one.Body.Label ?? one.Name.Replace('-', ' '), one.Body.Cells))], out var wrong);
        if (wrong is not var (recency, frequency, holding)) return map;

        var cell = $"The cell {recency}{frequency} (recency {recency}, frequency {frequency})";
        if (holding.IsEmpty) reading.Wrong(node.At, $"{cell} is in no segment.", "Every one of the 25 cells needs a name.");
        else reading.Wrong(
            written.Last(one => holding.Contains(one.Name)).At,
            holding[0] == holding[1] ? $"{cell} is in '{holding[0]}' twice." : $"{cell} is in '{holding[0]}' and in '{holding[1]}'.",
            "Leave it in one of them.");
        return null;
    }
}
