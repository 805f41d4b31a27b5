namespace Cvm.Engine;

/// <summary>What the pivot reads.</summary>
public sealed partial class MemoryStore
{
    readonly ChangeLog changed = new();

    public ValueTask<IReadOnlyList<Portrait>> Portraits(string after, int most, CancellationToken stop)
    {
        lock (gate)
        {
            return new(customers.SkipWhile(pair => string.CompareOrdinal(pair.Key, after) <= 0).Select(pair => Portrait.Of(pair.Value.Dossier)).OfType<Portrait>().Take(most).ToArray());
        }
    }

    public ValueTask<PortraitNews?> News(string since, CancellationToken stop)
    {
        lock (gate)
        {
            if (changed.Since(since) is not { } news) return new((PortraitNews?)null);

            var now = news.Customers.Select(customer => (Customer: customer, Portrait: customers.TryGetValue(customer, out var known) ? Portrait.Of(known.Dossier) : null)).ToArray();
            return new(new PortraitNews(news.Mark, [.. now.Select(one => one.Portrait).OfType<Portrait>()], [.. now.Where(one => one.Portrait is null).Select(one => one.Customer)]));
        }
    }
}
