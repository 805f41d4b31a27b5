namespace Cvm.Functions;

/// <summary>Everything that is needed to take a turn.</summary>
public sealed class Desk(IStore store, IStandings standings, IMemo memo, Func<LoadedPlaybook> playbook, IReadOnlyDictionary<OutboxKind, ISender> senders, TimeProvider clock, IPeople? people = null, Winners? winners = null)
{
    public IStore Store => store;

    public IStandings Standings => standings;

    public TimeProvider Clock => clock;

    /// <summary>An engine for one call, and what lands through it.</summary>
    public (CustomerEngine Engine, Landed Landed) Open()
    {
        var landed = new Landed(store);
        return (new(landed, playbook, senders, clock, people: people), landed);
    }

    /// <summary>The daily round as it stands now; never kept, because another machine may carry it on.</summary>
    public (Engine.Rounds Rounds, Landed Landed) OpenRounds()
    {
        var (engine, landed) = Open();
        return (new(landed, memo, playbook, engine, clock, winners: winners), landed);
    }

    /// <summary>The nightly sweep as it stands now; never kept, because another machine may carry it on.</summary>
    public (Sweep Sweep, Landed Landed) OpenSweep()
    {
        var (engine, landed) = Open();
        return (new(standings, memo, playbook, engine, clock), landed);
    }
}
