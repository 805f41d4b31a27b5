using System.Text;
using Azure;
using Azure.Data.Tables;

namespace Cvm.Functions;

// What the host keeps for itself.
public sealed partial class TableStore
{
    const string MemoPartition = "memo", Writing = "writing";

    public async ValueTask<string?> Kept(string name, CancellationToken stop) => await Memo(name, stop) is { } row ? Encoding.UTF8.GetString(Chunks.Get(row)) : null;

    public async ValueTask Keep(string name, string value, CancellationToken stop) => await tables.Memos.UpsertEntityAsync(MemoOf(name, value), TableUpdateMode.Replace, stop);

    /// <inheritdoc/>
    public async ValueTask<bool> Keep(string name, string value, string? expected, CancellationToken stop)
    {
        var mine = MemoOf(name, value);
        mine[Writing] = Guid.NewGuid().ToString("N");
        while (true)
        {
            var row = await Memo(name, stop);
            if (row?.GetString(Writing) == mine.GetString(Writing)) return true;
            if ((row is null ? null : Encoding.UTF8.GetString(Chunks.Get(row))) != expected) return false;

            try
            {
                if (row is null) await tables.Memos.AddEntityAsync(mine, stop);
                else await tables.Memos.UpdateEntityAsync(mine, row.ETag, TableUpdateMode.Replace, stop);
                return true;
            }
            catch (RequestFailedException missed) when (missed.Status is 404 or 409 or 412)
            {
                // Somebody was here in between. What they kept may be what was expected, so look again; or it was us, the answer lost, and sent again by the client.
            }
        }
    }

    public async ValueTask Drop(string name, CancellationToken stop) => await tables.Memos.DeleteEntityAsync(MemoPartition, TableKey.Of(name), ETag.All, stop);

    public async ValueTask<IReadOnlyList<(string Name, string Value)>> KeptUnder(string beginning, CancellationToken stop)
    {
        var kept = new List<(string Name, string Value)>();
        await foreach (var row in tables.Memos.QueryAsync<TableEntity>($"PartitionKey eq '{MemoPartition}' and RowKey ge '{TableKey.Of(beginning)}'", null, null, stop))
            if (row.GetString("name") is { } name && name.StartsWith(beginning, StringComparison.Ordinal)) kept.Add((name, Encoding.UTF8.GetString(Chunks.Get(row))));

        return [.. kept.OrderBy(each => each.Name, StringComparer.Ordinal)];
    }

    async Task<TableEntity?> Memo(string name, CancellationToken stop)
    {
        var found = await tables.Memos.GetEntityIfExistsAsync<TableEntity>(MemoPartition, TableKey.Of(name), null, stop);
        return found.HasValue ? found.Value! : null;
    }

    static TableEntity MemoOf(string name, string value) =>
        Chunks.Put(new TableEntity(MemoPartition, TableKey.Of(name)) { ["name"] = name }, Encoding.UTF8.GetBytes(value), $"What is kept as '{name}'");
}
