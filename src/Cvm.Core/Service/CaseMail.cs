namespace Cvm;

/// <summary>What somebody of the team writes to a customer about a case: queued by the kernel, and made in the same way for whoever wants to see it first.</summary>
public static class CaseMail
{
    /// <summary>An entry that goes out whatever is paused. Templates find <c>case</c>, <c>reason</c> (what the case is about) and <c>message</c> in its data.</summary>
    public static OutboxEntry Entry(Case about, string key, Channel channel, string template, string words, DateTimeOffset now) => new()
    {
        Key = key,
        Kind = channel == Channel.Email ? OutboxKind.Email : OutboxKind.Sms,
        Purpose = Purpose.Transactional,
        Subject = template,
        Journey = "",
        Version = 0,
        Enrollment = "",
        Step = "",
        QueuedAt = now,
        DueAt = now,
        Data = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal).Add("case", about.Id).Add("message", words).Add("reason", about.Subject),
    };
}
