using Azure;
using Azure.Data.Tables;

namespace Cvm.Functions;

/// <summary>Says that a customer may be behind an address. It is written before the transaction that makes it true, and believed only where the
/// dossier agrees. Addresses lie in partitions by their hash, so that the table by itself tells nobody's.</summary>
static class AddressRow
{
    /// <summary>The same for every spelling of an e-mail address; no phone number is one.</summary>
    public static string PartitionOf(string address) => TableKey.Short(address.ToLowerInvariant());

    /// <summary>The partitions of a customer's addresses.</summary>
    public static IEnumerable<string> Of(Profile profile) => new[] { profile.Email, profile.Phone }.OfType<string>().Select(PartitionOf).Distinct(StringComparer.Ordinal);

    public static IEnumerable<string> New(Profile before, Profile after) =>
        before.Email == after.Email && before.Phone == after.Phone ? [] : Of(after).Except(Of(before), StringComparer.Ordinal);

    public static bool Reaches(Profile profile, Channel channel, string address) =>
        string.Equals(channel == Channel.Email ? profile.Email : profile.Phone, address, StringComparison.OrdinalIgnoreCase);

    public static Task Write(TableClient table, string partition, string customer, CancellationToken stop) =>
        table.UpsertEntityAsync(new TableEntity(partition, TableKey.Of(customer)) { ["customer"] = customer }, TableUpdateMode.Replace, stop);

    /// <param name="seen">Only where it has not been written again since.</param>
    public static Task Delete(TableClient table, string partition, string customer, ETag seen, CancellationToken stop) =>
        table.Drop(partition, TableKey.Of(customer), seen, stop);
}
