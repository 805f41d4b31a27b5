using Cvm.Engine;

namespace Cvm.Local;

/// <summary>One data folder with everything that works on it: store, playbook, engine, rounds. Whoever has it open has it alone.</summary>
sealed class Workplace : IAsyncDisposable
{
    static readonly Uri Nowhere = new("http://localhost/");

    readonly DataFolder folder;

    Workplace(DataFolder folder, SqliteStore store, LivePlaybook live, JourneyWriter files, SignedLinks links, TimeProvider clock, IReadOnlyDictionary<OutboxKind, ISender> senders)
    {
        (this.folder, Store, Live, Links, Clock, Senders) = (folder, store, live, links, clock, senders);
        Engine = new(store, () => Playbook, senders, clock, _ => Nudged?.Invoke(), store);
        Issues = new(store, Engine.Take, clock);
        Forgetting = new(store, store, () => Playbook, Issues);
        Merging = new(store, Engine, () => Playbook, clock);
        Pauses = new(store, clock, live.Follow);
        Publisher = new(store, store, live, clock, files.Write);
        Moving = new(store, store, live, Engine, clock, failed: failure => (Failed ?? throw failure)(failure));
        Sweep = new(store, store, () => Playbook, Engine, clock);
        Winners = new(store, store, () => Playbook, clock, live.Follow);
        Rounds = new(store, store, () => Playbook, Engine, clock, failure => (Failed ?? throw failure)(failure), Winners);
    }

    public SqliteStore Store { get; }

    /// <summary>What is published and paused now.</summary>
    public LivePlaybook Live { get; }

    public LoadedPlaybook Playbook => Live.Now;

    public SignedLinks Links { get; }

    public TimeProvider Clock { get; }

    public IReadOnlyDictionary<OutboxKind, ISender> Senders { get; }

    public CustomerEngine Engine { get; }

    public Rounds Rounds { get; }

    public Sweep Sweep { get; }

    public Issues Issues { get; }

    public Forgetting Forgetting { get; }

    public Merging Merging { get; }

    public Pauses Pauses { get; }

    public Winners Winners { get; }

    public Publisher Publisher { get; }

    public Moving Moving { get; }

    public string Quarantine => folder.Quarantine;

    /// <summary>Called when no turn could be made for a customer.</summary>
    public Action<UndecidedException>? Failed { get; set; }

    /// <summary>Called when somebody has something due at once.</summary>
    public Action? Nudged { get; set; }

    /// <summary>Opens the folder, checks the playbook and publishes what was never live, so that people inside can finish the version they entered with.</summary>
    /// <param name="wrap">Puts something around the mailbox; null for nothing.</param>
    /// <param name="senders">By what messages go; the mailbox where null.</param>
    /// <param name="site">Where customers reach the pages that messages link to; null where no message goes out.</param>
    /// <param name="publish">Whether versions of the playbook that were never live go live now; else everything stays as it was published last.</param>
    public static async Task<Workplace> Open(
        string data, string playbook, TimeProvider clock, Func<ISender, ISender>? wrap = null, SendersPlan? senders = null, Uri? site = null, bool publish = true)
    {
        // First what costs nothing: a mistake in the playbook should not have to wait for the data.
        PlaybookLoader.Load(playbook);
        var folder = DataFolder.Open(data);

        SqliteStore? store = null;

        try
        {
            store = SqliteStore.Open(folder.Database);
            var links = new SignedLinks(folder.LinkKey.AsSpan(), site ?? Nowhere);
            var loaded = PlaybookLoader.Load(playbook, links);
            var live = new LivePlaybook(loaded with { Playbook = loaded.Playbook with { CodeKey = folder.CodeKey } }, store, clock);
            await (publish ? live.Open(CancellationToken.None) : live.Look(CancellationToken.None));
            ISender mailbox = new MailboxSender(store, clock);
            var made = SenderSetup.Make(senders ?? SendersPlan.Mailbox, wrap?.Invoke(mailbox) ?? mailbox, loaded.Playbook.Policies, clock);
            var workplace = new Workplace(folder, store, live, new(playbook, loaded.Texts), links, clock, made);
            await workplace.Recover();
            return workplace;
        }
        catch
        {
            if (store is not null) await store.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    // The folder is this process's alone: whoever claimed a message that is not settled has ended, and need not be waited for.
    async Task Recover()
    {
        var claimed = await Store.Outbox(OutboxState.Claimed, int.MaxValue, CancellationToken.None);
        foreach (var customer in claimed.Select(one => one.Customer).Distinct(StringComparer.Ordinal)) await Engine.Recover(customer, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        folder.Dispose();
    }
}
