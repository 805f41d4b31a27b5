namespace Cvm.Engine;

/// <summary>Why a customer is in a journey, was, or never came to it: the rule, the facts it saw, and the smallest change that would have turned it.</summary>
/// <param name="State">In one sentence: where the customer stands with the journey.</param>
/// <param name="Hurdles">What stands in the way of entering now; empty where nothing does.</param>
/// <param name="Sending">What would be said of a message of the journey at this moment, by channel.</param>
/// <param name="Story">What happened in it, newest first, by the customer's clock.</param>
public sealed record JourneyExplanation(
    string Journey, int Version, string State, ImmutableArray<Hurdle> Hurdles, ImmutableArray<(Channel Channel, string Word)> Sending, ImmutableArray<Line> Story)
{
    /// <summary>Explains one journey for a customer, as things stand at a moment.</summary>
    /// <param name="timeline">The customer's lines, newest first.</param>
    public static JourneyExplanation Of(Playbook playbook, Dossier dossier, Journey journey, IReadOnlyList<Line> timeline, DateTimeOffset now)
    {
        var zone = playbook.ZoneOf(dossier);
        var story = timeline.Where(line => line.Journey == journey.Name)
            .Select(line => line with { At = LocalTimes.In(zone, line.At), Until = line.Until is { } until ? LocalTimes.In(zone, until) : null }).ToImmutableArray();
        return new(journey.Name, journey.Version, StateOf(playbook, dossier, journey, now), HurdlesOf(playbook, dossier, journey, timeline, now), SendingOf(playbook, dossier, journey, now), story);
    }

    static string StateOf(Playbook playbook, Dossier dossier, Journey journey, DateTimeOffset now)
    {
        string Moment(DateTimeOffset moment) => Words.Moment(playbook, dossier, moment);

        if (dossier.Enrollments.FirstOrDefault(e => e.Journey == journey.Name) is { } inside)
        {
            var where = inside.Step == Enrollment.Holdout ? "is held back for comparison, and gets nothing from it" : $"stands at '{inside.Step}' of version {inside.Version}";
            var until = inside.WakeAt is { } wake && wake > now ? $", until {Moment(wake)} at the latest" : "";
            var rests = inside.RestsFor is { } rule ? $"; a message waits there because of: {rule}" : "";
            return $"Is in it since {Moment(inside.EnteredAt)} because of '{inside.EnteredOn}', and {where}{until}{rests}.";
        }

        return dossier.Visits.FirstOrDefault(visits => visits.Journey == journey.Name) is { } been
            ? $"Was in it {(been.Count == 1 ? "once" : $"{been.Count} times")}, last from {Moment(been.LastEntered)}{(been.LastEnded is { } ended ? $" to {Moment(ended)}, ended as '{been.LastOutcome}'" : "")}."
            : "Was never in it.";
    }

    static ImmutableArray<Hurdle> HurdlesOf(Playbook playbook, Dossier dossier, Journey journey, IReadOnlyList<Line> timeline, DateTimeOffset now)
    {
        var hurdles = ImmutableArray.CreateBuilder<Hurdle>();
        if (Kernel.Obstacle(playbook, dossier, journey, now) is { } obstacle) hurdles.Add(new(null, obstacle, []));
        if (journey.Holdout > 0 && Kernel.HeldOut(dossier.Customer, journey)) hurdles.Add(new(null, $"would be held back for comparison: {journey.Holdout:0.#%} of the customers are, by lot, for good", []));

        var view = new View(playbook, dossier, null, null, now);
        foreach (var trigger in journey.Enter)
        {
            var happened = timeline.FirstOrDefault(line => Tells(line, trigger.On));
            if (trigger.When is { } when && !when.Holds(view)) hurdles.Add(new(trigger.On, $"of '{when.Source}' this does not hold: {when.FirstFailing(view)}", Remedies.Of(when, view)));
            else hurdles.Add(new(trigger.On, happened is null ? $"'{trigger.On}' has not come yet, as far as the timeline tells" : $"'{trigger.On}' came last on {Words.Moment(playbook, dossier, happened.At)}; the next one leads in, where nothing above stands in the way", []));
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

    static ImmutableArray<(Channel, string)> SendingOf(Playbook playbook, Dossier dossier, Journey journey, DateTimeOffset now) =>
    [
        .. Enum.GetValues<Channel>().Select(channel => (channel, Permission.Check(playbook, dossier, channel, journey.Purpose, now, null, journey) is { Rule: { } rule } verdict
            ? $"no: {rule}{(verdict.From is { } from ? $", until {Words.Moment(playbook, dossier, from)}" : verdict.Passing ? ", for as long as that lasts" : "")}"
            : "yes")),
    ];

    static class Words
    {
        public static string Moment(Playbook playbook, Dossier dossier, DateTimeOffset moment) =>
            LocalTimes.In(playbook.ZoneOf(dossier), moment).ToString("d MMM yyyy HH:mm", System.Globalization.CultureInfo.InvariantCulture);
    }
}

/// <summary>Something that keeps a customer out of a journey.</summary>
/// <param name="On">The trigger it is about; null for what keeps out whatever happens.</param>
/// <param name="Turns">The smallest change that would let the customer in; empty where there is none but time.</param>
public sealed record Hurdle(string? On, string Because, ImmutableArray<Remedy> Turns);
