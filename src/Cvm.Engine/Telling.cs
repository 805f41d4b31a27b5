using System.Text.Json;

namespace Cvm.Engine;

/// <summary>Tells another customer of what happened to one: a signal in a turn of their own. Its id is made of both, so that telling it twice is harmless.</summary>
sealed class Telling(CustomerEngine engine, IStore store, Func<LoadedPlaybook> playbook, TimeProvider clock) : ISender
{
    const int IdLetters = 26;

    /// <inheritdoc/>
    public bool RefusesDoubles => true;

    public static Outgoing Render(Dossier dossier, OutboxEntry entry) => new()
    {
        Key = entry.Key,
        Kind = entry.Kind,
        To = entry.Subject,
        Customer = dossier.Customer,
        Journey = entry.Journey,
        Template = entry.Step,
        Text = JsonSerializer.Serialize(entry.Data, DossierText.Options),
    };

    /// <inheritdoc/>
    public async Task<Delivery> Send(Outgoing message, CancellationToken stop)
    {
        try
        {
            return await Tell(message, stop);
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or OperationCanceledException))
        {
            // Nothing is in doubt: told twice it counts once.
            return new Delivery.TryLater(failure.Message);
        }
    }

    async Task<Delivery> Tell(Outgoing message, CancellationToken stop)
    {
        if ((await store.Load(message.To, "", stop)).Revision == 0) return new Delivery.Refused("there is no such customer");

        var data = JsonSerializer.Deserialize<Dictionary<string, string>>(message.Text, DossierText.Options)!;

        // Not the friend's own id: who was told need not know it, and it may be erased.
        var id = $"friend:{Chance.Code(playbook().Playbook.CodeKey.AsSpan(), message.Key, IdLetters)}";
        var taking = await engine.Take(message.To, new Signal.FriendBought(id, clock.GetUtcNow(), data.GetValueOrDefault("email"), data.GetValueOrDefault("phone")), stop);
        return taking == Taking.Forgotten ? new Delivery.Refused("the customer asked to be forgotten") : new Delivery.Accepted(id);
    }
}
