using Azure;
using Azure.Data.Tables;

namespace Cvm.Functions;

/// <summary>Deletes rows that somebody else may have deleted already.</summary>
static class Dropping
{
    const int MostRows = 100;

    /// <summary>Deletes a row, but not one that has been written again.</summary>
    public static async Task Drop(this TableClient table, string partition, string key, ETag seen, CancellationToken stop)
    {
        try
        {
            await table.DeleteEntityAsync(partition, key, seen, stop);
        }
        catch (RequestFailedException gone) when (gone.Status is 404 or 412)
        {
            // Somebody else has, or has use for it.
        }
    }

    /// <summary>Deletes rows of one partition, a hundred to a transaction.</summary>
    public static async Task Drop(this TableClient table, string partition, IEnumerable<string> keys, CancellationToken stop)
    {
        foreach (var some in keys.Chunk(MostRows))
        {
            try
            {
                await table.SubmitTransactionAsync(some.Select(key => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, key), ETag.All)), stop);
            }
            catch (RequestFailedException gone) when (gone.Status == 404)
            {
                await Task.WhenAll(some.Select(key => table.Drop(partition, key, ETag.All, stop)));
            }
        }
    }
}
