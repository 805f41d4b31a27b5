using System.Globalization;
using Cvm.Engine;
using Cvm.Local;

namespace Cvm.Benchmarks.Pages;

/// <summary>A shop of any size with a year behind it: the demo's, played once on the real engine, and then everybody with all they have many times over under other ids.</summary>
static class GrownShop
{
    const int Played = 1_000, Days = 365;

    public static async Task Fill(string folder, int customers)
    {
        await new DemoShop(Played, Days, 1).Play(folder, Path.GetFullPath(PlaybookLoader.DefaultFolder()), null, CancellationToken.None);

        using var held = DataFolder.Open(folder);
        using (var database = Database.ToWrite(held.Database, null))
        {
            database.Run("pragma synchronous = off");
            for (var copy = 1; copy < customers / Played; copy++) Copy(database, copy);
            database.Run($"update tally set count = count * {customers / Played} where day <> ''");

            // What is drawn from dossiers is made by the migration from the first version, which had none of it.
            foreach (var table in new[] { "address", "forgotten", "standing", "open_task", "portrait" }) database.Run($"drop table {table}");
            database.Run("drop view score");
            database.Run("pragma user_version = 1");
        }

        Database.ToWrite(held.Database, null).Dispose();
    }

    static void Copy(Database database, int copy)
    {
        var ending = string.Create(CultureInfo.InvariantCulture, $"-{copy}");
        string Mine(string column, string id) => $"replace(replace({column}, {id}, {id} || '{ending}'), '@mail.example', '{ending}@mail.example')";
        var original = $"length({{0}}) = {"C00001".Length}";
        string Of(string id) => string.Format(CultureInfo.InvariantCulture, original, id);

        database.Run("begin immediate");
        database.Run($"insert into customer (id, revision, due, dossier) select id || '{ending}', revision, due, {Mine("dossier", "id")} from customer where {Of("id")}");
        database.Run($"insert into directory select customer || '{ending}', zone, {Mine("found_by", "customer")} from directory where {Of("customer")}");
        database.Run($"insert into line select customer || '{ending}', number, {Mine("line", "customer")} from line where {Of("customer")}");
        database.Run($"insert into outbox select customer || '{ending}', {Mine("key", "customer")}, state, queued, {Mine("entry", "customer")} from outbox where {Of("customer")}");
        database.Run($"insert into open_case select customer || '{ending}', {Mine("id", "customer")}, due, {Mine("document", "customer")} from open_case where {Of("customer")}");
        database.Run($"insert into mail (key, customer, at, message) select {Mine("key", "customer")} || '{ending}', customer || '{ending}', at, {Mine("message", "customer")} from mail where {Of("customer")}");
        database.Run("commit");
    }
}
