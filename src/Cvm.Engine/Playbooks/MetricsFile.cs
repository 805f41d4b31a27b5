namespace Cvm.Engine;

/// <summary>metrics.yaml: what the dashboards show, each measure with its one definition. Where it is absent, the measures that came with the program.</summary>
static class MetricsFile
{
    const int MostMeasures = 60;

    static readonly Field<ImmutableSortedDictionary<string, string>> Label = new("label", PreferenceShapes.Labels, "Its name: one text, or one for each language.", required: true);
    static readonly Field<ImmutableSortedDictionary<string, string>> About = new("about", PreferenceShapes.Labels, "What exactly is counted, in a sentence: one text, or one for each language.", required: true);
    static readonly Field<MeasureGroup> Group = new(
        "group", Shapes.OneOf("a group of measures", ("trade", MeasureGroup.Trade), ("customers", MeasureGroup.Customers), ("service", MeasureGroup.Service), ("messages", MeasureGroup.Messages)), "trade, customers, service or messages.", required: true);
    static readonly Field<MeasureUnit> Unit = new(
        "unit", Shapes.OneOf("a unit", ("count", MeasureUnit.Count), ("money", MeasureUnit.Money), ("share", MeasureUnit.Share), ("hours", MeasureUnit.Hours), ("score", MeasureUnit.Score)), "count, money, share, hours or score.", required: true);
    static readonly Field<Read> Formula = new("formula", new(ReadFormula, _ => Shapes.Schema("string")), "How it is reckoned, such as money-in - money-back.", required: true);
    static readonly Field<int> Better = new("better", Shapes.OneOf("a direction", ("up", 1), ("down", -1)), "up where more is better, down where less is.", required: true);
    static readonly Field<UsualRule?> Alert = new("alert", AlertShape(), "When it is out of its usual range; off for never.");

    sealed record Read(Formula Formula, MeasureUnit? Unit, string Written);

    static readonly Shape<ImmutableArray<(string Name, Where At, Body Body)>> File =
        Combining.Mapping<Body>("a measure", [Label, About, Group, Unit, Formula, Better, Alert], Make).Named(Shapes.Slug, "a mapping of measures");

    sealed record Body(ImmutableSortedDictionary<string, string> Label, ImmutableSortedDictionary<string, string> About, MeasureGroup Group, MeasureUnit Unit, Read Read, int Better, UsualRule? Alert, Where At);

    /// <summary>The measures of the file in its order, group by group.</summary>
    /// <param name="locale">The language of last resort.</param>
    public static ImmutableArray<Measure> Measures(Node node, string locale, Reading reading)
    {
        if (node is Node.Map { Entries.IsEmpty: true }) return Usual;

        var read = File.Read(node, reading);
        if (read.Length > MostMeasures) reading.Wrong(node.At, $"These are more than {MostMeasures} measures.", "Nobody looks at so many: keep those that you would act upon.");
        return [.. read.Select(one => Of(one.Name, one.Body, locale, reading)).OrderBy(measure => measure.Group)];
    }

    /// <summary>Those that came with the program.</summary>
    public static ImmutableArray<Measure> Usual { get; } = ReadUsual();

    static ImmutableArray<Measure> ReadUsual()
    {
        using var stream = new StreamReader(typeof(MetricsFile).Assembly.GetManifestResourceStream("metrics.yaml")!);
        var problems = new List<Problem>();
        var measures = Measures(YamlTree.Read("metrics.yaml", PlaybookReader.Plain(stream.ReadToEnd()), problems)!, "en", new(Names.None, problems));
        return problems.Count == 0 ? measures : throw new PlaybookProblems(problems);
    }

    static Measure Of(string name, Body body, string locale, Reading reading) => new(
        name,
        InEvery(body.Label, body.At, $"The label of '{name}'", locale, reading),
        InEvery(body.About, body.At, $"What '{name}' counts", locale, reading),
        body.Group, body.Unit, body.Read.Formula, body.Read.Written, body.Better, body.Alert);

    // One text for everybody is one in the playbook's own language.
    static ImmutableSortedDictionary<string, string> InEvery(ImmutableSortedDictionary<string, string> words, Where at, string what, string locale, Reading reading)
    {
        if (words.TryGetValue("", out var one)) return words.Remove("").Add(locale, one);
        if (words.IsEmpty || (!words.ContainsKey(locale) && !words.ContainsKey("en"))) reading.Wrong(at, $"{what} is not written in {locale}, the language of last resort.", $"Add {locale}: to it.");
        return words;
    }

    static Read? ReadFormula(Node node, Reading reading) =>
        FormulaParser.Read(node, reading) is { } read ? new(read.Formula, read.Unit, string.Join(' ', ((Node.Text)node).Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))) : null;

    static Body? Make(Values values, Reading reading)
    {
        var (unit, read) = (values.Get(Unit), values.Get(Formula)!);
        if (read.Unit is { } came && came != unit)
            reading.Wrong(values.PlaceOf(Formula), $"This formula comes to {Word(came)}, not to {Word(unit)}.", $"Write 'unit: {Word(came)}', or another formula.");
        var body = new Body(values.Get(Label)!, values.Get(About)!, values.Get(Group), unit, read, values.Get(Better), values.Has(Alert) ? values.Get(Alert) : new UsualRule(), values.At);
        return body;
    }

    static string Word(MeasureUnit unit) => unit.ToString().ToLowerInvariant();

    static Shape<UsualRule?> AlertShape()
    {
        var weeks = new Field<long>("weeks", Shapes.Whole(UsualRule.LeastWeeks, 52), "How many weeks of its own past are looked at; 13 where it is absent.");
        var width = new Field<decimal>("width", Shapes.Amount, "How many robust standard deviations from their median are usual; 4 where it is absent.");
        var mapping = Combining.Mapping<UsualRule?>("an alert", [weeks, width], (v, reading) =>
        {
            var usual = new UsualRule();
            var rule = new UsualRule((int)v.Get(weeks, usual.Weeks), (double)v.Get(width, (decimal)usual.Width));
            if (rule.Width < 1) reading.Wrong(v.PlaceOf(width), "A range as narrow as this would be left every other week.", "Write 3 or more.");
            return rule;
        });
        return Shapes.OneOf<UsualRule?>("a word about alerts", ("off", null)).OrAtLength(mapping);
    }
}
