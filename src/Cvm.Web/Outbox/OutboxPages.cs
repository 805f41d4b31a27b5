using System.Collections.Immutable;
using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

static class OutboxPages
{
    const int MostListed = 100;

    public static async Task<IResult> List(IRecords records, Func<LoadedPlaybook> playbook, TimeProvider clock, CancellationToken stop)
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
}

public sealed record OutboxView
{
    public required ImmutableArray<(string Customer, OutboxEntry Entry)> InDoubt { get; init; }

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
