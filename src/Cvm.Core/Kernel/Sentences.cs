using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Cvm;

/// <summary>Timeline lines as plain English.</summary>
public static class Sentences
{
    /// <summary>One sentence without a full stop: what happened or did not, and because of which rule. Moments read as the clock
    /// they carry shows them, so bring <see cref="Line.Until"/> into the reader's zone first.</summary>
    public static string Of(Line line)
    {
        var text = new StringBuilder(Happened(line));
        if (Reason(line) is { } reason) text.Append(": ").Append(reason);
        if (line.Journey is { Length: > 0 } journey && !NamesJourney(line.What)) text.Append(" (").Append(journey).Append(')');
        return text.ToString();
    }

    static string Happened(Line line) => line.What switch
    {
        Happening.Joined => "Became known to the shop",
        Happening.Told => $"Told us about themselves{(line.Subject is { } told ? $": {told}" : "")}",
        Happening.Agreed => $"Agreed to {Agreement(line)}",
        Happening.Withdrew => $"Withdrew the agreement to {Agreement(line)}",
        Happening.Ordered => $"Ordered for {Money(line)}{(line.Subject is { } order ? $" (order {order})" : "")}",
        Happening.Refunded => $"Got {Money(line)} back{For("order", line.Subject)}",
        Happening.Answered => $"Answered the survey {Quoted(line.Subject)}{Score(" with ", line)}{EnteredBy(line)}",
        Happening.AnswerChanged => $"Changed the answer to the survey {Quoted(line.Subject)}{Score(" to ", line)}{EnteredBy(line)}",
        Happening.Complained => line.Subject is { } severity ? $"Complained ({severity})" : "Complained",
        Happening.Reported => Reported(line),
        Happening.Entered => $"Entered {Journey(line)}",
        Happening.HeldOut => $"Held back for comparison in {Journey(line)}, gets no messages from it",
        Happening.NotEntered => $"Did not enter {Journey(line)}{(line.Subject is { } trigger ? $" on '{trigger}'" : "")}",
        Happening.Took => $"Took the way {Quoted(line.Subject)} at {Quoted(line.Step)}",
        Happening.Waited => $"Waits at {Quoted(line.Step)}{Until(line)}{(line.Because is { } awaited ? $", unless '{awaited}' comes first" : "")}",
        Happening.GoalReached => line.Subject == "held out" ? $"Reached the goal of {Journey(line)} while held back for comparison" : $"Reached the goal of {Journey(line)}",
        Happening.Ended => $"Finished {Journey(line)}{(line.Subject is { } outcome ? $" as '{outcome}'" : "")}",
        _ => Done(line),
    };

    static string Done(Line line) => line.What switch
    {
        Happening.Queued => $"Put {Message(line)} in the outbox",
        Happening.Sent => $"Sent {Message(line)}",
        Happening.Shifted => $"Kept back {Message(line)}{Until(line)}",
        Happening.Skipped => $"Did not send {Message(line)}",
        Happening.Failed => $"Could not deliver {Message(line)}",
        Happening.InDoubt => $"Nobody knows whether {Message(line)} went out; it is not sent again by itself",
        Happening.Suppressed => $"No more {(line.Channel is { } channel ? Name(channel) : "messages")} to {line.Subject ?? "this address"}",
        Happening.PointsEarned => $"Earned {Points(line)}{For("order", line.Subject)}{(line.Until is { } from ? $", to be spent from {from.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}" : "")}",
        Happening.PointsAvailable or Happening.PointsAdjusted or Happening.PointsReturned or Happening.Reserved or Happening.GivenBack or Happening.TierFalling
            or Happening.Referred or Happening.ReferrerTold or Happening.FriendBought => Rewarded(line),
        Happening.PointsGiven => $"Was given {Points(line)}",
        Happening.PointsSpent => $"Spent {Points(line)}{(line.Subject is { } thing ? $" on {thing}" : "")}",
        Happening.PointsExpired => $"Lost {Points(line)} that had expired",
        Happening.PointsReversed => $"Gave back {Points(line)}{For("order", line.Subject)}",
        Happening.TierChanged => Tier(line),
        Happening.CouponGiven => $"Was given the coupon {Quoted(line.Subject)}{(line.Until is null ? "" : $", valid{Until(line)}")}",
        Happening.CouponUsed => $"Used the coupon {Quoted(line.Subject)}{(line.Because is { } order ? $" on order {order}" : "")}",
        Happening.NotGiven => $"Was not given {Quoted(line.Subject)}",
        Happening.Scored => line.Subject is null ? "Scored for the first time" : "Scores moved",
        Happening.Held => $"Promotions are paused{Until(line)}",
        Happening.Released => line.Subject is { } stands ? $"One pause of promotions is over, another stands ({stands})" : "Promotions may go out again",
        Happening.Changed => $"Profile changed: {line.Subject}",
        Happening.Called => $"Called {line.Subject}",
        Happening.ConfirmAsked => $"Agreed to {Agreement(line)}, which is to be confirmed",
        Happening.Confirmed => $"Confirmed the agreement to {Agreement(line)}",
        Happening.Texted => $"Wrote by SMS{(line.Wording is { } words ? $": \"{words}\"" : "")}",
        Happening.TopicOff => $"Does not want to hear of {Quoted(line.Subject)}",
        Happening.TopicOn => $"Wants to hear of {Quoted(line.Subject)} again",
        Happening.Restored => $"Lets {(line.Channel is { } restored ? Name(restored) : "messages")} to {line.Subject ?? "this address"} go out again",
        Happening.Ignored => $"Took no notice of {line.Subject ?? "something that came in"}",
        _ => Worked(line),
    };

    static string Rewarded(Line line) => line.What switch
    {
        Happening.PointsAvailable => $"Can spend {Points(line)} from now on",
        Happening.PointsAdjusted => $"{(line.Figure < 0 ? "Lost" : "Got")} {Points(line with { Figure = Math.Abs(line.Figure ?? 0) })} by hand{(line.By is { } person ? $" ({person})" : "")}",
        Happening.PointsReturned => $"Got {Points(line)} back",
        Happening.Reserved => $"A checkout reserved {(line.Figure is null ? $"the coupon {Quoted(line.Subject)}" : Points(line))}{Until(line)}",
        Happening.GivenBack => $"A checkout gave {(line.Figure is null ? $"the coupon {Quoted(line.Subject)}" : Points(line))} back",
        Happening.TierFalling => $"No longer reaches {(line.Subject is { } tier ? $"tier {tier}" : "the tier")}, and keeps it{Until(line)}",
        Happening.Referred => $"Was brought by {line.Subject ?? "another customer"}",
        Happening.ReferrerTold => $"Told {line.Subject ?? "another customer"} that the first order was kept",
        _ => "A friend whom this customer brought has kept a first order",
    };

    static string Worked(Line line) => line.What switch
    {
        Happening.CaseOpened => $"{Case(line)} opened{Due(line)}",
        Happening.CaseNoted => line.Subject is { } id ? $"Note on case {id}" : "Note on the case",
        Happening.CaseAcknowledged => $"{Case(line)} taken on",
        Happening.CaseEscalated => $"{Case(line)} went up to {line.Because ?? "the next level"}{Due(line)}",
        Happening.CaseResolved => $"{Case(line)} resolved",
        Happening.CaseReopened => $"{Case(line)} opened again{Due(line)}",
        Happening.CaseAssigned => $"{Case(line)} assigned to {line.Because ?? "nobody"}{(line.By is { } by ? $", by {by}" : "")}",
        Happening.CaseAnswered => $"Was answered about case {line.Subject}",
        Happening.CaseAsked => $"Was asked about case {line.Subject}, whose clocks stand",
        Happening.CaseReplied => $"Replied about case {line.Subject}",
        Happening.CaseCalled => $"Spoke with the team about case {line.Subject}",
        Happening.CaseMerged => $"{Case(line)} became part of case {line.Because}{(line.By is { } by ? $", by {by}" : "")}",
        Happening.CaseLinked => line.Because is { } issue ? $"{Case(line)} belongs to the issue '{issue}'" : $"{Case(line)} belongs to no issue any more",
        Happening.IssueFixed => $"What they had raised is fixed, {Quoted(line.Subject)}",
        Happening.TaskGiven => $"Task{(line.Because is { } role ? $" for {role}" : "")}: {line.Subject}{Due(line)}",
        Happening.TaskDone => $"{Task(line)} done{By(line)}",
        Happening.TaskAssigned => line.Because is { } person ? $"{Task(line)} given to {person}{By(line)}" : $"{Task(line)} given back{By(line)}",
        Happening.TaskPutOff => $"{Task(line)} put off{By(line)}{Due(line)}",
        Happening.TaskCancelled => $"{Task(line)} cancelled{By(line)}",
        Happening.TaskOverdue => $"{Task(line)} is overdue{(line.Because is { } with ? $", with {with}" : "")}{Due(line)}",
        Happening.Merged => $"Merged with the record {line.Subject}{By(line)}",
        Happening.MergeKept => $"Kept {line.Subject}{(line.Because is { } because ? $", {because}" : "")}",
        Happening.Measured => Compared(line),
        Happening.MergedInto => $"Became part of the record {line.Subject}{By(line)}",
        Happening.Moved => line.Step == Enrollment.Holdout ? $"Counts as held back in version {line.Subject}{By(line)}" : $"Moved to {Quoted(line.Step)} of version {line.Subject}{Until(line)}{By(line)}",
        _ => throw new UnreachableException($"No sentence for {line.What}."),
    };

    // Where the sentence has worked the reason in already, it is not said again.
    static string? Reason(Line line) => line.What switch
    {
        Happening.Agreed or Happening.Withdrew or Happening.ConfirmAsked or Happening.Confirmed or Happening.Reported or Happening.Waited or Happening.CouponUsed or Happening.TierChanged
            or Happening.TaskGiven or Happening.TaskAssigned or Happening.TaskOverdue or Happening.CaseAssigned or Happening.CaseMerged or Happening.CaseLinked or Happening.MergeKept => null,
        Happening.CaseEscalated => string.Join(", ", new[] { line.By, line.Wording }.OfType<string>()) is { Length: > 0 } why ? why : null,
        Happening.Took when line.Because == line.Subject => null,
        Happening.Held or Happening.Released when line.Because == line.Journey => null,
        Happening.Skipped when line.Wording is not null => $"{line.Because} ({line.Wording})",
        _ => string.IsNullOrWhiteSpace(line.Because) ? null : line.Because,
    };

    static string Compared(Line line)
    {
        var (of, group) = (line.Journey ?? "the programme as a whole", line.Measured?.Group is null or Measured.Member ? "" : line.Measured.Group == Measured.HeldOut ? " as one held back" : $" as one of {Quoted(line.Measured.Group)}");
        return line.Measured?.Outcome is not { } outcome ? $"Is measured for {of}{group}{Until(line)}"
            : string.Create(CultureInfo.InvariantCulture, $"Came to a profit of {outcome.Profit:#,0.00} for {of}{group}: {outcome.Orders} {(outcome.Orders == 1 ? "order" : "orders")}, {outcome.Revenue:#,0.00} kept{(outcome.Goal ? ", goal reached" : "")}");
    }

    static bool NamesJourney(Happening what) =>
        what is Happening.Measured or Happening.Entered or Happening.HeldOut or Happening.NotEntered or Happening.GoalReached or Happening.Ended;

    static string Agreement(Line line) =>
        $"{line.Subject} {(line.Channel is { } channel ? Name(channel) : "messages")}".TrimStart() + (line.Because is { } source ? $" ({source})" : "");

    static string Reported(Line line) => line.Because switch
    {
        "delivered" => $"{Quoted(line.Subject)} arrived",
        "opened" => $"Opened {Quoted(line.Subject)}",
        "clicked" => $"Followed a link in {Quoted(line.Subject)}",
        "bounced" => $"{Quoted(line.Subject)} came back{(line.Wording is { } because ? $": {because}" : ": the address does not work")}",
        "complained" => $"Marked {Quoted(line.Subject)} as spam",
        "unsubscribed" => $"Unsubscribed from {Quoted(line.Subject)}",
        "accepted" => $"The provider has {Quoted(line.Subject)}",
        "failed" => $"{Quoted(line.Subject)} did not arrive{(line.Wording is { } why ? $": {why}" : "")}",
        "opened by a program" => $"A program opened {Quoted(line.Subject)}, which says nothing of the customer",
        "clicked by a program" => $"A program followed a link in {Quoted(line.Subject)}, which says nothing of the customer",
        var other => $"News of {Quoted(line.Subject)}{(other is null ? "" : $": {other}")}",
    };

    static string Tier(Line line) => (line.Subject, line.Because) switch
    {
        ({ } to, { } from) => $"Moved from tier {from} to tier {to}",
        ({ } to, null) => $"Came into tier {to}",
        (null, { } from) => $"Left tier {from}",
        _ => "Left the loyalty tiers",
    };

    // Notes to the team and webhooks have no channel; a webhook's subject is its address.
    static string Message(Line line) => line.Channel switch
    {
        { } channel => $"{Name(channel)} {Quoted(line.Subject)}",
        null when line.Subject?.StartsWith("http", StringComparison.Ordinal) == true => $"a call to {line.Subject}",
        null => $"a note to {Quoted(line.Subject)}",
    };

    static string Name(Channel channel) => channel == Channel.Email ? "e-mail" : "SMS";

    static string Journey(Line line) => line.Journey ?? "a journey";

    static string Case(Line line) => line.Subject is { } id ? $"Case {id}" : "The case";

    static string Task(Line line) => $"Task {Quoted(line.Subject)}";

    static string Quoted(string? name) => $"'{name}'";

    static string For(string what, string? id) => id is null ? "" : $" for {what} {id}";

    static string Score(string before, Line line) => line.Figure is { } figure ? before + figure.ToString("0.##", CultureInfo.InvariantCulture) : "";

    static string EnteredBy(Line line) => line.By is null or "customer" ? "" : $" (entered by {line.By})";

    static string Money(Line line) => (line.Figure ?? 0).ToString("#,0.00", CultureInfo.InvariantCulture);

    static string Points(Line line) => line.Figure is 1 ? "1 point" : $"{(line.Figure ?? 0).ToString("#,0", CultureInfo.InvariantCulture)} points";

    static string By(Line line) => line.By is { } by ? $" by {by}" : "";

    static string Until(Line line) => line.Until is { } until ? $" until {Moment(until, line.At)}" : "";

    static string Due(Line line) => line.Until is { } until ? $", due {Moment(until, line.At)}" : "";

    static string Moment(DateTimeOffset moment, DateTimeOffset seen) =>
        moment.ToString(moment.Year == seen.Year ? "d MMM HH:mm" : "d MMM yyyy HH:mm", CultureInfo.InvariantCulture);
}
