namespace Cvm.Functions;

/// <summary>Everything that is needed to take a turn.</summary>
/// <param name="live">The playbook as it is published; null where nothing is published while the host runs.</param>
public sealed class Desk(IStore store, IStandings standings, IMemo memo, Func<LoadedPlaybook> playbook, IReadOnlyDictionary<OutboxKind, ISender> senders, TimeProvider clock, IPeople? people = null, Winners? winners = null, Func<LivePlaybook>? live = null)
{
    // Every machine looks twice a minute what was published on another.
    static readonly TimeSpan Settles = TimeSpan.FromMinutes(1);

    public IStore Store => store;

    public IStandings Standings => standings;

    public TimeProvider Clock => clock;

    /// <summary>An engine for one call, and what lands through it.</summary>
    public (CustomerEngine Engine, Landed Landed) Open()
    {
        var landed = new Landed(store);
        return (new(landed, playbook, senders, clock, people: people, look: live is null ? null : stop => live().Look(stop)), landed);
    }

    /// <summary>The daily round as it stands now; never kept, because another machine may carry it on.</summary>
    public (Engine.Rounds Rounds, Landed Landed) OpenRounds()
    {
        var (engine, landed) = Open();
        return (new(landed, memo, playbook, engine, clock, winners: winners), landed);
    }

    /// <summary>What was decided about people in flight, as it stands now; null where nothing is published while the host runs.</summary>
    public (Moving Moving, Landed Landed)? OpenMoving()
    {
        if (live is null) return null;

        var (engine, landed) = Open();
        return (new(landed, memo, live(), engine, clock, Settles), landed);
    }

    /// <summary>The nightly sweep as it stands now; never kept, because another machine may carry it on.</summary>
    public (Sweep Sweep, Landed Landed) OpenSweep()
    {
        var (engine, landed) = Open();
        return (new(standings, memo, playbook, engine, clock), landed);
    }
}
