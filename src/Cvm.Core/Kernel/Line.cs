namespace Cvm;

/// <summary>What a line of the timeline tells.</summary>
public enum Happening
{
    Joined, Told, Agreed, Withdrew, Ordered, Refunded, Answered, Complained, Reported,
    Entered, HeldOut, NotEntered, Took, Waited, GoalReached, Ended,
    Queued, Sent, Shifted, Skipped, Failed, InDoubt, Suppressed,
    PointsEarned, PointsGiven, PointsSpent, PointsExpired, PointsReversed, TierChanged, CouponGiven, CouponUsed, NotGiven,
    CaseOpened, CaseNoted, CaseAcknowledged, CaseEscalated, CaseResolved, CaseReopened, TaskGiven, TaskDone,
    Held, Released, Changed, Called, Ignored, Scored, ConfirmAsked, Confirmed, Texted, TopicOff, TopicOn, Restored,
    PointsAvailable, PointsAdjusted, PointsReturned, Reserved, GivenBack, TierFalling, Referred, ReferrerTold, FriendBought,
    AnswerChanged, CaseAssigned, CaseAnswered, CaseAsked, CaseReplied, CaseCalled, CaseMerged, CaseLinked, IssueFixed,
    TaskAssigned, TaskPutOff, TaskCancelled, TaskOverdue, Merged, MergeKept, MergedInto, Measured, Moved,
}

/// <summary>One line of a customer's timeline, kept for good: what happened or did not, when, and because of which rule.</summary>
public sealed record Line(DateTimeOffset At, Happening What)
{
    public string? Journey { get; init; }
    public string? Step { get; init; }

    /// <summary>What it is about: order, template, coupon, case, survey, segment.</summary>
    public string? Subject { get; init; }

    /// <summary>The rule, in the playbook's words.</summary>
    public string? Because { get; init; }

    /// <summary>What the condition saw that decided this, see <see cref="Cvm.Seen"/>; null where none did, and in lines of before it was kept.</summary>
    public string? Saw { get; init; }

    /// <summary>Money, points or a score, as <see cref="What"/> says.</summary>
    public decimal? Figure { get; init; }

    /// <summary>A moment in the future that the line speaks of.</summary>
    public DateTimeOffset? Until { get; init; }

    public Channel? Channel { get; init; }

    /// <summary>Key of the effect, where it made one.</summary>
    public string? Key { get; init; }

    /// <summary>The very words: what was agreed to, or what the customer wrote.</summary>
    public string? Wording { get; init; }

    /// <summary>Who did or recorded it, where that was told.</summary>
    public string? By { get; init; }

    /// <summary>What it means for the comparison of groups; null where nothing.</summary>
    public Measured? Measured { get; init; }

    /// <summary>The day on which it happened, UTC, where it was heard of on another.</summary>
    public DateOnly? Day { get; init; }
}

/// <summary>What a signal leads to: the new dossier and the lines that say why. Effects wait in the dossier's outbox.</summary>
/// <param name="Changed">False where nothing is worth committing.</param>
public sealed record Turn(Dossier Dossier, ImmutableArray<Line> Lines, bool Changed)
{
    /// <summary>Steps that were come to and left, in order: for counting.</summary>
    public ImmutableArray<Passage> Passed { get; init; } = [];
}
