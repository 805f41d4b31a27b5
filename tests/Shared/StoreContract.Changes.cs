using System.Collections.Immutable;
using System.Text;
using Cvm.Engine;
using Xunit;

namespace Cvm.Tests;

// Changes to try a store with; small stand-ins for what the kernel decides.
public abstract partial class StoreContract
{
    protected async Task Land(string customer, string signal, Func<Dossier, Dossier> turn, params Line[] lines) =>
        Assert.Equal(Landing.Landed, await Commit(await Next(customer, signal, turn, lines)));

    protected async Task<Landing> Commit(Change change) => Assert.Single(await Store.Commit([change], Go));


    protected async Task<Change> Next(string customer, string signal, Func<Dossier, Dossier> turn, params Line[] lines) =>
        Change(await Store.Load(customer, signal, Go), signal, turn, lines);

    /// <summary>The change that follows on one not yet committed.</summary>
    protected static Change Then(Change before, string signal, Func<Dossier, Dossier> turn, params Line[] lines) =>
        Change(new(before.After, before.Revision + 1, Taken: false), signal, turn, lines);

    protected static Change Change(Stored stored, string signal, Func<Dossier, Dossier> turn, params Line[] lines)
    {
        var after = turn(stored.Dossier);
        return new(stored.Dossier, stored.Revision, after with { Lines = stored.Dossier.Lines + lines.Length }, signal, [.. lines]);
    }

    protected static Func<Dossier, Dossier> Named(string name) => before => before with { Profile = before.Profile with { Name = name } };

    protected static Dossier OneMoreOrder(Dossier before) => before with { Purchases = before.Purchases with { Orders = before.Purchases.Orders + 1 } };

    /// <summary>Wakes at this moment; null for never.</summary>
    protected static Func<Dossier, Dossier> Waking(DateTimeOffset? at, string step = "wait") => before => before with
    {
        Enrollments = [new() { Id = $"care:{before.Customer}:1", Journey = "care", Version = 1, Occurrence = "1", EnteredAt = Noon, EnteredOn = "order", Step = step, WakeAt = at }],
    };

    protected static Func<Dossier, Dossier> Queueing(string key, DateTimeOffset? at = null) => before => before with { Outbox = before.Outbox.Add(Entry(key, at ?? Noon)) };

    protected static Func<Dossier, Dossier> Complaining(string id, DateTimeOffset due) => before => before with
    {
        Cases = [new() { Id = id, Subject = "Late", Severity = "high", OpenedAt = Noon, Level = "agent", DueAt = due }],
    };

    protected static OutboxEntry Entry(string key, DateTimeOffset at) => new()
    {
        Key = key,
        Kind = OutboxKind.Email,
        Purpose = Purpose.Promotional,
        Subject = "hello",
        Journey = "care",
        Version = 1,
        Enrollment = "care:x:1",
        Step = "send-hello",
        QueuedAt = at,
        DueAt = at,
        Data = ImmutableSortedDictionary<string, string>.Empty.Add("coupon", "BACK10"),
    };

    protected static Line Ordered(decimal amount) => new(Noon, Happening.Ordered) { Figure = amount };

    protected static string Text<T>(T value) => Encoding.UTF8.GetString(DossierText.Write(value));

    /// <summary>All that a store shows of a customer, and all that it counts.</summary>
    protected async Task<string> Everything(string customer)
    {
        var stored = await Store.Load(customer, "", Go);
        var tallies = await Records.Tallies(Tallies.Kinds, Go);
        return string.Join('\n',
        [
            Text(stored),
            .. (await Records.Timeline(customer, long.MaxValue, 1_000, Go)).Select(line => $"{line.Number} {Text(line.Line)}"),
            .. (await Records.Outbox(null, 1_000, Go)).Select(row => $"{row.Customer} {Text(row.Entry)}"),
            .. (await Records.OpenCases(1_000, Go)).Select(row => $"{row.Customer} {Text(row.Case)}"),
            .. tallies.Select(row => $"{row.Tally} {row.Count}").Order(StringComparer.Ordinal),
            .. (await Store.Due(DateTimeOffset.MaxValue, 1_000, Go)).Select(row => $"{row}"),
        ]);
    }
}
