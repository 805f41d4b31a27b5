namespace Cvm.Local;

/// <summary>Writes changes to the tables, within a transaction that the writer opens and ends.</summary>
sealed class ChangeTables(Database database, DossierCache cache, ChangeLog portraits)
{
    readonly List<Change> landed = [];
    readonly HashSet<string> missed = new(StringComparer.Ordinal);
    readonly Dictionary<Tally, long> tallies = [];

    public IReadOnlyList<Landing> Land(PackedChange[] changes)
    {
        var landings = new Landing[changes.Length];
        missed.Clear();

        for (var i = 0; i < changes.Length; i++)
        {
            landings[i] = Land(changes[i]);
            if (landings[i] != Landing.Landed) missed.Add(changes[i].Change.After.Customer);
        }

        return landings;
    }

    Landing Land(PackedChange packed)
    {
        var change = packed.Change;
        if (change.Signal.Length > 0 && !Took(change)) return Landing.TakenBefore;

        // What builds on a change that missed must miss too, even where somebody else has brought the revision to the same number.
        if ((missed.Count > 0 && missed.Contains(change.After.Customer)) || !Moved(packed))
        {
            if (change.Signal.Length > 0) Database.Use("delete from signal where customer = ? and id = ?").Bind(change.After.Customer).Bind(change.Signal).Run();
            return Landing.Conflict;
        }

        AddLines(packed);
        if (change.Before.Outbox != change.After.Outbox) Project(change);
        if (change.Before.Cases != change.After.Cases) ProjectCases(change);
        TaskTable.Write(Database, change.Before, change.After);
        StandingTable.Write(Database, change.Before, change.After);
        PortraitTable.Write(Database, packed);
        if (packed.Portrait is not null) portrayed.Add(change.After.Customer);
        if (packed.FoundBy is { } text)
        {
            List(change.After, text);
            AddressTable.Write(Database, change.Revision == 0 ? Profile.Unknown : change.Before.Profile, change.After.Profile, change.After.Customer);
        }

        Tallies.Add(change, tallies);
        landed.Add(change);
        return Landing.Landed;
    }

    /// <summary>Erases everything about a customer, and keeps the marks.</summary>
    public bool Erase(string customer, IReadOnlyCollection<string> marks)
    {
        foreach (var mark in marks) Database.Use("insert or ignore into forgotten values (?)").Bind(mark).Run();

        var row = Database.Use("select dossier from customer where id = ?").Bind(customer);
        if (!row.Step()) return false;
        Tallies.Remove(DossierText.Read<Dossier>(row.Bytes(0)), tallies);

        foreach (var delete in Deletes) Database.Use(delete).Bind(customer).Run();
        erased.Add(customer);
        return true;
    }

    static readonly string[] Deletes =
    [
        "delete from directory where customer = ?", "delete from address where customer = ?", "delete from signal where customer = ?", "delete from line where customer = ?",
        "delete from outbox where customer = ?", "delete from open_case where customer = ?", "delete from open_task where customer = ?", "delete from mail where customer = ?", "delete from standing where customer = ?", "delete from portrait where customer = ?",
        "delete from customer where id = ?",
    ];

    readonly List<string> erased = [], portrayed = [];

    /// <summary>The last thing before the commit: what is counted over all changes is written once.</summary>
    public void WriteTallies() => TallyTable.Add(Database, tallies);

    /// <summary>After the commit.</summary>
    public void Landed()
    {
        foreach (var change in landed) cache.Put(change.After, change.Revision + 1);
        foreach (var customer in erased) cache.Drop(customer);
        foreach (var customer in portrayed) portraits.Add(customer);
        foreach (var customer in erased) portraits.Add(customer);
        Forget();
    }

    /// <summary>After a transaction that failed.</summary>
    public void Forget()
    {
        landed.Clear();
        erased.Clear();
        portrayed.Clear();
        tallies.Clear();
    }

    public Database Database { get; } = database;

    bool Took(Change change) =>
        Database.Use("insert into signal values (?, ?) on conflict do nothing").Bind(change.After.Customer).Bind(change.Signal).Run() > 0;

    bool Moved(PackedChange packed)
    {
        var change = packed.Change;
        var statement = change.Revision == 0
            ? Database.Use("insert into customer (revision, dossier, due, id) values (1, ?, ?, ?) on conflict do nothing")
                .Bind(packed.Dossier).Bind(packed.Due).Bind(change.After.Customer)
            : packed.SameDue // a column that is not named spares its index the work
            ? Database.Use("update customer set revision = revision + 1, dossier = ? where id = ? and revision = ?")
                .Bind(packed.Dossier).Bind(change.After.Customer).Bind(change.Revision)
            : Database.Use("update customer set revision = revision + 1, dossier = ?, due = ? where id = ? and revision = ?")
                .Bind(packed.Dossier).Bind(packed.Due).Bind(change.After.Customer).Bind(change.Revision);
        return statement.Run() > 0;
    }

    void AddLines(PackedChange packed)
    {
        var number = packed.Change.Before.Lines;
        foreach (var line in packed.Lines)
            Database.Use("insert into line values (?, ?, ?)").Bind(packed.Change.After.Customer).Bind(++number).Bind(line).Run();
    }

    void List(Dossier dossier, string foundBy) =>
        Database.Use("insert into directory values (?, ?, ?) on conflict do update set zone = excluded.zone, found_by = excluded.found_by")
            .Bind(dossier.Customer).Bind(dossier.Profile.Zone).Bind(foundBy).Run();

    void Project(Change change)
    {
        var customer = change.After.Customer;
        foreach (var entry in change.Before.Outbox)
            if (Find(change.After, entry.Key) is null)
                Database.Use("delete from outbox where customer = ? and key = ?").Bind(customer).Bind(entry.Key).Run();

        foreach (var entry in change.After.Outbox)
            if (Find(change.Before, entry.Key) != entry)
                Database.Use("insert into outbox values (?, ?, ?, ?, ?) on conflict do update set state = excluded.state, queued = excluded.queued, entry = excluded.entry")
                    .Bind(customer).Bind(entry.Key).Bind(entry.State.ToString()).Bind(entry.QueuedAt.ToUnixTimeMilliseconds()).Bind(DossierText.Write(entry)).Run();
    }

    void ProjectCases(Change change)
    {
        foreach (var before in change.Before.Cases)
            if (before.Open) Database.Use("delete from open_case where customer = ? and id = ?").Bind(change.After.Customer).Bind(before.Id).Run();

        foreach (var after in change.After.Cases)
            if (after.Open)
                Database.Use("insert into open_case values (?, ?, ?, ?)")
                    .Bind(change.After.Customer).Bind(after.Id).Bind(after.DueAt.ToUnixTimeMilliseconds()).Bind(DossierText.Write(after)).Run();
    }

    static OutboxEntry? Find(Dossier dossier, string key)
    {
        foreach (var entry in dossier.Outbox) if (entry.Key == key) return entry;
        return null;
    }
}
