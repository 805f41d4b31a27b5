using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Cvm.Engine;

namespace Cvm.Local.Tests;

/// <summary>All that a data folder holds, as text: two shops that were treated alike read alike.</summary>
/// <param name="since">When the test began. Moments and days after it depend on how fast the machine was, and read as "later".</param>
sealed partial class ShopText(DateTimeOffset since)
{
    readonly List<string> text = [];

    /// <summary>Every dossier, timeline line, tally, outbox entry and message of a folder that no process has open.</summary>
    public async Task<IReadOnlyList<string>> Of(string data)
    {
        await using var store = SqliteStore.Open(Path.Combine(data, "cvm.db"));
        text.Clear();

        foreach (var customer in await Customers(store))
        {
            Add("dossier", (await store.Load(customer, "", default)).Dossier);
            foreach (var (number, line) in await store.Timeline(customer, long.MaxValue, int.MaxValue, default)) Add($"line {customer} {number}", line);
        }

        foreach (var (customer, entry) in (await store.Outbox(null, int.MaxValue, default)).OrderBy(one => one.Entry.Key, StringComparer.Ordinal)) Add($"outbox {customer}", entry);
        foreach (var mail in (await store.Mails(null, long.MaxValue, int.MaxValue, default)).OrderBy(mail => mail.Message.Key, StringComparer.Ordinal)) Add("mail", mail.Message);
        text.AddRange((await store.Tallies(Tallies.Kinds, default)).Select(Tally).Order(StringComparer.Ordinal));
        return [.. text];
    }

    static async Task<List<string>> Customers(SqliteStore store)
    {
        var customers = new List<string>();
        while (await store.Page(customers.LastOrDefault() ?? "", 1_000, default) is { Count: > 0 } page) customers.AddRange(page.Select(one => one.Customer));
        return customers;
    }

    void Add<T>(string what, T value) => text.Add($"{what} {Moment().Replace(Encoding.UTF8.GetString(DossierText.Write(value)), Settled)}");

    string Settled(Match moment) => DateTimeOffset.Parse(moment.Value, CultureInfo.InvariantCulture) >= since ? "later" : moment.Value;

    string Tally((Tally Tally, long Count) one)
    {
        var (tally, count) = one;
        var day = tally.Day is { } known && known >= DateOnly.FromDateTime(since.UtcDateTime) ? "later" : tally.Day?.ToString("O", CultureInfo.InvariantCulture);
        return $"tally {tally.Kind} {tally.Journey} {tally.Detail} {day} {count}";
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")]
    private static partial Regex Moment();
}
