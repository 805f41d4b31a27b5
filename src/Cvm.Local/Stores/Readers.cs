using System.Collections.Concurrent;

namespace Cvm.Local;

/// <summary>Connections that only read; neither the writer nor each other waits for them.</summary>
sealed class Readers(string file) : IDisposable
{
    const int MostIdle = 8;

    readonly ConcurrentBag<Database> idle = [];
    volatile bool closed;

    /// <summary>Reads on a connection of one's own.</summary>
    public T Read<T>(Func<Database, T> read)
    {
        ObjectDisposedException.ThrowIf(closed, typeof(SqliteStore));
        if (!idle.TryTake(out var database)) database = Database.ToRead(file);

        try
        {
            return read(database);
        }
        finally
        {
            database.Rest();
            if (idle.Count < MostIdle && !closed) idle.Add(database);
            else database.Dispose();
        }
    }

    public void Dispose()
    {
        closed = true;
        while (idle.TryTake(out var database)) database.Dispose();
    }
}
