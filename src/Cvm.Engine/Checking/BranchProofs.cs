using System.Globalization;

namespace Cvm.Engine;

/// <summary>Finds ways that nobody takes, and steps that nobody comes to.</summary>
static class BranchProofs
{
    public static void Check(JourneyFlow flow, Findings findings)
    {
        var (journey, places) = (flow.Journey, findings.In(flow.Journey));
        CheckEntries(flow, findings);
        var told = new HashSet<int>();

        foreach (var dead in flow.Ways.Where(way => way.Known.Impossible))
        {
            var step = journey.Steps[dead.From];
            var what = step is Step.If fork ? TellIf(flow, dead, fork, places, findings) : TellCase(flow, dead, (Step.Choose)step, places, findings);
            if (what) told.Add(dead.To);
        }

        CheckSteps(flow, told, findings);
    }

    static void CheckEntries(JourneyFlow flow, Findings findings)
    {
        var playbook = flow.Playbook;
        for (var number = 0; number < flow.Journey.Enter.Length; number++)
        {
            var trigger = flow.Journey.Enter[number];
            if (trigger.When is not { } when) continue;

            var (asked, at) = (Cases.Of(JourneyEntry.Asking(flow.Nothing, playbook, trigger)), findings.In(flow.Journey).WhenOf("enter", number));
            if (asked.Assume(when.Root, true).Impossible) findings.Wrong(at, $"This never holds when '{trigger.On}' happens, so nobody enters by it.", Because(when, asked));
            else if (asked.Assume(when.Root, false).Impossible) findings.Doubt(at, $"This always holds when '{trigger.On}' happens.", "Take 'when' out, or mend it. " + Because(when, asked));
        }
    }

    static bool TellIf(JourneyFlow flow, Way dead, Step.If fork, JourneyPlaces places, Findings findings)
    {
        var (at, because) = (places.Step(fork.Id, "if"), Because(fork.When, flow.At(dead.From)));
        if (dead.Number == 0)
        {
            findings.Wrong(at, "This never holds, so nobody takes 'then'.", because);
            return true;
        }

        if (places.Has(fork.Id, "else"))
        {
            findings.Wrong(at, "This always holds, so nobody takes 'else'.", because);
            return true;
        }

        findings.Doubt(at, "This always holds, so everybody takes 'then'.", "Write its steps without 'if', or mend the condition. " + because);
        return false;
    }

    static bool TellCase(JourneyFlow flow, Way dead, Step.Choose choose, JourneyPlaces places, Findings findings)
    {
        if (dead.Number == choose.Cases.Length)
        {
            // Without 'otherwise' nothing was meant for whom no case takes.
            if (places.Map(choose.Id) is not { } map || map.Find("choose") is not Node.List { Items: [.., Node.Map last] } || last.Find("otherwise") is not { } otherwise) return false;
            findings.Wrong(otherwise.At, "Nobody is left for 'otherwise': one of the cases always holds.", "Take it out, or mend the cases above.");
            return true;
        }

        var when = choose.Cases[dead.Number].When;
        var before = flow.At(dead.From);
        foreach (var (earlier, _) in choose.Cases.Take(dead.Number)) before = before.Assume(earlier.Root, false);

        var at = places.Item(choose.Id, "choose", dead.Number, "when");
        if (before.Impossible) findings.Wrong(at, "Nobody is left for this case: one of those above always holds.", "Take it out, or mend the cases above.");
        else if (flow.At(dead.From).Assume(when.Root, true).Impossible) findings.Wrong(at, "This never holds, so nobody takes this case.", Because(when, flow.At(dead.From)));
        else findings.Wrong(at, "Whoever this is for is taken by a case above already.", "Put the narrower case first.");
        return true;
    }

    // The first of those that nobody comes to, where no way that leads there was told of.
    static void CheckSteps(JourneyFlow flow, HashSet<int> told, Findings findings)
    {
        if (flow.At(0).Impossible) return;

        var journey = flow.Journey;
        var dead = Enumerable.Range(0, journey.Steps.Length).Where(step => flow.At(step).Impossible).ToHashSet();
        foreach (var step in dead.Where(step => !told.Contains(step)))
        {
            var before = Enumerable.Range(0, step).Where(other => StepWays.After(journey.Steps[other]).Contains(step)).ToList();
            if (before.Count == 0 || before.Any(dead.Contains)) continue;
            findings.Wrong(findings.In(journey).Step(journey.Steps[step].Id), "Nobody reaches this step: a condition before it always holds, and its steps end the journey.", "Take it out, or mend the condition.");
        }
    }

    /// <summary>What is known of the facts that the condition names, in words.</summary>
    public static string Because(Expression condition, Cases known)
    {
        var leaves = condition.Root.Leaves().DistinctBy(leaf => leaf.ToString(), StringComparer.Ordinal).ToList();
        var told = leaves
            .Select(leaf => (Leaf: leaf, Known: known.All.Select(one => one.Of(leaf)).Aggregate((one, other) => one.Or(other))!))
            .Where(fact => leaves.Count == 1 || fact.Known is not { Least: 0, Most: double.PositiveInfinity }) // of many facts, that none is below nothing says nothing
            .Select(fact => Told(fact.Leaf, fact.Known))
            .OfType<string>().ToList();
        return told.Count > 0 ? $"Here {string.Join(", and ", told)}." : "Its parts contradict each other.";
    }

    static string? Told(Term leaf, Possible possible)
    {
        if (!possible.Known) return $"'{leaf}' is not known";
        if (leaf.Type == FactType.Truth) return possible.Least == possible.Most ? $"'{leaf}' is {(possible.Least == 1 ? "yes" : "no")}" : null;
        if (possible.Texts is { } texts) return possible.Except ? null : $"'{leaf}' is {Listed(texts)}";

        var unit = leaf.Type == FactType.Span ? "d" : "";
        return (double.IsFinite(possible.Least), double.IsFinite(possible.Most)) switch
        {
            (true, true) when possible.Least == possible.Most => $"'{leaf}' is {Number(possible.Least)}{unit}",
            (true, true) => $"'{leaf}' lies from {Number(possible.Least)}{unit} to {Number(possible.Most)}{unit}",
            (true, false) => $"'{leaf}' is at least {Number(possible.Least)}{unit}",
            (false, true) => $"'{leaf}' is at most {Number(possible.Most)}{unit}",
            _ => null,
        };
    }

    static string Listed(ImmutableSortedSet<string> texts) => texts.Count switch
    {
        1 => $"'{texts[0]}'",
        > 12 => $"one of {texts.Count} names",
        _ => $"{string.Join(", ", texts.Take(texts.Count - 1).Select(text => $"'{text}'"))} or '{texts[^1]}'",
    };

    static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
