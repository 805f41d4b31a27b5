using System.Collections.Immutable;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Cvm.Web;

static class OutboxPages
{
    const int MostListed = 100, LinesLookedThrough = 200;

    public static async Task<IResult> List(HttpContext http, IRecords records, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var doubtful = await records.Outbox(OutboxState.InDoubt, MostListed, stop);
        var claimed = await records.Outbox(OutboxState.Claimed, MostListed, stop);
        var queued = await records.Outbox(OutboxState.Queued, MostListed + 1, stop);
        var failed = await records.Tallies([Tallies.Failed], stop);
        var first = DateOnly.FromDateTime(now.UtcDateTime).AddDays(1 - Overview.Window);

        return Site.Show<OutboxPage>(new OutboxView
        {
            InDoubt = [.. doubtful],
            Told = await Told(doubtful, records, stop),
            Name = Acting.Name(http),
            Claimed = [.. claimed],
            Trying = [.. queued.Where(e => e.Entry.LastProblem is not null)],
            Queued = [.. queued.Where(e => e.Entry.LastProblem is null).Take(MostListed)],
            More = queued.Count > MostListed,
            GaveUp = [.. failed
                .Where(t => t.Tally.Day >= first)
                .GroupBy(t => (t.Tally.Journey, t.Tally.Detail))
                .Select(g => new Failure(g.Key.Journey, g.Key.Detail, g.Sum(t => t.Count), g.Max(t => t.Tally.Day!.Value)))
                .OrderByDescending(f => f.Last).ThenByDescending(f => f.Count)],
            Zone = playbook().Playbook.Policies.Zone,
            Now = now,
        });
    }

    /// <summary>A person says what became of a message that nobody knew of; it is settled for good, and the timeline tells who said so.</summary>
    public static async Task<IResult> Settle(HttpContext http, IStore store, [FromServices] TakeSignals take, TimeProvider clock, CancellationToken stop)
    {
        var form = await Acting.Form(http.Request);
        var (customer, key, arrived) = (form["customer"].ToString(), form["key"].ToString(), form["arrived"].ToString());

        // Somebody else, or the provider, may have been first; then there is nothing to say any more.
        var entry = (await store.Load(customer, "", stop)).Dossier.Outbox.FirstOrDefault(entry => entry.Key == key);
        if (entry?.State == OutboxState.InDoubt && (arrived is "yes" or "no"))
        {
            var who = Acting.By(http, form["by"]);
            var report = arrived == "yes" ? Report.Delivered : Report.Failed;
            var signal = new Signal.Reported($"settled:{key}:{Guid.NewGuid():N}", clock.GetUtcNow(), key, report, arrived == "yes" ? null : $"did not arrive, says {who}", By: who);
            await take([(customer, signal)], CancellationToken.None);
        }

        return new SeeOther("/outbox");
    }

    static async Task<ImmutableDictionary<string, ImmutableArray<Line>>> Told(IReadOnlyList<(string Customer, OutboxEntry Entry)> doubtful, IRecords records, CancellationToken stop)
    {
        var told = ImmutableDictionary.CreateBuilder<string, ImmutableArray<Line>>(StringComparer.Ordinal);
        foreach (var (customer, entry) in doubtful)
        {
            var lines = await records.Timeline(customer, long.MaxValue, LinesLookedThrough, stop);
            told[entry.Key] = [.. lines.Select(line => line.Line).Where(line => line.Key == entry.Key && line.What is Happening.Reported)];
        }

        return told.ToImmutable();
    }
}

public sealed record OutboxView
{
    public required ImmutableArray<(string Customer, OutboxEntry Entry)> InDoubt { get; init; }

    /// <summary>What the timeline has of those in doubt, by key: what the provider said, too. Newest first.</summary>
    public required ImmutableDictionary<string, ImmutableArray<Line>> Told { get; init; }

    /// <summary>Who is logged in; null where nobody is.</summary>
    public required string? Name { get; init; }

    /// <summary>Being handed over at this moment.</summary>
    public required ImmutableArray<(string Customer, OutboxEntry Entry)> Claimed { get; init; }

    /// <summary>Handed over in vain, to be tried again.</summary>
    public required ImmutableArray<(string Customer, OutboxEntry Entry)> Trying { get; init; }

    public required ImmutableArray<(string Customer, OutboxEntry Entry)> Queued { get; init; }

    /// <summary>Whether more wait than are listed.</summary>
    public required bool More { get; init; }

    public required ImmutableArray<Failure> GaveUp { get; init; }
    public required string Zone { get; init; }
    public required DateTimeOffset Now { get; init; }

    public bool Nothing => InDoubt.IsEmpty && Claimed.IsEmpty && Trying.IsEmpty && Queued.IsEmpty && GaveUp.IsEmpty;
}

/// <summary>Messages of a journey that failed for good, for one reason.</summary>
public sealed record Failure(string Journey, string Reason, long Count, DateOnly Last);
