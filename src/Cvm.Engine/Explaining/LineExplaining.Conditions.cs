namespace Cvm.Engine;

// Who comes in, and which way is taken: decided by conditions, whose facts the line has kept.
sealed partial class LineExplaining
{
    const string When = " when ";

    ImmutableArray<(string Name, Value Value)> Kept => Seen.Read(line.Saw);

    FormattableString? Forgotten => line.Saw is null ? (FormattableString)$"The line is older than the keeping of facts: what the condition saw then is not known any more" : null;

    LineExplanation Entrance()
    {
        var (on, source) = line.Because?.IndexOf(When, StringComparison.Ordinal) is >= 0 and var at ? (line.Because[..at], line.Because[(at + When.Length)..]) : (line.Because ?? "", null);
        var when = source is null ? null : Condition(Versions.SelectMany(journey => journey.Enter).Select(trigger => trigger.When), source);
        FormattableString rule = (line.What, source) switch
        {
            (Happening.HeldOut, _) => $"Of those who would enter {line.Journey} on '{on}', a share is held back for comparison, by lot and for good",
            (_, null) => $"{line.Journey} is entered on '{on}', without a condition",
            _ => $"{line.Journey} is entered on '{on}' when this holds: {source}",
        };

        var facts = Shown(Kept).ToList();
        if (line.What == Happening.HeldOut && Versions.FirstOrDefault() is { Holdout: > 0 } held) facts.Add(new($"Held back", $"{held.Holdout:0.#%}"));
        return Made(rule, facts, when is null ? [] : Turns(when, false), note: source is null ? null : Forgotten);
    }

    LineExplanation NotEntered()
    {
        var last = Last(one => one.Journey == line.Journey && one.What is Happening.Entered or Happening.HeldOut);
        var facts = Fact($"Entered last", last);
        return line.Because switch
        {
            "again-after: never" => Made($"{line.Journey} is entered once in a life", facts),
            { } pause when pause.StartsWith("again-after: ", StringComparison.Ordinal) => Made($"{line.Journey} is not entered again within {pause["again-after: ".Length..]} of the last time", facts,
                last is { } one ? [$"The last time lies further back: it was {(line.At - one.Line.At).TotalDays:0.#} days before"] : []),
            "already in this journey" => Made($"Nobody is in {line.Journey} twice at the same time", facts, [$"The earlier visit is over"]),
            "held back for comparison" => Made($"Whoever is held back for comparison in {line.Journey} does not enter it", facts),
            "once per occasion" => Made($"{line.Journey} is entered once for each occasion, and this one has been", facts),
            var other => Made($"Something stood in the way: {other}", facts),
        };
    }

    LineExplanation Way()
    {
        var steps = Versions.Select(journey => journey.Find(line.Step ?? "")).OfType<Step>().ToList();
        if (steps.OfType<Step.Split>().FirstOrDefault() is { } split)
        {
            return Made($"At '{line.Step}' customers are divided by lot, each for good; {line.Because}", split.Arms.Select(arm => new LineFact($"Way '{arm.Name}'", $"{arm.Share:0.#%}")));
        }

        if (steps.OfType<Step.If>().Select(step => step.When).FirstOrDefault(Agrees) is { } when)
            return Made($"At '{line.Step}' it depends on whether this holds: {when.Source}", Shown(Kept), Turns(when, line.Subject != "yes"), together: line.Subject != "yes", note: Forgotten);

        if (steps.OfType<Step.Choose>().FirstOrDefault(Agrees) is { } choose) return Choice(choose);

        return Made($"At '{line.Step}' this decided: {line.Because}", Shown(Kept), note: Forgotten ?? $"The version of the journey of that time is not known any more");
    }

    LineExplanation Choice(Step.Choose choose)
    {
        var turns = line.Subject == "otherwise"
            ? choose.Cases.Select(one => Turns(one.When, true).ToList()).Where(needed => needed.Count > 0).Select(needed => (FormattableString)$"{string.Join(" and ", needed.Select(FormattableString.Invariant))}")
            : choose.Cases.Where(one => one.When.Source == line.Subject).Take(1).SelectMany(one => Turns(one.When, false));
        return Made($"At '{line.Step}' the first case that holds is taken: {string.Join("; ", choose.Cases.Select(one => one.When.Source))}", Shown(Kept), turns, note: Forgotten);
    }

    // Of several versions the one that says what the line says.
    bool Agrees(Expression when)
    {
        if (line.Saw is null) return line.Subject != "yes" || when.Source == line.Because;
        return Seen.Again(when, Kept) is { } again && again.Holds(default) == (line.Subject == "yes");
    }

    bool Agrees(Step.Choose choose) => line.Subject == "otherwise" || choose.Cases.Any(one => one.When.Source == line.Subject);

    IEnumerable<FormattableString> Turns(Expression when, bool wanted) =>
        Seen.Again(when, Kept) is { } again ? Remedies.Of(again, default, wanted).Select(remedy => (FormattableString)$"{remedy.Needed}") : [];

    static Expression? Condition(IEnumerable<Expression?> known, string source) => known.FirstOrDefault(when => when?.Source == source)
        ?? ExpressionParser.Parse(source, _ => default, _ => null, []);

    static IEnumerable<LineFact> Shown(ImmutableArray<(string Name, Value Value)> facts) => facts.Select(fact => new LineFact($"{fact.Name}", Shown(fact.Value)));

    static FormattableString Shown(Value value) => !value.Known ? $"unknown" : value.Type switch
    {
        FactType.Truth => value.True ? $"yes" : (FormattableString)$"no",
        FactType.Span => $"{Math.Round(value.Number, 2)} days",
        FactType.Text => $"'{value.Text}'",
        _ => $"{Math.Round(value.Number, 4)}",
    };
}
