namespace Cvm;

/// <summary>A complaint or an unhappy answer that somebody works on. Two clocks run: until somebody responds, and until it is resolved.</summary>
public sealed record Case
{
    public required string Id { get; init; }
    public required string Subject { get; init; }
    public required string Severity { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Who it lies with: a role of the playbook's staff, such as agent, manager, director.</summary>
    public required string Level { get; init; }

    /// <summary>When the present level's time is up; stands while the customer is asked.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The enrollment that opened it; null where a person did.</summary>
    public string? OpenedBy { get; init; }

    /// <summary>The person of the team who opened it, such as for somebody on the phone.</summary>
    public string? OpenedByHand { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>How it ended: the resolution, and what was said of it.</summary>
    public string? Outcome { get; init; }

    public int Escalations { get; init; }

    /// <summary>A name of service.yaml.</summary>
    public string? Team { get; init; }

    /// <summary>The person who works on it, as they are called.</summary>
    public string? Assignee { get; init; }

    /// <summary>When the customer first heard from a person about it.</summary>
    public DateTimeOffset? FirstResponseAt { get; init; }

    /// <summary>When the first response is due; null where the journey sees to the times.</summary>
    public DateTimeOffset? RespondBy { get; init; }

    public DateTimeOffset? ResolveBy { get; init; }

    /// <summary>When the case climbs a rung by itself; null where it does not: on the top rung, while the customer is asked, or where the journey sees to it.</summary>
    public DateTimeOffset? AlarmAt { get; init; }

    /// <summary>Since when the customer's answer is awaited; all clocks stand.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>Roles that have been told of it since it was opened, or opened again.</summary>
    public ImmutableArray<string> Told { get; init; } = [];

    /// <summary>How often its rungs were told anew; part of the keys of their notes.</summary>
    public int Rounds { get; init; }

    /// <summary>What was done, oldest first: the newest <see cref="MaxHistory"/>, and of their words at most <see cref="MaxWords"/> letters. The timeline keeps all.</summary>
    public ImmutableArray<CaseEntry> History { get; init; } = [];

    /// <summary>How many entries its history ever had.</summary>
    public int Acts { get; init; }

    /// <summary>The case it has become part of.</summary>
    public string? MergedInto { get; init; }

    /// <summary>Id of the issue it belongs to.</summary>
    public string? Issue { get; init; }

    public bool Open => ResolvedAt is null;

    public const int MaxHistory = 40;
    public const int MaxWords = 16_000;

    /// <summary>With one more entry; the oldest make room.</summary>
    public Case With(CaseEntry entry)
    {
        var history = History.Add(entry);
        var words = 0;
        var keep = history.Length;
        while (keep > 0 && history.Length - keep < MaxHistory && (words += history[keep - 1].Words?.Length ?? 0) <= MaxWords) keep--;
        return this with { History = history.RemoveRange(0, Math.Min(keep, history.Length - 1)), Acts = Acts + 1 };
    }
}

/// <summary>One thing that was done about a case.</summary>
/// <param name="By">A person of the team, customer, or service for what the system did by itself.</param>
/// <param name="To">Whom or what it concerned: the assignee, the role, the resolution, the other case, the issue.</param>
/// <param name="Words">What was written or said.</param>
public sealed record CaseEntry(DateTimeOffset At, CaseWork Work, string By, string? Words = null, string? To = null)
{
    /// <summary>Who did what nobody did.</summary>
    public const string Itself = "service";

    /// <summary>The name by which the customer's own words go.</summary>
    public const string Customer = "customer";

    /// <summary>Whether the customer wrote it or was written to.</summary>
    public bool Theirs => Work is CaseWork.Answer or CaseWork.Ask or CaseWork.CustomerReplied;
}
