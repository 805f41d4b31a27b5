using Azure.Data.Tables;

namespace Cvm.Functions;

/// <summary>Changes of one customer that stand on each other and land in one transaction: signals taken, the dossier as the last leaves it,
/// their lines, and what they count.</summary>
sealed class CustomerTurns
{
    // What the service allows in a transaction is 100 rows and 4 MiB; the request has a frame around each row.
    const int MostRows = 100;
    const int MostBytes = 3 * 1024 * 1024;
    const int FixedRows = 3; // dossier, lines, tallies
    const int RowFrame = 1024;

    readonly List<Change> changes = [];
    readonly Dictionary<Tally, long> tallies = [];
    int signals, bytes;

    public string Customer => changes[0].After.Customer;
    public IReadOnlyList<Change> Changes => changes;
    public long From => changes[0].Revision;
    public long To => From + changes.Count;
    public Dossier Before => changes[0].Before;
    public Dossier After => changes[^1].After;
    public bool Counts => tallies.Count > 0;

    /// <summary>Whether scoring has to know of it.</summary>
    public bool MovesStanding => From == 0 || (Portrait.MayDiffer(Before, After) && Portrait.Of(Before) != Portrait.Of(After));

    /// <summary>The changes in as few transactions as the limits allow, in their order.</summary>
    public static List<CustomerTurns> Fold(IEnumerable<Change> changes)
    {
        var all = new List<CustomerTurns>();
        foreach (var change in changes)
        {
            change.Check();
            if (all.Count == 0 || !all[^1].TryAdd(change)) all.Add(Of(change));
        }

        return all;
    }

    public static CustomerTurns Of(params IEnumerable<Change> changes)
    {
        var turns = new CustomerTurns();
        foreach (var change in changes) turns.Add(change, LineBytes(change));
        return turns;
    }

    bool TryAdd(Change change)
    {
        var size = LineBytes(change);
        var fits = FixedRows + signals + 1 <= MostRows && bytes + size + RowFrame <= MostBytes - Chunks.Most && size + bytes <= Chunks.Most;
        // One that does not build on the one before can only miss, and must not take the others with it.
        if (!fits || change.Revision != To) return false;

        Add(change, size);
        return true;
    }

    void Add(Change change, int size)
    {
        changes.Add(change);
        bytes += size + RowFrame;
        if (change.Signal != "") signals++;
        Tallies.Add(change, tallies);
    }

    /// <summary>The transaction: signals first, so that one taken before is what the service stumbles over.</summary>
    public List<TableTransactionAction> Actions(DossierRow standing, DossierRow next)
    {
        var partition = TableKey.Of(Customer);
        var actions = new List<TableTransactionAction>();
        foreach (var change in changes)
            if (change.Signal != "") actions.Add(new(TableTransactionActionType.Add, new TableEntity(partition, SignalKey(change.Signal)) { ["signal"] = change.Signal, ["revision"] = change.Revision + 1 }));

        actions.Add(From == 0
            ? new(TableTransactionActionType.Add, next.Write(After))
            : new(TableTransactionActionType.UpdateReplace, next.Write(After), standing.ETag));

        var lines = changes.SelectMany(change => change.Lines).ToArray();
        if (lines.Length > 0) actions.Add(new(TableTransactionActionType.Add, Timeline.Row(Customer, Before.Lines + 1, lines)));
        if (Counts) actions.Add(new(TableTransactionActionType.Add, Counted.Row(Customer, To, tallies)));
        return actions;
    }

    public static string SignalKey(string signal) => "s|" + TableKey.Of(signal);

    static int LineBytes(Change change) => change.Lines.Length == 0 ? 0 : DossierText.Write(change.Lines).Length;
}
