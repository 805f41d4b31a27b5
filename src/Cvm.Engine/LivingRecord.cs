namespace Cvm.Engine;

/// <summary>The record in which a customer lives on. docs/merging.md says what becomes of a record that was merged into another.</summary>
public static class LivingRecord
{
    // Mergers of mergers.
    const int MostHops = 16;

    /// <summary>As <see cref="IStore.Load"/>, of the record that this one has become part of; the very one where it was not merged. What the engine
    /// took under this id is found in whichever record took it.</summary>
    public static async ValueTask<Stored> Living(this IStore store, string customer, string signal, CancellationToken stop) =>
        (await store.LivingAs(customer, signal, stop)).Stored;

    /// <summary>The same, and what an id from the old record is called in the one that stays.</summary>
    public static async ValueTask<(Stored Stored, string Id)> LivingAs(this IStore store, string customer, string id, CancellationToken stop)
    {
        var stored = await store.Load(customer, id, stop);
        for (var hops = 0; stored.Dossier.MergedInto is { } into && hops < MostHops; hops++)
        {
            if (id != "") id = $"{customer}>{id}";
            var next = await store.Load(into, id, stop);
            (customer, stored) = (into, next with { Taken = next.Taken || stored.Taken });
        }

        return (stored, id);
    }
}
