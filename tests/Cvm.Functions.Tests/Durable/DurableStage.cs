using Cvm.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;

namespace Cvm.Functions.Tests;

/// <summary>Real Durable orchestrations in this process, on any store and a clock of our own. Orchestrations are woken by nudges when the clock has
/// come to what is due; their own timers follow the real clock, which is long behind.</summary>
sealed class DurableStage : IAsyncDisposable
{
    DurableTaskTestHost host = null!;

    DurableStage(Desk desk, VirtualTime clock, TableStore? tables) => (Desk, Clock, Tables) = (desk, clock, tables);

    public Desk Desk { get; }

    public VirtualTime Clock { get; }

    public TableStore? Tables { get; }

    /// <summary>How many customers make a part of a sweep, from the next start on.</summary>
    public int PartSize { get; set; } = 20_000;

    public Watched Client { get; private set; } = null!;

    /// <param name="live">Where something is published or stopped while it runs.</param>
    public static async Task<DurableStage> Open<TStore>(TStore store, LoadedPlaybook playbook, VirtualTime clock, IReadOnlyDictionary<OutboxKind, ISender> senders, LivePlaybook? live = null) where TStore : IStore, IStandings, IMemo
    {
        var stage = new DurableStage(new(store, store, store, () => live?.Now ?? playbook, senders, clock, store as IPeople, live: live is null ? null : () => live), clock, store as TableStore);
        await stage.Start();
        return stage;
    }

    /// <summary>Ends every process and begins anew, with nothing but the store; as after a disaster of the task hub.</summary>
    public async Task Restart()
    {
        await host.DisposeAsync();
        await Start();
    }

    async Task Start()
    {
        var (journeys, rounds, sweeps) = (new JourneyOrchestration(Desk), new RoundOrchestration(Desk, Tables), new SweepOrchestration(Desk, Tables, PartSize));
        host = await DurableTaskTestHost.StartAsync(registry =>
        {
            registry.AddOrchestratorFunc<Errand>(nameof(JourneyOrchestration.RunJourney), async (context, _) => await Nothing(JourneyOrchestration.RunJourney(context)));
            registry.AddOrchestratorFunc<object?>(nameof(RoundOrchestration.RunRound), async (context, _) => await Nothing(RoundOrchestration.RunRound(context)));
            registry.AddOrchestratorFunc<object?>(nameof(SweepOrchestration.RunSweep), async (context, _) => await Nothing(SweepOrchestration.RunSweep(context)));
            registry.AddActivityFunc<Errand, Rest>(nameof(JourneyOrchestration.TakeTurns), async (_, errand) =>
            {
                try
                {
                    var rest = await journeys.TakeTurns(errand, Client, CancellationToken.None);
                    Client.Looked(errand.Instance, rest.Over);
                    return rest;
                }
                catch (Exception failure)
                {
                    Client.Failed(failure);
                    throw;
                }
            });
            registry.AddActivityFunc<object?, RoundOrchestration.Plan?>(nameof(RoundOrchestration.PlanRound), async (_, nothing) => await rounds.PlanRound(nothing, CancellationToken.None));
            registry.AddActivityFunc<RoundOrchestration.Part, RoundOrchestration.Told>(nameof(RoundOrchestration.TellPart), async (_, part) => await rounds.TellPart(part, Client, CancellationToken.None));
            registry.AddActivityFunc<string[]>(nameof(RoundOrchestration.FinishRound), async (_, zones) => await rounds.FinishRound(zones, CancellationToken.None));
            registry.AddActivityFunc<object?, SweepOrchestration.Plan?>(nameof(SweepOrchestration.PlanSweep), async (_, nothing) => await sweeps.PlanSweep(nothing, CancellationToken.None));
            registry.AddActivityFunc<Sweep.Part, SweepOrchestration.Scored>(nameof(SweepOrchestration.ScorePart), async (_, part) => await sweeps.ScorePart(part, Client, CancellationToken.None));
            registry.AddActivityFunc<object?>(nameof(SweepOrchestration.FinishSweep), async (_, nothing) => await sweeps.FinishSweep(nothing, CancellationToken.None));
        }, new() { Port = Azurite.FreePort() });
        Client = new(host.Client);
    }

    static async Task<object?> Nothing(Task done)
    {
        await done;
        return null;
    }

    /// <summary>Plays signals and everything that becomes due, as the local host's examples are played.</summary>
    public async Task Play(IReadOnlyList<(DateTimeOffset At, string Customer, Signal Signal)> signals, DateTimeOffset until)
    {
        var waiting = new Queue<(DateTimeOffset At, string Customer, Signal Signal)>(signals);
        while (await Next(waiting) is { } next && next <= until)
        {
            Clock.To(next);
            if (await Desk.OpenRounds().Rounds.Next(default) <= Clock.GetUtcNow()) await Round();
            if (await Desk.OpenSweep().Sweep.Next(default) <= Clock.GetUtcNow()) await Sweeping();
            while (waiting.TryPeek(out var signal) && signal.At <= Clock.GetUtcNow()) await Take(waiting.Dequeue());
            await Client.Quiet();
            await Wake();
        }

        Clock.To(until);
    }

    public Task Round() => Run(nameof(RoundOrchestration.RunRound));

    public Task<OrchestrationMetadata> Sweeping() => Run(nameof(SweepOrchestration.RunSweep));

    async Task<OrchestrationMetadata> Run(string name)
    {
        await Client.StartOnce(name, default);
        var ended = await Client.WaitForInstanceCompletionAsync(name, getInputsAndOutputs: true);
        Assert.True(ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed, ended.FailureDetails?.ToString());
        await Client.Quiet();
        return ended;
    }

    async Task Take((DateTimeOffset At, string Customer, Signal Signal) signal)
    {
        var (engine, landed) = Desk.Open();
        await engine.Take(signal.Customer, signal.Signal, default);
        await Client.Look(landed, null, default);
    }

    /// <summary>What orchestrations' timers would do, had they our clock.</summary>
    public async Task Wake()
    {
        while (await Desk.Store.Due(Clock.GetUtcNow(), 200, default) is { Count: > 0 } due)
        {
            foreach (var (customer, _) in due)
            {
                var dossier = (await Desk.Store.Load(customer, "", default)).Dossier;
                var errands = Errand.Of(dossier).Where(errand => errand.DueAt(dossier) <= Clock.GetUtcNow()).ToList();
                if (errands.Count == 0 && dossier.DueAt <= Clock.GetUtcNow()) errands.Add(new(customer, ""));
                foreach (var errand in errands) await Client.Start(errand, default);
            }

            await Client.Quiet();
        }
    }

    async Task<DateTimeOffset?> Next(Queue<(DateTimeOffset At, string Customer, Signal Signal)> waiting)
    {
        var next = await Desk.OpenRounds().Rounds.Next(default);
        if (await Desk.OpenSweep().Sweep.Next(default) is var night && night < next) next = night;
        if (waiting.TryPeek(out var signal) && signal.At < next) next = signal.At;
        return await Desk.Store.Due(next, 1, default) is [var (_, at)] && at < next ? at : next;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
