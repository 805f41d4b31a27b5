using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace Cvm.Functions;

// The mailbox, where no real sender is set: for trying things out, so one partition is enough.
public sealed partial class TableStore
{
    const string MailPartition = "mail";

    public async ValueTask<IReadOnlyList<Mail>> Mails(string? customer, long before, int most, CancellationToken stop)
    {
        var mails = new List<Mail>();
        var beginning = customer is null ? "n|" : $"c|{TableKey.Of(customer)}|";
        var filter = $"PartitionKey eq '{MailPartition}' and RowKey gt '{beginning}{Down(before)}' and RowKey lt '{beginning}~'";
        await foreach (var row in tables.Mails.QueryAsync<TableEntity>(filter, Math.Clamp(most, 1, 1_000), null, stop))
        {
            if (mails.Count == most) break;
            mails.Add(MailOf(row));
        }

        return mails;
    }

    public async ValueTask<Mail?> Mail(long number, CancellationToken stop)
    {
        var found = await tables.Mails.GetEntityIfExistsAsync<TableEntity>(MailPartition, "n|" + Down(number), null, stop);
        return found.HasValue ? MailOf(found.Value!) : null;
    }

    /// <summary>Puts a message into the mailbox, once per key.</summary>
    public async Task Post(Outgoing message, DateTimeOffset now, CancellationToken stop)
    {
        while (!await TryPost(message, now, stop))
        {
            // Somebody else took the number; the next is free.
        }
    }

    async Task<bool> TryPost(Outgoing message, DateTimeOffset now, CancellationToken stop)
    {
        var key = "k|" + TableKey.Of(message.Key);
        if ((await tables.Mails.GetEntityIfExistsAsync<TableEntity>(MailPartition, key, ["RowKey"], stop)).HasValue) return true;

        var number = (await Mails(null, long.MaxValue, 1, stop)) is [var newest] ? newest.Number + 1 : 1;
        TableEntity Row(string rowKey) => Chunks.Put(
            new TableEntity(MailPartition, rowKey) { ["number"] = number, ["customer"] = message.Customer, ["at"] = now }, DossierText.Write(message), $"The message '{message.Key}'");

        try
        {
            await tables.Mails.SubmitTransactionAsync(
                [
                    new(TableTransactionActionType.Add, new TableEntity(MailPartition, key) { ["number"] = number }),
                    new(TableTransactionActionType.Add, Row("n|" + Down(number))),
                    new(TableTransactionActionType.Add, Row($"c|{TableKey.Of(message.Customer)}|{Down(number)}")),
                ],
                stop);
            return true;
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            return false;
        }
    }

    static Mail MailOf(TableEntity row) =>
        new(row.GetInt64("number") ?? 0, row.GetString("customer"), row.GetDateTimeOffset("at") ?? default, DossierText.Read<Outgoing>(Chunks.Get(row)));

    static string Down(long number) => (long.MaxValue - number).ToString("D19", CultureInfo.InvariantCulture);
}

/// <summary>Delivers into the store's own mailbox, where pages show it. The same key twice arrives once.</summary>
public sealed class MailboxSender(TableStore store, TimeProvider clock) : ISender
{
    public bool RefusesDoubles => true;

    public async Task<Delivery> Send(Outgoing message, CancellationToken stop)
    {
        await store.Post(message, clock.GetUtcNow(), stop);
        return new Delivery.Accepted($"mailbox:{message.Key}");
    }
}
