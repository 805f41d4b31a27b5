using Cvm.Engine;

namespace Cvm.Tests;

sealed class Crash() : Exception("The process died.");

/// <summary>A store whose process dies before or after a commit, and that another process writes to as well, as the seed will have it.</summary>
sealed class CrashingStore(MemoryStore inner, Random random, double share) : IStore
{
    bool busy;

    /// <summary>What a second engine does with the customer just before the first one commits.</summary>
    public Func<string, Task>? Meanwhile { get; init; }

    public ValueTask<Stored> Load(string customer, string signal, CancellationToken stop) => inner.Load(customer, signal, stop);

    public ValueTask<IReadOnlyList<(string Customer, DateTimeOffset At)>> Due(DateTimeOffset until, int most, CancellationToken stop) => inner.Due(until, most, stop);

    public ValueTask<IReadOnlyList<(string Customer, string? Zone)>> Page(string after, int most, CancellationToken stop) => inner.Page(after, most, stop);

    public async ValueTask<IReadOnlyList<Landing>> Commit(IReadOnlyList<Change> changes, CancellationToken stop)
    {
        if (busy) return await inner.Commit(changes, stop);

        if (random.NextDouble() < share) throw new Crash();
        if (Meanwhile is not null && random.NextDouble() < share) await Interfere(changes[0].After.Customer);
        var landed = await inner.Commit(changes, stop);
        if (random.NextDouble() < share) throw new Crash();
        return landed;
    }

    async Task Interfere(string customer)
    {
        busy = true;
        await Meanwhile!(customer);
        busy = false;
    }
}

/// <summary>A provider that accepts, refuses, puts off, or leaves one guessing. Remembers what really arrived.</summary>
sealed class MoodySender(Random random, VirtualTime clock, double share) : ISender
{
    public List<(DateTimeOffset At, Outgoing Message)> Arrived { get; } = [];

    /// <summary>Asked of each message that is handed over, whatever becomes of it; throws where it must not be.</summary>
    public required Action<Outgoing> Judge { get; init; }

    /// <summary>What was thrown first: within a sender it would only leave the message in doubt.</summary>
    public Exception? Judged { get; private set; }

    public bool RefusesDoubles => false;

    public Task<Delivery> Send(Outgoing message, CancellationToken stop)
    {
        try
        {
            Judge(message);
        }
        catch (Exception wrong)
        {
            Judged ??= wrong;
        }

        switch (random.NextDouble() / share)
        {
            case < 0.2: return Task.FromResult<Delivery>(new Delivery.TryLater("busy"));
            case < 0.3: return Task.FromResult<Delivery>(new Delivery.TryLater("too many", TimeSpan.FromHours(random.Next(1, 12))));
            case < 0.4: return Task.FromResult<Delivery>(new Delivery.Refused("blocked", random.Next(3) == 0));
            case < 0.6: throw new TimeoutException("No answer.");
            case < 0.8:
                Arrived.Add((clock.GetUtcNow(), message));
                throw new IOException("Cut off after it was taken.");
        }

        Arrived.Add((clock.GetUtcNow(), message));
        return Task.FromResult<Delivery>(new Delivery.Accepted("ok"));
    }
}

/// <summary>Says only who, what and by which way.</summary>
sealed class PlainRenderer : IRenderer
{
    public (Outgoing? Message, string? Problem) Render(Playbook playbook, Dossier dossier, OutboxEntry entry) => (new()
    {
        Key = entry.Key,
        Kind = entry.Kind,
        To = entry.Kind switch { OutboxKind.Email => dossier.Profile.Email!, OutboxKind.Sms => dossier.Profile.Phone!, _ => entry.Subject },
        Customer = dossier.Customer,
        Journey = entry.Journey,
        Template = entry.Subject,
        Text = entry.Purpose.ToString(),
    }, null);
}
