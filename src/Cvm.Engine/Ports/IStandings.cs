namespace Cvm.Engine;

/// <summary>What the nightly sweep reads: one small row of each customer who has ordered, kept in the transaction of whatever changes it.</summary>
public interface IStandings
{
    /// <summary>Standings in order of the store, after one customer of the page before; empty at the end. Pages through everybody.</summary>
    /// <param name="after">The last customer of the page before; empty for the first page.</param>
    ValueTask<IReadOnlyList<Standing>> Standings(string after, int most, CancellationToken stop);
}
