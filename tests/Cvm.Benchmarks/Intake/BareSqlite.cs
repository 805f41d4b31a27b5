using System.Diagnostics;
using System.Text;
using Cvm.Engine;
using Microsoft.Data.Sqlite;

namespace Cvm.Benchmarks.Intake;

/// <summary>The floor under intake: the rows of the same turns, already written out as texts, put into the same tables with the same
/// number of commits by one tight loop over prepared statements. No queue, no revisions to check, no tallies, nothing to answer.</summary>
static class BareSqlite
{
    /// <summary>The store's settings, so that the two differ in nothing but the work.</summary>
    static readonly string[] Settings = ["journal_mode = wal", "synchronous = full", "cache_size = -32768", "wal_autocheckpoint = 8000"];

    sealed record Row(string Customer, string Signal, string Dossier, object Due, string[] Lines, long FirstLine, object Zone, string? FoundBy);

    /// <summary>Order turns per second.</summary>
    /// <param name="file">A database with the store's tables, and nothing in them.</param>
    public static double Run(string file, IReadOnlyList<Change> changes, int perCommit)
    {
        Row[] rows = [.. changes.Select(Written)];
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        foreach (var setting in Settings) Run(Prepare(connection, $"pragma {setting}"));

        var watch = Stopwatch.StartNew();
        Write(connection, rows, perCommit);
        return rows.Length / watch.Elapsed.TotalSeconds;
    }

    static void Write(SqliteConnection connection, Row[] rows, int perCommit)
    {
        using var insert = Prepare(connection, "insert into customer (revision, id, dossier, due) values (1, $1, $2, $3)", 3);
        using var directory = Prepare(connection, "insert into directory values ($1, $2, $3)", 3);
        using var update = Prepare(connection, "update customer set revision = revision + 1, dossier = $2 where id = $1", 2);
        using var signal = Prepare(connection, "insert into signal values ($1, $2)", 2);
        using var line = Prepare(connection, "insert into line values ($1, $2, $3)", 3);
        using var begin = Prepare(connection, "begin immediate");
        using var commit = Prepare(connection, "commit");

        for (var start = 0; start < rows.Length; start += perCommit)
        {
            Run(begin);
            foreach (var row in rows.AsSpan(start, Math.Min(perCommit, rows.Length - start)))
            {
                if (row.FoundBy is null)
                {
                    Run(update, row.Customer, row.Dossier);
                }
                else
                {
                    Run(insert, row.Customer, row.Dossier, row.Due);
                    Run(directory, row.Customer, row.Zone, row.FoundBy);
                }

                Run(signal, row.Customer, row.Signal);
                for (var i = 0; i < row.Lines.Length; i++) Run(line, row.Customer, row.FirstLine + i, row.Lines[i]);
            }

            Run(commit);
        }
    }

    static Row Written(Change change) => new(
        change.After.Customer,
        change.Signal,
        Text(change.After),
        (object?)change.After.DueAt?.ToUnixTimeMilliseconds() ?? DBNull.Value,
        [.. change.Lines.Select(Text)],
        change.Before.Lines + 1,
        (object?)change.After.Profile.Zone ?? DBNull.Value,
        change.Revision == 0 ? string.Join('\n', change.After.Customer, change.After.Profile.Name, change.After.Profile.Email, "").ToUpperInvariant() : null);

    static string Text<T>(T value) => Encoding.UTF8.GetString(DossierText.Write(value));

    static SqliteCommand Prepare(SqliteConnection connection, string sql, int parameters = 0)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; i <= parameters; i++) command.Parameters.AddWithValue($"${i}", "");
        command.Prepare();
        return command;
    }

    static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }
}
