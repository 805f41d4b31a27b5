using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace Cvm.Functions;

/// <summary>What has been counted, in one partition: a row for what stands now, and one for each day. A fold adds what transactions have counted
/// and notes which those were, in one transaction guarded by a row that every fold writes. So each is added once, whoever folds and wherever it stops.</summary>
sealed class Totals(TableSet tables)
{
    const string Partition = "totals", State = "state", Standing = "standing";

    /// <summary>What a fold builds on. Read before anything that it folds.</summary>
    public sealed record Base(ETag? ETag, long Folds, IReadOnlyCollection<string> Noted);

    public async Task<Base> Begin(CancellationToken stop)
    {
        var state = await Row(State, stop);
        var noted = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var note in tables.Totals.QueryAsync<TableEntity>($"PartitionKey eq '{Partition}' and RowKey ge 'n|' and RowKey lt 'o'", null, ["RowKey"], stop))
            noted.Add(note.RowKey);

        return new(state?.ETag, state?.GetInt64("folds") ?? 0, noted);
    }

    public static string NoteOf(Mark mark) => "n|" + mark.Key;

    /// <summary>Adds these counts and notes their marks; false where another fold was first.</summary>
    public async Task<bool> Add(Base begun, Dictionary<Tally, long> counts, IEnumerable<Mark> marks, CancellationToken stop)
    {
        var state = new TableEntity(Partition, State) { ["folds"] = begun.Folds + 1 };
        var actions = new List<TableTransactionAction>
        {
            begun.ETag is { } etag ? new(TableTransactionActionType.UpdateReplace, state, etag) : new(TableTransactionActionType.Add, state),
        };
        actions.AddRange(marks.Select(mark => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(Partition, NoteOf(mark)))));
        foreach (var row in counts.GroupBy(pair => KeyOf(pair.Key.Day))) actions.Add(new(TableTransactionActionType.UpsertReplace, await Sum(row.Key, row, stop)));

        try
        {
            await tables.Totals.SubmitTransactionAsync(actions, stop);
            return true;
        }
        catch (RequestFailedException missed) when (missed.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    /// <summary>Takes notes back, once nothing is left that could be folded again.</summary>
    public async Task Forget(IEnumerable<string> notes, CancellationToken stop)
    {
        foreach (var note in notes)
        {
            try
            {
                await tables.Totals.DeleteEntityAsync(Partition, note, ETag.All, stop);
            }
            catch (RequestFailedException gone) when (gone.Status == 404)
            {
                // Another fold has.
            }
        }
    }

    /// <summary>What has been counted on these days, both of them counted; all days, and what stands, where <paramref name="from"/> is null.</summary>
    public async Task<Dictionary<Tally, long>> Read(DateOnly? from, DateOnly? until, CancellationToken stop)
    {
        var counts = new Dictionary<Tally, long>();
        var (first, last) = (from is { } begin ? KeyOf(begin) : "d|", until is { } end ? KeyOf(end) + "~" : "e");
        await foreach (var row in tables.Totals.QueryAsync<TableEntity>($"PartitionKey eq '{Partition}' and RowKey ge '{first}' and RowKey lt '{last}'", null, null, stop)) Counted.Add(row, counts);
        if (from is null && await Row(Standing, stop) is { } standing) Counted.Add(standing, counts);
        return counts;
    }

    async Task<TableEntity> Sum(string key, IEnumerable<KeyValuePair<Tally, long>> added, CancellationToken stop)
    {
        var counts = new Dictionary<Tally, long>();
        if (await Row(key, stop) is { } row) Counted.Add(row, counts);
        foreach (var (tally, count) in added)
        {
            counts[tally] = counts.GetValueOrDefault(tally) + count;
            if (counts[tally] == 0) counts.Remove(tally);
        }

        return Chunks.Put(new TableEntity(Partition, key), Counted.Write(counts), $"What is counted for '{key}'");
    }

    async Task<TableEntity?> Row(string key, CancellationToken stop)
    {
        var found = await tables.Totals.GetEntityIfExistsAsync<TableEntity>(Partition, key, null, stop);
        return found.HasValue ? found.Value : null;
    }

    static string KeyOf(DateOnly? day) => day is { } known ? "d|" + known.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : Standing;
}
