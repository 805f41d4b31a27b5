namespace Cvm.Engine;

/// <summary>The playbook by which a host treats people now: what was published last, with what is paused, drained or stopped. Swapped as a whole while the host runs.</summary>
/// <param name="folder">As it was read from the folder.</param>
public sealed class LivePlaybook(LoadedPlaybook folder, IMemo memo, TimeProvider clock)
{
    readonly Lock gate = new();
    LoadedPlaybook? now;
    ImmutableArray<Publication> publications = [];
    long followed;

    /// <summary>The playbook now. Throws <see cref="InvalidOperationException"/> before <see cref="Open"/> or <see cref="Look"/>.</summary>
    public LoadedPlaybook Now => Volatile.Read(ref now) ?? throw new InvalidOperationException("The playbook is asked for before it was opened.");

    /// <summary>What was ever published, by journey and in order, as of the last look.</summary>
    public ImmutableArray<Publication> Publications
    {
        get
        {
            lock (gate) return publications;
        }
    }

    /// <summary>Publishes what the folder has and was never live, and looks.</summary>
    public async Task Open(CancellationToken stop)
    {
        await Publishing.Start(Folder, memo, clock, stop);
        await Look(stop);
    }

    /// <summary>Looks what is published and paused now, and what has won at splits: another machine may have been told.</summary>
    public async Task Look(CancellationToken stop)
    {
        while (true)
        {
            long seen;
            lock (gate) seen = followed;
            var (all, pauses, won) = (await Engine.Publications.All(memo, stop), await new Pauses(memo, clock).Standing(stop), await Winners.Standing(memo, stop));
            var (same, source) = (Volatile.Read(ref now) is not null && Publications.SequenceEqual(all, ByNumber.Instance), Folder);
            var assembled = same ? Now : Publishing.Assemble(source, all, await Engine.Publications.Texts(memo, stop));

            lock (gate)
            {
                if (followed != seen) continue; // somebody of this very process was faster
                followed++;
                publications = all;
                Volatile.Write(ref now, assembled.With(pauses).With(won));
                return;
            }
        }
    }

    /// <summary>From now on this is paused, drained or stopped.</summary>
    public void Follow(ImmutableArray<Pause> pauses) => Change(playbook => playbook.With(pauses));

    /// <summary>From now on this has won at splits.</summary>
    public void Follow(ImmutableArray<Winner> winners) => Change(playbook => playbook.With(winners));

    void Change(Func<LoadedPlaybook, LoadedPlaybook> change)
    {
        lock (gate)
        {
            followed++;
            Volatile.Write(ref now, change(Now));
        }
    }

    /// <summary>The folder as it is now; <see cref="Written"/> says where a host wrote into it.</summary>
    public LoadedPlaybook Folder
    {
        get
        {
            lock (gate) return folder;
        }
    }

    /// <summary>The folder has this text now.</summary>
    public void Written(JourneyText text, Journey journey)
    {
        lock (gate)
        {
            folder = folder with
            {
                Playbook = folder.Playbook with { Journeys = [.. folder.Playbook.Journeys.Where(known => known.Name != journey.Name).Append(journey).OrderBy(known => known.Name, StringComparer.Ordinal)] },
                Sources = folder.Sources is { } sources ? sources with { Files = sources.Files.With(PlaybookFiles.PathOf(text.Journey), text.Yaml) } : null,
                Texts = [.. folder.Texts.Where(known => known.Journey != text.Journey).Append(text).OrderBy(known => known.Journey, StringComparer.Ordinal)],
            };
            if (now is not null) Volatile.Write(ref now, now with { Folder = folder.Texts });
        }
    }

    sealed class ByNumber : IEqualityComparer<Publication>
    {
        public static ByNumber Instance { get; } = new();

        public bool Equals(Publication? x, Publication? y) => (x?.Journey, x?.Number, x?.Version) == (y?.Journey, y?.Number, y?.Version);

        public int GetHashCode(Publication obj) => HashCode.Combine(obj.Journey, obj.Number);
    }
}
