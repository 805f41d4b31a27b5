using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cvm.Local;

/// <summary>One connection to the store's file, with statements that are prepared once. For one thread at a time.</summary>
sealed class Database : IDisposable
{
    /// <summary>What this program writes and the newest it can read.</summary>
    public const int Version = 5;

    const int CheckpointPages = 8_000;
    const int WaitMilliseconds = 10_000; // for people who look with other tools

    readonly SqliteConnection connection;
    readonly Dictionary<string, Statement> statements = new(ReferenceEqualityComparer.Instance);

    static Database() => Batteries_V2.Init();

    Database(string file, SqliteOpenMode mode)
    {
        connection = new(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());

        try
        {
            connection.Open();
            Run($"pragma busy_timeout = {WaitMilliseconds}");
        }
        catch (SqliteException problem)
        {
            connection.Dispose();
            throw SqliteTrouble.Of(file, problem);
        }
    }

    sqlite3 Handle => connection.Handle ?? throw new ObjectDisposedException(nameof(Database));

    public static Database ToRead(string file)
    {
        var database = new Database(file, SqliteOpenMode.ReadOnly);
        database.Run("pragma cache_size = -4096");
        return database;
    }

    /// <summary>Throws <see cref="UserError"/> where the file is not there, or was written by another version.</summary>
    public static void CheckToRead(string file)
    {
        if (!File.Exists(file)) throw new UserError($"There is no database {file} yet. Import customers first, or name another folder with --data.");

        using var database = ToRead(file);
        var version = database.UserVersion();
        if (version != Version) throw new UserError($"The database {file} has version {version}, and this program reads {Version}. {(version < Version ? "Run 'cvm serve' once, which brings it up to date." : "Update cvm.")}");
    }

    /// <summary>Opens the file to write, makes or migrates its tables, and refuses one that a newer program wrote.</summary>
    /// <param name="mostPages">How many pages of 4 KiB the file may have.</param>
    public static Database ToWrite(string file, long? mostPages)
    {
        var database = new Database(file, SqliteOpenMode.ReadWriteCreate);

        try
        {
            database.Prepare(file);
            if (mostPages is { } pages) database.Run($"pragma max_page_count = {pages}");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>The statement for this constant text, ready to be bound.</summary>
    public Statement Use(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement)) return statements[sql] = new(Handle, sql);

        statement.Reset();
        return statement;
    }

    /// <summary>Undoes the open transaction, where SQLite has not done so itself. Where even that fails, the next one cannot begin and tells why.</summary>
    public void RollBack()
    {
        Rest();
        if (raw.sqlite3_get_autocommit(Handle) == 0) _ = raw.sqlite3_exec(Handle, "rollback");
    }

    /// <summary>Leaves every statement, so that no snapshot is held.</summary>
    public void Rest()
    {
        foreach (var statement in statements.Values) statement.Reset();
    }

    /// <summary>Runs one statement that is not worth keeping.</summary>
    public void Run(string sql)
    {
        using var statement = new Statement(Handle, sql);
        statement.Run();
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values) statement.Dispose();
        connection.Dispose();
    }

    void Prepare(string file)
    {
        var version = UserVersion();
        if (version > Version)
            throw new UserError($"The database {file} was written by a newer cvm (its version is {version}, this one knows up to {Version}). Update cvm, or name another folder with --data.");
        if (version == 0 && Count("select count(*) from sqlite_schema") > 0)
            throw new UserError($"The database {file} is not one of cvm's. Name another folder with --data.");

        Run("pragma journal_mode = wal");
        Run("pragma synchronous = full");
        Run("pragma secure_delete = on"); // what is erased, or was true before, must not lie readable in free pages
        Run("pragma cache_size = -32768");
        Run($"pragma wal_autocheckpoint = {CheckpointPages}");
        if (version == 0) Make(file);
        else if (version < Version) Migrate(file, version);
    }

    void Make(string file)
    {
        using var schema = new StreamReader(typeof(Database).Assembly.GetManifestResourceStream("schema.sql")!);
        using var command = connection.CreateCommand();
        command.CommandText = $"begin immediate; {schema.ReadToEnd()} {AddressTable.Definition} {StandingTable.Definition} {TaskTable.Definition} {PortraitTable.Definition} pragma user_version = {Version}; commit;";

        try
        {
            command.ExecuteNonQuery();
        }
        catch (SqliteException problem)
        {
            throw SqliteTrouble.Of(file, problem);
        }
    }

    // All or nothing: an older database that was cut off here is still one.
    void Migrate(string file, long version)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"begin immediate; {(version < 3 ? AddressTable.Definition : "")} {(version < 2 ? StandingTable.Definition : "")} {(version < 4 ? TaskTable.Definition : "")} {PortraitTable.Definition}";
            command.ExecuteNonQuery();
            if (version < 2) StandingTable.Fill(this);
            if (version < 3) AddressTable.Fill(this);
            if (version < 4) TaskTable.Fill(this);
            PortraitTable.Fill(this);
            TallyTable.CountAnew(this);
            Run($"pragma user_version = {Version}");
            Run("commit");
        }
        catch (SqliteException problem)
        {
            throw SqliteTrouble.Of(file, problem);
        }
    }

    long UserVersion() => Count("pragma user_version");

    long Count(string sql)
    {
        using var statement = new Statement(Handle, sql);
        return statement.Step() ? statement.Number(0) : 0;
    }
}
