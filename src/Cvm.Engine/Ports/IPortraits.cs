namespace Cvm.Engine;

/// <summary>What the pivot reads: the <see cref="Portrait"/> of every customer, kept in the transaction of whatever changes it, and which of them have changed.</summary>
public interface IPortraits
{
    /// <summary>Portraits in order of the store, after one customer of the page before; only the end is empty, but a page may be short of the most.
    /// Pages through everybody; who changes meanwhile is told by <see cref="News"/> from a mark of before the first page.</summary>
    /// <param name="after">The last customer of the page before; empty for the first page.</param>
    ValueTask<IReadOnlyList<Portrait>> Portraits(string after, int most, CancellationToken stop);

    /// <summary>Whose portraits have landed since a mark, as they are now, with the mark to ask from next; null where that is too long ago or too much to be told
    /// one by one, and everybody is to be read anew.</summary>
    /// <param name="since">A mark that this store gave; empty to be given the one of now, and told of nobody.</param>
    ValueTask<PortraitNews?> News(string since, CancellationToken stop);
}

/// <summary>Portraits that have changed.</summary>
/// <param name="Mark">Where they end; only the store that gave it can read it.</param>
/// <param name="Gone">Customers who have none any more: forgotten, or part of another.</param>
public sealed record PortraitNews(string Mark, IReadOnlyList<Portrait> Changed, IReadOnlyList<string> Gone);
