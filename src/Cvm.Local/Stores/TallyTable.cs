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
        foreach (var some in DossierPages.Of(database))
            foreach (var dossier in some) Tallies.Standing(dossier, tallies);

        Add(database, tallies);
    }
}
