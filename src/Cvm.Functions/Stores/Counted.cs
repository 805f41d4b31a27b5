using System.Globalization;
using Azure.Data.Tables;

namespace Cvm.Functions;

/// <summary>What a transaction counts, as a row of it. Folded into the totals later, once.</summary>
static class Counted
{
    sealed record Entry(string Kind, string Journey, string Detail, DateOnly? Day, long Count);

    public static string Key(long revision) => string.Create(CultureInfo.InvariantCulture, $"t|{revision:D10}");

    public static TableEntity Row(string customer, long revision, Dictionary<Tally, long> tallies) =>
        Chunks.Put(new TableEntity(TableKey.Of(customer), Key(revision)), Write(tallies), $"What one turn of '{customer}' counts");

    public static byte[] Write(Dictionary<Tally, long> tallies) =>
        DossierText.Write(tallies.Select(pair => new Entry(pair.Key.Kind, pair.Key.Journey, pair.Key.Detail, pair.Key.Day, pair.Value)).ToArray());

    public static void Add(TableEntity row, Dictionary<Tally, long> into)
    {
        foreach (var entry in DossierText.Read<Entry[]>(Chunks.Get(row)))
        {
            var tally = new Tally(entry.Kind, entry.Journey ?? "", entry.Detail ?? "", entry.Day);
            into[tally] = into.GetValueOrDefault(tally) + entry.Count;
        }
    }
}
