using System.Text;
using Microsoft.Extensions.Options;

namespace Cvm.Functions;

/// <summary>What must be done before the first request: tables made, playbook read and published. Fails with what is wrong and how to mend it.</summary>
public sealed class Opening(TableSet tables, TableStore store, IOptions<PlaybookSettings> settings, SignedLinks links, TimeProvider clock)
{
    LivePlaybook? live;

    public LivePlaybook Live => live ?? throw new InvalidOperationException("The playbook is asked for before it was opened.");

    public LoadedPlaybook Playbook => Live.Now;

    public async Task Open(CancellationToken stop)
    {
        // First what costs nothing: a mistake in the playbook should not have to wait for the storage.
        var folder = settings.Value.Folder == "" ? Path.Combine(AppContext.BaseDirectory, "Playbook") : settings.Value.Folder;
        var loaded = PlaybookLoader.Load(folder, links);
        await tables.Make(stop);
        var opened = new LivePlaybook(loaded with { Playbook = loaded.Playbook with { CodeKey = [.. Encoding.UTF8.GetBytes(settings.Value.CodeKey)] } }, store, clock);
        await opened.Open(stop);
        live = opened;
    }

    /// <summary>Looks what is published and paused now, and what has won: another machine may have been told.</summary>
    public Task Look(CancellationToken stop) => Live.Look(stop);

    /// <summary>From now on this has won.</summary>
    public void Follow(ImmutableArray<Winner> winners) => Live.Follow(winners);

    /// <summary>From now on this is paused, drained or stopped.</summary>
    public void Follow(ImmutableArray<Pause> pauses) => Live.Follow(pauses);
}
