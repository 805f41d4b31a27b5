using System.Text;
using Azure.Data.Tables;

namespace Cvm.Functions;

// What the host keeps for itself.
public sealed partial class TableStore
{
    const string MemoPartition = "memo";

    public async ValueTask<string?> Kept(string name, CancellationToken stop)
    {
        var found = await tables.Memos.GetEntityIfExistsAsync<TableEntity>(MemoPartition, TableKey.Of(name), null, stop);
        return found.HasValue ? Encoding.UTF8.GetString(Chunks.Get(found.Value!)) : null;
    }

    public async ValueTask Keep(string name, string value, CancellationToken stop) => await tables.Memos.UpsertEntityAsync(
        Chunks.Put(new TableEntity(MemoPartition, TableKey.Of(name)) { ["name"] = name }, Encoding.UTF8.GetBytes(value), $"What is kept as '{name}'"), TableUpdateMode.Replace, stop);

    public async ValueTask Drop(string name, CancellationToken stop) => await tables.Memos.DeleteEntityAsync(MemoPartition, TableKey.Of(name), Azure.ETag.All, stop);

    public async ValueTask<IReadOnlyList<(string Name, string Value)>> KeptUnder(string beginning, CancellationToken stop)
    {
        var kept = new List<(string Name, string Value)>();
        await foreach (var row in tables.Memos.QueryAsync<TableEntity>($"PartitionKey eq '{MemoPartition}' and RowKey ge '{TableKey.Of(beginning)}'", null, null, stop))
            if (row.GetString("name") is { } name && name.StartsWith(beginning, StringComparison.Ordinal)) kept.Add((name, Encoding.UTF8.GetString(Chunks.Get(row))));

        return [.. kept.OrderBy(each => each.Name, StringComparer.Ordinal)];
    }
}
