namespace Cvm.Engine;

/// <summary>A way that a step offers, and what is known of whoever takes it.</summary>
/// <param name="Number">Which of the step's ways it is, from 0, in the order of the file.</param>
sealed record Way(int From, int Number, int To, Cases Known);

/// <summary>Who can come where in a journey, and what is known of them there. Journeys only lead forward, so one pass in the order of the file
/// sees everything.</summary>
/// <remarks>Between two steps without rest nothing changes but what the steps change, so a condition still holds at the next; after a wait, or where
/// a message may wait, only what the journey itself has done is still known.</remarks>
sealed class JourneyFlow
{
    readonly Playbook playbook;
    readonly StepEffects effects;
    readonly Cases[] arrivals;
    readonly List<Way> ways = [];

    /// <param name="nothing">Nothing but the ranges of the facts.</param>
    public JourneyFlow(Playbook playbook, Journey journey, Knowledge nothing)
    {
        (this.playbook, Journey, Nothing, effects) = (playbook, journey, nothing, new(playbook, journey));
        arrivals = [.. journey.Steps.Select(_ => Cases.None)];
        arrivals[0] = journey.Enter.Aggregate(Cases.None, (known, trigger) => known.Or(JourneyEntry.Entered(nothing, playbook, effects, trigger)));
        if (StartedBy(playbook, journey)) arrivals[0] = arrivals[0].Or(JourneyEntry.Started(nothing, effects));

        for (var at = 0; at < arrivals.Length; at++)
        {
            if (arrivals[at].Impossible) continue;
            foreach (var way in Leading(at, arrivals[at]))
            {
                ways.Add(way);
                if (way.To != Step.Done && !way.Known.Impossible) arrivals[way.To] = arrivals[way.To].Or(way.Known);
            }
        }
    }

    public Playbook Playbook => playbook;

    public Journey Journey { get; }

    /// <summary>Nothing but the ranges of the facts.</summary>
    public Knowledge Nothing { get; }

    /// <summary>The ways of the steps that somebody can come to, those that nobody takes among them.</summary>
    public IReadOnlyList<Way> Ways => ways;

    /// <summary>What is known of whoever comes to the step; no case where nobody does.</summary>
    public Cases At(int step) => arrivals[step];

    /// <summary>The ways that somebody may take from here.</summary>
    public IEnumerable<Way> From(int step) => ways.Where(way => way.From == step && !way.Known.Impossible);

    /// <summary>What holds whenever a journey hears of an event, wherever somebody stands in it.</summary>
    public Knowledge Anywhere()
    {
        var events = Journey.Enter.SelectMany(trigger => JourneyEntry.EventsOf(trigger.On));
        return effects.Anywhere(Nothing.With("event", Possible.OneOf(StartedBy(playbook, Journey) ? events.Append("started") : events)), Journey);
    }

    /// <summary>Whether another journey starts this one.</summary>
    public static bool StartedBy(Playbook playbook, Journey journey) => journey.Enter.Any(trigger => trigger.On == "started")
        || playbook.Journeys.Concat(playbook.Earlier).Any(other => other.Steps.OfType<Step.Start>().Any(start => start.Journey == journey.Name));

    IEnumerable<Way> Leading(int at, Cases known)
    {
        switch (Journey.Steps[at])
        {
            case Step.End: return [new(at, 0, Step.Done, known)];
            case Step.If fork: return [new(at, 0, fork.Then, known.Assume(fork.When.Root, true)), new(at, 1, fork.Else, known.Assume(fork.When.Root, false))];
            case Step.Choose choose: return Choosing(at, choose, known);
            case Step.Split split: return split.Arms.Select((arm, number) => new Way(at, number, arm.Then, known));
            case var step:
                var after = Cases.None;
                foreach (var one in known.All) after = after.Or(effects.After(step, one));
                return [new(at, 0, step.Next, after)];
        }
    }

    static IEnumerable<Way> Choosing(int at, Step.Choose choose, Cases known)
    {
        for (var number = 0; number < choose.Cases.Length; number++)
        {
            var (when, then) = choose.Cases[number];
            yield return new(at, number, then, known.Assume(when.Root, true));
            known = known.Assume(when.Root, false);
        }

        yield return new(at, choose.Cases.Length, choose.Otherwise, known);
    }
}
