namespace Cvm;

/// <summary>What a person of the team is asked to do. Old tasks, and those that say nothing, are other.</summary>
public enum TaskKind { Other, Call, Gift, Visit }

/// <summary>Something a person of the team is asked to do for this customer. Open until it is done or cancelled.</summary>
public sealed record StaffTask
{
    public required string Id { get; init; }

    /// <summary>A role of the playbook's staff.</summary>
    public required string For { get; init; }

    public required string Do { get; init; }
    public required DateTimeOffset At { get; init; }
    public TaskKind Kind { get; init; }

    /// <summary>By when, as it stands now: putting it off moves it.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The person who has it; null while any of the role may take it.</summary>
    public string? Assignee { get; init; }

    public DateTimeOffset? DoneAt { get; init; }
    public string? DoneBy { get; init; }

    /// <summary>What came of it: one of <see cref="Outcomes"/>, or any words where there are none.</summary>
    public string? Outcome { get; init; }

    /// <summary>The outcomes to choose from; empty for any words.</summary>
    public ImmutableArray<string> Outcomes { get; init; } = [];

    /// <summary>What whoever did it, put it off or cancelled it had to say, last.</summary>
    public string? Note { get; init; }

    public DateTimeOffset? CancelledAt { get; init; }
    public string? CancelledBy { get; init; }

    /// <summary>How often it was put off.</summary>
    public int PutOff { get; init; }

    /// <summary>That <see cref="DueAt"/> has passed was told.</summary>
    public bool OverdueTold { get; init; }

    /// <summary>The contact plan that asks for it; null for a journey's.</summary>
    public string? Plan { get; init; }

    public bool Open => DoneAt is null && CancelledAt is null;

    /// <summary>When the team has to be told that it is late; null where nobody waits for that.</summary>
    public DateTimeOffset? LateAt => Open && !OverdueTold ? DueAt : null;

    /// <summary>The journey that asks for it, as its id says; null for a contact plan's.</summary>
    public string? Journey => Plan is null && Id.IndexOf(':') is > 0 and var end ? Id[..end] : null;
}

/// <summary>When the team last had to do with the customer in this way: a task of this kind was done.</summary>
public sealed record Contact(TaskKind Kind, DateTimeOffset At);

/// <summary>How a contact plan stands with one customer.</summary>
/// <param name="Count">Tasks it has given; numbers them.</param>
/// <param name="Closed">When the last of them was done or cancelled; null before that.</param>
public sealed record PlanStanding(string Plan, int Count, DateTimeOffset? Closed = null);
