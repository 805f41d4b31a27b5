using System.Text.Json.Nodes;

namespace Cvm.Engine;

/// <summary>By what each kind of message goes; the mailbox where a kind is not named.</summary>
public sealed record SendersPlan(ImmutableSortedDictionary<OutboxKind, SenderPlan> Kinds)
{
    public static SendersPlan Mailbox { get; } = new(ImmutableSortedDictionary<OutboxKind, SenderPlan>.Empty);
}

/// <summary>One way out of the house.</summary>
public abstract record SenderPlan
{
    SenderPlan() { }

    /// <summary>What the provider allows; null for as much as comes.</summary>
    public Rate? Rate { get; init; }

    /// <summary>Who e-mails come from; the playbook's sender where null.</summary>
    public string? From { get; init; }

    public sealed record Mailbox : SenderPlan;

    /// <param name="Folder">Absolute.</param>
    public sealed record Eml(string Folder) : SenderPlan;

    /// <param name="User">Null where the server asks for none.</param>
    public sealed record Smtp(string Host, int Port, SmtpTls Tls, string? User, string? Password) : SenderPlan;

    /// <param name="Body">What is posted, with {to}, {text} and {key} for what belongs to the message.</param>
    public sealed record Gateway(Uri Url, ImmutableArray<(string Name, string Value)> Headers, JsonObject Body) : SenderPlan;

    /// <summary>Posts to the address that the journey names.</summary>
    public sealed record Post : SenderPlan;
}

/// <summary>How a connection to a mail server is kept secret: from the first byte, from STARTTLS on or not at all, and never less than that.</summary>
public enum SmtpTls { StartTls, Tls, None }
