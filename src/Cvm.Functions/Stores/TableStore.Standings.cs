using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;

namespace Cvm.Functions;

// What scoring reads, on its way from the dossiers into packs, and from there into scores.
public sealed partial class TableStore
{
    const int MostMarks = 4_000;

    // So many take a pack from full to split in two, and no further.
    const int MostPacked = 1_000;
    const int MostTries = 8;
    const int MostDeleted = 100;

    /// <summary>A customer whose standing has been marked as changed.</summary>
    readonly record struct Moved(string Key, string Customer, IReadOnlyList<SeenMark> Marks);

    /// <summary>What a dossier of this revision says.</summary>
    readonly record struct Truth(Portrait Portrait, long Revision, TableEntity? Row);

    public async ValueTask<IReadOnlyList<Standing>> Standings(string after, int most, CancellationToken stop)
    {
        var page = new List<Standing>();
        if (most <= 0) return page;
        if (after == "") await FoldStandings(stop);

        var key = after == "" ? "" : Pack.KeyOf(after);
        for (var shard = after == "" ? 0 : Pack.ShardOf(after); shard < Mark.Shards; shard++, key = "")
        {
            await foreach (var pack in packs.After(shard, key, stop))
            {
                foreach (var standing in pack.Portraits.Select(portrait => portrait.Standing).OfType<Standing>())
                {
                    if (page.Count == most) return page;
                    if (key == "" || string.CompareOrdinal(Pack.KeyOf(standing.Customer), key) > 0) page.Add(standing);
                }

                // The next would be read only to be cut, and so read again.
                if (page.Count > most / 2) return page;
            }
        }

        return page;
    }

    /// <summary>Brings every standing that is marked as changed into its pack, and scores into their flat table. Safe to repeat, to cut off, and to do
    /// twice at once. How many customers it dealt with.</summary>
    public Task<int> FoldStandings(CancellationToken stop) => FoldStandings(Enumerable.Range(0, Mark.Shards), stop);

    /// <inheritdoc cref="FoldStandings(CancellationToken)"/>
    public async Task<int> FoldStandings(IEnumerable<int> shards, CancellationToken stop)
    {
        var folded = 0;
        await Parallel.ForEachAsync(shards, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (shard, inner) =>
        {
            for (var after = ""; await MovedAfter(shard, after, inner) is [.., var last] seen; after = last.Mark.Key)
                Interlocked.Add(ref folded, await FoldStandings(shard, seen, inner));
        });
        return folded;
    }

    async Task<List<SeenMark>> MovedAfter(int shard, string after, CancellationToken stop)
    {
        var seen = new List<SeenMark>();
        var filter = $"PartitionKey eq '{Mark.PartitionOf(MarkKind.Standing, shard)}' and RowKey gt '{after}'";
        await foreach (var row in tables.Marks.QueryAsync<TableEntity>(filter, 1_000, null, stop))
        {
            seen.Add(new(new(MarkKind.Standing, row.GetString("customer"), row.RowKey), row.ETag, row.Timestamp ?? default));
            if (seen.Count == MostMarks) break;
        }

        return seen;
    }

    async Task<int> FoldStandings(int shard, List<SeenMark> seen, CancellationToken stop)
    {
        var moved = seen.GroupBy(each => each.Mark.Customer, StringComparer.Ordinal).Select(marks => new Moved(Pack.KeyOf(marks.Key), marks.Key, [.. marks]))
            .OrderBy(each => each.Key, StringComparer.Ordinal).ToList();

        var folded = 0;
        for (var tries = 0; moved.Count > 0;)
        {
            // In this order: what somebody else has put into the pack since makes our write miss, and what they put there before, the dossiers tell too.
            var pack = await packs.Find(shard, moved[0].Key, stop);
            var its = moved.TakeWhile(each => pack.Covers(each.Key)).Take(MostPacked).ToList();
            if (!await FoldInto(pack, its, stop) && ++tries < MostTries) continue;

            folded += tries < MostTries ? its.Count : 0;
            moved.RemoveRange(0, its.Count);
            tries = 0;
        }

        return folded;
    }

    /// <summary>Writes the flat rows, then the pack, then deletes the marks, so that whoever is cut off does it all again. False where somebody else
    /// has written the pack.</summary>
    async Task<bool> FoldInto(Pack pack, List<Moved> moved, CancellationToken stop)
    {
        var portraits = new Portrait?[moved.Count];
        var rows = new TableEntity?[moved.Count];
        var over = new IEnumerable<SeenMark>[moved.Count];
        var gone = new ConcurrentBag<Moved>();
        await Parallel.ForAsync(0, moved.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (i, inner) =>
        {
            var stored = await Load(moved[i].Customer, "", inner);

            // What the dossier has not come to yet is under way, unless it never came.
            over[i] = moved[i].Marks.Where(each => each.Mark.Revision <= stored.Revision || DateTimeOffset.UtcNow - each.At > MarkLasts);
            portraits[i] = stored.Revision == 0 ? null : Portrait.Of(stored.Dossier);
            rows[i] = portraits[i] is null ? null : ScoreRow.Of(stored.Dossier);
            if (portraits[i] is null && pack.Find(moved[i].Key) is not null) gone.Add(moved[i]);
        });

        await ScoreRow.Write(tables.Scores, rows.OfType<TableEntity>(), stop);
        await Task.WhenAll(gone.Select(each => ScoreRow.Delete(tables.Scores, each.Customer, stop)));
        var next = pack.With([.. portraits.OfType<Portrait>()]).Without([.. gone.Select(each => each.Key)]);
        if (!ReferenceEquals(next, pack) && !await packs.Write(next, stop)) return false;

        await Delete([.. over.SelectMany(marks => marks)], stop);
        return true;
    }

    /// <summary>Deletes marks of one shard, a hundred to a transaction, but none that has been written again.</summary>
    async Task Delete(List<SeenMark> marks, CancellationToken stop)
    {
        foreach (var some in marks.Chunk(MostDeleted))
        {
            try
            {
                await tables.Marks.SubmitTransactionAsync(some.Select(each => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(each.Mark.Partition, each.Mark.Key), each.ETag)), stop);
            }
            catch (RequestFailedException gone) when (gone.Status is 404 or 412)
            {
                // Another fold has deleted some of them.
                await Task.WhenAll(some.Select(each => each.Mark.Delete(tables.Marks, each.ETag, stop)));
            }
        }
    }

    /// <summary>Marks those of whom the packs say something else, and writes the flat rows of all. Cheap for customers who follow each other in the
    /// directory, because they share packs. How many it marked.</summary>
    async Task<int> MendStandings(IReadOnlyCollection<Truth> truths, CancellationToken stop)
    {
        var mended = 0;
        foreach (var shard in truths.GroupBy(each => Pack.ShardOf(each.Portrait.Customer)))
        {
            await ScoreRow.Write(tables.Scores, shard.Select(each => each.Row).OfType<TableEntity>(), stop);

            var pack = (Pack?)null;
            foreach (var (key, truth) in shard.Select(each => (Pack.KeyOf(each.Portrait.Customer), each)).OrderBy(pair => pair.Item1, StringComparer.Ordinal))
            {
                if (pack?.Covers(key) != true) pack = await packs.Find(shard.Key, key, stop);
                if (pack.Find(key) == truth.Portrait) continue;

                await Mark.Make(MarkKind.Standing, truth.Portrait.Customer, 0, truth.Revision).Write(tables.Marks, stop);
                mended++;
            }
        }

        return mended;
    }
}
