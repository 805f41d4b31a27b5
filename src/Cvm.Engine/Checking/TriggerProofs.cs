namespace Cvm.Engine;

/// <summary>Finds triggers that never fire: of entering, leaving, waiting and goals.</summary>
sealed class TriggerProofs(Playbook playbook, JourneyFlow flow, Findings findings)
{
    static readonly string[] OfMessages = ["delivered", "opened", "clicked", "bounced"];

    readonly Journey journey = flow.Journey;
    readonly JourneyPlaces places = findings.In(flow.Journey);

    public void Check()
    {
        for (var number = 0; number < journey.Enter.Length; number++) CheckEnter(number);
        for (var number = 0; number < journey.Leave.Length; number++) CheckLeave(number);
        for (var at = 0; at < journey.Steps.Length; at++) if (journey.Steps[at] is Step.Wait { Until: { } until } wait) CheckUntil(at, wait, until);
        if (journey.Goal is { } goal) CheckGoal(goal);
    }

    void CheckEnter(int number)
    {
        var (trigger, at) = (journey.Enter[number], places.TriggerOf("enter", number));
        if (Never(trigger) is { } never) findings.Wrong(at, $"Nobody enters by this: {never.What}.", never.Fix);

        var taken = journey.Enter.Take(number).Any(earlier => earlier.When is null && earlier.BeforeDays == trigger.BeforeDays && (earlier.Of is null || earlier.Of == trigger.Of) && Covers(earlier.On, trigger.On));
        if (taken) findings.Wrong(at, "Nobody enters by this: whoever it is for has entered by a trigger above.", "Take it out, or put the narrower one first.");
    }

    void CheckLeave(int number)
    {
        var (trigger, at) = (journey.Leave[number].Trigger, places.TriggerOf("leave", number));
        if (!journey.Steps.Any(step => StepWays.Rests(step) || step is Step.Send))
        {
            findings.Wrong(at, "Nobody leaves by this: the journey is over before anything can happen.", "Take it out, or let the journey wait for something.");
            return;
        }

        if (NeverWithin(trigger, Sent(journey.Steps)) is { } never) findings.Wrong(at, $"Nobody leaves by this: {never.What}.", never.Fix);
        else CheckWhen(trigger, [Cases.Of(Hearing(trigger))], places.WhenOf("leave", number), "nobody leaves by it");
    }

    void CheckUntil(int at, Step.Wait wait, Trigger until)
    {
        if (flow.At(at).Impossible) return;

        var place = places.Step(wait.Id, "until");
        if (place == places.Step(wait.Id) && places.Map(wait.Id)?.Find("wait") is Node.Map atLength) place = atLength.Find("until")?.At ?? place;
        if (NeverWithin(until, Sent(Before(at))) is { } never) findings.Wrong(place, $"This never ends the wait: {never.What}.", never.Fix);
        else CheckWhen(until, [Cases.Of(Hearing(until))], place, "it never ends the wait");
    }

    void CheckGoal(Goal goal)
    {
        var at = places.Of("goal");
        if ((Never(goal.Trigger) ?? Unheard(goal.Trigger)) is { } never)
        {
            findings.Wrong(at, $"Nobody reaches this goal: {never.What}.", never.Fix);
            return;
        }

        if (goal.Trigger.When is not { } when) return;

        // Whoever has left the journey is watched on, but what the journey did is not known of them any more.
        var (within, after) = (Cases.Of(Hearing(goal.Trigger)), Cases.Of(JourneyEntry.Asking(flow.Nothing, playbook, goal.Trigger)));
        if (!CheckWhen(goal.Trigger, [within, after], places.WhenOf("goal"), "nobody reaches the goal")) return;
        if (!after.Assume(when.Root, true).Impossible || within.Assume(when.Root, true).Impossible) return;

        var longest = WalkTimes.Longest(journey, playbook.Policies.Hours);
        if (!journey.Leave.IsEmpty || longest < goal.Within.Days)
            findings.Doubt(places.WhenOf("goal"), "This can hold only while somebody is in the journey, and the goal is watched for longer.", $"What the journey did is not known after it: ask for what the customer did, or let the journey wait for {goal.Within}.");
    }

    // Whether it can hold at all.
    bool CheckWhen(Trigger trigger, ImmutableArray<Cases> known, Where at, string then)
    {
        if (trigger.When is not { } when || known.Any(cases => !cases.Assume(when.Root, true).Impossible)) return true;
        findings.Wrong(at, $"This never holds when '{trigger.On}' happens, so {then}.", BranchProofs.Because(when, known[0]));
        return false;
    }

    Knowledge Hearing(Trigger trigger) => JourneyEntry.Hearing(flow.Anywhere(), playbook, trigger);

    // Whether nothing in the whole playbook makes it happen.
    (string What, string Fix)? Never(Trigger trigger)
    {
        var steps = playbook.Journeys.SelectMany(one => one.Steps);
        return trigger.On switch
        {
            "coupon-used" when !steps.OfType<Step.Give>().Any(give => give.Gift is Gift.Coupon) => ("no journey gives a coupon", "Give one, such as give: { coupon: BACK10, worth: 10%, valid: 14d }."),
            "tier" or "tier-up" or "tier-falling" when playbook.Loyalty.Tiers.IsEmpty => ("there are no tiers", "Write them in loyalty.yaml."),
            var on when OfMessages.Contains(on) && trigger.Of is { } of && !Sent(steps).Any(sending => sending.Template == of) => ($"no journey sends '{of}'", "Send it, or name another template."),
            "opened" when trigger.Of is { } of && !playbook.Templates[of].Email => ($"'{of}' is an SMS, and nobody knows whether that was read", "Use delivered or clicked."),
            _ => null,
        };
    }

    // Whether none of the journey's own messages makes it happen; those of others are none of its business.
    (string What, string Fix)? NeverWithin(Trigger trigger, List<Sending> sent)
    {
        if ((Never(trigger) ?? Unheard(trigger)) is { } never) return never;
        if (!OfMessages.Contains(trigger.On)) return null;
        if (sent.Count == 0) return ("the journey has sent no message by then", "Send one before it.");
        if (trigger.Of is { } of && !sent.Any(sending => sending.Template == of)) return ($"the journey has not sent '{of}' by then, and hears of its own messages only", Nearest.Hint(of, [.. sent.Select(sending => sending.Template).Distinct()]) ?? "Name one that it has sent.");
        return trigger.On == "opened" && !sent.Any(sending => sending.Via.Contains(Channel.Email)) ? ("it sends SMS, and nobody knows whether they were read", "Use delivered or clicked.") : null;
    }

    // A start is told to the journey that is started, and to no other.
    static (string What, string Fix)? Unheard(Trigger trigger) => trigger.On == "started" ? ("nobody hears of the start of a journey", "Take it out.") : null;

    static List<Sending> Sent(IEnumerable<Step> steps) => [.. steps.Select(step => step switch { Step.Send send => send.Sending, Step.Ask ask => ask.Sending, _ => null }).OfType<Sending>()];

    // The steps that somebody may have come by on the way to this one.
    IEnumerable<Step> Before(int at)
    {
        var (seen, open) = (new HashSet<int> { at }, new Stack<int>([at]));
        while (open.TryPop(out var step))
            foreach (var way in flow.Ways.Where(way => way.To == step && !way.Known.Impossible)) if (seen.Add(way.From)) open.Push(way.From);
        return seen.Where(step => step != at).Select(step => journey.Steps[step]);
    }

    static bool Covers(string wider, string narrower) => wider == narrower || Events.Covers(wider, narrower);
}
