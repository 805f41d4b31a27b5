namespace Cvm.Engine;

/// <summary>Takes many signals and answers in their order, once all of them are on disk. <see cref="CustomerEngine"/> is one.</summary>
public delegate Task<Taking[]> TakeSignals(IReadOnlyList<(string Customer, Signal Signal)> signals, CancellationToken stop);

/// <summary>What is wrong with one field of what came in, and how to mend it.</summary>
/// <param name="Field">Path such as <c>amount</c> or <c>consents[0].at</c>; empty for the object as a whole.</param>
public sealed record FieldProblem(string Field, string What, string Fix)
{
    public override string ToString() => Field == "" ? $"{What} {Fix}" : $"{Field} {What} {Fix}";
}

/// <summary>What one object turned out to be: a signal of a customer, or everything that is wrong with it.</summary>
/// <param name="Signal">Null where there are problems.</param>
public readonly record struct Arrival(string Customer, Signal? Signal, IReadOnlyList<FieldProblem> Problems)
{
    public Arrival(string customer, Signal signal) : this(customer, signal, []) { }

    public Arrival(params FieldProblem[] problems) : this("", null, problems) { }
}

/// <summary>What the rules of intake depend on.</summary>
/// <param name="Zone">Where a day without a time is read: as its noon.</param>
/// <param name="Currency">The one currency of all amounts.</param>
/// <param name="Now">Nothing may lie more than a day after this.</param>
public sealed record IntakeRules(string Zone, string Currency, ImmutableSortedDictionary<string, Survey> Surveys, DateTimeOffset Now)
{
    /// <summary>The customer whose referral link carried this; null where it is none of ours.</summary>
    public Func<string, string?>? Referrer { get; init; }

    public static IntakeRules Of(Playbook playbook, DateTimeOffset now) =>
        new(playbook.Policies.Zone, playbook.Policies.Currency, playbook.Surveys, now);
}
