namespace Cvm.Engine;

/// <summary>Finds journeys that bring about what they are entered by, alone or in a ring: each run then starts the next one.</summary>
/// <remarks>Rings of <c>start</c> alone are <see cref="StartLoops"/>' own. A journey that rests after what it causes is still there when the event is
/// heard, and is not entered again; so only what it causes last counts.</remarks>
sealed class CausedLoops
{
    /// <param name="AtOnce">Whether the cause is reached without rest.</param>
    /// <param name="Sure">Whether the other is entered whatever the facts are.</param>
    sealed record Link(string From, string To, Step Cause, string Event, bool AtOnce, bool Sure);

    readonly Findings findings;
    readonly Dictionary<string, Journey> byName;
    readonly List<Link> links = [];

    CausedLoops(IReadOnlyList<JourneyFlow> flows, Findings findings)
    {
        this.findings = findings;
        byName = flows.ToDictionary(flow => flow.Journey.Name, flow => flow.Journey, StringComparer.Ordinal);
        foreach (var flow in flows) links.AddRange(LinksOf(flow, flows));
    }

    public static void Check(IReadOnlyList<JourneyFlow> flows, Findings findings)
    {
        var loops = new CausedLoops(flows, findings);
        foreach (var link in loops.links.Where(link => link.Event != "started")) loops.CheckRing(link);
    }

    static IEnumerable<Link> LinksOf(JourneyFlow flow, IReadOnlyList<JourneyFlow> flows)
    {
        var (early, late) = (WithoutRest(flow), EndsWithoutRest(flow));
        for (var at = 0; at < flow.Journey.Steps.Length; at++)
        {
            if (flow.At(at).Impossible || !late[at]) continue;

            var step = flow.Journey.Steps[at];
            if (step is Step.Start start && flows.Any(other => other.Journey.Name == start.Journey)) yield return new(flow.Journey.Name, start.Journey, step, "started", early[at], true);
            foreach (var caused in Caused(step))
                foreach (var other in flows)
                    if (Entering(other, caused) is { } sure) yield return new(flow.Journey.Name, other.Journey.Name, step, caused, early[at], sure);
        }
    }

    /// <summary>The events that a step brings about.</summary>
    static ImmutableArray<string> Caused(Step step) => step switch
    {
        Step.Give { Gift: Gift.Points } => ["points"],
        Step.Give { Gift: Gift.Tier } => ["tier-up"],
        Step.Case { Act: CaseStep.Open } => ["case-opened"],
        Step.Case { Act: CaseStep.Escalate } => ["case-escalated"],
        Step.Case { Act: CaseStep.Reopen } => ["case-reopened"],
        Step.Case { Act: CaseStep.Close } => ["case-resolved"],
        _ => [],
    };

    // Whether the event leads into the journey: null for no, false for perhaps. One that lets nobody in again is no part of a ring.
    static bool? Entering(JourneyFlow flow, string caused)
    {
        if (flow.Journey.Once || flow.Journey.AgainAfter is not null) return null;

        bool? entering = null;
        foreach (var trigger in flow.Journey.Enter.Where(trigger => Events.Covers(trigger.On, caused)))
        {
            if (trigger.When is not { } when) return true;
            var known = JourneyEntry.Asking(flow.Nothing, flow.Playbook, trigger);
            if (caused == "case-opened") known = StepEffects.Absent(known, "case-by-hand"); // it was a journey that opened it
            if (!known.Assume(when.Root, true).Impossible) entering ??= false;
        }

        return entering;
    }

    static bool[] WithoutRest(JourneyFlow flow)
    {
        var reached = new bool[flow.Journey.Steps.Length];
        reached[0] = true;
        for (var at = 0; at < reached.Length; at++)
            if (reached[at] && !StepWays.Rests(flow.Journey.Steps[at])) foreach (var way in flow.From(at)) if (way.To != Step.Done) reached[way.To] = true;
        return reached;
    }

    // Whether the journey can be over without a rest after this step.
    static bool[] EndsWithoutRest(JourneyFlow flow)
    {
        var ends = new bool[flow.Journey.Steps.Length];
        for (var at = ends.Length - 1; at >= 0; at--)
            ends[at] = flow.From(at).Any(way => way.To == Step.Done || (ends[way.To] && !StepWays.Rests(flow.Journey.Steps[way.To])));
        return ends;
    }

    void CheckRing(Link first)
    {
        if (Entered(first.From) is null || RingFrom(first) is not { } ring) return;

        var at = findings.In(byName[first.From]).Step(first.Cause.Id);
        var by = first.To == first.From ? "enters this journey again" : $"leads into '{first.To}', and that back here";
        if (ring.All(link => link is { AtOnce: true, Sure: true }))
            findings.Wrong(at, $"This makes '{first.Event}' happen, which {by}, round and round without rest.", "Put an again-after into one of the journeys, or say in 'enter' whom it is for.");
        else
            findings.Doubt(at, $"This makes '{first.Event}' happen, which {by}: each run may start the next one, without end.", "Put an again-after into one of the journeys, or say in 'enter' whom it is for.");
    }

    Journey? Entered(string name) => byName[name] is { Once: false, AgainAfter: null } journey ? journey : null;

    // The shortest way round that begins with this link; null where there is none.
    List<Link>? RingFrom(Link first)
    {
        var open = new Queue<ImmutableList<Link>>([[first]]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (open.TryDequeue(out var way))
        {
            if (way[^1].To == first.From) return [.. way];
            if (!seen.Add(way[^1].To) || Entered(way[^1].To) is null) continue;
            foreach (var link in links.Where(link => link.From == way[^1].To)) open.Enqueue(way.Add(link));
        }

        return null;
    }
}
