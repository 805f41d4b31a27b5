namespace Cvm;

/// <summary>What an outbox entry goes to.</summary>
public enum OutboxKind { Email, Sms, Staff, Webhook, Customer }

/// <summary>Queued: to be delivered from <see cref="OutboxEntry.DueAt"/>. Claimed: a host is calling the provider.
/// InDoubt: a host died while it did; only a person, the provider's feedback, or a provider that refuses doubles settles it.</summary>
public enum OutboxState { Queued, Claimed, InDoubt }

/// <summary>One effect on the outside world, committed with the turn that decided it and settled once.</summary>
public sealed record OutboxEntry
{
    /// <summary><c>enrollment/step/visit</c>: the same effect has the same key, however often it is decided or delivered.</summary>
    public required string Key { get; init; }

    public required OutboxKind Kind { get; init; }
    public required Purpose Purpose { get; init; }

    /// <summary>Template of a message, role of a staff note, address of a webhook, id of another customer who is to be told.</summary>
    public required string Subject { get; init; }

    public required string Journey { get; init; }
    public required int Version { get; init; }
    public required string Enrollment { get; init; }
    public required string Step { get; init; }
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>When a host should look at it next; null for what is in doubt.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>After this it is no longer worth sending; null for always.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>An answer to what the customer has just written, such as STOP: it goes out whatever was withdrawn, at any hour.</summary>
    public bool Reply { get; init; }

    public OutboxState State { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset? ClaimedAt { get; init; }
    public string? LastProblem { get; init; }

    /// <summary>Values for the template that belong to this effect and not to the customer: coupon, case, reason, figure.</summary>
    public ImmutableSortedDictionary<string, string> Data { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public Channel? Channel => Kind switch { OutboxKind.Email => Cvm.Channel.Email, OutboxKind.Sms => Cvm.Channel.Sms, _ => null };
}

/// <summary>What came of handing an outbox entry to a provider. Four cases, because four things follow.</summary>
public abstract record Delivery
{
    Delivery() { }

    /// <param name="Segments">SMS segments it is billed as; 0 for other kinds.</param>
    public sealed record Accepted(string ProviderId, int Segments = 0) : Delivery;

    /// <param name="Suppress">The address is dead or blocked: never write to it again.</param>
    public sealed record Refused(string Reason, bool Suppress = false) : Delivery;

    /// <summary>It was not taken; <paramref name="After"/> is what the provider asked for, where it did.</summary>
    /// <param name="OnlyThis">It is about this message alone, such as a mailbox that is full; others may go.</param>
    public sealed record TryLater(string Reason, TimeSpan? After = null, bool OnlyThis = false) : Delivery;

    /// <summary>Nobody knows whether it was taken: neither "sent" nor "again" would be true.</summary>
    public sealed record Unknown(string Problem) : Delivery;
}
