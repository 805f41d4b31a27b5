namespace Cvm.Engine;

/// <summary>What is to be rehearsed: a playbook, over a span of time, with what customers do in it.</summary>
/// <param name="From">The first moment. In the past, everybody is first put back to how they stood then.</param>
/// <param name="Days">How long, in whole days; at least 1.</param>
/// <param name="Responses">What customers do meanwhile.</param>
public sealed record RehearsalPlan(Playbook Playbook, DateTimeOffset From, int Days, IResponses Responses)
{
    /// <summary>Makes SMS to count their segments; null counts one each.</summary>
    public IRenderer? Renderer { get; init; }

    /// <summary>The model that scores everybody each night; null leaves scores as they are.</summary>
    public ScoreModel? Model { get; init; }

    /// <summary>How many batches of customers are played side by side, at least 1; one for each core where it is 0.</summary>
    public int AtOnce { get; init; }

    public DateTimeOffset Until => From.AddDays(Days);
}

/// <summary>What customers do while a rehearsal plays.</summary>
public interface IResponses
{
    /// <summary>How the customer stands when it begins.</summary>
    ValueTask<Dossier> Before(Dossier present, DateTimeOffset from, Playbook playbook, CancellationToken stop);

    /// <summary>What comes in about the customer from then on, and when, in order of time. The same signal twice counts once.</summary>
    ValueTask<IReadOnlyList<(DateTimeOffset At, Signal Signal)>> Of(Dossier present, DateTimeOffset from, DateTimeOffset until, CancellationToken stop);
}

/// <summary>Nobody does anything: messages go out, and nobody answers.</summary>
public sealed class NoResponses : IResponses
{
    /// <inheritdoc/>
    public ValueTask<Dossier> Before(Dossier present, DateTimeOffset from, Playbook playbook, CancellationToken stop) => new(present);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<(DateTimeOffset At, Signal Signal)>> Of(Dossier present, DateTimeOffset from, DateTimeOffset until, CancellationToken stop) => new([]);
}
