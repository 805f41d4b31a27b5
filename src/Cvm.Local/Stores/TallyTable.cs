namespace Cvm.Local;

/// <summary>What is counted over all customers. Kept in the transaction of whatever is counted.</summary>
static class TallyTable
{
    static readonly string[] Standing = [Tallies.At, Tallies.Now, Tallies.Members, Tallies.Expiring];

    public static void Add(Database database, IEnumerable<KeyValuePair<Tally, long>> tallies)
    {
        foreach (var (tally, count) in tallies)
        {
            database.Use("insert into tally values (?, ?, ?, ?, ?) on conflict do update set count = count + excluded.count")
                .Bind(tally.Kind).Bind(tally.Journey).Bind(tally.Detail).Bind(TallyDay.Text(tally.Day)).Bind(count).Run();
        }
    }

    /// <summary>Counts anew what stands now, from the dossiers: a program that is newer may count more of them than the one that wrote them.</summary>
    public static void CountAnew(Database database)
    {
        foreach (var kind in Standing) database.Use("delete from tally where kind = ?").Bind(kind).Run();

        var tallies = new Dictionary<Tally, long>();
        for (var after = 0L; ;)
        {
            var some = 0;
            var rows = database.Use("select number, dossier from customer where number > ? order by number limit 1000").Bind(after);
            for (; rows.Step(); some++)
            {
                after = rows.Number(0);
                Tallies.Standing(DossierText.Read<Dossier>(rows.Bytes(1)), tallies);
            }

            if (some == 0) break;
        }

        Add(database, tallies);
    }
}
