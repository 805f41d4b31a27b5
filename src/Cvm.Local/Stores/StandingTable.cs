using Cvm.Engine;

namespace Cvm.Local;

/// <summary>The standings of everybody who has ordered: narrow rows, so that the nightly sweep reads no dossier.</summary>
static class StandingTable
{
    /// <summary>Part of the schema since version 2.</summary>
    public const string Definition = """
        -- What scoring reads of everybody who has ordered. Days are counted from 0001-01-01. The dossier decides.
        create table standing (
          customer text primary key,
          first integer not null,
          last integer not null,
          days integer not null,
          orders integer not null,
          coupons integer not null,
          troubles integer not null,
          cases integer not null,
          tasks integer not null,
          emails integer not null,
          sms_segments integer not null,
          points integer not null,
          spent real not null,
          first_spent real not null,
          refunded real not null,
          discounts real not null,
          mark text not null
        ) strict, without rowid;

        create view score as
          select id as customer, dossier ->> '$.scores.asOf' as as_of, dossier ->> '$.scores.model' as model, dossier ->> '$.scores.rfm' as rfm,
            dossier ->> '$.scores.segment' as segment, coalesce(dossier ->> '$.scores.stage', 'prospect') as stage,
            coalesce(dossier ->> '$.scores.alive', 0) as alive, dossier ->> '$.scores.orders365' as orders_365,
            dossier ->> '$.scores.value365' as value_365, dossier ->> '$.scores.low365' as low_365, dossier ->> '$.scores.high365' as high_365,
            dossier ->> '$.scores.grade' as grade, coalesce(dossier ->> '$.scores.value', 'low') as value,
            coalesce(dossier ->> '$.scores.potential', 'low') as potential, coalesce(dossier ->> '$.scores.relationship', 'general') as relationship,
            coalesce(dossier ->> '$.scores.need', 'product') as need, coalesce(dossier ->> '$.scores.contribution', 0) as contribution
          from customer where dossier ->> '$.scores.asOf' is not null;
        """;

    /// <summary>Writes the standing, where it has changed.</summary>
    public static void Write(Database database, Dossier before, Dossier after)
    {
        if (!Standing.MayDiffer(before, after)) return;

        var (was, standing) = (Standing.Of(before), Standing.Of(after));
        if (standing is { } now && was != now) Put(database, now);
        else if (standing is null && was is not null) database.Use("delete from standing where customer = ?").Bind(after.Customer).Run();
    }

    public static IReadOnlyList<Standing> Read(Database database, string after, int most)
    {
        var page = new List<Standing>(Math.Min(most, 5_000));
        var rows = database.Use("select * from standing where customer > ? order by customer limit ?").Bind(after).Bind(most);
        while (rows.Step())
        {
            page.Add(new()
            {
                Customer = rows.Text(0),
                First = (int)rows.Number(1),
                Last = (int)rows.Number(2),
                Days = (int)rows.Number(3),
                Orders = (int)rows.Number(4),
                Coupons = (int)rows.Number(5),
                Troubles = (int)rows.Number(6),
                Cases = (int)rows.Number(7),
                Tasks = (int)rows.Number(8),
                Emails = (int)rows.Number(9),
                SmsSegments = (int)rows.Number(10),
                Points = rows.Number(11),
                Spent = rows.Real(12),
                FirstSpent = rows.Real(13),
                Refunded = rows.Real(14),
                Discounts = rows.Real(15),
                Mark = rows.Text(16),
            });
        }

        return page;
    }

    /// <summary>Fills the table from the dossiers of a database that had none.</summary>
    public static void Fill(Database database)
    {
        foreach (var some in DossierPages.Of(database))
            foreach (var dossier in some)
                if (Standing.Of(dossier) is { } standing) Put(database, standing);
    }

    static void Put(Database database, in Standing s) =>
        database.Use("insert or replace into standing values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .Bind(s.Customer).Bind(s.First).Bind(s.Last).Bind(s.Days).Bind(s.Orders).Bind(s.Coupons).Bind(s.Troubles).Bind(s.Cases).Bind(s.Tasks)
            .Bind(s.Emails).Bind(s.SmsSegments).Bind(s.Points).Bind(s.Spent).Bind(s.FirstSpent).Bind(s.Refunded).Bind(s.Discounts).Bind(s.Mark).Run();
}
