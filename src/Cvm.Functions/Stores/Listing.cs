using Azure.Data.Tables;

namespace Cvm.Functions;

/// <summary>A customer's row in the directory: enough to page through everybody and to find somebody by name.</summary>
sealed record Listing(string Customer, string? Zone, string FoundBy)
{
    public static Listing Of(Dossier dossier) =>
        new(dossier.Customer, dossier.Profile.Zone, Fold(CustomerRow.FoundBy(dossier)));

    public static string Fold(string text) => text.ToUpperInvariant();

    public static Listing Read(TableEntity row) => new(row.GetString("customer"), row.GetString("zone"), row.GetString("foundBy") ?? "");

    public Task Write(TableClient directory, CancellationToken stop) => directory.UpsertEntityAsync(
        new TableEntity(TableKey.Of(Customer), "-") { ["customer"] = Customer, ["zone"] = Zone, ["foundBy"] = FoundBy }, TableUpdateMode.Replace, stop);

    public static async Task<Listing?> Find(string customer, TableClient directory, CancellationToken stop) =>
        await directory.GetEntityIfExistsAsync<TableEntity>(TableKey.Of(customer), "-", null, stop) is { HasValue: true, Value: { } row } ? Read(row) : null;

    /// <summary>Everybody after a customer, in order of key.</summary>
    public static async IAsyncEnumerable<Listing> After(
        TableClient directory, string after, int page, string[] only, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        var filter = after == "" ? null : $"PartitionKey gt '{TableKey.Of(after)}'";
        await foreach (var row in directory.QueryAsync<TableEntity>(filter, Math.Clamp(page, 1, 1_000), only, stop)) yield return Read(row);
    }
}
