using Cvm.Engine;
using Microsoft.AspNetCore.Http;

namespace Cvm.Web;

static class OverviewPages
{
    const int MostListed = 200;

    public static async Task<IResult> Show(
        IRecords records, Func<LoadedPlaybook> playbook, IReadOnlyDictionary<OutboxKind, ISender> senders, TimeProvider clock, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var tallies = await records.Tallies([.. Tallies.Kinds.Except(Tallies.Answers)], stop);
        var outbox = await records.Outbox(null, MostListed, stop);
        var doubtful = await records.Outbox(OutboxState.InDoubt, MostListed, stop);
        var cases = await records.OpenCases(MostListed, stop);

        var attention = new Attention
        {
            InDoubt = [.. doubtful],
            Overdue = [.. cases.Where(c => c.Case.WaitingSince is null && SlaClock.Next(c.Case) < now)],
            LateTasks = (await records.OpenTasks(MostListed, stop)).Count(one => one.Task.DueAt <= now),
            Blocked = await Blockage.Of(senders, records, now, stop),
            TryingAgain = outbox.Count(e => e.Entry is { State: OutboxState.Queued, LastProblem: not null }),
        };

        var current = playbook().Playbook;
        return Site.Show<OverviewPage>(new OverviewView(Overview.Of(tallies, current, DateOnly.FromDateTime(now.UtcDateTime), attention), current.Policies.Zone, now, current.Pauses.Any(pause => pause.Journey is null)));
    }
}

/// <param name="Now">When the page was made.</param>
/// <param name="Paused">Whether no message goes out at all.</param>
public sealed record OverviewView(Overview Overview, string Zone, DateTimeOffset Now, bool Paused);
