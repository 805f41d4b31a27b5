namespace Cvm.Engine;

/// <summary>The most messages that one journey can send one person in any 7 days: over every walk through its steps, and every run before it that may
/// still have something on its way.</summary>
/// <remarks>
/// Message k lies with the last message j in one window of 7 days only if what lies between them is less than 7 days and the time that k may be on its way,
/// its validity. What lies between is at least the sum of the waits on the way from k to j; so for each j one pass backwards through the steps, keeping for
/// each number of messages the least time, finds the most. A run before it had ended by then, and began at least an again-after earlier: its message k lies
/// before the later run's entry by at least the waits to its end, and by at least the again-after less the time that the run may have taken to come to k.
/// </remarks>
sealed class WalkPressure
{
    /// <summary>Days that outages and pauses may hold up a run in all.</summary>
    public const double MostLate = 7;

    // Three times: of the walk, of the run before it, and of the entry between them.
    const double Slack = 3 * WalkTimes.Punctual;

    // Fewer days between two runs than this, and it is told for each run.
    const double Often = 1;

    // Messages so far, the days from here to the last of them, and which they are.
    sealed record Tail(double Gap, int Count, Link? Messages);

    sealed record Link(int Step, double Gap, Link? Later);

    readonly JourneyFlow flow;
    readonly Journey journey;
    readonly double[] stays;
    readonly double[] valid;
    readonly double[] slowest;
    readonly double[] toEnd;
    readonly double again;
    readonly bool once;

    public WalkPressure(JourneyFlow flow, DateTimeOffset now)
    {
        (this.flow, journey) = (flow, flow.Journey);
        var hours = flow.Playbook.Policies.Hours;
        stays = [.. journey.Steps.Select(step => WalkTimes.SureLeast(step, hours))];
        valid = [.. journey.Steps.Select(step => TimeProofs.SendingOf(step) is { } sending ? WalkTimes.Most(sending.ValidFor, hours) : 0)];
        var to = WalkTimes.MostFromEntry(journey, hours).To;
        slowest = [.. journey.Steps.Select((step, at) => to[at] + (TimeProofs.SendingOf(step) is { } sending ? WalkTimes.Most(sending, hours) : 0) + MostLate)];
        toEnd = LeastToEnd();
        (again, once) = EntryTimes.Of(flow, now);
    }

    /// <summary>Whether it may be entered so often that only the number of runs bounds it.</summary>
    /// <param name="counts">Which steps count.</param>
    public bool Recurs(Func<Step, bool> counts) => !once && journey.Steps.Any(counts) && Spacing(counts) < Often;

    /// <summary>The most in any 7 days, and the way to it; of one run where <paramref name="oneRun"/>.</summary>
    public (int Most, ImmutableArray<PressureStep> Path) Of(Func<Step, bool> counts, bool oneRun)
    {
        var (most, best, spacing) = (0, (Link?)null, Spacing(counts));

        for (var last = 0; last < journey.Steps.Length; last++)
        {
            if (flow.At(last).Impossible || !counts(journey.Steps[last])) continue;
            foreach (var tail in TailsTo(last, counts))
            {
                var (count, messages) = once || oneRun ? (tail.Count, tail.Messages) : WithEarlier(tail, spacing, counts);
                if (count > most) (most, best) = (count, messages);
            }
        }

        return (most, PathOf(best));
    }

    // At the first step, for every number of messages the least time to the last one.
    List<Tail> TailsTo(int last, Func<Step, bool> counts)
    {
        var fronts = new List<Tail>[journey.Steps.Length];
        fronts[last] = [new(0, 1, new(last, 0, null))];
        for (var at = last - 1; at >= 0; at--) fronts[at] = Front(at, counts, next => next <= last && next != Step.Done ? fronts[next] : null, (gap, step) => gap, stays[at]);
        return fronts[0] ?? [];
    }

    List<Tail> Front(int at, Func<Step, bool> counts, Func<int, List<Tail>?> following, Func<double, int, double> apart, double stay)
    {
        var front = new List<Tail>();
        if (flow.At(at).Impossible) return front;

        foreach (var way in flow.From(at))
        {
            foreach (var tail in following(way.To) ?? [])
            {
                var gap = tail.Gap + stay;
                var between = apart(gap, at);
                var counted = counts(journey.Steps[at]) && between < Pressure.Days + valid[at] + Slack;
                Add(front, counted ? new(gap, tail.Count + 1, new(at, between, tail.Messages)) : tail with { Gap = gap });
            }
        }

        return front;
    }

    // Less time and more messages are better; what is no better in either is dropped.
    static void Add(List<Tail> front, Tail tail)
    {
        if (front.Exists(known => known.Gap <= tail.Gap && known.Count >= tail.Count)) return;
        front.RemoveAll(known => known.Gap >= tail.Gap && known.Count <= tail.Count);
        front.Add(tail);
    }

    (int Count, Link? Messages) WithEarlier(Tail tail, double spacing, Func<Step, bool> counts)
    {
        var (count, messages, entry) = (tail.Count, tail.Messages, tail.Gap);
        while (true)
        {
            var earlier = Earlier(entry, counts, messages);
            if (earlier is not { Count: > 0 }) return (count, messages);
            (count, messages, entry) = (count + earlier.Count, earlier.Messages, entry + spacing);
        }
    }

    // The most of a run that had ended by an entry so long before the last message.
    Tail? Earlier(double entry, Func<Step, bool> counts, Link? later)
    {
        var fronts = new List<Tail>[journey.Steps.Length];
        List<Tail> ended = [new(entry, 0, later)];
        for (var at = journey.Steps.Length - 1; at >= 0; at--)
        {
            // Somebody may leave at any step.
            double Apart(double gap, int step) => Math.Max(journey.Leave.IsEmpty ? gap : entry, entry + again - slowest[step]);
            fronts[at] = Front(at, counts, next => next == Step.Done ? ended : fronts[next], Apart, journey.Leave.IsEmpty ? stays[at] : 0);
        }

        return fronts[0].MaxBy(tail => tail.Count);
    }

    // Days between the entries of two runs that both send, at least.
    double Spacing(Func<Step, bool> counts)
    {
        var (least, shortest) = (LeastFromEntry(), double.PositiveInfinity);
        for (var at = 0; at < journey.Steps.Length; at++)
            if (!flow.At(at).Impossible && counts(journey.Steps[at])) shortest = Math.Min(shortest, least[at] + (journey.Leave.IsEmpty ? toEnd[at] : 0));
        return Math.Max(again, shortest - WalkTimes.Punctual);
    }

    double[] LeastFromEntry()
    {
        var least = Enumerable.Repeat(double.PositiveInfinity, stays.Length).ToArray();
        least[0] = 0;
        for (var at = 0; at < least.Length; at++)
            foreach (var way in flow.From(at)) if (way.To != Step.Done) least[way.To] = Math.Min(least[way.To], least[at] + stays[at]);
        return least;
    }

    double[] LeastToEnd()
    {
        var least = Enumerable.Repeat(double.PositiveInfinity, stays.Length).ToArray();
        for (var at = least.Length - 1; at >= 0; at--)
            foreach (var way in flow.From(at)) least[at] = Math.Min(least[at], stays[at] + (way.To == Step.Done ? 0 : least[way.To]));
        return least;
    }

    ImmutableArray<PressureStep> PathOf(Link? first)
    {
        var path = ImmutableArray.CreateBuilder<PressureStep>();
        for (var link = first; link is not null; link = link.Later)
        {
            var step = journey.Steps[link.Step];
            path.Add(new(step.Id, TimeProofs.SendingOf(step)!.Template, first!.Gap - link.Gap, Math.Max(0, link.Gap - Pressure.Days)));
        }

        return path.ToImmutable();
    }
}
