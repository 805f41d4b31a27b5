namespace Cvm.Engine;

/// <summary>What a signed link lets its bearer do.</summary>
public enum LinkKind { Unsubscribe = 1, Preferences = 2, Confirm = 3, Click = 4, Report = 5, Answer = 6, Statement = 7, Case = 8, Referral = 9 }

/// <summary>What a signed link says: for whom it is, out of which message, and what it leads to.</summary>
/// <param name="Key">Outbox key of the message it stands in; empty where it stands in none.</param>
/// <param name="Channel">What it unsubscribes from or confirms.</param>
/// <param name="Until">After this it does nothing any more.</param>
/// <param name="Target">For a click: the address it leads to. For a case: its id. For an answer: which, as <see cref="AnswerLink"/> writes it.</param>
public sealed record Link(LinkKind Kind, string Customer, string Key, Channel Channel, Purpose Purpose, DateTimeOffset Until, string? Target = null)
{
    // Unsubscribing must work for as long as anybody keeps a mail; what lets into personal data must not.
    static readonly TimeSpan Years = TimeSpan.FromDays(3 * 365), Season = TimeSpan.FromDays(90), Week = TimeSpan.FromDays(7);

    /// <summary>How long after its message was written a link of this kind works: preferences, answers, statements and cases 90 days, confirmations 7 days, all else 3 years.</summary>
    public static TimeSpan LifeOf(LinkKind kind) => kind switch { LinkKind.Preferences or LinkKind.Answer or LinkKind.Statement or LinkKind.Case => Season, LinkKind.Confirm => Week, _ => Years };

    /// <summary>A link of this kind in this message. The same message has the same links, however often it is written.</summary>
    public static Link In(OutboxEntry entry, string customer, LinkKind kind, string? target = null) =>
        new(kind, customer, entry.Key, entry.Channel ?? default, entry.Purpose, entry.QueuedAt + LifeOf(kind), target);
}
