namespace Cvm.Engine;

/// <summary>What is known of somebody who comes to a journey, by the event that brings them.</summary>
static class JourneyEntry
{
    // Facts that speak of the signal at hand, and the events that carry them.
    static readonly ImmutableDictionary<string, ImmutableArray<string>> Carried = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal)
    {
        ["amount"] = ["order", "refund"],
        ["score"] = ["survey"],
        ["survey"] = ["survey"],
        ["unhappy-answer"] = ["survey"],
        ["alive-before"] = ["score-changed"],
        ["stage-before"] = ["score-changed"],
        ["value-before"] = ["score-changed"],
        ["expiring-points"] = ["points-expiring"],
        ["severity"] = ["complaint", "case-"],
        ["case-level"] = ["case-"],
        ["case-by-hand"] = ["case-"],
        ["task-outcome"] = ["task-"],
        ["task-kind"] = ["task-"],
        ["task-overdue"] = ["task-"],
    }.ToImmutableDictionary(StringComparer.Ordinal);

    // Facts of an enrollment, which is none yet.
    static readonly string[] OfTheJourney = ["happened", "answer", "messaged", "coupon-used", "case-resolved", "case-acknowledged", "task-done"];

    /// <summary>The events that a trigger looks out for.</summary>
    public static IEnumerable<string> EventsOf(string on) => Events.All.Select(kind => kind.Name).Where(name => Events.Covers(on, name));

    /// <summary>What is known when the trigger's condition is asked, before anybody is in the journey.</summary>
    /// <param name="nothing">Nothing but the ranges of the facts.</param>
    public static Knowledge Asking(Knowledge nothing, Playbook playbook, Trigger trigger)
    {
        var known = nothing.With("event", Possible.OneOf(EventsOf(trigger.On)));
        foreach (var (fact, carriers) in Carried) if (!Carries(trigger, carriers)) known = StepEffects.Absent(known, fact);
        return Certain(StepEffects.Absent(known, OfTheJourney), playbook, trigger);
    }

    /// <summary>What is known when somebody within a journey hears of the trigger's event.</summary>
    /// <param name="within">What holds anywhere in the journey.</param>
    public static Knowledge Hearing(Knowledge within, Playbook playbook, Trigger trigger)
    {
        // The others fall back on what the journey began with.
        foreach (var fact in (string[])["survey", "unhappy-answer", "alive-before", "stage-before", "value-before"])
            if (!Carries(trigger, Carried[fact])) within = StepEffects.Absent(within, fact);
        return Certain(within, playbook, trigger);
    }

    static bool Carries(Trigger trigger, ImmutableArray<string> carriers) => EventsOf(trigger.On).Any(name =>
        carriers.Any(carrier => name == carrier || (carrier.EndsWith('-') && name.StartsWith(carrier, StringComparison.Ordinal))));

    // What must be so, or the event would not have been.
    static Knowledge Certain(Knowledge known, Playbook playbook, Trigger trigger) => trigger.On switch
    {
        "order" => known.With("orders", Possible.Between(1, double.PositiveInfinity, whole: true)).With("amount", Possible.AnyNumber.OnlyKnown),
        "complaint" => known.With("complaints", Possible.Between(1, double.PositiveInfinity, whole: true)),
        "birthday" => known.With("has-birthday", Possible.Between(1, 1)),
        "survey" => known.With("survey", Surveys(playbook, trigger)).With("score", Scales(playbook, trigger)),
        _ => known,
    };

    static Possible Surveys(Playbook playbook, Trigger trigger) => trigger.Of is { } one ? Possible.OneOf([one]) : Possible.OneOf(playbook.Surveys.Keys);

    static Possible Scales(Playbook playbook, Trigger trigger)
    {
        var scales = playbook.Surveys.Values.Where(survey => trigger.Of is null || survey.Name == trigger.Of).Select(survey => survey.Scale).ToList();
        return scales.Count == 0 ? Possible.Nothing(FactType.Number) : Possible.Between(scales.Min(scale => scale.Least), scales.Max(scale => scale.Most), whole: true);
    }

    /// <summary>What is known at the first step of whoever came by the trigger.</summary>
    public static Cases Entered(Knowledge nothing, Playbook playbook, StepEffects effects, Trigger trigger)
    {
        var asked = Cases.Of(Asking(nothing, playbook, trigger));
        if (trigger.When is { } when) asked = asked.Assume(when.Root, true);

        // A number of the signal is kept, and may be read under another name from now on.
        return asked.Select(one => effects.Began(one.Only(fact => fact is not ("amount" or "score" or "expiring-points") && !OfTheJourney.Contains(fact))));
    }

    /// <summary>What is known at the first step of whoever was started by another journey.</summary>
    public static Cases Started(Knowledge nothing, StepEffects effects) => Cases.Of(effects.Began(nothing.With("event", Possible.OneOf(["started"]))));
}
