using Azure;
using Azure.Data.Tables;

namespace Cvm.Functions;

/// <summary>Keeps dossiers in Table Storage: one partition for each customer, one transaction for each turn, guarded by the ETag.</summary>
public sealed partial class TableStore(TableSet tables) : IStore, IStandings, IPortraits, IRecords, IMailbox, IMemo, IPeople
{
    const int AtOnce = 16;

    readonly Totals totals = new(tables);
    readonly Packs packs = new(tables.Standings);

    public async ValueTask<Stored> Load(string customer, string signal, CancellationToken stop)
    {
        Change.CheckName(customer);
        Change.CheckName(signal);
        var taken = signal == "" ? Task.FromResult(false) : Taken(customer, signal, stop);
        var row = await Row(customer, null, stop);
        if (row is null) return Unknown(customer, await taken);

        var dossier = DossierText.Read<Dossier>(Chunks.Get(row));
        var source = DossierRow.Read(row);
        source.IsSourceOf(dossier);
        return new(dossier, source.Revision, await taken);
    }

    static Stored Unknown(string customer, bool taken)
    {
        var dossier = Dossier.For(customer);
        DossierRow.None(customer).IsSourceOf(dossier);
        return new(dossier, 0, taken);
    }

    public async ValueTask<IReadOnlyList<Landing>> Commit(IReadOnlyList<Change> changes, CancellationToken stop)
    {
        var landings = new Landing[changes.Count];
        var customers = changes.Select((change, place) => (change, place)).GroupBy(each => each.change.After.Customer, StringComparer.Ordinal)
            .Select(group => (Places: group.Select(each => each.place).ToArray(), Turns: CustomerTurns.Fold(group.Select(each => each.change)))).ToArray();

        await Parallel.ForEachAsync(customers, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (each, inner) =>
        {
            var landed = await Commit(each.Turns, inner);
            for (var i = 0; i < landed.Count; i++) landings[each.Places[i]] = landed[i];
        });

        return landings;
    }

    /// <summary>One customer's transactions, one after the other; after the first that missed, all that follow miss.</summary>
    async Task<List<Landing>> Commit(List<CustomerTurns> all, CancellationToken stop)
    {
        var landings = new List<Landing>();
        DossierRow? standing = null;
        foreach (var turns in all)
        {
            if (landings.Contains(Landing.Conflict) || landings.Contains(Landing.TakenBefore))
            {
                foreach (var change in turns.Changes) landings.Add(await WhyMissed(change, stop));
                continue;
            }

            standing ??= DossierRow.SourceOf(turns.Before) ?? await Standing(turns.Customer, stop) ?? DossierRow.None(turns.Customer);
            (var landed, standing) = await Land(turns, standing, stop);
            landings.AddRange(landed);
        }

        return landings;
    }

    async Task<(IReadOnlyList<Landing> Landings, DossierRow? Standing)> Land(CustomerTurns turns, DossierRow standing, CancellationToken stop)
    {
        if (standing.Revision == turns.From)
        {
            var next = standing.Next(turns.After, turns.To, Guid.NewGuid().ToString("N"));
            await Announce(turns, standing, next, stop);
            if (await Submit(turns, standing, next, stop) is { } etag)
            {
                await Forget(standing, next, stop);
                return ([.. turns.Changes.Select(_ => Landing.Landed)], next with { ETag = etag });
            }
        }

        return (await Missed(turns, stop), null);
    }

    /// <summary>What lies outside of the partition is written first: too much of it is harmless, too little would lose somebody.</summary>
    Task Announce(CustomerTurns turns, DossierRow standing, DossierRow next, CancellationToken stop)
    {
        var writes = next.Marks.Values.Where(mark => !standing.Names(mark)).Select(mark => mark.Write(tables.Marks, stop)).ToList();
        if (turns.Counts) writes.Add(Mark.Make(MarkKind.Tally, turns.Customer, 0, turns.To).Write(tables.Marks, stop));
        if (turns.MovesStanding) writes.Add(Mark.Make(MarkKind.Standing, turns.Customer, 0, turns.To).Write(tables.Marks, stop));
        if (turns.From == 0 || Listing.Of(turns.Before) != Listing.Of(turns.After)) writes.Add(Listing.Of(turns.After).Write(tables.Directory, stop));
        writes.AddRange(AddressRow.New(turns.Before.Profile, turns.After.Profile).Select(address => AddressRow.Write(tables.Addresses, address, turns.Customer, stop)));
        return Task.WhenAll(writes);
    }

    Task Forget(DossierRow standing, DossierRow next, CancellationToken stop) =>
        Task.WhenAll(standing.Marks.Values.Where(mark => !next.Names(mark)).Select(mark => mark.Delete(tables.Marks, ETag.All, stop)));

    /// <summary>The new ETag, or null where the transaction missed.</summary>
    async Task<ETag?> Submit(CustomerTurns turns, DossierRow standing, DossierRow next, CancellationToken stop)
    {
        try
        {
            var actions = turns.Actions(standing, next);
            var answer = await tables.Dossiers.SubmitTransactionAsync(actions, stop);
            var dossier = actions.FindIndex(action => action.Entity.RowKey == DossierRow.Key);
            return answer.Value[dossier].Headers.ETag ?? (await Standing(turns.Customer, stop))!.ETag;
        }
        catch (RequestFailedException missed) when (missed.Status is 404 or 409 or 412)
        {
            // It may be our own: landed, its answer lost, and sent again by the client.
            return await Standing(turns.Customer, stop) is { } now && now.Turn == next.Turn ? now.ETag : null;
        }
    }

    /// <summary>Nothing of the transaction was written. Those before a signal that had been taken may land still.</summary>
    async Task<IReadOnlyList<Landing>> Missed(CustomerTurns turns, CancellationToken stop)
    {
        var landings = new List<Landing>();
        foreach (var change in turns.Changes) landings.Add(await WhyMissed(change, stop));

        var taken = landings.IndexOf(Landing.TakenBefore);
        if (taken > 0 && await Standing(turns.Customer, stop) is { } standing && standing.Revision == turns.From)
        {
            var (first, _) = await Land(CustomerTurns.Of(turns.Changes.Take(taken)), standing, stop);
            for (var i = 0; i < taken; i++) landings[i] = first[i];
        }

        await Relist(turns, stop);
        return landings;
    }

    async Task<Landing> WhyMissed(Change change, CancellationToken stop) =>
        change.Signal != "" && await Taken(change.After.Customer, change.Signal, stop) ? Landing.TakenBefore : Landing.Conflict;

    /// <summary>The directory was told of names that did not come to be: tell it what is. Where it was told of somebody since forgotten, nobody else
    /// would ever look.</summary>
    async Task Relist(CustomerTurns turns, CancellationToken stop)
    {
        if (Listing.Of(turns.Before) == Listing.Of(turns.After)) return;
        if (await Row(turns.Customer, null, stop) is { } row) await Listing.Of(DossierText.Read<Dossier>(Chunks.Get(row))).Write(tables.Directory, stop);
        else if (turns.From > 0) await Task.WhenAll([Unlist(turns.Customer, stop), .. AddressRow.Of(turns.After.Profile).Select(address => AddressRow.Delete(tables.Addresses, address, turns.Customer, ETag.All, stop))]);
    }

    async Task<bool> Taken(string customer, string signal, CancellationToken stop) =>
        (await tables.Dossiers.GetEntityIfExistsAsync<TableEntity>(TableKey.Of(customer), CustomerTurns.SignalKey(signal), ["RowKey"], stop)).HasValue;

    async Task<DossierRow?> Standing(string customer, CancellationToken stop) =>
        await Row(customer, DossierRow.WithoutText, stop) is { } row ? DossierRow.Read(row) : null;

    async Task<TableEntity?> Row(string customer, string[]? only, CancellationToken stop)
    {
        var found = await tables.Dossiers.GetEntityIfExistsAsync<TableEntity>(TableKey.Of(customer), DossierRow.Key, only, stop);
        return found.HasValue ? found.Value : null;
    }
}
