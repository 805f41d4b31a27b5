namespace Cvm.Local;

// Tallies lie in order of kind, journey, detail and day: of each detail just the days asked for are read, however long the shop has been open.
public sealed partial class SqliteStore
{
    public ValueTask<IReadOnlyList<(Tally Tally, long Count)>> Tallies(IReadOnlyCollection<string> kinds, CancellationToken stop) => Tallies(new TallyQuery([.. kinds]), stop);

    public ValueTask<IReadOnlyList<(Tally Tally, long Count)>> Tallies(TallyQuery query, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return new(readers.Read<IReadOnlyList<(Tally, long)>>(database =>
        {
            var tallies = new List<(Tally, long)>();
            foreach (var kind in query.Kinds)
            {
                if (query is { From: null, Until: null, Journey: null, Details: null, Whole: false }) ReadAll(database, kind, tallies);
                else foreach (var (journey, detail) in Places(database, kind, query)) ReadDays(database, new(kind, journey, detail, null), query, tallies);
            }

            return tallies;
        }));
    }

    static void ReadAll(Database database, string kind, List<(Tally, long)> into)
    {
        var rows = database.Use("select journey, detail, day, count from tally where kind = ? and count <> 0").Bind(kind);
        while (rows.Step()) into.Add((new(kind, rows.Text(0), rows.Text(1), TallyDay.Of(rows.Text(2))), rows.Number(3)));
    }

    static void ReadDays(Database database, Tally place, TallyQuery query, List<(Tally, long)> into)
    {
        var (from, until) = (TallyDay.Text(query.From), query.Until is { } last ? TallyDay.Text(last) : "9999-12-31");
        if (query.Whole)
        {
            var sum = database.Use("select coalesce(sum(count), 0) from tally where kind = ? and journey = ? and detail = ? and day >= ? and day <= ?")
                .Bind(place.Kind).Bind(place.Journey).Bind(place.Detail).Bind(from).Bind(until);
            if (sum.Step() && sum.Number(0) is not 0 and var count) into.Add((place, count));
            return;
        }

        var rows = database.Use("select day, count from tally where kind = ? and journey = ? and detail = ? and day >= ? and day <= ? and count <> 0")
            .Bind(place.Kind).Bind(place.Journey).Bind(place.Detail).Bind(from).Bind(until);
        while (rows.Step()) into.Add((place with { Day = TallyDay.Of(rows.Text(0)) }, rows.Number(1)));
    }

    // From one to the next by the index, past all days between.
    static List<(string Journey, string Detail)> Places(Database database, string kind, TallyQuery query)
    {
        if (query is { Journey: { } only, Details: { } details }) return [.. details.Select(detail => (only, detail))];

        // A question for the next detail and one for the next journey: of one that compares both names together SQLite looks through all days of the journey at each step.
        const string begin = "select journey, detail from tally where kind = ? and journey >= ? order by journey, detail limit 1";
        const string within = "select journey, detail from tally where kind = ? and journey = ? and detail > ? order by detail limit 1";
        const string beyond = "select journey, detail from tally where kind = ? and journey > ? order by journey, detail limit 1";
        var places = new List<(string Journey, string Detail)>();
        var next = Place(database.Use(begin).Bind(kind).Bind(query.Journey ?? ""));
        while (next is var (journey, detail))
        {
            if (query.Journey is { } own && own != journey) break;
            if (query.Details is null || query.Details.Contains(detail)) places.Add((journey, detail));
            next = Place(database.Use(within).Bind(kind).Bind(journey).Bind(detail)) ?? Place(database.Use(beyond).Bind(kind).Bind(journey));
        }

        return places;
    }

    static (string Journey, string Detail)? Place(Statement next) => next.Step() ? (next.Text(0), next.Text(1)) : null;
}
