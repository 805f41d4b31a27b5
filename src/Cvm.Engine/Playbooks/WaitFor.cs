namespace Cvm.Engine;

/// <summary>What follows <c>wait:</c>.</summary>
sealed record WaitFor(Rest Rest, Trigger? Until = null)
{
    static readonly Field<Lapse> For = new("for", Shapes.Span, "A span, such as 7d.", required: true);
    static readonly Field<TimeOnly> At = new("at", Shapes.TimeOfDay, "The customer's own time of day, the next time it comes.", required: true);
    static readonly Field<DateOnly> On = new("on", Shapes.Date, "A date, from its beginning.", required: true);
    static readonly Field<Trigger> UntilThen = new("until", Triggers.Trigger, "Goes on early when this happens.");

    public string Slug => Rest switch
    {
        { For: { } span } => span.ToString(),
        { At: { } time } => time.ToString("HH:mm"),
        { On: { } date } => date.ToString("yyyy-MM-dd"),
        _ => "",
    };

    static readonly Shape<WaitFor> Short = new(
        (node, reading) =>
        {
            const string Needed = "a span, a time of day or a date";
            if (reading.TextOf(node, Needed) is not { } text) return null;
            if (Shapes.IsTime(text, out var time)) return new(new Rest(At: time));
            if (Shapes.IsDate(text, out var date)) return new(new Rest(On: date));
            if (Lapse.TryParse(text, out var span) && span.Amount > 0) return new(new Rest(For: span));

            var isEvent = Events.All.Any(kind => kind.Name == text);
            reading.Wrong(
                node.At,
                $"'{Reading.Short(text)}' is not {Needed}.",
                isEvent ? $"Say how long at most: wait: 7d with until: {text}." : "Write 7d, \"10:00\" or 2027-01-31.");
            return null;
        },
        _ => Shapes.Schema("string", "^([0-9.]+ ?(m|h|d|w|bh|bd)|([01]?[0-9]|2[0-3]):[0-5][0-9]|[0-9]{4}-[0-9]{2}-[0-9]{2})$"));

    public static Shape<WaitFor> Shape { get; } = Short.OrAtLength(Combining.Variants<WaitFor>(
        "a wait",
        (For, Combining.Mapping<WaitFor>("a wait", [For, UntilThen], (v, _) => new(new Rest(For: v.Get(For)), v.Get(UntilThen)))),
        (At, Combining.Mapping<WaitFor>("a wait", [At, UntilThen], (v, _) => new(new Rest(At: v.Get(At)), v.Get(UntilThen)))),
        (On, Combining.Mapping<WaitFor>("a wait", [On, UntilThen], (v, _) => new(new Rest(On: v.Get(On)), v.Get(UntilThen))))));
}
