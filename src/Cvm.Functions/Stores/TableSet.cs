using Azure.Data.Tables;

namespace Cvm.Functions;

/// <summary>The tables that make up the store.</summary>
/// <param name="service">The storage account's tables.</param>
/// <param name="prefix">What every table's name begins with; letters and digits only.</param>
public sealed class TableSet(TableServiceClient service, string prefix = "Cvm")
{
    /// <summary>One partition for each customer: dossier, signals taken, timeline, what is counted and not folded yet.</summary>
    public TableClient Dossiers { get; } = service.GetTableClient(prefix + "Dossiers");

    /// <summary>One row for each customer, each a partition of its own, so that the service can spread them: id, zone, what it is found by.</summary>
    public TableClient Directory { get; } = service.GetTableClient(prefix + "Directory");

    /// <summary>Who is to be looked at: by due time, with something in the outbox, in doubt, with an open case, with an open task, with something to fold, with a
    /// standing that may have changed.</summary>
    public TableClient Marks { get; } = service.GetTableClient(prefix + "Marks");

    /// <summary>What has been counted.</summary>
    public TableClient Totals { get; } = service.GetTableClient(prefix + "Totals");

    /// <summary>What scoring and the pivot read, many customers to a row; see <see cref="Pack"/>.</summary>
    public TableClient Standings { get; } = service.GetTableClient(prefix + "Standings");

    /// <summary>Scores for people with Power BI, Tableau or Excel; see <see cref="ScoreRow"/>. Nothing here reads it.</summary>
    public TableClient Scores { get; } = service.GetTableClient(prefix + "Scores");

    public TableClient Memos { get; } = service.GetTableClient(prefix + "Memos");

    public TableClient Mails { get; } = service.GetTableClient(prefix + "Mails");

    /// <summary>Who may be behind an address; see <see cref="AddressRow"/>.</summary>
    public TableClient Addresses { get; } = service.GetTableClient(prefix + "Addresses");

    /// <summary>The marks of those who asked to be forgotten, each a partition of its own.</summary>
    public TableClient Forgotten { get; } = service.GetTableClient(prefix + "Forgotten");

    IEnumerable<TableClient> All => [Dossiers, Directory, Marks, Totals, Standings, Scores, Memos, Mails, Addresses, Forgotten];

    /// <summary>Makes the tables that are not there yet.</summary>
    public Task Make(CancellationToken stop) => Task.WhenAll(All.Select(table => (Task)table.CreateIfNotExistsAsync(stop)));

    /// <summary>Deletes them with everything in them.</summary>
    public Task Drop(CancellationToken stop) => Task.WhenAll(All.Select(table => (Task)table.DeleteAsync(stop)));
}
