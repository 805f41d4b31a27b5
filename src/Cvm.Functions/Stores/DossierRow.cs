using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace Cvm.Functions;

/// <summary>What stands in a customer's row besides the dossier: what the next transaction builds on.</summary>
/// <param name="Turn">Which attempt wrote it, so that one whose answer was lost knows its own.</param>
/// <param name="Marks">The marks that are true.</param>
sealed record DossierRow(string Customer, long Revision, ETag ETag, string Turn, ImmutableDictionary<MarkKind, Mark> Marks)
{
    public const string Key = "dossier";

    /// <summary>Stands in place of the dossier of somebody forgotten, until nothing is left that only the dossier could have named.</summary>
    public const string FarewellKey = "farewell";

    const string Addresses = "addresses";

    static readonly MarkKind[] Marked = [MarkKind.Due, MarkKind.Outbox, MarkKind.Doubt, MarkKind.Case, MarkKind.Task];

    // A change says which dossier it builds on; this says which row that dossier came from.
    static readonly ConditionalWeakTable<Dossier, DossierRow> Sources = [];

    public static readonly string[] WithoutText = ["PartitionKey", "RowKey", "customer", "revision", "turn", .. Marked.Select(kind => kind.ToString())];

    public static DossierRow None(string customer) => new(customer, 0, default, "", ImmutableDictionary<MarkKind, Mark>.Empty);

    public static DossierRow? SourceOf(Dossier dossier) => Sources.TryGetValue(dossier, out var row) ? row : null;

    public void IsSourceOf(Dossier dossier) => Sources.AddOrUpdate(dossier, this);

    public static DossierRow Read(TableEntity row)
    {
        var customer = row.GetString("customer");
        var marks = ImmutableDictionary<MarkKind, Mark>.Empty;
        foreach (var kind in Marked) if (row.GetString(kind.ToString()) is { } key) marks = marks.Add(kind, new(kind, customer, key));

        return new(customer, row.GetInt64("revision") ?? 0, row.ETag, row.GetString("turn"), marks);
    }

    /// <summary>The row of the dossier at this revision.</summary>
    public TableEntity Write(Dossier dossier) => Chunks.Put(Bare(Key), DossierText.Write(dossier), $"The dossier of '{Customer}'");

    /// <summary>The row that says which marks and addresses are to go with a dossier.</summary>
    public TableEntity WriteFarewell(Dossier dossier)
    {
        var row = Bare(FarewellKey);
        row[Addresses] = string.Join('|', AddressRow.Of(dossier.Profile));
        return row;
    }

    public static string[] AddressesOf(TableEntity farewell) => farewell.GetString(Addresses).Split('|', StringSplitOptions.RemoveEmptyEntries);

    TableEntity Bare(string key)
    {
        var row = new TableEntity(TableKey.Of(Customer), key) { ["customer"] = Customer, ["revision"] = Revision, ["turn"] = Turn };
        foreach (var (kind, mark) in Marks) row[kind.ToString()] = mark.Key;
        return row;
    }

    /// <summary>The row that follows when this dossier lands at this revision. A mark that sorts as it did stays the same.</summary>
    public DossierRow Next(Dossier after, long revision, string turn)
    {
        var marks = ImmutableDictionary<MarkKind, Mark>.Empty;
        foreach (var kind in Marked)
        {
            if (SortOf(kind, after) is not { } sort) continue;
            marks = marks.Add(kind, Marks.TryGetValue(kind, out var known) && known.Sort == sort ? known : Mark.Make(kind, Customer, sort, revision));
        }

        return new(Customer, revision, default, turn, marks);
    }

    public bool Names(Mark mark) => Marks.TryGetValue(mark.Kind, out var named) && named.Key == mark.Key;

    static long? SortOf(MarkKind kind, Dossier dossier) => kind switch
    {
        MarkKind.Due => Milliseconds(dossier.DueAt),
        MarkKind.Outbox => Milliseconds(dossier.Outbox.Min(entry => (DateTimeOffset?)entry.QueuedAt)),
        MarkKind.Doubt => Milliseconds(dossier.Outbox.Where(entry => entry.State == OutboxState.InDoubt).Min(entry => (DateTimeOffset?)entry.QueuedAt)),
        MarkKind.Case => Milliseconds(dossier.Cases.Where(c => c.Open).Min(c => (DateTimeOffset?)c.DueAt)),
        MarkKind.Task => dossier.Tasks.Any(task => task.Open) ? Milliseconds(dossier.Tasks.Where(task => task.Open).Min(task => task.DueAt)) ?? Mark.NoTime : null,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // Upwards: nobody is woken before the time. Nothing of ours is from before 1970.
    static long? Milliseconds(DateTimeOffset? at) => at is { } moment
        ? Math.Max(0, moment.ToUnixTimeMilliseconds() + (moment.Ticks % TimeSpan.TicksPerMillisecond == 0 ? 0 : 1))
        : null;
}
