using Cvm.Engine;

namespace Cvm.Local;

/// <summary>Open tasks of all dossiers, so that pages can list them. The dossier decides.</summary>
static class TaskTable
{
    const long Never = long.MaxValue;

    /// <summary>Part of the schema since version 4.</summary>
    public const string Definition = """
        -- Open tasks of all dossiers. Due is the greatest number where there is no time.
        create table open_task (
          customer text not null,
          id text not null,
          due integer not null,
          document text not null,
          primary key (customer, id)
        ) strict, without rowid;

        create index open_task_due on open_task (due);

        """;

    /// <summary>Writes those that have changed.</summary>
    public static void Write(Database database, Dossier before, Dossier after)
    {
        if (before.Tasks == after.Tasks) return;

        foreach (var task in before.Tasks)
            if (task.Open && !after.Tasks.Any(now => now.Open && now.Id == task.Id)) database.Use("delete from open_task where customer = ? and id = ?").Bind(after.Customer).Bind(task.Id).Run();

        foreach (var task in after.Tasks)
            if (task.Open && !before.Tasks.Any(known => ReferenceEquals(known, task))) Put(database, after.Customer, task);
    }

    public static IReadOnlyList<(string Customer, StaffTask Task)> Read(Database database, int most)
    {
        var tasks = new List<(string, StaffTask)>();
        var rows = database.Use("select customer, document from open_task order by due, customer, id limit ?").Bind(most);
        while (rows.Step()) tasks.Add((rows.Text(0), DossierText.Read<StaffTask>(rows.Bytes(1))));
        return tasks;
    }

    /// <summary>From the dossiers of a database that had no such table. Whoever has a task that may be late is due from then on.</summary>
    public static void Fill(Database database)
    {
        foreach (var dossier in DossierPages.Of(database).SelectMany(some => some).Where(dossier => dossier.Tasks.Any(task => task.Open)))
        {
            foreach (var task in dossier.Tasks) if (task.Open) Put(database, dossier.Customer, task);
            database.Use("update customer set due = ? where id = ?").Bind(PackedChange.Milliseconds(dossier.DueAt)).Bind(dossier.Customer).Run();
        }
    }

    static void Put(Database database, string customer, StaffTask task) =>
        database.Use("insert or replace into open_task values (?, ?, ?, ?)")
            .Bind(customer).Bind(task.Id).Bind(task.DueAt?.ToUnixTimeMilliseconds() ?? Never).Bind(DossierText.Write(task)).Run();
}
