namespace Cvm.Local;

// Who is behind an address, and who asked to be forgotten.
public sealed partial class SqliteStore
{
    public ValueTask<IReadOnlyList<string>> ReachedAt(Channel channel, string address, int most, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return new(readers.Read<IReadOnlyList<string>>(database =>
        {
            var reached = new List<string>();
            var rows = database.Use("select customer from address where address = ? order by customer limit ?").Bind(AddressTable.Written(address)).Bind(most);
            while (rows.Step()) reached.Add(rows.Text(0));
            return reached;
        }));
    }

    public async ValueTask Forget(string customer, IReadOnlyCollection<string> marks, CancellationToken stop)
    {
        Change.CheckName(customer);
        await Writer.Do(1, tables => tables.Erase(customer, marks), stop);

        // The log still holds the pages as they were.
        await Writer.DoAlone(EmptyLog, stop);
    }

    static bool EmptyLog(ChangeTables tables)
    {
        tables.Database.Rest();
        tables.Database.Run("pragma wal_checkpoint(truncate)");
        return true;
    }

    public ValueTask<bool> Forgotten(IReadOnlyCollection<string> marks, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return new(readers.Read(database => marks.Any(mark => database.Use("select 1 from forgotten where mark = ?").Bind(mark).Step())));
    }

    public async ValueTask Remember(IReadOnlyCollection<string> marks, CancellationToken stop) => await Writer.Do(1, tables =>
    {
        foreach (var mark in marks) tables.Database.Use("delete from forgotten where mark = ?").Bind(mark).Run();
        return true;
    }, stop);
}
