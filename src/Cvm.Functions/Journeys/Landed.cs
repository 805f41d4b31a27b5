using System.Collections.Concurrent;

namespace Cvm.Functions;

/// <summary>A store that remembers what landed through it, so that whoever wrote can start what has to be looked after from now on.</summary>
public sealed class Landed(IStore store) : IStore
{
    readonly ConcurrentDictionary<string, (Dossier Before, Dossier After)> customers = new(StringComparer.Ordinal);

    public ValueTask<Stored> Load(string customer, string signal, CancellationToken stop) => store.Load(customer, signal, stop);

    public async ValueTask<IReadOnlyList<Landing>> Commit(IReadOnlyList<Change> changes, CancellationToken stop)
    {
        var landings = await store.Commit(changes, stop);
        for (var i = 0; i < changes.Count; i++)
        {
            if (landings[i] != Landing.Landed) continue;
            var change = changes[i];
            customers.AddOrUpdate(change.After.Customer, (change.Before, change.After), (_, known) => (known.Before, change.After));
        }

        return landings;
    }

    public ValueTask<IReadOnlyList<(string Customer, DateTimeOffset At)>> Due(DateTimeOffset until, int most, CancellationToken stop) => store.Due(until, most, stop);

    public ValueTask<IReadOnlyList<(string Customer, string? Zone)>> Page(string after, int most, CancellationToken stop) => store.Page(after, most, stop);

    /// <summary>What is new, and what is due earlier than before.</summary>
    public (IReadOnlyList<Errand> New, IReadOnlyList<Errand> Sooner) Errands
    {
        get
        {
            var (fresh, sooner) = (new List<Errand>(), new List<Errand>());
            foreach (var (before, after) in customers.Values)
            {
                var known = Errand.Of(before).ToHashSet();
                foreach (var errand in Errand.Of(after))
                {
                    if (!known.Contains(errand)) fresh.Add(errand);
                    else if (errand.DueAt(after) is { } due && !(errand.DueAt(before) <= due)) sooner.Add(errand);
                }
            }

            return (fresh, sooner);
        }
    }
}
