namespace Cvm.Engine;

/// <summary>Hands messages to the world.</summary>
public interface ISender
{
    /// <summary>Whether the same key handed over twice arrives once. Only then may an entry in doubt be handed over again.</summary>
    bool RefusesDoubles { get; }

    /// <summary>Hands one message over. Expected failures are values; an exception leaves the entry in doubt, because
    /// nobody knows how far it got. Has a time-out of its own.</summary>
    Task<Delivery> Send(Outgoing message, CancellationToken stop);
}

/// <summary>A message ready to go.</summary>
public sealed record Outgoing
{
    public required string Key { get; init; }
    public required OutboxKind Kind { get; init; }

    /// <summary>E-mail address, phone number, staff address, or web address.</summary>
    public required string To { get; init; }

    public required string Customer { get; init; }
    public required string Journey { get; init; }
    public required string Template { get; init; }
    public string Subject { get; init; } = "";

    /// <summary>Plain text; the whole message for SMS, the JSON body for a webhook.</summary>
    public required string Text { get; init; }

    public string? Html { get; init; }
    public ImmutableSortedDictionary<string, string> Headers { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>SMS segments it is billed as; 0 for other kinds.</summary>
    public int Segments { get; init; }
}
