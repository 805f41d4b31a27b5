using System.Text;
using SQLitePCL;

namespace Cvm.Local;

/// <summary>A prepared statement for the life of its connection. Bind in order of the question marks, then step or run; by one thread
/// at a time.</summary>
// Straight on SQLite's own calls: through a command and its data reader a small row costs a third more, and half a kilobyte of garbage.
sealed class Statement(sqlite3 connection, string sql) : IDisposable
{
    const uint Persistent = 1;

    readonly sqlite3_stmt statement = Prepare(connection, sql);
    byte[] scratch = new byte[256];
    int bound;
    bool stepped;

    public Statement Bind(long number)
    {
        Check(raw.sqlite3_bind_int64(statement, ++bound, number));
        return this;
    }

    public Statement Bind(double number)
    {
        Check(raw.sqlite3_bind_double(statement, ++bound, number));
        return this;
    }

    public Statement Bind(long? number) => number is { } known ? Bind(known) : Null();

    public Statement Bind(string? text)
    {
        if (text is null) return Null();

        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (scratch.Length < most) scratch = new byte[most];
        return Bind(scratch.AsSpan(0, Encoding.UTF8.GetBytes(text, scratch)));
    }

    public Statement Bind(ReadOnlySpan<byte> utf8)
    {
        // An empty span has no address, which SQLite would take for null.
        Check(utf8.IsEmpty ? raw.sqlite3_bind_text(statement, ++bound, "") : raw.sqlite3_bind_text(statement, ++bound, utf8));
        return this;
    }

    public Statement BindBlob(ReadOnlySpan<byte> bytes)
    {
        Check(raw.sqlite3_bind_blob(statement, ++bound, bytes));
        return this;
    }

    Statement Null()
    {
        Check(raw.sqlite3_bind_null(statement, ++bound));
        return this;
    }

    /// <summary>Moves to the next row; false after the last, when the statement is ready to be bound again.</summary>
    public bool Step()
    {
        stepped = true;
        var result = raw.sqlite3_step(statement);
        if (result == raw.SQLITE_ROW) return true;

        var failure = result == raw.SQLITE_DONE ? null : SqliteTrouble.Of(connection, result);
        Reset();
        return failure is null ? false : throw failure;
    }

    /// <summary>Runs to the end: how many rows it changed.</summary>
    public int Run()
    {
        while (Step())
        {
            // Rows that a pragma answers with are of no interest here.
        }

        return raw.sqlite3_changes(connection);
    }

    /// <summary>Leaves the rows that are left, so that no snapshot is held.</summary>
    public void Reset()
    {
        if (bound == 0 && !stepped) return;

        (bound, stepped) = (0, false);
        _ = raw.sqlite3_reset(statement); // repeats the failure that Step has told already
    }

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public double Real(int column) => raw.sqlite3_column_double(statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    /// <summary>Valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    public void Dispose() => statement.Dispose();

    void Check(int result)
    {
        if (result != raw.SQLITE_OK) throw SqliteTrouble.Of(connection, result);
    }

    static sqlite3_stmt Prepare(sqlite3 connection, string sql)
    {
        var result = raw.sqlite3_prepare_v3(connection, sql, Persistent, out var statement);
        return result == raw.SQLITE_OK ? statement : throw SqliteTrouble.Of(connection, result);
    }
}
