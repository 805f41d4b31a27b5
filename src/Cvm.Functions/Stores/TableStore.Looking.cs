using System.Collections.Concurrent;
using Azure.Data.Tables;

namespace Cvm.Functions;

// Finding customers: who is due, everybody, and who a mark points at.
public sealed partial class TableStore
{
    const int MostLooks = 10;

    // No transaction is under way this long after its marks were written.
    static readonly TimeSpan MarkLasts = TimeSpan.FromHours(1);

    static readonly string[] Listed = ["PartitionKey", "RowKey", "customer", "zone"];

    public async ValueTask<IReadOnlyList<(string Customer, DateTimeOffset At)>> Due(DateTimeOffset until, int most, CancellationToken stop)
    {
        var found = await Look(MarkKind.Due, until.ToUnixTimeMilliseconds(), most, stop);
        return [.. found.Select(mark => (mark.Customer, DateTimeOffset.FromUnixTimeMilliseconds(mark.Sort)))];
    }

    public async ValueTask<IReadOnlyList<(string Customer, string? Zone)>> Page(string after, int most, CancellationToken stop)
    {
        var page = new List<(string, string?)>();
        if (most <= 0) return page;

        await foreach (var listing in Listing.After(tables.Directory, after, most, Listed, stop))
        {
            page.Add((listing.Customer, listing.Zone));
            if (page.Count == most) break;
        }

        return page;
    }

    /// <summary>The marks of this kind that are true, lowest first.</summary>
    async Task<IReadOnlyList<Mark>> Look(MarkKind kind, long upTo, int most, CancellationToken stop)
    {
        IReadOnlyList<Mark> found = [];
        for (var look = 0; look < MostLooks; look++)
        {
            var seen = await Seen(kind, upTo, most, stop);
            (found, var swept) = await Believe(seen, stop);

            // Those that were swept away may have hidden others.
            if (!swept || found.Count >= most || seen.Count < most) break;
        }

        return found;
    }

    async Task<List<SeenMark>> Seen(MarkKind kind, long upTo, int most, CancellationToken stop)
    {
        var shards = await Task.WhenAll(Mark.Partitions(kind).Select(partition => Seen(kind, partition, upTo, most, stop)));
        return [.. shards.SelectMany(shard => shard).OrderBy(seen => seen.Mark.Key, StringComparer.Ordinal).Take(most)];
    }

    async Task<List<SeenMark>> Seen(MarkKind kind, string partition, long upTo, int most, CancellationToken stop)
    {
        var seen = new List<SeenMark>();
        if (most <= 0) return seen;

        var filter = $"PartitionKey eq '{partition}' and RowKey lt '{Mark.Above(upTo)}'";
        await foreach (var row in tables.Marks.QueryAsync<TableEntity>(filter, Math.Clamp(most, 1, 1_000), null, stop))
        {
            seen.Add(new(new(kind, row.GetString("customer"), row.RowKey), row.ETag, row.Timestamp ?? default));
            if (seen.Count == most) break;
        }

        return seen;
    }

    /// <summary>Those that the dossiers name; the others are swept away, or passed over where their transaction may be under way.</summary>
    async Task<(IReadOnlyList<Mark> True, bool Swept)> Believe(List<SeenMark> seen, CancellationToken stop)
    {
        var good = new ConcurrentBag<Mark>();
        var swept = 0;
        await Parallel.ForEachAsync(seen, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (each, inner) =>
        {
            var row = await Standing(each.Mark.Customer, inner);
            if (row?.Names(each.Mark) == true) good.Add(each.Mark);
            else if (row?.Revision >= each.Mark.Revision || DateTimeOffset.UtcNow - each.At > MarkLasts)
            {
                await each.Mark.Delete(tables.Marks, each.ETag, inner);
                Interlocked.Increment(ref swept);
            }
        });

        return ([.. good.OrderBy(mark => mark.Key, StringComparer.Ordinal)], swept > 0);
    }

    /// <summary>Writes again what a customer's row names and is missing: for a sweep over everybody. How many rows it mended.</summary>
    public async Task<int> Mend(IReadOnlyCollection<string> customers, CancellationToken stop)
    {
        var mended = 0;
        var truths = new ConcurrentBag<Truth>();
        await Parallel.ForEachAsync(customers, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (customer, inner) =>
        {
            if (await Row(customer, null, inner) is not { } row) return;

            foreach (var mark in DossierRow.Read(row).Marks.Values)
            {
                if ((await tables.Marks.GetEntityIfExistsAsync<TableEntity>(mark.Partition, mark.Key, ["RowKey"], inner)).HasValue) continue;
                await mark.Write(tables.Marks, inner);
                Interlocked.Increment(ref mended);
            }

            var dossier = DossierText.Read<Dossier>(Chunks.Get(row));
            if (Portrait.Of(dossier) is { } portrait) truths.Add(new(portrait, DossierRow.Read(row).Revision, ScoreRow.Of(dossier)));

            // The directory was told before the transaction, which may never have come.
            var listing = Listing.Of(dossier);
            if (await Listing.Find(customer, tables.Directory, inner) == listing) return;
            await listing.Write(tables.Directory, inner);
            Interlocked.Increment(ref mended);
        });

        return mended + await MendStandings(truths, stop);
    }
}
