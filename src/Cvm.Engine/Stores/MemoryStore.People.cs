namespace Cvm.Engine;

/// <summary>Who is behind an address, and who asked to be forgotten.</summary>
public sealed partial class MemoryStore
{
    readonly HashSet<string> forgotten = new(StringComparer.Ordinal);

    public ValueTask<IReadOnlyList<string>> ReachedAt(Channel channel, string address, int most, CancellationToken stop)
    {
        lock (gate)
        {
            var reached = customers.Where(pair => channel == Channel.Email
                ? string.Equals(pair.Value.Dossier.Profile.Email, address, StringComparison.OrdinalIgnoreCase)
                : pair.Value.Dossier.Profile.Phone == address);
            return new([.. reached.Select(pair => pair.Key).Take(most)]);
        }
    }

    public ValueTask Forget(string customer, IReadOnlyCollection<string> marks, CancellationToken stop)
    {
        lock (gate)
        {
            forgotten.UnionWith(marks);
            if (customers.Remove(customer, out var known)) Erase(customer, known.Dossier);
            return default;
        }
    }

    void Erase(string customer, Dossier dossier)
    {
        if (dossier.DueAt is { } at) due.Remove((at, customer));
        lines.Remove(customer);
        signals.RemoveWhere(signal => signal.Customer == customer);
        foreach (var mail in mails.Where(mail => mail.Customer == customer)) mailsByKey.Remove(mail.Message.Key);
        mails.RemoveAll(mail => mail.Customer == customer);
        Engine.Tallies.Remove(dossier, tallies);
        changed.Add(customer);
    }

    public ValueTask<bool> Forgotten(IReadOnlyCollection<string> marks, CancellationToken stop)
    {
        lock (gate) return new(forgotten.Overlaps(marks));
    }

    public ValueTask Remember(IReadOnlyCollection<string> marks, CancellationToken stop)
    {
        lock (gate) forgotten.ExceptWith(marks);
        return default;
    }
}
