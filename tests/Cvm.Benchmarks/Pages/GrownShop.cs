using System.Globalization;
using Cvm.Engine;
using Cvm.Local;

namespace Cvm.Benchmarks.Pages;

/// <summary>A shop of any size with a year behind it: the demo's, played once on the real engine, and then everybody with all they have many times over under other ids.</summary>
static class GrownShop
{
    const int Played = 1_000, Days = 365;

    static readonly string[] Copied = ["customer", "directory", "line", "outbox", "open_case", "mail"];

    public static async Task Fill(string folder, int customers)
    {
        await new DemoShop(Played, Days, 1).Play(folder, Path.GetFullPath(PlaybookLoader.DefaultFolder()), null, CancellationToken.None);

        using var held = DataFolder.Open(folder);
        using (var database = Database.ToWrite(held.Database, null))
        {
            database.Run("pragma synchronous = off");
            foreach (var table in Copied) database.Run($"create temp table base_{table} as select * from {table}");
            for (var copy = 1; copy < customers / Played; copy++) Copy(database, copy);
            database.Run($"update tally set count = count * {customers / Played} where day <> ''");

            // What is drawn from dossiers is made by the migration from the first version, which had none of it.
            foreach (var table in new[] { "address", "forgotten", "standing", "open_task", "portrait" }) database.Run($"drop table {table}");
            database.Run("drop view score");
            database.Run("pragma user_version = 1");
        }

        Database.ToWrite(held.Database, null).Dispose();
    }

    // In order of id, so that the tables only grow at their ends.
    static void Copy(Database database, int copy)
    {
        var before = string.Create(CultureInfo.InvariantCulture, $"D{copy:D3}-");
        string Mine(string column, string id) => $"replace(replace({column}, {id}, '{before}' || {id}), '@mail.example', '@{before}mail.example')";

        database.Run("begin immediate");
        database.Run($"insert into customer (id, revision, due, dossier) select '{before}' || id, revision, due, {Mine("dossier", "id")} from base_customer");
        database.Run($"insert into directory select '{before}' || customer, zone, {Mine("found_by", "customer")} from base_directory");
        database.Run($"insert into line select '{before}' || customer, number, {Mine("line", "customer")} from base_line");
        database.Run($"insert into outbox select '{before}' || customer, {Mine("key", "customer")}, state, queued, {Mine("entry", "customer")} from base_outbox");
        database.Run($"insert into open_case select '{before}' || customer, {Mine("id", "customer")}, due, {Mine("document", "customer")} from base_open_case");
        database.Run($"insert into mail (key, customer, at, message) select '{before}' || {Mine("key", "customer")}, '{before}' || customer, at, {Mine("message", "customer")} from base_mail");
        database.Run("commit");
    }
}
