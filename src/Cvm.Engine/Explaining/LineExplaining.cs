namespace Cvm.Engine;

/// <summary>The work on one explanation: which kind of line it is, and what decides such lines.</summary>
sealed partial class LineExplaining(Playbook playbook, Dossier dossier, IReadOnlyList<(long Number, Line Line)> timeline)
{
    readonly Line line = timeline[0].Line;

    string Zone => playbook.ZoneOf(dossier);

    IEnumerable<(long Number, Line Line)> Earlier => timeline.Skip(1);

    public LineExplanation Explain() => line.What switch
    {
        Happening.Entered or Happening.HeldOut => Entrance(),
        Happening.NotEntered => NotEntered(),
        Happening.Took => Way(),
        Happening.Waited or Happening.GoalReached or Happening.Ended => InJourney(),
        Happening.Queued or Happening.Sent => MayGo(),
        Happening.Shifted or Happening.Skipped => MayNotGo(),
        Happening.Failed or Happening.InDoubt or Happening.Suppressed or Happening.Reported => Delivered(),
        Happening.PointsEarned or Happening.PointsAvailable or Happening.PointsReversed or Happening.PointsExpired or Happening.PointsSpent or Happening.PointsGiven => Points(),
        Happening.TierChanged or Happening.TierFalling => Tier(),
        Happening.Scored => Scored(),
        Happening.Moved when line.By is { } person => Made($"{person} did or recorded it", note: BecauseNote), // the step it stands at has not done this
        _ => Other(),
    };

    LineExplanation Made(FormattableString rule, IEnumerable<LineFact>? facts = null, IEnumerable<FormattableString>? turns = null, bool together = false, FormattableString? note = null) =>
        new(line, rule, [.. facts ?? []], [.. turns ?? []], together, note);

    // The newest line before this one of which something holds.
    (long Number, Line Line)? Last(Func<Line, bool> such)
    {
        foreach (var one in Earlier) if (such(one.Line)) return one;
        return null;
    }

    static IEnumerable<LineFact> Fact(FormattableString name, (long Number, Line Line)? told) => told is { } one ? [new(name, $"{one.Line.At}", one.Number)] : [];

    // Versions of the journey, the published one first, then the newest.
    IEnumerable<Journey> Versions => playbook.Journeys.Concat(playbook.Earlier.OrderByDescending(journey => journey.Version)).Where(journey => journey.Name == line.Journey);

    LineExplanation InJourney() => line.What switch
    {
        Happening.GoalReached when line.Because is { } on => Made($"The goal of {line.Journey} is reached on '{on}', within its time after entering",
            Fact($"Entered on", Last(one => one.Journey == line.Journey && one.What is Happening.Entered or Happening.HeldOut)),
            note: line.Subject == "held out" ? (FormattableString)$"It counts for those held back for comparison" : null),
        Happening.Ended when line.Because is { } on => Made($"{line.Journey} ends as '{line.Subject}': {on}", EnteredFact()),
        Happening.Ended => Made($"{line.Journey} came to its end, which is called '{line.Subject}'", EnteredFact()),
        _ when line.Because is { } awaited => Made($"The step '{line.Step}' waits, at the longest until {line.Until}", EnteredFact(), [$"'{awaited}' comes earlier"]),
        _ => Made($"The step '{line.Step}' waits until {line.Until}", EnteredFact()),
    };

    IEnumerable<LineFact> EnteredFact() => Fact($"Entered on", Last(one => one.Journey == line.Journey && one.What is Happening.Entered or Happening.HeldOut));

    LineExplanation Scored()
    {
        var facts = new List<LineFact>();
        if (line.Figure is { } alive) facts.Add(new($"Chance of staying", $"{alive:0.00}"));
        if (Last(one => one.What == Happening.Scored) is { } before)
        {
            if (before.Line.Figure is { } was) facts.Add(new($"Chance of staying before", $"{was:0.00}", before.Number));
            facts.AddRange(Bought(before.Line.At));
        }

        return Made($"Every night the scores of all customers are worked out anew; a line is written when one moves in a way somebody would call different", facts,
            note: $"What the sweep saw of all other customers is not kept; the line keeps what moved: {line.Because}");
    }

    IEnumerable<LineFact> Bought(DateTimeOffset since)
    {
        var orders = Earlier.TakeWhile(one => one.Line.At > since).Count(one => one.Line.What == Happening.Ordered);
        if (orders > 0) return [new($"Orders since then", $"{orders}")];
        return Last(one => one.What == Happening.Ordered) is { } last ? [new($"No order since", $"{last.Line.At}", last.Number)] : [];
    }

    LineExplanation Other()
    {
        if (line.Journey is { } journey && line.Step is { } step) return Made($"The step '{step}' of {journey} does this to whoever comes to it", EnteredFact(), note: BecauseNote);
        if (line.By is { } person) return Made($"{person} did or recorded it", note: BecauseNote);
        return line.What is Happening.Ignored or Happening.NotGiven && line.Because is { } why
            ? Made($"It was not possible: {why}")
            : Made($"No rule of the playbook decided this: it came in from outside, or followed at once from what stands beside it", note: BecauseNote);
    }

    FormattableString? BecauseNote => line.Because is { } why ? (FormattableString)$"The line itself says: {why}" : null;
}
