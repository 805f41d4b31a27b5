namespace Cvm.Engine;

/// <summary>Why a customer is in a journey, was, or never came to it: the rule, the facts it saw, and the smallest change that would have turned it.
/// Texts are templates with values, so that a page can say them in the reader's language; moments among the values are <see cref="DateTimeOffset"/>.</summary>
/// <param name="Zone">The customer's.</param>
/// <param name="Stands">Where the customer stands with the journey, in a sentence or two.</param>
/// <param name="Hurdles">What stands in the way of entering now; empty where nothing does.</param>
/// <param name="MaySend">What would be said of a message of the journey at this moment, by channel.</param>
/// <param name="Story">What happened in it, newest first, by the customer's clock.</param>
public sealed record JourneyExplanation(
    string Journey, int Version, string Zone, ImmutableArray<FormattableString> Stands, ImmutableArray<Hurdle> Hurdles, ImmutableArray<(Channel Channel, FormattableString Word)> MaySend, ImmutableArray<Line> Story)
{
    /// <summary>Where the customer stands with the journey, in English.</summary>
    public string State => string.Join(' ', Stands.Select(said => LineExplanation.Said(said, Zone)));

    /// <summary>What would be said of a message of the journey at this moment, by channel, in English.</summary>
    public ImmutableArray<(Channel Channel, string Word)> Sending => [.. MaySend.Select(pair => (pair.Channel, LineExplanation.Said(pair.Word, Zone)))];

    /// <summary>Explains one journey for a customer, as things stand at a moment.</summary>
    /// <param name="timeline">The customer's lines, newest first.</param>
    public static JourneyExplanation Of(Playbook playbook, Dossier dossier, Journey journey, IReadOnlyList<Line> timeline, DateTimeOffset now)
    {
        var zone = playbook.ZoneOf(dossier);
        var story = timeline.Where(line => line.Journey == journey.Name)
            .Select(line => line with { At = LocalTimes.In(zone, line.At), Until = line.Until is { } until ? LocalTimes.In(zone, until) : null }).ToImmutableArray();
        return new(journey.Name, journey.Version, zone, [.. StateOf(dossier, journey, now)], HurdlesOf(playbook, dossier, journey, timeline, now), SendingOf(playbook, dossier, journey, now), story);
    }

    static IEnumerable<FormattableString> StateOf(Dossier dossier, Journey journey, DateTimeOffset now)
    {
        if (dossier.Enrollments.FirstOrDefault(e => e.Journey == journey.Name) is { } inside)
        {
            yield return $"Is in it since {inside.EnteredAt} because of '{inside.EnteredOn}'.";
            if (inside.Step == Enrollment.Holdout) yield return $"Is held back for comparison, and gets nothing from it.";
            else if (inside.WakeAt is { } wake && wake > now) yield return $"Stands at '{inside.Step}' of version {inside.Version}, until {wake} at the latest.";
            else yield return $"Stands at '{inside.Step}' of version {inside.Version}.";

            if (inside.RestsFor is { } rule) yield return $"A message waits there because of: {rule}.";
            yield break;
        }

        if (dossier.Visits.FirstOrDefault(visits => visits.Journey == journey.Name) is not { } been) yield return $"Was never in it.";
        else
        {
            yield return been.Count == 1 ? $"Was in it once." : (FormattableString)$"Was in it {been.Count} times.";
            yield return been.LastEnded is { } ended ? $"Last from {been.LastEntered} to {ended}, ended as '{been.LastOutcome}'." : (FormattableString)$"Entered last on {been.LastEntered}.";
        }
    }

    static ImmutableArray<Hurdle> HurdlesOf(Playbook playbook, Dossier dossier, Journey journey, IReadOnlyList<Line> timeline, DateTimeOffset now)
    {
        var hurdles = ImmutableArray.CreateBuilder<Hurdle>();
        var zone = playbook.ZoneOf(dossier);
        if (Kernel.Obstacle(playbook, dossier, journey, now) is { } obstacle) hurdles.Add(new(null, $"{obstacle}", zone, []));
        if (journey.Holdout > 0 && Kernel.HeldOut(dossier.Customer, journey)) hurdles.Add(new(null, $"would be held back for comparison: {journey.Holdout:0.#%} of the customers are, by lot, for good", zone, []));

        var view = new View(playbook, dossier, null, null, now);
        foreach (var trigger in journey.Enter)
        {
            var happened = timeline.FirstOrDefault(line => Tells(line, trigger.On));
            if (trigger.When is { } when && !when.Holds(view)) hurdles.Add(new(trigger.On, $"of '{when.Source}' this does not hold: {when.FirstFailing(view)}", zone, Remedies.Of(when, view)));
            else if (happened is null) hurdles.Add(new(trigger.On, $"'{trigger.On}' has not come yet, as far as the timeline tells", zone, []));
            else hurdles.Add(new(trigger.On, $"'{trigger.On}' came last on {happened.At}; the next one leads in, where nothing above stands in the way", zone, []));
        }

        return hurdles.ToImmutable();
    }

    // Most events leave a line of their own; of the others journeys tell that were, or were not, entered by them.
    static bool Tells(Line line, string on) => Told(line) == on
        || (line.What == Happening.NotEntered && line.Subject == on) || (line.What is Happening.Entered or Happening.HeldOut && line.Because?.Split(' ')[0] == on);

    static string? Told(Line line) => line.What switch
    {
        Happening.Joined => "joined",
        Happening.Ordered => "order",
        Happening.Refunded => "refund",
        Happening.Answered => "survey",
        Happening.Complained => "complaint",
        Happening.PointsAvailable or Happening.PointsGiven => "points",
        Happening.TierChanged => "tier-up",
        Happening.TierFalling => "tier-falling",
        Happening.CouponUsed => "coupon-used",
        Happening.CaseOpened => "case-opened",
        Happening.CaseResolved => "case-resolved",
        Happening.TaskDone => "task-done",
        Happening.Agreed or Happening.Confirmed => "consent",
        Happening.FriendBought => "friend-bought",
        Happening.IssueFixed => "issue-fixed",
        Happening.Scored => "score-changed",
        _ => null,
    };

    static ImmutableArray<(Channel, FormattableString)> SendingOf(Playbook playbook, Dossier dossier, Journey journey, DateTimeOffset now) =>
        [.. Enum.GetValues<Channel>().Select(channel => (channel, Word(Permission.Check(playbook, dossier, channel, journey.Purpose, now, null, journey))))];

    static FormattableString Word(Verdict verdict) => verdict switch
    {
        { Rule: null } => $"yes",
        { From: { } from } => $"no: {verdict.Rule}, until {from}",
        { Passing: true } => $"no: {verdict.Rule}, for as long as that lasts",
        _ => $"no: {verdict.Rule}",
    };
}

/// <summary>Something that keeps a customer out of a journey.</summary>
/// <param name="On">The trigger it is about; null for what keeps out whatever happens.</param>
/// <param name="Why">A template with values, as in <see cref="LineExplanation"/>.</param>
/// <param name="Zone">The customer's.</param>
/// <param name="Turns">The smallest change that would let the customer in; empty where there is none but time.</param>
public sealed record Hurdle(string? On, FormattableString Why, string Zone, ImmutableArray<Remedy> Turns)
{
    /// <summary>Why, in English.</summary>
    public string Because => LineExplanation.Said(Why, Zone);
}
