using System.Text;
using Microsoft.Extensions.Options;

namespace Cvm.Functions;

/// <summary>What must be done before the first request: tables made, playbook read and published. Fails with what is wrong and how to mend it.</summary>
public sealed class Opening(TableSet tables, TableStore store, IOptions<PlaybookSettings> settings, SignedLinks links, TimeProvider clock)
{
    LoadedPlaybook? playbook;

    public LoadedPlaybook Playbook => playbook ?? throw new InvalidOperationException("The playbook is asked for before it was opened.");

    public async Task Open(CancellationToken stop)
    {
        // First what costs nothing: a mistake in the playbook should not have to wait for the storage.
        var folder = settings.Value.Folder == "" ? Path.Combine(AppContext.BaseDirectory, "Playbook") : settings.Value.Folder;
        var loaded = PlaybookLoader.Load(folder, links);
        await tables.Make(stop);
        playbook = await Publishing.Publish(loaded with { Playbook = loaded.Playbook with { CodeKey = [.. Encoding.UTF8.GetBytes(settings.Value.CodeKey)] } }, store);
        await Look(stop);
    }

    /// <summary>Looks what is paused now, and what has won: another machine may have been told.</summary>
    public async Task Look(CancellationToken stop)
    {
        Follow(await new Pauses(store, clock).Standing(stop));
        Follow(await new Winners(store, store, () => Playbook, clock).Standing(stop));
    }

    /// <summary>From now on this has won.</summary>
    public void Follow(ImmutableArray<Winner> winners) => playbook = Playbook.With(winners);

    /// <summary>From now on this is paused.</summary>
    public void Follow(ImmutableArray<Pause> pauses) => playbook = Playbook.With(pauses);
}
