namespace Cvm.Engine;

/// <summary>What the nightly sweep reads: the standing of each customer who has ordered. The first page knows of everything that had landed before it
/// was asked for.</summary>
public interface IStandings
{
    /// <summary>Standings in order of the store, after one customer of the page before; only the end is empty, but a page may be short of the most. Pages through everybody.</summary>
    /// <param name="after">The last customer of the page before; empty for the first page.</param>
    ValueTask<IReadOnlyList<Standing>> Standings(string after, int most, CancellationToken stop);
}
