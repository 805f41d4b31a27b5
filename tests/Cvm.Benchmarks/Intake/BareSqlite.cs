using Cvm.Engine;
using Cvm.Local;

namespace Cvm.Benchmarks.Intake;

/// <summary>A change as the rows it becomes.</summary>
sealed class WrittenChange(Change change)
{
    public string Customer { get; } = change.After.Customer;
    public string Signal { get; } = change.Signal;
    public byte[] Dossier { get; } = DossierText.Write(change.After);
    public byte[][] Lines { get; } = [.. change.Lines.Select(DossierText.Write)];
    public long FirstLine { get; } = change.Before.Lines + 1;
    public long? Due { get; } = change.After.DueAt?.ToUnixTimeMilliseconds();
    public bool SameDue { get; } = change.After.DueAt == change.Before.DueAt;
    public string? Zone { get; } = change.After.Profile.Zone;
    public string? FoundBy { get; } = change.Revision == 0 ? SearchText.Of(change.After) : null;

    public (string Key, long Queued, byte[] Entry)[] Outbox { get; } =
        [.. change.After.Outbox.Except(change.Before.Outbox).Select(entry => (entry.Key, entry.QueuedAt.ToUnixTimeMilliseconds(), DossierText.Write(entry)))];
}

/// <summary>The floor under intake: the rows of the same changes, already written out, put into the same tables with the same number of
/// commits by one tight loop over prepared statements. No turns, no texts to make, no queue, no revisions to check, no tallies.</summary>
static class BareSqlite
{
    public static void Write(string file, IReadOnlyList<WrittenChange> changes, int perCommit)
    {
        using var database = Database.ToWrite(file, null); // with the store's own settings

        foreach (var commit in changes.Chunk(perCommit))
        {
            database.Use("begin immediate").Run();
            foreach (var change in commit) Write(database, change);
            database.Use("commit").Run();
        }
    }

    static void Write(Database database, WrittenChange change)
    {
        database.Use("insert into signal values (?, ?)").Bind(change.Customer).Bind(change.Signal).Run();

        if (change.FoundBy is not null)
        {
            database.Use("insert into customer (revision, id, dossier, due) values (1, ?, ?, ?)").Bind(change.Customer).Bind(change.Dossier).Bind(change.Due).Run();
            database.Use("insert into directory values (?, ?, ?)").Bind(change.Customer).Bind(change.Zone).Bind(change.FoundBy).Run();
        }
        else if (change.SameDue)
        {
            database.Use("update customer set revision = revision + 1, dossier = ? where id = ?").Bind(change.Dossier).Bind(change.Customer).Run();
        }
        else
        {
            database.Use("update customer set revision = revision + 1, dossier = ?, due = ? where id = ?").Bind(change.Dossier).Bind(change.Due).Bind(change.Customer).Run();
        }

        for (var i = 0; i < change.Lines.Length; i++)
            database.Use("insert into line values (?, ?, ?)").Bind(change.Customer).Bind(change.FirstLine + i).Bind(change.Lines[i]).Run();

        foreach (var (key, queued, entry) in change.Outbox)
            database.Use("insert into outbox values (?, ?, 'Queued', ?, ?)").Bind(change.Customer).Bind(key).Bind(queued).Bind(entry).Run();
    }
}
