using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace Cvm.Functions;

/// <summary>The packs as they lie in their table: found by one read, rewritten and split in one transaction guarded by the ETag.</summary>
sealed class Packs(TableClient table)
{
    // Of the service's 4 MiB for a transaction: bytes grow by a third on their way.
    const int MostBytes = 2_900_000;

    const string Gone = "gone";

    /// <summary>The pack that a customer with this key is in, or would be.</summary>
    public async Task<Pack> Find(int shard, string key, CancellationToken stop)
    {
        await foreach (var pack in Read(shard, $" and RowKey ge '{key}'", stop)) return pack;
        return new(shard, Pack.Last, null, []);
    }

    /// <summary>The packs of a shard that may hold a key after this one, in order; all where it is empty.</summary>
    public IAsyncEnumerable<Pack> After(int shard, string key, CancellationToken stop) => Read(shard, key == "" ? "" : $" and RowKey gt '{key}'", stop);

    /// <summary>What all packs are called, and which writing of each is there, without what is in them.</summary>
    public async Task<Dictionary<PackName, (string ETag, int Gone)>> Names(CancellationToken stop)
    {
        var names = new Dictionary<PackName, (string, int)>();
        await foreach (var row in table.QueryAsync<TableEntity>("", 1_000, ["PartitionKey", "RowKey", Gone], stop))
            names[new(int.Parse(row.PartitionKey, CultureInfo.InvariantCulture), row.RowKey)] = (row.ETag.ToString(), row.GetInt32(Gone) ?? 0);
        return names;
    }

    /// <summary>Writes a pack in place of the one it was made of; false where somebody else has done so since.</summary>
    public async Task<bool> Write(Pack pack, CancellationToken stop)
    {
        var pieces = pack.Split().ToList();
        if (pieces.Sum(piece => piece.Text.Length) > MostBytes)
            throw new RowTooLarge($"What changes at once among the portraits of shard {pack.Shard}", pieces.Sum(piece => piece.Text.Length));

        try
        {
            await table.SubmitTransactionAsync(pieces.Select(piece => Action(piece.Pack, piece.Text)), stop);
            return true;
        }
        catch (RequestFailedException missed) when (missed.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    static TableTransactionAction Action(Pack pack, byte[] text)
    {
        var row = Chunks.Put(new TableEntity(PartitionOf(pack.Shard), pack.UpTo) { [Gone] = pack.Gone }, text, $"A pack of {pack.Portraits.Count} portraits");
        return pack.ETag is { } etag ? new(TableTransactionActionType.UpdateReplace, row, etag) : new(TableTransactionActionType.Add, row);
    }

    // One row an answer: a pack may be as large as an answer gets.
    async IAsyncEnumerable<Pack> Read(int shard, string condition, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var row in table.QueryAsync<TableEntity>($"PartitionKey eq '{PartitionOf(shard)}'{condition}", 1, null, stop))
            yield return new(shard, row.RowKey, row.ETag, PackText.Read(Chunks.Get(row)), row.GetInt32(Gone) ?? 0);
    }

    static string PartitionOf(int shard) => shard.ToString("D2", CultureInfo.InvariantCulture);
}

/// <summary>Which pack: its shard, and the highest key that may be in it.</summary>
readonly record struct PackName(int Shard, string UpTo);
