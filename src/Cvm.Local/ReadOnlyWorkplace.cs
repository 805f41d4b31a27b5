using Cvm.Engine;

namespace Cvm.Local;

/// <summary>One data folder that is only looked at, also while 'cvm serve' has it: its database, and the playbook as it is live. Nothing is kept, and nothing goes live.</summary>
sealed class ReadOnlyWorkplace : IAsyncDisposable
{
    ReadOnlyWorkplace(SqliteStore store, LoadedPlaybook playbook, TimeProvider clock) => (Store, Playbook, Clock) = (store, playbook, clock);

    public SqliteStore Store { get; }

    /// <summary>What is published, with the folder's journeys that never were; with what is paused and what has won.</summary>
    public LoadedPlaybook Playbook { get; }

    public TimeProvider Clock { get; }

    /// <summary>Opens the folder to look at it. Throws <see cref="UserError"/> where there is no database, <see cref="PlaybookProblems"/> where the playbook has mistakes.</summary>
    public static async Task<ReadOnlyWorkplace> Open(string data, string playbook, TimeProvider clock)
    {
        // First what costs nothing: a mistake in the playbook should not have to wait for the data.
        var folder = PlaybookLoader.Load(playbook);
        var store = SqliteStore.OpenToRead(DataFolder.DatabaseIn(data));
        try
        {
            var live = new LivePlaybook(folder, store, clock);
            await live.Look(CancellationToken.None);
            return new(store, WithNew(live.Now, folder), clock);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    // Of a database that no server has opened since a journey was written, or at all, the folder knows more than what is published.
    static LoadedPlaybook WithNew(LoadedPlaybook live, LoadedPlaybook folder)
    {
        var lacking = folder.Playbook.Journeys.Where(journey => live.Playbook.Find(journey.Name) is null).ToList();
        return live with
        {
            Playbook = live.Playbook with
            {
                Journeys = [.. live.Playbook.Journeys.Concat(lacking).OrderBy(journey => journey.Name, StringComparer.Ordinal)],
                WatchedSegments = Cvm.Playbook.WatchedBy(live.Playbook.Journeys.Concat(live.Playbook.Earlier).Concat(lacking), live.Playbook.Segments.Keys),
                Earlier = [.. live.Playbook.Earlier.Where(known => !lacking.Any(journey => (journey.Name, journey.Version) == (known.Name, known.Version)))],
            },
            Texts = [.. live.Texts.Concat(folder.Texts.Where(text => lacking.Any(journey => journey.Name == text.Journey))).OrderBy(text => text.Journey, StringComparer.Ordinal)],
        };
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
