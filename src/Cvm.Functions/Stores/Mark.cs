using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace Cvm.Functions;

/// <summary>Why a customer is to be looked at.</summary>
enum MarkKind { Due, Outbox, Doubt, Case, Tally, Standing, Task }

/// <summary>A row that says: this customer may be worth a look. It lies outside of the customer's partition, so it is written before the
/// transaction that makes it true, and believed only where the dossier names it. The revision in its key makes it one of a kind: a mark that the
/// dossier has passed can never come true again and may be deleted by whoever meets it.</summary>
/// <param name="Key"><c>sort|revision|customer</c>; sort is unix milliseconds.</param>
sealed record Mark(MarkKind Kind, string Customer, string Key)
{
    // Customers due at the same hour lie in different partitions, each good for 2,000 operations a second, and each in order of time.
    public const int Shards = 16;

    /// <summary>Sorts what has no time of its own behind everything else.</summary>
    public const long NoTime = 900_000_000_000_000;

    public static Mark Make(MarkKind kind, string customer, long sort, long revision) =>
        new(kind, customer, string.Create(CultureInfo.InvariantCulture, $"{sort:D15}|{revision:D10}|{TableKey.Of(customer)}"));

    public string Partition => PartitionOf(Kind, Spread(Kind) == 1 ? 0 : TableKey.Shard(Customer, Shards));

    public long Sort => long.Parse(Key.AsSpan(0, 15), CultureInfo.InvariantCulture);

    public long Revision => long.Parse(Key.AsSpan(16, 10), CultureInfo.InvariantCulture);

    public static IEnumerable<string> Partitions(MarkKind kind) => Enumerable.Range(0, Spread(kind)).Select(shard => PartitionOf(kind, shard));

    /// <summary>Every row key of a mark that sorts up to and with this moment is below it.</summary>
    public static string Above(long sort) => string.Create(CultureInfo.InvariantCulture, $"{sort + 1:D15}");

    public Task Write(TableClient marks, CancellationToken stop) =>
        marks.UpsertEntityAsync(new TableEntity(Partition, Key) { ["customer"] = Customer }, TableUpdateMode.Replace, stop);

    /// <summary>Deletes it, wherever it has not been deleted already.</summary>
    /// <param name="seen">Only where it has not been written again since.</param>
    public async Task Delete(TableClient marks, ETag seen, CancellationToken stop)
    {
        try
        {
            await marks.DeleteEntityAsync(Partition, Key, seen, stop);
        }
        catch (RequestFailedException gone) when (gone.Status is 404 or 412)
        {
            // Somebody else has, or has use for it.
        }
    }

    // What is rare need not be spread; every partition is one more to ask.
    static int Spread(MarkKind kind) => kind is MarkKind.Doubt or MarkKind.Case or MarkKind.Task ? 1 : Shards;

    public static string PartitionOf(MarkKind kind, int shard) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{shard:D2}");
}

/// <summary>A mark as it was read.</summary>
/// <param name="At">When it was written.</param>
readonly record struct SeenMark(Mark Mark, ETag ETag, DateTimeOffset At);
