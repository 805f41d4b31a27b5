namespace Cvm.Local;

/// <summary>Everybody's dossiers, some at a time and read to their end, so that tables can be filled from them meanwhile.</summary>
static class DossierPages
{
    public static IEnumerable<IReadOnlyList<Dossier>> Of(Database database)
    {
        for (var after = 0L; ;)
        {
            var some = new List<Dossier>();
            var rows = database.Use("select number, dossier from customer where number > ? order by number limit 1000").Bind(after);
            while (rows.Step())
            {
                after = rows.Number(0);
                some.Add(Engine.DossierText.Read<Dossier>(rows.Bytes(1)));
            }

            if (some.Count == 0) yield break;
            yield return some;
        }
    }
}
