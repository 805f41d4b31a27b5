using System.Globalization;
using Azure.Data.Tables;

namespace Cvm.Functions;

/// <summary>A customer's timeline: the lines of each transaction share a row, and newer rows come first.</summary>
static class Timeline
{
    public static TableEntity Row(string customer, long first, Line[] lines) =>
        Chunks.Put(new TableEntity(TableKey.Of(customer), Key(first)) { ["first"] = first }, DossierText.Write(lines), $"What is written in one turn about '{customer}'");

    /// <summary>Lines newest first, below a number.</summary>
    public static async Task<IReadOnlyList<(long Number, Line Line)>> Read(TableClient dossiers, string customer, long before, int most, CancellationToken stop)
    {
        var found = new List<(long, Line)>();
        if (most <= 0) return found;

        var filter = $"PartitionKey eq '{TableKey.Of(customer)}' and RowKey gt '{Key(before)}' and RowKey lt 'm'";
        await foreach (var row in dossiers.QueryAsync<TableEntity>(filter, Math.Clamp(most, 1, 1_000), null, stop))
        {
            var first = row.GetInt64("first") ?? 0;
            var lines = DossierText.Read<Line[]>(Chunks.Get(row));
            for (var i = lines.Length - 1; i >= 0; i--)
            {
                if (first + i < before) found.Add((first + i, lines[i]));
                if (found.Count == most) return found;
            }
        }

        return found;
    }

    // Downwards, because rows come in rising order of key.
    static string Key(long first) => string.Create(CultureInfo.InvariantCulture, $"l|{long.MaxValue - first:D19}");
}
