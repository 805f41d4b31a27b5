namespace Cvm;

/// <summary>The names that follow <c>on:</c> and <c>until:</c>, and which signal answers to which.</summary>
public static class Events
{
    /// <summary>Every event: its name, what it means, and whether <c>of:</c> narrows it.</summary>
    public static ImmutableArray<EventKind> All { get; } =
    [
        new("joined", "The customer became known.", null),
        new("order", "An order came in.", null),
        new("refund", "Money went back.", null),
        new("survey", "A survey was answered.", "survey"),
        new("complaint", "The customer complained.", null),
        new("birthday", "The customer's birthday, in their own zone and calendar.", null),
        new("holiday", "A holiday of the customer's country.", "holiday"),
        new("day", "A new day in the customer's zone.", null),
        new("segment", "The customer came into a segment.", "segment"),
        new("score-changed", "A score of the customer has moved; see the facts alive, stage, value and their like.", null),
        new("points", "Points came that can be spent.", null),
        new("points-expiring", "Points expire soon.", null),
        new("tier", "The loyalty tier changed.", null),
        new("tier-up", "The loyalty tier rose.", null),
        new("tier-falling", "The tier is no longer reached, and is lost unless it is reached again within the grace.", null),
        new("referral-kept", "This customer, whom another one brought, has kept a first order.", null),
        new("friend-bought", "Somebody whom this customer brought has kept a first order.", null),
        new("coupon-used", "A coupon of this customer was used.", null),
        new("case-opened", "A case was opened.", null),
        new("case-acknowledged", "Somebody took the case on.", null),
        new("case-escalated", "A case went up a level.", null),
        new("case-resolved", "A case was resolved.", null),
        new("case-reopened", "A case was opened again.", null),
        new("case-moved", "Any of these: a case was opened, taken on, went up, was resolved or opened again.", null),
        new("issue-fixed", "An issue that the customer had raised is fixed.", null),
        new("task-done", "A task was done.", null),
        new("task-overdue", "A task was not done in time. Comes once for each time it is due.", null),
        new("task-cancelled", "A task is not to be done any more.", null),
        new("delivered", "A message arrived.", "template"),
        new("opened", "A message was opened.", "template"),
        new("clicked", "A link in a message was followed.", "template"),
        new("bounced", "A message could not be delivered.", "template"),
        new("consent", "The customer agreed to something.", null),
        new("opted-out", "The customer withdrew an agreement.", null),
        new("confirm-asked", "The customer agreed to something that is to be confirmed through a link.", null),
        new("texted", "The customer wrote an SMS that was no wish to stop, start or be helped.", null),
        new("started", "Another journey started this one.", null),
    ];

    /// <summary>The event a signal counts as, or null where it is none.</summary>
    public static string? NameOf(Signal signal) => signal switch
    {
        Signal.Joined => "joined",
        Signal.Ordered => "order",
        Signal.Refunded => "refund",
        Signal.Answered => "survey",
        Signal.Complained => "complaint",
        Signal.Birthday => "birthday",
        Signal.Holiday => "holiday",
        Signal.Day => "day",
        Signal.SegmentEntered => "segment",
        Signal.ScoreChanged => "score-changed",
        Signal.PointsGained => "points",
        Signal.PointsExpiring => "points-expiring",
        Signal.TierChanged { Up: true } => "tier-up",
        Signal.TierChanged => "tier",
        Signal.TierFalling => "tier-falling",
        Signal.ReferralKept => "referral-kept",
        Signal.FriendBought => "friend-bought",
        Signal.CouponUsed => "coupon-used",
        Signal.CaseMoved { Move: CaseMove.Opened } => "case-opened",
        Signal.CaseMoved { Move: CaseMove.Acknowledged } => "case-acknowledged",
        Signal.CaseMoved { Move: CaseMove.Escalated } => "case-escalated",
        Signal.CaseMoved { Move: CaseMove.Resolved } => "case-resolved",
        Signal.CaseMoved => "case-reopened",
        Signal.IssueFixed => "issue-fixed",
        Signal.TaskDone => "task-done",
        Signal.TaskMoved { Move: TaskMove.Overdue } => "task-overdue",
        Signal.TaskMoved { Move: TaskMove.Cancelled } => "task-cancelled",
        Signal.Reported { Report: Report.Delivered } => "delivered",
        Signal.Reported { Report: Report.Opened } => "opened",
        Signal.Reported { Report: Report.Clicked } => "clicked",
        Signal.Reported { Report: Report.Bounced or Report.Failed } => "bounced",
        Signal.Consented { Consent: { Given: true, Pending: true } } => "confirm-asked",
        Signal.Confirmed => "consent",
        Signal.Texted => "texted",
        Signal.Consented { Consent.Given: true } => "consent",
        Signal.Consented => "opted-out",
        _ => null,
    };

    /// <summary>Whether a trigger on <paramref name="on"/> looks out for the event <paramref name="name"/>.</summary>
    public static bool Covers(string on, string name) => on == name || (on == "tier" && name == "tier-up") || (on == "case-moved" && name.StartsWith("case-", StringComparison.Ordinal));
}

/// <param name="Of">What <c>of:</c> names for this event; null where it may not stand.</param>
public sealed record EventKind(string Name, string About, string? Of);
