namespace Cvm.Engine;

/// <summary>Who is behind an address, and who asked to be forgotten.</summary>
public interface IPeople
{
    /// <summary>Customers who can be reached at this address now, in order of id. E-mail addresses are the same in any case.</summary>
    ValueTask<IReadOnlyList<string>> ReachedAt(Channel channel, string address, int most, CancellationToken stop);

    /// <summary>Erases everything about a customer: dossier, timeline, outbox, cases, mailbox, signals, scores. Keeps only the marks, by which an
    /// import is known to bring the person back. Doing it again, or after having died in the middle, is the same.</summary>
    ValueTask Forget(string customer, IReadOnlyCollection<string> marks, CancellationToken stop);

    /// <summary>Whether any of these marks was kept by <see cref="Forget"/>.</summary>
    ValueTask<bool> Forgotten(IReadOnlyCollection<string> marks, CancellationToken stop);

    /// <summary>Drops marks: the person wants to be known again.</summary>
    ValueTask Remember(IReadOnlyCollection<string> marks, CancellationToken stop);
}
