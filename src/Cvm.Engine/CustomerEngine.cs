#pragma warning disable CS9113 // until the kernel is in
namespace Cvm.Engine;

/// <summary>What came of a signal.</summary>
public enum Taking { Taken, TakenBefore }

/// <summary>Load, decide, commit, until nothing is due. The only place a host touches the kernel.</summary>
public sealed class CustomerEngine(IStore store, Func<LoadedPlaybook> playbook, IReadOnlyDictionary<OutboxKind, ISender> senders, TimeProvider clock)
{
    /// <summary>Takes a signal. When this returns it is on disk.</summary>
    public Task<Taking> Take(string customer, Signal signal, CancellationToken stop) => throw new NotSupportedException();

    /// <summary>Takes many signals, of many customers, in order per customer. Answers in the order of the signals.</summary>
    public Task<Taking[]> Take(IReadOnlyList<(string Customer, Signal Signal)> signals, CancellationToken stop) => throw new NotSupportedException();

    /// <summary>Takes every turn that is due for this customer and delivers what its outbox holds.</summary>
    public Task Wake(string customer, CancellationToken stop) => throw new NotSupportedException();

    /// <summary>Works through every customer whose local day has begun and not been seen to, from where it last stopped.</summary>
    public Task Round(CancellationToken stop) => throw new NotSupportedException();
}

/// <summary>A playbook with everything that is needed to run it.</summary>
public sealed record LoadedPlaybook(Playbook Playbook, IRenderer Renderer, ImmutableArray<JourneyText> Texts);

/// <summary>A journey as it was written.</summary>
public sealed record JourneyText(string Journey, int Version, string Yaml);

/// <summary>Makes a message from a template, a customer and what the effect carries.</summary>
public interface IRenderer
{
    /// <summary>The message in the customer's language, or a refusal where it cannot be made.</summary>
    (Outgoing? Message, string? Problem) Render(Playbook playbook, Dossier dossier, OutboxEntry entry);
}
