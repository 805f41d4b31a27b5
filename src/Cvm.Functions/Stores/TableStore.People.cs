using Azure;
using Azure.Data.Tables;

namespace Cvm.Functions;

// Who is behind an address, and who asked to be forgotten.
public sealed partial class TableStore
{
    public async ValueTask<IReadOnlyList<string>> ReachedAt(Channel channel, string address, int most, CancellationToken stop)
    {
        var (reached, partition) = (new List<string>(), AddressRow.PartitionOf(address));
        if (most <= 0) return reached;

        await foreach (var row in tables.Addresses.QueryAsync<TableEntity>($"PartitionKey eq '{partition}'", null, null, stop))
        {
            var customer = row.GetString("customer");
            var profile = (await Load(customer, "", stop)).Dossier.Profile;
            if (AddressRow.Reaches(profile, channel, address)) reached.Add(customer);
            else if (!AddressRow.Of(profile).Contains(partition) && DateTimeOffset.UtcNow - row.Timestamp > MarkLasts)
                await AddressRow.Delete(tables.Addresses, partition, customer, row.ETag, stop);

            if (reached.Count == most) break;
        }

        return reached;
    }

    /// <inheritdoc/>
    /// <remarks>What had been counted and not folded yet is folded first; where so much waits that the timer must see to it, its rows go then.</remarks>
    public async ValueTask Forget(string customer, IReadOnlyCollection<string> marks, CancellationToken stop)
    {
        Change.CheckName(customer);
        await Task.WhenAll(marks.Select(mark => tables.Forgotten.UpsertEntityAsync(new TableEntity(TableKey.Of(mark), "-"), TableUpdateMode.Replace, stop)));

        // A mark of a standing is over once the dossier has come to it, so it must go before the dossier does.
        var shard = Pack.ShardOf(customer);
        await FoldStandings([shard], stop);

        await SayFarewell(customer, stop);
        List<string>? rows;
        while ((rows = await TryLeave(customer, stop)) is null) await Fold(MostFoldsInPassing, stop);
        await SayFarewell(customer, stop);

        await Task.WhenAll(
            tables.Dossiers.Drop(TableKey.Of(customer), rows, stop), Unlist(customer, stop), DropMails(customer, stop), ScoreRow.Delete(tables.Scores, customer, stop),
            Mark.Make(MarkKind.Standing, customer, 0, 0).Write(tables.Marks, stop));
        await FoldStandings([shard], stop);
        await Fold(stop);
    }

    public async ValueTask<bool> Forgotten(IReadOnlyCollection<string> marks, CancellationToken stop) =>
        (await Task.WhenAll(marks.Select(mark => tables.Forgotten.GetEntityIfExistsAsync<TableEntity>(TableKey.Of(mark), "-", ["RowKey"], stop)))).Any(found => found.HasValue);

    public async ValueTask Remember(IReadOnlyCollection<string> marks, CancellationToken stop) =>
        await Task.WhenAll(marks.Select(mark => tables.Forgotten.Drop(TableKey.Of(mark), "-", ETag.All, stop)));

    /// <summary>Puts the farewell in place of the dossier and counts that there is one less, in one transaction that lands once. Tells the other rows
    /// of the customer, as they were before; null where a turn came in between.</summary>
    async Task<List<string>?> TryLeave(string customer, CancellationToken stop)
    {
        var row = await Row(customer, null, stop);
        var rows = await Leftover(customer, stop);
        if (row is null) return rows;

        var (standing, dossier, counts) = (DossierRow.Read(row), DossierText.Read<Dossier>(Chunks.Get(row)), new Dictionary<Tally, long>());
        Engine.Tallies.Remove(dossier, counts);
        await Mark.Make(MarkKind.Tally, customer, 0, standing.Revision + 1).Write(tables.Marks, stop);

        try
        {
            await tables.Dossiers.SubmitTransactionAsync(
                [
                    new(TableTransactionActionType.Delete, new TableEntity(row.PartitionKey, row.RowKey), standing.ETag),
                    new(TableTransactionActionType.UpsertReplace, standing.WriteFarewell(dossier)),
                    new(TableTransactionActionType.Add, Counted.Row(customer, standing.Revision + 1, counts)),
                ],
                stop);
            return rows;
        }
        catch (RequestFailedException missed) when (missed.Status is 404 or 409 or 412)
        {
            return null;
        }
    }

    /// <summary>What is in a customer's partition besides the dossier and what stays until it is folded.</summary>
    async Task<List<string>> Leftover(string customer, CancellationToken stop)
    {
        var rows = new List<string>();
        await foreach (var row in tables.Dossiers.QueryAsync<TableEntity>($"PartitionKey eq '{TableKey.Of(customer)}'", null, ["RowKey"], stop))
            if (row.RowKey is not (DossierRow.Key or DossierRow.FarewellKey) && !row.RowKey.StartsWith("t|", StringComparison.Ordinal)) rows.Add(row.RowKey);
        return rows;
    }

    /// <summary>Deletes what only the dossier named, also for somebody who died doing so; the farewell goes last.</summary>
    async Task SayFarewell(string customer, CancellationToken stop)
    {
        var found = await tables.Dossiers.GetEntityIfExistsAsync<TableEntity>(TableKey.Of(customer), DossierRow.FarewellKey, null, stop);
        if (!found.HasValue) return;

        var farewell = found.Value!;
        await Task.WhenAll(
        [
            .. DossierRow.Read(farewell).Marks.Values.Select(mark => mark.Delete(tables.Marks, ETag.All, stop)),
            .. DossierRow.AddressesOf(farewell).Select(address => AddressRow.Delete(tables.Addresses, address, customer, ETag.All, stop)),
        ]);
        await tables.Dossiers.Drop(farewell.PartitionKey, farewell.RowKey, farewell.ETag, stop);
    }

    /// <summary>Takes a customer out of the directory, and back in where they have come back meanwhile.</summary>
    async Task Unlist(string customer, CancellationToken stop)
    {
        await tables.Directory.Drop(TableKey.Of(customer), "-", ETag.All, stop);
        if (await Row(customer, null, stop) is { } row) await Listing.Of(DossierText.Read<Dossier>(Chunks.Get(row))).Write(tables.Directory, stop);
    }

    async Task DropMails(string customer, CancellationToken stop)
    {
        while (await Mails(customer, long.MaxValue, MostDeleted, stop) is { Count: > 0 } mails)
            foreach (var mail in mails)
                await tables.Mails.Drop(MailPartition, ["k|" + TableKey.Of(mail.Message.Key), "n|" + Down(mail.Number), $"c|{TableKey.Of(customer)}|{Down(mail.Number)}"], stop);
    }
}
