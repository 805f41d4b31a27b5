using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cvm.Local;

/// <summary>What SQLite complains of, in words a person can act on.</summary>
static class SqliteTrouble
{
    public static UserError Of(sqlite3 connection, int result) =>
        new(Words(raw.sqlite3_db_filename(connection, "main").utf8_to_string(), result, raw.sqlite3_errmsg(connection).utf8_to_string()));

    public static UserError Of(string database, SqliteException problem) => new(Words(database, problem.SqliteErrorCode, problem.Message), problem);

    static string Words(string database, int result, string message) => (result & 0xFF) switch
    {
        raw.SQLITE_FULL => $"The disk is full: {database} could not grow, and nothing of this was saved. Make room and try again.",
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN or raw.SQLITE_AUTH =>
            $"The database {database} cannot be written ({message}). Check who owns it and its folder, or name another folder with --data.",
        raw.SQLITE_IOERR => $"The disk failed under {database} ({message}); nothing of this was saved. Check the disk and try again.",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB =>
            $"The database {database} is damaged ({message}). Put it back from a backup, or name another folder with --data.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"The database {database} is locked by another program ({message}). Close that program and try again.",
        _ => $"The database {database} refused: {message}; nothing of this was saved.",
    };
}
