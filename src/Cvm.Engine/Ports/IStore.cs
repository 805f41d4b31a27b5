using System.Text;

namespace Cvm.Engine;

/// <summary>Keeps dossiers. A change lands whole or not at all, and what landed is on disk before the call returns.</summary>
public interface IStore
{
    /// <summary>The dossier (an empty one where the customer is new), its revision (0 where new), and whether the signal with
    /// this id was taken before. An empty id was never taken, and is not looked for.</summary>
    ValueTask<Stored> Load(string customer, string signal, CancellationToken stop);

    /// <summary>Lands each change, or says why not: somebody else was first, or its signal had been taken. Several changes of
    /// one customer stand in order, each with the revision that the one before leaves; where one does not land, neither
    /// do those built on it.</summary>
    ValueTask<IReadOnlyList<Landing>> Commit(IReadOnlyList<Change> changes, CancellationToken stop);

    /// <summary>Customers whose <see cref="Dossier.DueAt"/> is not after <paramref name="until"/>, with that moment, most overdue first.</summary>
    ValueTask<IReadOnlyList<(string Customer, DateTimeOffset At)>> Due(DateTimeOffset until, int most, CancellationToken stop);

    /// <summary>Customers in order of id, after one of them, with the zone they live in (null where unknown). Pages through everybody.</summary>
    ValueTask<IReadOnlyList<(string Customer, string? Zone)>> Page(string after, int most, CancellationToken stop);
}

/// <summary>A dossier as it lies in the store.</summary>
public sealed record Stored(Dossier Dossier, long Revision, bool Taken);

/// <summary>One customer's change: everything in it lands in one transaction guarded by the revision.</summary>
/// <param name="Revision">The revision it builds on; the new one is this plus 1.</param>
/// <param name="Signal">Id of the signal taken; empty for a wake-up, a claim or a settlement.</param>
/// <param name="Lines">New timeline lines; the first has number <c>Before.Lines + 1</c>.</param>
public sealed record Change(Dossier Before, long Revision, Dossier After, string Signal, ImmutableArray<Line> Lines)
{
    /// <summary>Steps that were come to and left, as the turn says: for counting.</summary>
    public ImmutableArray<Passage> Passed { get; init; } = [];

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Refuses, with <see cref="ArgumentException"/>, what no store may keep: two customers in one change, lines that
    /// do not follow each other, names that do not survive being written.</summary>
    public void Check()
    {
        CheckName(After.Customer);
        CheckName(Signal);
        if (Before.Customer != After.Customer)
            throw new ArgumentException($"A change is of one customer, not of '{Before.Customer}' and '{After.Customer}'.");
        if (After.Lines != Before.Lines + Lines.Length)
            throw new ArgumentException($"'{After.Customer}' had {Before.Lines} lines and gets {Lines.Length}, which does not make {After.Lines}.");
    }

    /// <summary>Refuses names that do not survive being written: two of them could become one.</summary>
    public static void CheckName(string name)
    {
        if (Ascii.IsValid(name)) return;

        try
        {
            Strict.GetByteCount(name);
        }
        catch (EncoderFallbackException problem)
        {
            throw new ArgumentException($"The name '{name}' holds half a character (a lone surrogate).", nameof(name), problem);
        }
    }
}

/// <summary>What came of a commit.</summary>
public enum Landing { Landed, Conflict, TakenBefore }

/// <summary>Small values that a host keeps for itself, such as how far the day's round has come.</summary>
public interface IMemo
{
    ValueTask<string?> Kept(string name, CancellationToken stop);

    ValueTask Keep(string name, string value, CancellationToken stop);

    /// <summary>Keeps the value only where <paramref name="expected"/> is what is kept now, or nothing is where that is null; of several callers who expect the
    /// same, one lands. Whether it landed; where it did not, nothing changed.</summary>
    ValueTask<bool> Keep(string name, string value, string? expected, CancellationToken stop);

    /// <summary>Keeps nothing under this name any more.</summary>
    ValueTask Drop(string name, CancellationToken stop);

    /// <summary>Everything kept under names that begin like this, in order of name.</summary>
    ValueTask<IReadOnlyList<(string Name, string Value)>> KeptUnder(string beginning, CancellationToken stop);
}
