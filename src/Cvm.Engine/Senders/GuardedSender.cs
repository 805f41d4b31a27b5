using System.Collections.Concurrent;

namespace Cvm.Engine;

/// <summary>A sender that keeps to its provider's rate, waits when asked to, and leaves a provider alone that does not work. What it does not
/// admit is not handed over and costs no attempt.</summary>
/// <param name="name">What it sends by, for people, such as SMTP at smtp.example.com.</param>
/// <param name="rate">What the provider allows this process; null for as much as comes.</param>
public sealed class GuardedSender(string name, ISender inner, Rate? rate, TimeProvider clock) : ISender
{
    // Webhooks go to many hosts, and one's trouble is not another's.
    readonly ConcurrentDictionary<string, Door> doors = new(StringComparer.OrdinalIgnoreCase);

    public bool RefusesDoubles => inner.RefusesDoubles;

    /// <summary>When an entry may come back; null where it is to be sent now, for which its place is taken.</summary>
    public DateTimeOffset? Admit(OutboxEntry entry)
    {
        // Who has waited goes before a campaign that has just begun, and so does what is no promotion.
        var ahead = entry.Purpose != Purpose.Promotional || entry.DueAt > entry.QueuedAt;
        return To(entry.Kind, entry.Subject).Admit(entry.Key, ahead, clock.GetUtcNow());
    }

    public async Task<Delivery> Send(Outgoing message, CancellationToken stop)
    {
        var door = To(message.Kind, message.To);
        try
        {
            var delivery = await inner.Send(message, stop);
            door.Heard(delivery, clock.GetUtcNow());
            return delivery;
        }
        catch (Exception failure) when (NotTaken.Reason(failure) is { } reason)
        {
            var later = new Delivery.TryLater(reason);
            door.Heard(later, clock.GetUtcNow());
            return later;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            door.Heard(new Delivery.Unknown(failure.Message), clock.GetUtcNow());
            throw;
        }
    }

    /// <summary>How those of these senders stand that take nothing for now, with the kinds that wait for them.</summary>
    public static IReadOnlyList<(SenderState State, IReadOnlyList<OutboxKind> Kinds)> Shut(IReadOnlyDictionary<OutboxKind, ISender> senders) =>
        [.. senders.Where(pair => pair.Value is GuardedSender).GroupBy(pair => (GuardedSender)pair.Value)
            .SelectMany(group => group.Key.States().Where(state => state.NextTry is not null).Select(state => (state, (IReadOnlyList<OutboxKind>)[.. group.Select(pair => pair.Key).Order()])))
            .OrderBy(one => one.Item2[0])];

    IEnumerable<SenderState> States() => doors.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.State(clock.GetUtcNow()));

    Door To(OutboxKind kind, string address)
    {
        var host = kind == OutboxKind.Webhook && Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Host : "";
        return doors.GetOrAdd(host, _ => new(host == "" ? name : host, rate));
    }
}

/// <summary>How the way to a provider stands.</summary>
/// <param name="Name">What it sends by.</param>
/// <param name="FailingSince">Since when nothing has gone through, where it is left alone for that; null where the provider asked for a pause.</param>
/// <param name="Why">What was said last; null where all is well.</param>
/// <param name="NextTry">When it is tried again; null where all is well.</param>
public sealed record SenderState(string Name, DateTimeOffset? FailingSince, string? Why, DateTimeOffset? NextTry, DateTimeOffset? LastSuccess);
