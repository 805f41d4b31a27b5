using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace Cvm.Functions;

/// <summary>A customer's scores and what they were made of, one typed column each, for programs that draw and add up. Written again is as written once.</summary>
static class ScoreRow
{
    const int MostRows = 100;

    /// <summary>The row of a dossier; null before the first scores.</summary>
    public static TableEntity? Of(Dossier dossier)
    {
        var (scores, purchases) = (dossier.Scores, dossier.Purchases);
        if (scores.AsOf is not { } asOf) return null;

        return new(PartitionOf(dossier.Customer), TableKey.Of(dossier.Customer))
        {
            ["Customer"] = dossier.Customer,
            ["AsOf"] = new DateTimeOffset(asOf, TimeOnly.MinValue, TimeSpan.Zero),
            ["Model"] = scores.Model,
            ["Rfm"] = scores.Rfm,
            ["Recency"] = Quintile(scores, 0),
            ["Frequency"] = Quintile(scores, 1),
            ["Money"] = Quintile(scores, 2),
            ["Segment"] = scores.Segment,
            ["Stage"] = ScoreWords.Of(scores.Stage),
            ["Alive"] = scores.Alive,
            ["Orders90"] = scores.Orders90,
            ["Orders365"] = scores.Orders365,
            ["Value90"] = scores.Value90,
            ["Value365"] = scores.Value365,
            ["Low365"] = scores.Low365,
            ["High365"] = scores.High365,
            ["Grade"] = scores.Grade,
            ["Value"] = ScoreWords.Of(scores.Value),
            ["Potential"] = ScoreWords.Of(scores.Potential),
            ["Relationship"] = ScoreWords.Of(scores.Relationship),
            ["Need"] = ScoreWords.Of(scores.Need),
            ["Contribution"] = (double)scores.Contribution,
            ["FirstOrder"] = purchases.First,
            ["LastOrder"] = purchases.Last,
            ["Orders"] = purchases.Orders,
            ["OrderDays"] = purchases.Days,
            ["Spent"] = (double)purchases.Spent,
            ["Refunded"] = (double)purchases.Refunded,
        };
    }

    /// <summary>Writes rows of one shard, a hundred to a transaction.</summary>
    public static async Task Write(TableClient table, IEnumerable<TableEntity> rows, CancellationToken stop)
    {
        foreach (var some in rows.Chunk(MostRows))
            await table.SubmitTransactionAsync(some.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)), stop);
    }

    public static Task Delete(TableClient table, string customer, CancellationToken stop) => table.Drop(PartitionOf(customer), TableKey.Of(customer), ETag.All, stop);

    static string PartitionOf(string customer) => Pack.ShardOf(customer).ToString("D2", CultureInfo.InvariantCulture);

    static int? Quintile(Scores scores, int place) => scores.Rfm is { Length: 3 } rfm ? rfm[place] - '0' : null;
}
