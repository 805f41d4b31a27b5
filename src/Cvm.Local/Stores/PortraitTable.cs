using Cvm.Engine;

namespace Cvm.Local;

/// <summary>The portraits of everybody: what the pivot reads, so that it reads no dossier.</summary>
static class PortraitTable
{
    /// <summary>Part of the schema since version 5.</summary>
    public const string Definition = """
        -- What the pivot reads of everybody, in the short form of PortraitText. The dossier decides.
        create table portrait (
          customer text primary key,
          row blob not null
        ) strict, without rowid;

        """;

    /// <summary>Writes the portrait, where it has changed.</summary>
    public static void Write(Database database, PackedChange change)
    {
        if (change.Portrait is not { } row) return;
        if (row.Length == 0) Delete(database, change.Change.After.Customer);
        else Put(database, change.Change.After.Customer, row);
    }

    public static IReadOnlyList<Portrait> Read(Database database, string after, int most)
    {
        var page = new List<Portrait>(Math.Clamp(most, 0, 5_000));
        var names = new SharedNames();
        var rows = database.Use("select row from portrait where customer > ? order by customer limit ?").Bind(after).Bind(most);
        while (rows.Step()) page.Add(PortraitText.Read(rows.Bytes(0), names));
        return page;
    }

    /// <summary>Those of some customers, and who has none.</summary>
    public static PortraitNews Read(Database database, string mark, IReadOnlyList<string> customers)
    {
        var (changed, gone, names) = (new List<Portrait>(customers.Count), new List<string>(), new SharedNames());
        foreach (var customer in customers)
        {
            var row = database.Use("select row from portrait where customer = ?").Bind(customer);
            if (row.Step()) changed.Add(PortraitText.Read(row.Bytes(0), names));
            else gone.Add(customer);
        }

        return new(mark, changed, gone);
    }

    /// <summary>Fills the table from the dossiers of a database that had none.</summary>
    public static void Fill(Database database)
    {
        foreach (var some in DossierPages.Of(database))
            foreach (var dossier in some)
                if (PortraitText.Write(Portrait.Of(dossier)) is { Length: > 0 } row) Put(database, dossier.Customer, row);
    }

    static void Put(Database database, string customer, byte[] row) =>
        database.Use("insert or replace into portrait values (?, ?)").Bind(customer).BindBlob(row).Run();

    static void Delete(Database database, string customer) => database.Use("delete from portrait where customer = ?").Bind(customer).Run();
}
