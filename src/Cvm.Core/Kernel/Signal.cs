namespace Cvm;

/// <summary>Anything that happened. <see cref="Id"/> is chosen by its sender: a signal seen before changes nothing.</summary>
/// <param name="At">When it happened, which may be long before it is taken.</param>
public abstract record Signal(string Id, DateTimeOffset At)
{
    /// <summary>What came in about a customer: replaces what it names, leaves the rest.</summary>
    /// <param name="ReferredBy">Id of the customer who brought this one; counts until the first order.</param>
    public sealed record Told(string Id, DateTimeOffset At, Profile Profile, ImmutableArray<Consent> Consents, string? ReferredBy = null) : Signal(Id, At);

    public sealed record Consented(string Id, DateTimeOffset At, Consent Consent) : Signal(Id, At);

    /// <summary>The customer followed the link that confirms an agreement (double opt-in).</summary>
    /// <param name="By">Who says so, such as the address the link went to.</param>
    public sealed record Confirmed(string Id, DateTimeOffset At, Channel Channel, Purpose Purpose, string By) : Signal(Id, At);

    /// <summary>What the customer chose in the preference centre; what is null stays as it is.</summary>
    public sealed record Preferred(string Id, DateTimeOffset At, Preferences Preferences) : Signal(Id, At);

    /// <summary>An SMS from the customer.</summary>
    /// <param name="Acknowledged">The provider has answered a keyword such as STOP already, and will not let us.</param>
    /// <param name="Wish">What the provider took it for, by keywords of its own; null where it took it for nothing.</param>
    public sealed record Texted(string Id, DateTimeOffset At, string Text, bool Acknowledged = false, Wish? Wish = null) : Signal(Id, At);

    public sealed record Ordered(string Id, DateTimeOffset At, string Order, decimal Amount, string? Coupon = null) : Signal(Id, At)
    {
        /// <summary>What was bought, where that was told.</summary>
        public ImmutableArray<OrderItem> Items { get; init; } = [];

        /// <summary>SKU of what it was for: of several positions the one that cost most; null where that was not told.</summary>
        public string? Product { get; init; }
    }

    public sealed record Refunded(string Id, DateTimeOffset At, string Order, decimal Amount) : Signal(Id, At);

    /// <summary>An answer to a survey. Null for the comment and no reasons: the score alone is said, and earlier words to the same question stand.</summary>
    public sealed record Answered(string Id, DateTimeOffset At, string Survey, int Score, string? Comment = null) : Signal(Id, At)
    {
        /// <summary>Outbox key of the message that asked; empty where it was entered by somebody. A later answer to the same replaces the earlier one.</summary>
        public string Ask { get; init; } = "";

        /// <summary>Names from the survey's own list.</summary>
        public ImmutableArray<string> Reasons { get; init; } = [];

        /// <summary>Who entered it: the customer, an interviewer, the site of a review.</summary>
        public string? By { get; init; }

        /// <summary>SKU that it is about, and <see cref="Agent"/> whose work; null where nobody knows.</summary>
        public string? Product { get; init; }

        public string? Agent { get; init; }
    }

    /// <param name="Severity">low, normal or high.</param>
    public sealed record Complained(string Id, DateTimeOffset At, string Text, string Severity) : Signal(Id, At);

    /// <summary>What a provider reports of a message.</summary>
    /// <param name="Key">The outbox entry's key.</param>
    /// <param name="Detail">The link that was followed; else the reason, in the provider's words.</param>
    /// <param name="Machine">The provider itself takes it for a program's doing, such as an image fetched ahead.</param>
    /// <param name="By">The person of the team who says so, where it is not the provider.</param>
    /// <param name="Channel">What it went by, and <paramref name="Address"/> to where, as the provider says: news of a message may come after it was forgotten.</param>
    public sealed record Reported(
        string Id, DateTimeOffset At, string Key, Report Report, string? Detail = null, bool Machine = false, string? By = null, Channel? Channel = null, string? Address = null) : Signal(Id, At);

    /// <summary>Work of a person of the team on a case, or the customer's reply to it.</summary>
    /// <param name="Case">Its id; empty for one that is opened.</param>
    /// <param name="Note">The words that belong to it: the note, the text to the customer, the subject of a new case.</param>
    /// <param name="To">Whom it is assigned to, the role it goes up to, the resolution, the case that is merged in, or the issue; as <paramref name="Work"/> says.</param>
    /// <param name="Severity">Of a new case: low, normal or high.</param>
    public sealed record CaseWorked(
        string Id, DateTimeOffset At, string Case, CaseWork Work, string By, string? Note = null, string? To = null, string? Severity = null) : Signal(Id, At);

    /// <summary>An issue that this customer had raised is fixed.</summary>
    /// <param name="Issue">Its id.</param>
    /// <param name="Fix">What was done, in words for the customer.</param>
    public sealed record IssueFixed(string Id, DateTimeOffset At, string Issue, string Title, string Fix) : Signal(Id, At);

    /// <summary>A checkout asks for points or for a coupon of this customer; exactly one of the two.</summary>
    /// <param name="Redemption">The shop's own id.</param>
    public sealed record RedemptionAsked(string Id, DateTimeOffset At, string Redemption, long Points, string? Coupon = null) : Signal(Id, At);

    /// <summary>The checkout went through, or did not, or its order was taken back.</summary>
    public sealed record RedemptionSettled(string Id, DateTimeOffset At, string Redemption, bool Completed, string? Order = null) : Signal(Id, At);

    /// <summary>A person of the team adds points, or takes some off.</summary>
    public sealed record PointsAdjusted(string Id, DateTimeOffset At, long Points, string By, string Reason) : Signal(Id, At);

    /// <summary>Somebody whom this customer brought has kept a first order. Another customer's turn says so.</summary>
    /// <param name="Email">Addresses of the friend, to tell whether the customer has brought himself.</param>
    public sealed record FriendBought(string Id, DateTimeOffset At, string? Email = null, string? Phone = null) : Signal(Id, At);

    /// <param name="Outcome">One of the task's outcomes, or any words where it has none to choose from.</param>
    /// <param name="Note">What else there is to say.</param>
    public sealed record TaskDone(string Id, DateTimeOffset At, string Task, string By, string? Outcome = null, string? Note = null) : Signal(Id, At);

    /// <summary>What a person of the team does with a task short of doing it.</summary>
    /// <param name="To">To whom it is given; null or empty for nobody in particular.</param>
    /// <param name="Until">The new time it is due, where it is put off.</param>
    public sealed record TaskWorked(
        string Id, DateTimeOffset At, string Task, TaskWork Work, string By, string? To = null, DateTimeOffset? Until = null, string? Note = null) : Signal(Id, At);

    /// <summary>Another record turned out to be this customer's: everything in it is theirs. Taken by the one that stays, after the other was closed.</summary>
    /// <param name="From">The other record as it was when it closed; see <see cref="Dossier.Leaving"/>.</param>
    public sealed record Merged(string Id, DateTimeOffset At, Dossier From, string By) : Signal(Id, At);

    /// <summary>This record is another customer's: it closes, and hands over what it holds.</summary>
    public sealed record Closed(string Id, DateTimeOffset At, string Into, string By) : Signal(Id, At);

    /// <summary>The other record has everything: this one keeps nothing but its timeline and where it went.</summary>
    public sealed record HandedOver(string Id, DateTimeOffset At) : Signal(Id, At);

    /// <summary>Two records were closed into each other at the same moment: this one stays after all.</summary>
    public sealed record Reopened(string Id, DateTimeOffset At) : Signal(Id, At);

    /// <summary>A journey was published anew, and whoever stands at one of these places goes on in the new version.</summary>
    /// <param name="To">The version they go on in.</param>
    /// <param name="Places">Where they stand, as <see cref="Moves.PlaceOf"/> names it, to the step of the new version at which they go on.</param>
    public sealed record Moved(string Id, DateTimeOffset At, string Journey, int To, ImmutableSortedDictionary<string, string> Places, string By) : Signal(Id, At);

    /// <summary>A journey was stopped: whoever is inside ends, and is sent nothing more of it.</summary>
    public sealed record Stopped(string Id, DateTimeOffset At, string Journey, string By) : Signal(Id, At);

    /// <summary>A new day in the customer's zone.</summary>
    /// <param name="Since">The last day that had its round there; usually the day before.</param>
    public sealed record Day(string Id, DateTimeOffset At, DateOnly Date, DateOnly Since) : Signal(Id, At);

    /// <summary>The sweep has scored this customer anew.</summary>
    public sealed record Scored(string Id, DateTimeOffset At, Scores Scores) : Signal(Id, At);

    /// <summary>Something this customer waits for may be due.</summary>
    public sealed record Woke(DateTimeOffset At) : Signal("", At);

    // The kernel raises the following itself, within a turn.

    public sealed record Joined(DateTimeOffset At) : Signal("", At);

    /// <param name="Year">The year it is kept for, in the birthday's own calendar.</param>
    /// <param name="Ahead">How many days before the day itself this is.</param>
    public sealed record Birthday(DateTimeOffset At, int Year, DateOnly Date, int Ahead) : Signal("", At);

    /// <param name="Ahead">How many days before the day itself this is.</param>
    public sealed record Holiday(DateTimeOffset At, string Name, DateOnly Date, int Ahead) : Signal("", At);

    public sealed record PointsGained(DateTimeOffset At, long Points, long Balance) : Signal("", At);

    public sealed record PointsExpiring(DateTimeOffset At, long Points, DateOnly On) : Signal("", At);

    /// <summary>The tier is no longer reached, and is lost unless it is reached again.</summary>
    public sealed record TierFalling(DateTimeOffset At, string Tier, DateOnly On) : Signal("", At);

    /// <summary>This customer, whom another one brought, has kept a first order.</summary>
    public sealed record ReferralKept(DateTimeOffset At) : Signal("", At);

    public sealed record TierChanged(DateTimeOffset At, string? From, string? To, bool Up) : Signal("", At);

    public sealed record CouponUsed(DateTimeOffset At, string Code, string Order) : Signal("", At);

    public sealed record CaseMoved(DateTimeOffset At, string Case, CaseMove Move) : Signal("", At);

    public sealed record TaskMoved(DateTimeOffset At, string Task, TaskMove Move) : Signal("", At);

    /// <param name="Was">The scores before; the dossier has the new ones.</param>
    public sealed record ScoreChanged(DateTimeOffset At, Scores Was) : Signal("", At);

    public sealed record SegmentEntered(DateTimeOffset At, string Segment) : Signal("", At);
}

/// <summary>One position of an order.</summary>
/// <param name="Price">Of one piece.</param>
/// <param name="Category">The shop's own; products.yaml's where it is null.</param>
public sealed record OrderItem(string Sku, decimal Quantity, decimal Price, string? Category = null);

/// <summary>What a provider tells of a message that was handed over. Accepted: it has it, and tries to deliver. Failed: given up, but the address
/// may well work another time. Bounced: the address does not work.</summary>
public enum Report { Delivered, Opened, Clicked, Bounced, Complained, Unsubscribed, Accepted, Failed }

/// <summary>What a customer may choose for themselves. Null, or a default list, is: no choice made.</summary>
public sealed record Preferences
{
    public string? Locale { get; init; }
    public string? Zone { get; init; }

    /// <summary>Words on channels, each with its own proof.</summary>
    public ImmutableArray<Consent> Consents { get; init; } = [];

    /// <summary>Topics not to hear of any more, and topics to hear of again.</summary>
    public ImmutableArray<string> TopicsOff { get; init; } = [];

    public ImmutableArray<string> TopicsOn { get; init; } = [];

    /// <summary>No promotions until then.</summary>
    public DateTimeOffset? PauseUntil { get; init; }

    /// <summary>Ends a pause that was asked for before.</summary>
    public bool EndPause { get; init; }
}

/// <summary>What is done with a case. Answer and Call count as a response; Ask stops its clocks until CustomerReplied.</summary>
public enum CaseWork { Acknowledge, Note, Resolve, Reopen, Open, Assign, Answer, Ask, CustomerReplied, Call, Escalate, Merge, LinkIssue }

/// <summary>What has become of a case.</summary>
public enum CaseMove { Opened, Acknowledged, Escalated, Resolved, Reopened }

/// <summary>What a person of the team does with a task, other than doing it.</summary>
public enum TaskWork { Assign, PutOff, Cancel }

/// <summary>What has become of a task that is not done.</summary>
public enum TaskMove { Overdue, Cancelled }
