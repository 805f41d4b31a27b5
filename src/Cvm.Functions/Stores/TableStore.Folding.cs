using Azure;
using Azure.Data.Tables;

namespace Cvm.Functions;

// What transactions have counted, on its way into the totals.
public sealed partial class TableStore
{
    // Together with the days they count in, within the 100 rows of a transaction.
    const int MostFolded = 40;
    const int MostDays = 50;
    const int MostFolds = 100;

    /// <summary>Folds what has been counted and not folded yet, up to some thousand turns. How many turns it folded.</summary>
    public Task<int> Fold(CancellationToken stop) => Fold(MostFolds, stop);

    async Task<int> Fold(int most, CancellationToken stop)
    {
        var folded = 0;
        for (var i = 0; i < most; i++)
        {
            if (await FoldSome(stop) is not { } some) break;
            folded += some;
        }

        return folded;
    }

    /// <summary>Null where nothing is left to fold.</summary>
    async Task<int?> FoldSome(CancellationToken stop)
    {
        // In this order: a fold that has finished since would have changed the base; one that finished before has left nothing to read.
        var begun = await totals.Begin(stop);
        var seen = await Seen(MarkKind.Tally, 0, MostFolded, stop);
        if (seen.Count == 0 && begun.Noted.Count == 0) return null;

        var fresh = seen.Where(each => !begun.Noted.Contains(Totals.NoteOf(each.Mark))).ToList();
        var rows = await Task.WhenAll(fresh.Select(each => CountedRow(each.Mark, stop)));
        var (counts, days) = (new Dictionary<Tally, long>(), new HashSet<DateOnly?>());
        var folding = new List<Mark>();
        var unknown = new List<SeenMark>();

        for (var i = 0; i < fresh.Count; i++)
        {
            if (rows[i] is not { } row)
            {
                unknown.Add(fresh[i]);
                continue;
            }

            var its = new Dictionary<Tally, long>();
            Counted.Add(row, its);
            var together = days.Union(its.Keys.Select(tally => tally.Day)).ToHashSet();
            if (folding.Count > 0 && together.Count > MostDays) continue;

            foreach (var (tally, count) in its) counts[tally] = counts.GetValueOrDefault(tally) + count;
            days = together;
            folding.Add(fresh[i].Mark);
        }

        if (folding.Count > 0 && !await totals.Add(begun, counts, folding, stop)) return 0;

        await Clean([.. begun.Noted.Select(note => new Mark(MarkKind.Tally, TableKeyOfNote(note), note[2..])), .. folding], stop);
        var swept = await Sweep(unknown, stop);
        return folding.Count > 0 || begun.Noted.Count > 0 || swept > 0 ? folding.Count : null;
    }

    /// <summary>First what could be folded again, then the mark that points at it, then the note that it has been.</summary>
    async Task Clean(IReadOnlyCollection<Mark> folded, CancellationToken stop)
    {
        await Parallel.ForEachAsync(folded, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (mark, inner) =>
        {
            try
            {
                await tables.Dossiers.DeleteEntityAsync(TableKey.Of(mark.Customer), Counted.Key(mark.Revision), ETag.All, inner);
            }
            catch (RequestFailedException gone) when (gone.Status == 404)
            {
                // Another fold has.
            }

            await mark.Delete(tables.Marks, ETag.All, inner);
        });
        await totals.Forget(folded.Select(Totals.NoteOf), stop);
    }

    /// <summary>Marks of transactions that missed, or whose counts have been folded.</summary>
    async Task<int> Sweep(List<SeenMark> unknown, CancellationToken stop)
    {
        var swept = 0;
        foreach (var each in unknown)
        {
            var row = await Standing(each.Mark.Customer, stop);
            if (row is null || row.Revision < each.Mark.Revision)
            {
                if (DateTimeOffset.UtcNow - each.At <= MarkLasts) continue;
            }
            else if (await CountedRow(each.Mark, stop) is not null)
            {
                continue; // it landed just now
            }

            await each.Mark.Delete(tables.Marks, each.ETag, stop);
            swept++;
        }

        return swept;
    }

    async Task<TableEntity?> CountedRow(Mark mark, CancellationToken stop)
    {
        var found = await tables.Dossiers.GetEntityIfExistsAsync<TableEntity>(TableKey.Of(mark.Customer), Counted.Key(mark.Revision), null, stop);
        return found.HasValue ? found.Value : null;
    }

    static string TableKeyOfNote(string note) => TableKey.NameOf(note.Split('|', 4)[3]);
}
