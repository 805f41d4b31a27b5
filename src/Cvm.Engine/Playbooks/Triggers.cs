namespace Cvm.Engine;

/// <summary>How triggers are written: an event's name, or a mapping that narrows it.</summary>
static class Triggers
{
    static readonly Shape<string> Event = Shapes.OneOf("an event", [.. Events.All.Select(kind => (kind.Name, kind.Name))]) with { Name = "event" };

    static readonly Field<string> On = new("on", Event, "The event.", required: true);
    static readonly Field<Expression> When = new("when", Shapes.Condition, "Only where this holds at that moment.");
    static readonly Field<string> Of = new("of", Shapes.Text, "Which survey, holiday, segment or template; any where it is absent.");
    static readonly Field<int> Before = new("before", Shapes.Days, "For birthdays and holidays: this many days ahead, such as 3d.");
    static readonly Field<string> As = new("as", Shapes.Slug, "The outcome that the journey ends with; the event's name where it is absent.");
    static readonly Field<Lapse> Within = new("within", Shapes.Span, "Counted from entering, such as 30d.", required: true);

    public static Shape<Trigger> Trigger { get; } =
        Bare(name => new Trigger(name)).OrAtLength(Combining.Mapping<Trigger>("a trigger", [On, When, Of, Before], Make), "trigger");

    public static Shape<Leave> Leave { get; } =
        Bare(name => new Leave(new(name), name)).OrAtLength(Combining.Mapping<Leave>(
            "a trigger to leave on",
            [On, When, Of, Before, As],
            (values, reading) => Make(values, reading) is { } trigger ? new(trigger, values.Get(As, trigger.On)) : null));

    public static Shape<Goal> Goal { get; } = Combining.Mapping<Goal>(
        "a goal",
        [On, When, Of, Within],
        (values, reading) => Make(values, reading) is { } trigger ? new(trigger, values.Get(Within)) : null);

    static Shape<T> Bare<T>(Func<string, T> make) where T : class =>
        new((node, reading) => Event.Read(node, reading) is { } name ? make(name) : null, Event.Schema);

    static Trigger? Make(Values values, Reading reading)
    {
        var on = values.Get(On)!;
        var kind = Events.All.First(kind => kind.Name == on);

        if (values.Get(Of) is { } of)
        {
            if (kind.Of is null) reading.Wrong(values.PlaceOf(Of), $"'of' cannot narrow the event '{on}'.", "Take it out, or narrow with 'when'.");
            else Shapes.Exists(kind.Of, of, values.PlaceOf(Of), reading);
        }

        if (values.Has(Before) && on is not ("birthday" or "holiday"))
            reading.Wrong(values.PlaceOf(Before), $"Nobody knows the event '{on}' ahead of its time.", "'before' goes with birthday and holiday.");

        return new(on, values.Get(When), values.Get(Of), values.Get(Before));
    }
}
