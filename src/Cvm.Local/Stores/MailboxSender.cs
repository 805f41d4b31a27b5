namespace Cvm.Local;

/// <summary>Delivers into the store's own mailbox, where pages show it. The same key twice arrives once.</summary>
public sealed class MailboxSender(SqliteStore store, TimeProvider clock) : ISender
{
    public bool RefusesDoubles => true;

    public async Task<Delivery> Send(Outgoing message, CancellationToken stop)
    {
        await store.Post(message, clock.GetUtcNow(), stop);
        return new Delivery.Accepted($"mailbox:{message.Key}");
    }
}
