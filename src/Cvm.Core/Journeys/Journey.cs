namespace Cvm;

/// <summary>One journey, checked and compiled: steps lie flat, and each knows where it leads.</summary>
public sealed record Journey
{
    public required string Name { get; init; }
    public required int Version { get; init; }
    public required string About { get; init; }
    public required Purpose Purpose { get; init; }

    /// <summary>What it is about in the preference centre; null for what nobody can switch off by topic.</summary>
    public string? Topic { get; init; }

    public required ImmutableArray<Trigger> Enter { get; init; }

    /// <summary>How long after entering the same customer may enter again; null: as soon as the last one ended.</summary>
    public Lapse? AgainAfter { get; init; }

    /// <summary>At most once per customer for good.</summary>
    public bool Once { get; init; }

    /// <summary>Share kept without messages, in [0, 1).</summary>
    public double Holdout { get; init; }

    public ImmutableArray<Leave> Leave { get; init; } = [];
    public Goal? Goal { get; init; }

    /// <summary>Step 0 comes first. Never empty.</summary>
    public required ImmutableArray<Step> Steps { get; init; }

    /// <summary>The step with this id, or null where this version has none.</summary>
    public Step? Find(string id)
    {
        foreach (var step in Steps) if (step.Id == id) return step;
        return null;
    }
}

/// <summary>What a journey, a wait or a goal looks out for.</summary>
/// <param name="On">A name of <see cref="Events"/>.</param>
/// <param name="Of">Narrows it: the survey of an answer, the name of a holiday or segment, the template of a message.</param>
/// <param name="Before">For birthdays and holidays: this long before the day. Whole days.</param>
public sealed record Trigger(string On, Expression? When = null, string? Of = null, int BeforeDays = 0);

/// <summary>Ends an enrollment wherever it stands.</summary>
public sealed record Leave(Trigger Trigger, string As);

/// <summary>What the journey is for: the event that counts as success, within a time after entering.</summary>
public sealed record Goal(Trigger Trigger, Lapse Within);

/// <summary>One box on the marketer's canvas. The list below is the whole language.</summary>
/// <param name="Id">Unique within the journey; part of effect keys and of where people stand.</param>
/// <param name="Next">Index of the step that follows, or <see cref="Done"/>.</param>
public abstract record Step(string Id, int Next)
{
    /// <summary>Where a journey that has nothing left to do leads.</summary>
    public const int Done = -1;

    public sealed record Send(string Id, int Next, Sending Sending) : Step(Id, Next);

    /// <summary>Rests for a time, until a time of day, or until a date; goes on as soon as <paramref name="Until"/> happens.</summary>
    public sealed record Wait(string Id, int Next, Rest Rest, Trigger? Until) : Step(Id, Next);

    public sealed record If(string Id, int Next, Expression When, int Then, int Else) : Step(Id, Next);

    /// <summary>The first case that holds, else <paramref name="Otherwise"/>.</summary>
    public sealed record Choose(string Id, int Next, ImmutableArray<(Expression When, int Then)> Cases, int Otherwise) : Step(Id, Next);

    /// <summary>An experiment: each customer keeps one arm for good.</summary>
    /// <param name="Promote">When everybody new takes the best arm; null for never.</param>
    public sealed record Split(string Id, int Next, ImmutableArray<Arm> Arms, Promotion? Promote = null) : Step(Id, Next);

    /// <summary>Sends a survey and waits for its answer, at most <paramref name="Patience"/>.</summary>
    public sealed record Ask(string Id, int Next, string Survey, Sending Sending, Lapse Patience) : Step(Id, Next);

    public sealed record Give(string Id, int Next, Gift Gift) : Step(Id, Next);

    /// <param name="Outcomes">What whoever does it chooses from; empty or default for any words.</param>
    public sealed record Task(string Id, int Next, string For, string Do, Lapse? Due, TaskKind Kind = TaskKind.Other, ImmutableArray<string> Outcomes = default) : Step(Id, Next);

    public sealed record Case(string Id, int Next, CaseStep Act) : Step(Id, Next);

    public sealed record Set(string Id, int Next, ImmutableSortedDictionary<string, string> Attributes, ImmutableArray<string> Tags, ImmutableArray<string> Untag) : Step(Id, Next);

    public sealed record Webhook(string Id, int Next, string Url, ImmutableArray<string> Facts) : Step(Id, Next);

    public sealed record Start(string Id, int Next, string Journey) : Step(Id, Next);

    /// <summary>Pauses promotions for this customer, everywhere, until released or for a time.</summary>
    public sealed record Hold(string Id, int Next, Lapse? For) : Step(Id, Next);

    public sealed record Release(string Id, int Next) : Step(Id, Next);

    public sealed record End(string Id, string Outcome) : Step(Id, Done);
}

/// <summary>How a message goes out.</summary>
/// <param name="Via">The first of these that the customer agreed to and can be reached by.</param>
/// <param name="At">The customer's own time of day; null for at once.</param>
/// <param name="ValidFor">How long after it is due it is still worth sending.</param>
public sealed record Sending(string Template, ImmutableArray<Channel> Via, TimeOnly? At, Lapse ValidFor, OnLate OnLate, Purpose? Purpose = null);

/// <summary>What to do with a message past its validity: drop it, send it all the same, or wait for the next time of day.</summary>
public enum OnLate { Skip, Send, Shift }

/// <summary>How long to rest: exactly one of the three.</summary>
public sealed record Rest(Lapse? For = null, TimeOnly? At = null, DateOnly? On = null);

/// <summary>One way of an experiment.</summary>
/// <param name="Share">Above 0; all arms of a split add up to 1.</param>
/// <param name="Then">Index of its first step.</param>
public sealed record Arm(string Name, double Share, int Then);

/// <summary>Points, a coupon or a tier; exactly one.</summary>
public abstract record Gift
{
    Gift() { }

    public sealed record Points(Expression Amount) : Gift;

    /// <param name="Costs">Points it is bought with; where they are not there, nothing is given.</param>
    public sealed record Coupon(string Name, string Worth, Lapse Valid, long Costs) : Gift;

    public sealed record Tier(string Name, Lapse For) : Gift;
}

/// <summary>What a <c>case</c> step does.</summary>
public abstract record CaseStep
{
    CaseStep() { }

    /// <param name="To">A role of the playbook's staff, who is told; the first rung of the team's ladder where null.</param>
    /// <param name="Within">Time to resolve, after which the journey sees to it; null for the times of service.yaml, by which the case climbs by itself.</param>
    public sealed record Open(string Subject, string? Severity, string? To, Lapse? Within) : CaseStep;

    /// <param name="Within">Time at that level; null for the times of service.yaml.</param>
    public sealed record Escalate(string To, Lapse? Within) : CaseStep;

    /// <summary>Opens the journey's case again, with new clocks.</summary>
    /// <param name="To">The role it goes to; whom it lay with where null.</param>
    public sealed record Reopen(string Note, string? To) : CaseStep;

    public sealed record Close(string Outcome) : CaseStep;
}
