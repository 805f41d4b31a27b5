using Azure.Data.Tables;

namespace Cvm.Functions;

// What pages read.
public sealed partial class TableStore
{
    // Looking through names is for people, who do not wait for ten million of them.
    const int MostSearched = 100_000;
    const int MostDossiers = 1_000;
    const int MostScoredLookedInto = 5_000;

    // Whoever looks sees what has just happened, unless so much has that the timer must see to it.
    const int MostFoldsInPassing = 5;

    public async ValueTask<IReadOnlyList<(long Number, Line Line)>> Timeline(string customer, long before, int most, CancellationToken stop) =>
        await Functions.Timeline.Read(tables.Dossiers, customer, before, most, stop);

    /// <inheritdoc/>
    /// <remarks>Looks at no more than 100,000 customers at once; there is no index of parts of names in Table Storage.</remarks>
    public async ValueTask<IReadOnlyList<CustomerRow>> Search(string text, string after, int most, CancellationToken stop)
    {
        var (wanted, looked, hits) = (Listing.Fold(text), 0, new List<string>());
        if (most <= 0) return [];

        await foreach (var listing in Listing.After(tables.Directory, after, wanted == "" ? most : 1_000, [.. Listed, "foundBy"], stop))
        {
            if (wanted == "" || listing.FoundBy.Contains(wanted, StringComparison.Ordinal)) hits.Add(listing.Customer);
            if (hits.Count == most || ++looked == MostSearched) break;
        }

        return [.. (await Dossiers(hits, stop)).Select(CustomerRow.Of)];
    }

    /// <inheritdoc/>
    /// <remarks>Looks into no more than 5,000 dossiers at once, those in the order of id after the one named.</remarks>
    public async ValueTask<IReadOnlyList<CustomerRow>> Scored(ScoreFilter which, string after, int most, CancellationToken stop)
    {
        var (rows, looked) = (new List<CustomerRow>(), 0);
        while (rows.Count < most && looked < MostScoredLookedInto)
        {
            var listed = new List<string>(MostDossiers);
            await foreach (var listing in Listing.After(tables.Directory, after, MostDossiers, Listed, stop))
            {
                listed.Add(listing.Customer);
                if (listed.Count == MostDossiers) break;
            }

            if (listed.Count == 0) break;
            rows.AddRange((await Dossiers(listed, stop)).Where(dossier => which.Holds(dossier.Scores)).Select(CustomerRow.Of));
            (after, looked) = (listed[^1], looked + listed.Count);
        }

        return [.. rows.Take(most)];
    }

    public async ValueTask<IReadOnlyList<(Tally Tally, long Count)>> Tallies(IReadOnlyCollection<string> kinds, CancellationToken stop)
    {
        await Fold(MostFoldsInPassing, stop);
        return new TallyQuery([.. kinds]).Of(await totals.Read(null, null, stop));
    }

    public async ValueTask<IReadOnlyList<(Tally Tally, long Count)>> Tallies(TallyQuery query, CancellationToken stop)
    {
        await Fold(MostFoldsInPassing, stop);
        return query.Of(await totals.Read(query.From, query.Until, stop));
    }

    public async ValueTask<IReadOnlyList<(string Customer, OutboxEntry Entry)>> Outbox(OutboxState? state, int most, CancellationToken stop)
    {
        var marks = await Look(state == OutboxState.InDoubt ? MarkKind.Doubt : MarkKind.Outbox, long.MaxValue / 10_000, state is null or OutboxState.InDoubt ? most : MostDossiers, stop);
        var dossiers = await Dossiers(marks.Select(mark => mark.Customer), stop);
        return [.. dossiers.SelectMany(dossier => dossier.Outbox.Select(entry => (dossier.Customer, entry)))
            .Where(pair => state is null || pair.entry.State == state).OrderBy(pair => pair.entry.QueuedAt).Take(most)];
    }

    public async ValueTask<IReadOnlyList<(string Customer, Case Case)>> OpenCases(int most, CancellationToken stop)
    {
        var marks = await Look(MarkKind.Case, long.MaxValue / 10_000, most, stop);
        var dossiers = await Dossiers(marks.Select(mark => mark.Customer), stop);
        return [.. dossiers.SelectMany(dossier => dossier.Cases.Where(c => c.Open).Select(c => (dossier.Customer, c))).OrderBy(pair => pair.c.DueAt).Take(most)];
    }

    public async ValueTask<IReadOnlyList<(string Customer, StaffTask Task)>> OpenTasks(int most, CancellationToken stop)
    {
        var marks = await Look(MarkKind.Task, Mark.NoTime, most, stop);
        var dossiers = await Dossiers(marks.Select(mark => mark.Customer), stop);
        return [.. dossiers.SelectMany(dossier => dossier.Tasks.Where(task => task.Open).Select(task => (dossier.Customer, task)))
            .OrderBy(pair => pair.task.DueAt ?? DateTimeOffset.MaxValue).Take(most)];
    }

    async Task<IReadOnlyList<Dossier>> Dossiers(IEnumerable<string> customers, CancellationToken stop)
    {
        var dossiers = new List<Dossier>();
        foreach (var some in customers.Distinct(StringComparer.Ordinal).Chunk(AtOnce))
            foreach (var stored in await Task.WhenAll(some.Select(customer => Load(customer, "", stop).AsTask())))
                if (stored.Revision > 0) dossiers.Add(stored.Dossier);
        return dossiers;
    }
}
