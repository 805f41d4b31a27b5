using System.Text.Json.Nodes;

namespace Cvm.Engine;

/// <summary>How a journey.yaml is written.</summary>
static class JourneyFile
{
    const int MaxVersion = 1_000_000;

    sealed record Again(Lapse? After, bool Never);

    static readonly Shape<Again> AgainShape = new(
        (node, reading) => node is Node.Text { Value: "never" } ? new(null, true) : new(Shapes.Span.Read(node, reading), false),
        definitions => new() { ["anyOf"] = new JsonArray(new JsonObject { ["const"] = "never" }, Shapes.Span.Schema(definitions)) });

    static readonly Field<string> Name = new("journey", Shapes.Slug, "The journey's name, which is its folder's.", required: true);
    static readonly Field<long> Version = new(
        "version",
        Shapes.Whole(1, MaxVersion),
        "A number to raise with every change. People inside keep the version they entered with.",
        required: true);
    static readonly Field<string> About = new("about", Shapes.Text, "One sentence that says what the journey is for.", required: true);
    static readonly Field<Purpose> Purpose = new(
        "purpose",
        Shapes.Purpose,
        "promotional, service or transactional: which consent, caps and holds apply.",
        required: true);
    static readonly Field<string> Topic = new("topic", Shapes.Known("topic"), "What it is about: one of the topics that customers can switch off.");
    static readonly Field<ImmutableArray<Trigger>> Enter = new(
        "enter",
        Triggers.Trigger.OneOrMany("a trigger"),
        "What starts the journey: one trigger, or a list of them.",
        required: true);
    static readonly Field<Again> AgainAfter = new(
        "again-after",
        AgainShape,
        "How long after entering the same customer may enter again, such as 90d; or never. As soon as the last run ended where it is absent.");
    static readonly Field<double> Holdout = new("holdout", Shapes.Share, "Share of the customers kept without messages, to measure against, such as 10%.");
    static readonly Field<ImmutableArray<Leave>> Leave = new(
        "leave",
        Triggers.Leave.OneOrMany("a trigger"),
        "What ends the journey wherever it stands: one trigger, or a list of them.");
    static readonly Field<Goal> Goal = new("goal", Triggers.Goal, "What counts as success, within a time after entering.");
    static readonly Field<ImmutableArray<StepDraft>> Steps = new("steps", StepDraft.Steps, "What happens, step by step.", required: true);

    public static IReadOnlyList<Field> Fields { get; } = [Name, Version, About, Purpose, Topic, Enter, AgainAfter, Holdout, Leave, Goal, Steps];

    /// <summary>The journey and where its steps are written; null, with problems added, where it has mistakes.</summary>
    /// <param name="name">The name it must have.</param>
    public static WrittenJourney? Read(Node node, string name, Reading reading)
    {
        if (node is not Node.Map { Entries.IsEmpty: false } map)
        {
            reading.Wrong(node.At, "Here should be a journey.", $"Begin with 'journey: {name}'.");
            return null;
        }

        var before = reading.Mistakes;
        var values = Values.Read(map, "a journey", Fields, reading);
        if (values.Get(Name) is { } written && written != name)
            reading.Wrong(
                values.PlaceOf(Name),
                $"The journey '{written}' lies in the folder '{name}'.",
                "Make both the same.");
        if (values.Get(Steps) is { IsDefaultOrEmpty: false } steps) StepLayout.Check(steps, reading);
        return reading.Mistakes == before ? Compile(map, values, reading) : null;
    }

    static WrittenJourney Compile(Node.Map map, Values values, Reading reading)
    {
        var (steps, places) = StepLayout.Lay(values.Get(Steps), reading.Names);
        foreach (var step in steps)
            if (step is Step.Split { Promote.By: PromoteBy.Goal } && !values.Has(Goal)) reading.Wrong(places[step.Id], "This split promotes by goal, and the journey has none.", "Write 'goal: { on: order, within: 30d }', or promote by profit.");

        var journey = new Journey
        {
            Name = values.Get(Name)!,
            Version = (int)values.Get(Version),
            About = values.Get(About)!,
            Purpose = values.Get(Purpose),
            Topic = values.Get(Topic),
            Enter = values.Get(Enter),
            AgainAfter = values.Get(AgainAfter)?.After,
            Once = values.Get(AgainAfter) is { Never: true },
            Holdout = values.Get(Holdout),
            Leave = values.Get(Leave, []),
            Goal = values.Get(Goal),
            Steps = steps,
        };

        return new(journey, places, map);
    }

    /// <summary>The coupons that a journey gives, by name, mistakes or not.</summary>
    public static IEnumerable<string> Coupons(Node node) =>
        from map in node.All().OfType<Node.Map>()
        where map.Find("give") is Node.Map
        let coupon = ((Node.Map)map.Find("give")!).Find("coupon") as Node.Text
        where coupon is not null
        select coupon.Value;
}

/// <summary>A compiled journey, where each step is written, by id, and the text it was made from.</summary>
sealed record WrittenJourney(Journey Journey, ImmutableDictionary<string, Where> Places, Node.Map Text);
