namespace Cvm.Local;

/// <summary>Everything of one shop in one SQLite file. What has landed is on disk; many callers share one commit.</summary>
public sealed partial class SqliteStore : IStore, IStandings, IPortraits, IRecords, IMailbox, IMemo, IPeople, IAsyncDisposable
{
    readonly DossierCache cache;
    readonly Readers readers;
    readonly Writer? writes;
    readonly ChangeLog portraits = new();

    SqliteStore(string file, Database? database, int cached)
    {
        cache = new(cached);
        readers = new(file);
        writes = database is null ? null : new(database, cache, portraits);
    }

    Writer Writer => writes ?? throw new InvalidOperationException("This store was opened to be read only.");

    /// <summary>Opens the file, making or migrating its tables. Throws <see cref="UserError"/> where that cannot be.</summary>
    /// <param name="cached">How many dossiers stay in memory, at most.</param>
    /// <param name="mostPages">How many pages of 4 KiB the file may grow to; null for what the disk holds.</param>
    public static SqliteStore Open(string file, int cached = 4_096, long? mostPages = null) => new(file, Database.ToWrite(file, mostPages), cached);

    /// <summary>Opens the file to look at it, beside whoever writes it. Nothing can be changed through it. Throws <see cref="UserError"/> where there is none, or one of another version.</summary>
    public static SqliteStore OpenToRead(string file)
    {
        Database.CheckToRead(file);
        return new(file, null, cached: 0);
    }

    /// <summary>How many transactions have been committed since it was opened.</summary>
    internal long Commits => Writer.Commits;

    public ValueTask<Stored> Load(string customer, string signal, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        Change.CheckName(customer);
        Change.CheckName(signal);
        if (signal.Length == 0 && cache.Find(customer, out var found)) return new(new Stored(found.Dossier, found.Revision, Taken: false));

        return new(readers.Read(database => Load(database, customer, signal)));
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Landing>> Commit(IReadOnlyList<Change> changes, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (changes.Count == 0) return [];

        var packed = new PackedChange[changes.Count];
        for (var i = 0; i < packed.Length; i++) packed[i] = new(changes[i]);
        return await Writer.Do(packed.Length, tables => tables.Land(packed), stop);
    }

    public ValueTask<IReadOnlyList<(string Customer, DateTimeOffset At)>> Due(DateTimeOffset until, int most, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return new(readers.Read<IReadOnlyList<(string, DateTimeOffset)>>(database =>
        {
            var due = new List<(string, DateTimeOffset)>();
            var rows = database.Use("select id, due from customer where due <= ? order by due limit ?").Bind(until.ToUnixTimeMilliseconds()).Bind(most);
            while (rows.Step()) due.Add((rows.Text(0), DateTimeOffset.FromUnixTimeMilliseconds(rows.Number(1))));
            return due;
        }));
    }

    public ValueTask<IReadOnlyList<(string Customer, string? Zone)>> Page(string after, int most, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return new(readers.Read<IReadOnlyList<(string, string?)>>(database =>
        {
            var page = new List<(string, string?)>();
            var rows = database.Use("select customer, zone from directory where customer > ? order by customer limit ?").Bind(after).Bind(most);
            while (rows.Step()) page.Add((rows.Text(0), rows.IsNull(1) ? null : rows.Text(1)));
            return page;
        }));
    }

    public ValueTask<IReadOnlyList<Standing>> Standings(string after, int most, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return new(readers.Read(database => StandingTable.Read(database, after, most)));
    }

    public ValueTask<IReadOnlyList<Portrait>> Portraits(string after, int most, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return new(readers.Read(database => PortraitTable.Read(database, after, most)));
    }

    public ValueTask<PortraitNews?> News(string since, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return new(portraits.Since(since) is { } news ? readers.Read(database => PortraitTable.Read(database, news.Mark, news.Customers)) : null);
    }

    /// <summary>Off: commits no longer wait for the disk, and a power cut may cost the database. For filling a new one quickly.
    /// On: everything written so far is on disk when this returns, and so is every commit from then on.</summary>
    public async Task Durable(bool on)
    {
        if (on) Writer.AtOnce = false;
        await Writer.DoAlone(tables => Sync(tables, on), CancellationToken.None);
        if (!on) Writer.AtOnce = true;
    }

    static bool Sync(ChangeTables tables, bool on)
    {
        var database = tables.Database;
        database.Run(on ? "pragma synchronous = full" : "pragma synchronous = off");
        // The write gives the checkpoint a reason to bring the whole file to the disk.
        database.Run($"insert into kept values ('durable', '{(on ? "on" : "off")}') on conflict do update set value = excluded.value");
        if (on) database.Run("pragma wal_checkpoint(truncate)");
        return true;
    }

    /// <summary>What the host put under this name, or null.</summary>
    public ValueTask<string?> Kept(string name, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return new(readers.Read(database =>
        {
            var row = database.Use("select value from kept where name = ?").Bind(name);
            return row.Step() ? row.Text(0) : null;
        }));
    }

    /// <summary>Puts a value under a name, in place of what was there. On disk when this returns.</summary>
    public async ValueTask Keep(string name, string value, CancellationToken stop) =>
        await Writer.Do(1, tables => tables.Database.Use("insert into kept values (?, ?) on conflict do update set value = excluded.value").Bind(name).Bind(value).Run(), stop);

    /// <inheritdoc/>
    public async ValueTask<bool> Keep(string name, string value, string? expected, CancellationToken stop) => await Writer.Do(
        1,
        tables => expected is null
            ? tables.Database.Use("insert into kept values (?, ?) on conflict do nothing").Bind(name).Bind(value).Run() == 1
            : tables.Database.Use("update kept set value = ? where name = ? and value = ?").Bind(value).Bind(name).Bind(expected).Run() == 1,
        stop);

    public async ValueTask Drop(string name, CancellationToken stop) =>
        await Writer.Do(1, tables => tables.Database.Use("delete from kept where name = ?").Bind(name).Run(), stop);

    /// <summary>Everything kept under names that begin like this, in order of name.</summary>
    public ValueTask<IReadOnlyList<(string Name, string Value)>> KeptUnder(string beginning, CancellationToken stop) => new(readers.Read<IReadOnlyList<(string, string)>>(database =>
    {
        var kept = new List<(string, string)>();
        var rows = database.Use("select name, value from kept where name >= ? order by name").Bind(beginning);
        while (rows.Step())
        {
            var name = rows.Text(0);
            if (!name.StartsWith(beginning, StringComparison.Ordinal)) break;
            kept.Add((name, rows.Text(1)));
        }

        return kept;
    }));

    public async ValueTask DisposeAsync()
    {
        // Readers first: the last connection to close is the writer's, which then folds the log into the file.
        readers.Dispose();
        if (writes is not null) await writes.DisposeAsync();
    }

    Stored Load(Database database, string customer, string signal)
    {
        var (dossier, revision) = cache.Find(customer, out var found) ? found : LoadDossier(database, customer);
        return new(dossier, revision, signal.Length > 0 && Taken(database, customer, signal));
    }

    static (Dossier, long) LoadDossier(Database database, string customer)
    {
        var row = database.Use("select revision, dossier from customer where id = ?").Bind(customer);
        return row.Step() ? (DossierText.Read<Dossier>(row.Bytes(1)), row.Number(0)) : (Dossier.For(customer), 0);
    }

    static bool Taken(Database database, string customer, string signal) =>
        database.Use("select 1 from signal where customer = ? and id = ?").Bind(customer).Bind(signal).Step();
}
